#!/usr/bin/python3
"""Writes the tables of the model card (models/distress/README.md) and its picture from scores, so that no figure is
typed by hand.

    tools/train_distress/card.py SCORES [CARD]

The text between <!-- table: NAME --> and <!-- end of table --> is replaced; all other words are the author's. SCORES:

    unknown/LINE.csv  clips scored without the caller's usual, by scored_clips.write, each corpus left out of training.
                      LINE: clean, noisy, gsm, amr, opus12, loss3, and the lengths of evaluate.scores_of_lengths
    known/LINE.csv    with it
    open/unknown.csv  as unknown/clean.csv, by models of the open corpora alone; open/known.csv
    calibration.csv   curve,stated,observed,share (reliability.points): becomes calibration.svg beside the card, and
                      the table "calibration" shows it
    OTHER.csv         printed as the table OTHER as it stands

Tables made of them, each as NAME_unknown and NAME_known: corpora, sex, noise, codecs, lengths, open; and
anchor.
"""

import collections
import csv
import pathlib
import re
import sys

import reliability
import score_tables
import scored_clips

CARD = pathlib.Path(__file__).resolve().parents[2] / "models/distress/README.md"
CODECS = {"clean": "G.711", "gsm": "GSM full rate", "amr": "AMR 7.4 kbit/s", "opus12": "Opus 12 kbit/s",
          "loss3": "G.711, 3 % lost"}
PICTURE = "![Stated probability against observed share, on voices left out](calibration.svg)"
LENGTHS = ("whole_clip", "first_2_s", "first_1.5_s", "first_1_s")
MARKED = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def score_tables_of(sets):
    """{name: Markdown}, as far as the sets go. `sets`: {line: clips}."""
    out = {}
    if "clean" in sets:
        out["corpora"] = score_tables.by_corpus(sets["clean"])
        out["sex"] = score_tables.by_sex(sets["clean"])
        out["codecs"] = score_tables.against({CODECS[line]: sets[line] for line in CODECS if line in sets})
    if "clean" in sets and "noisy" in sets:
        out["noise"] = score_tables.by_noise(sets["clean"], sets["noisy"])
    lengths = {name.replace("_", " "): sets[name] for name in LENGTHS if name in sets}
    if lengths:
        out["lengths"] = score_tables.against(lengths, title="speech heard")
    return out


def read_csv(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def tables(folder):
    out = {}
    for usual in ("unknown", "known"):
        sets = scored_clips.read_all(folder / usual)
        out.update({f"{name}_{usual}": text for name, text in score_tables_of(sets).items()})
        anchored = {line: sets[line] for line in score_tables.ANCHOR if line in sets}
        if usual == "unknown" and anchored:
            out["anchor"] = score_tables.against_anchor(anchored)
        path = folder / f"open/{usual}.csv"
        if path.exists() and "clean" in sets:
            both = {"all data": sets["clean"], "open data": scored_clips.read(path)}
            out[f"open_{usual}"] = score_tables.against(both, title="trained on")
    for path in folder.glob("*.csv"):
        head, *lines = read_csv(path)
        out[path.stem] = PICTURE if path.stem == "calibration" else score_tables.aligned(head, lines)
    return out


def fill(text, texts):
    """The card with its marked parts replaced."""
    missing = [name for _, name, _ in MARKED.findall(text) if name not in texts]
    if missing:
        raise SystemExit(f"card: the scores give no table {', '.join(missing)}; there are: {', '.join(sorted(texts))}")
    return MARKED.sub(lambda found: f"{found[1]}\n{texts[found[2]]}\n\n{found[3]}", text)


def draw_calibration(path, picture):
    curves = collections.defaultdict(list)
    for curve, *point in read_csv(path)[1:]:
        curves[curve].append(tuple(map(float, point)))
    reliability.draw(picture, curves)


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    folder, card = pathlib.Path(arguments[0]), pathlib.Path(arguments[1]) if arguments[1:] else CARD
    card.write_text(fill(card.read_text(encoding="utf-8"), tables(folder)), encoding="utf-8")
    if (folder / "calibration.csv").exists():
        draw_calibration(folder / "calibration.csv", card.parent / "calibration.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
