"""The bundled calls are whole, and their truth fits them."""
import csv
import pathlib
import struct
import unittest

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "audio_samples"
CALLS = ("calm", "interrupted", "distressed")
CALM_START_S = 30  # A voice's usual must form before anything happens.


def read_format(path):
    """(rate in Hz, channels, bits, seconds) of a FLAC file, from its STREAMINFO block."""
    head = path.read_bytes()[:42]
    if head[:4] != b"fLaC":
        raise ValueError(f"{path.name} is not FLAC")
    packed, = struct.unpack(">Q", head[18:26])
    rate_hz, channels, bits = packed >> 44, (packed >> 41 & 7) + 1, (packed >> 36 & 31) + 1
    return rate_hz, channels, bits, (packed & 0xFFFFFFFFF) / rate_hz


def read_truth(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["party"], float(row["start_s"]), float(row["end_s"]))
                for row in csv.DictReader(file)]


def of_kind(truth, kind):
    return [row[1:] for row in truth if row[0] == kind]


class Samples(unittest.TestCase):
    def test_are_short_two_party_telephone_calls(self):
        for name in CALLS:
            rate_hz, channels, bits, duration_s = read_format(FOLDER / f"{name}.flac")
            self.assertEqual((rate_hz, channels, bits), (8000, 2, 16), name)
            self.assertTrue(60 <= duration_s <= 120, name)

    def test_stay_small(self):
        self.assertLess(sum(path.stat().st_size for path in FOLDER.iterdir()), 6_000_000)

    def test_have_their_dialogue_and_their_origin(self):
        for file in (*(f"{name}.txt" for name in CALLS), "SOURCES.md"):
            self.assertTrue((FOLDER / file).is_file(), file)

    def test_truth_lies_within_the_call(self):
        for name in CALLS:
            *_, duration_s = read_format(FOLDER / f"{name}.flac")
            for kind, party, start_s, end_s in read_truth(name):
                self.assertIn(kind, ("segment", "backchannel", "interruption", "distress"))
                self.assertIn(party, ("agent", "customer"))
                self.assertTrue(0 < start_s < end_s <= duration_s, (name, kind, start_s))

    def test_segments_of_a_voice_follow_each_other(self):
        for name in CALLS:
            for party in ("agent", "customer"):
                own = [row for row in of_kind(read_truth(name), "segment") if row[0] == party]
                for (_, _, end_s), (_, start_s, _) in zip(own, own[1:]):
                    self.assertGreater(start_s, end_s, (name, party))

    def test_interruptions_begin_while_the_other_speaks(self):
        for name in CALLS:
            truth = read_truth(name)
            for party, start_s, end_s in of_kind(truth, "interruption"):
                overlap_s = sum(max(0.0, min(end_s, last) - max(start_s, first))
                                for who, first, last in of_kind(truth, "segment") if who != party)
                self.assertGreater(overlap_s, 0.7, (name, start_s))

    def test_hold_what_they_are_named_after(self):
        expected = {"calm": (0, 5, 0), "interrupted": (3, 2, 0), "distressed": (1, 3, 1)}
        for name, counts in expected.items():
            truth = read_truth(name)
            found = tuple(len(of_kind(truth, kind))
                          for kind in ("interruption", "backchannel", "distress"))
            self.assertEqual(found, counts, name)
            self.assertTrue(all(row[0] == "agent" for row in of_kind(truth, "interruption")), name)

    def test_begin_calmly(self):
        for name in CALLS:
            for kind in ("interruption", "distress"):
                for _, start_s, _ in of_kind(read_truth(name), kind):
                    self.assertGreater(start_s, CALM_START_S, (name, kind))

    def test_distress_is_the_customers_and_passes(self):
        (party, start_s, end_s), = of_kind(read_truth("distressed"), "distress")
        self.assertEqual(party, "customer")
        self.assertTrue(20 <= end_s - start_s <= 30)
        after = [row for row in of_kind(read_truth("distressed"), "segment")
                 if row[0] == "customer" and row[1] > end_s]
        self.assertGreater(sum(last - first for _, first, last in after), 10)


if __name__ == "__main__":
    unittest.main()
