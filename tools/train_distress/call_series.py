#!/usr/bin/python3
"""What the models of train_distress.py --evaluate SCORES say of the ordinary calls that each did not hear, through the
program's own chain. Both sides of a call count as a customer's voice.

    cmake --build --preset release --target distress_series
    tools/train_distress/call_series.py ../shared/data SCORES

Writes SCORES/calls/series.csv (for tools/site_evaluation) and SCORES/calls.csv (a table of the card), and prints it.
"""

import csv
import pathlib
import subprocess
import sys

import numpy as np

import corpora

TOOL = pathlib.Path(__file__).resolve().parents[2] / "build/release/tools/train_distress/distress_series"
RAISED_AT = (0.5, 0.6, 0.75)


def sides(data):
    """[(recording, side, path)]"""
    folder = pathlib.Path(data) / "calls"
    both = [(path.stem, side, path) for path in sorted(folder.glob("*/*.flac")) for side in (0, 1)]
    return both + [(path.stem, 0, path) for path in sorted(folder.glob("*/neutral_mono/*.flac"))]


def judge(model, path, side):
    """Lines (end_s, state, log_odds, speech_s), and when cues were raised."""
    told = subprocess.run([TOOL, model, path, str(side)], check=True, capture_output=True, text=True).stdout
    rows = [line.split(",") for line in told.splitlines()]
    return [row[1:] for row in rows if row[0] == "estimate"], [float(row[1]) for row in rows if row[0] == "cue"]


def main(data, scores):
    folder = pathlib.Path(scores)
    with open(folder / "calls/models.csv", newline="") as file:
        model_of = {row["recording"]: folder / "calls" / row["model"] for row in csv.DictReader(file)}
    table, series, hours, all_odds, all_cues = [], [], 0.0, [], 0
    for recording, side, path in sides(data):
        estimates, cues = judge(model_of[recording], path, side)
        known = [row for row in estimates if row[1] == "ok"]
        if not known:
            continue
        hours += len(corpora.decode(path)) / corpora.RATE_HZ / 3600
        odds = np.array([float(row[2]) for row in known])
        series += [[f"{recording}:{side}", row[0], row[2], row[3]] for row in known]
        all_odds.append(odds)
        all_cues += len(cues)
        table.append([recording, side, len(odds), *shares(odds), len(cues)])
    odds = np.concatenate(all_odds)
    table.append([f"**all** ({hours:.2f} h)", "", len(odds), *shares(odds), all_cues])
    head = ["recording", "side", "windows", *(f"over {p:g}, %" for p in RAISED_AT), "cues"]
    for path, titles, rows in ((folder / "calls.csv", head, table),
                               (folder / "calls/series.csv", ["clip", "end_s", "log_odds", "speech_s"], series)):
        with open(path, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([titles, *rows])
    for row in [head, *table]:
        print(*row, sep="\t")


def shares(odds):
    return [f"{100 * np.mean(odds >= np.log(p / (1 - p))):.1f}" for p in RAISED_AT]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
