"""The page of tools/bench tells where we lose, from the figures alone."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

from benchmark import costs, page  # noqa: E402
from benchmark.tables import Comparison, Figure  # noqa: E402


def row(table, label):
    """The cells of the row that begins with `label`, by column."""
    head, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")]
                       for line in table.splitlines() if line.startswith("|")]
    return next(dict(zip(head, line)) for line in lines if line[0] == label)


def compare(ours, peer, **figure):
    """Our row of one figure beside one peer's, and the verdict."""
    table = Comparison([Figure("it", **figure)], {"tonecue": {"it": ours}, "peer": {"it": peer}})
    return row(table.markdown(), "it"), table.verdict()


class Comparisons(unittest.TestCase):
    def test_mark_a_figure_that_a_peer_beats_and_name_the_peer(self):
        cells, verdict = compare(5.2, 4.9)
        self.assertEqual(cells["tonecue"], "**5.2** (behind)")
        self.assertEqual(cells["ahead of tonecue"], "peer")
        self.assertEqual(verdict, "tonecue is behind in 1 of 1 figures: it.")

    def test_mark_nothing_where_no_peer_is_ahead(self):
        cells, verdict = compare(4.9, 5.2)
        self.assertEqual(cells, {"figure": "it", "tonecue": "4.9", "peer": "5.2", "ahead of tonecue": "–"})
        self.assertEqual(verdict, "No peer is ahead in any of the 1 figures.")

    def test_know_which_way_is_better(self):
        self.assertIn("behind", compare(90.0, 95.0, better="more")[0]["tonecue"])
        self.assertNotIn("behind", compare(95.0, 90.0, better="more")[0]["tonecue"])
        self.assertIn("behind", compare(1.10, 0.95, better="one", decimals=2)[0]["tonecue"])
        self.assertNotIn("behind", compare(1.02, 0.95, better="one", decimals=2)[0]["tonecue"])

    def test_call_equal_what_is_printed_alike(self):
        self.assertEqual(compare(5.04, 4.96)[0]["tonecue"], "5.0")

    def test_leave_out_a_figure_that_a_peer_does_not_have(self):
        cells, verdict = compare(95.0, None, better="more")
        self.assertEqual((cells["tonecue"], cells["peer"]), ("95.0", "–"))
        self.assertEqual(verdict, "No peer was there to compare with.")

    def test_tell_what_a_peer_paid_for_being_ahead(self):
        table = Comparison([Figure("set: miss", price="set: false alarm"), Figure("set: false alarm")],
                           {"tonecue": {"set: miss": 5.0, "set: false alarm": 6.0},
                            "peer": {"set: miss": 0.5, "set: false alarm": 72.8}}).markdown()
        self.assertEqual(row(table, "set: miss")["ahead of tonecue"], "peer (false alarm 72.8)")
        self.assertEqual(row(table, "set: false alarm")["ahead of tonecue"], "–")


class Page(unittest.TestCase):
    def test_shares_are_of_the_whole_call_for_one_voice(self):
        table = costs.parts_table({"CallSession": {"ns": 2000.0, "voices": 2, "label": "the whole call"},
                                   "PitchTracker": {"ns": 500.0, "voices": 1}})
        self.assertEqual(row(table, "PitchTracker")["share of the whole"], "50.0 %")
        self.assertEqual(row(table, "CallSession: the whole call")["ns per hop and voice"], "1000")

    def test_says_first_where_we_lose(self):
        text = page.page([("date", "today")], [page.Section("Pitch", "| its table |", "tonecue is behind."),
                                               page.Section("The parts", "| no peers |")])
        self.assertIn("- date: today\n\n## Where we lose\n\n- Pitch: tonecue is behind.\n\n## Pitch\n", text)

    def test_names_the_package_of_a_peer_that_is_not_there(self):
        class Peer:
            name = "Praat"
        self.assertEqual(page.settings([], [(Peer, "not installed (apt-get install praat)")]),
                         "- Praat: not installed (apt-get install praat).")


if __name__ == "__main__":
    unittest.main()
