#!/usr/bin/python3
"""Trains the distress model: one command from the data to models/distress/model.json.

    cmake --preset release && cmake --build --preset release --target distress_features
    ./tools/train_distress/train_distress.py ../shared/data [--evaluate]

Seeded: the same data give the same file. Needs python3-numpy, python3-scipy, python3-torch, sox; with
libopenblas0-pthread it is many times quicker. --evaluate also trains the models of the folds and of each
left-out corpus and prints the tables of models/distress/README.md.
"""

import argparse
import multiprocessing
import pathlib
import sys
import tempfile

import numpy as np
import torch

import calibrate
import origin
import corpora
import dataset
import evaluate
import network
import render

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import model_file
TOOL = ROOT / "build/release/tools/train_distress/distress_features"
MODEL = ROOT / "models/distress/model.json"
GOLDEN = ROOT / "tests/golden/distress_network.csv"
# Channels, replica, and whether the clips go one by one or joined to sessions. The calls go with all but "noisy".
CONDITIONS = (("clean", 0, "clips"), ("noisy", 0, "clips"),
              *(("training", i, "clips") for i in range(3)), *(("training", i, "sessions") for i in range(3, 6)))
CLEAN, NOISY = 0, 1
FOLDS = 5
LOCO = ("ravdess", "emodb", "ased", "banglaser", "nemo")
SETTINGS = network.Settings()
# A voice's own height says who speaks, not how; only the step from the usual counts.
ONLY_AS_STEP = ("f0_median_st",)
ABOUT = ("Agitation and distress in a customer's voice on the telephone, from functionals of 3 s of speech. Trained on "
         "acted speech (RAVDESS, EmoDB, ASED, BanglaSER, nEMO, EmoSpeech) and ordinary calls; research data, see "
         "README.md. No determination of what a person feels.")


def measure(data, clips, held_out, workers):
    """All clips in all conditions as rows of functionals."""
    voices = [c.audio for c in clips if not c.live and c.speaker not in held_out]
    sounds = corpora.noises(data)
    tables = {}
    with tempfile.TemporaryDirectory() as folder:
        for condition, replica, material in CONDITIONS:
            chosen = [i for i, c in enumerate(clips)
                      if (condition != "noisy" if c.group == "calls" else c.live == (material == "sessions"))]
            stem = f"{folder}/{condition}{replica}"
            render.render(clips, chosen, sounds, voices, condition, replica, stem, workers)
            tables[f"{condition}{replica}"] = render.functionals(TOOL, stem, workers)
            pathlib.Path(f"{stem}.raw").unlink()
            print("measured", condition, replica, flush=True)
    names = next(iter(tables.values()))[0][dataset.FIRST_FUNCTIONAL:]
    return names, dataset.load(tables, clips)


class Trainer:
    """Trains on any part of the voices; keeps what every part shares."""

    def __init__(self, names, rows, clips):
        self.rows = rows
        self.clips = clips
        self.names = names
        self.unused = [names.index(name) for name in ONLY_AS_STEP]
        self.group = np.array([c.group for c in clips])[rows.clip]
        self.speaker = np.array([c.speaker for c in clips])[rows.clip]

    def train(self, kept):
        heard = kept & (self.rows.condition != NOISY)
        return network.train(self.rows.take(heard), self.clips, SETTINGS, self.unused)

    def windows(self, model, kept, with_usual):
        """Rows, log-odds (agitated, distress) of windows as the program judges them."""
        rows = self.rows.take(kept)
        usual, known = dataset.baselines(rows)
        if not with_usual:
            known[:] = False
        odds = model.log_odds(rows.x, usual, known)[:, :2]
        use = known if with_usual else np.ones(len(known), bool)
        return rows.take(use), odds[use]


_shared = {}  # What the worker processes inherit.


def _train(number):
    return _shared["trainer"].train(_shared["kept"][number])


def train_all(trainer, kept, workers):
    """One model for each part of the voices, several at a time."""
    _shared.update(trainer=trainer, kept=kept)
    with multiprocessing.Pool(workers) as pool:
        return pool.map(_train, range(len(kept)), chunksize=1)


def fold_masks(trainer, kept):
    """[(heard, left out)]: each fold leaves out a fifth of the voices of each corpus, and of the calls."""
    fold_of = evaluate.speaker_folds(trainer.clips, FOLDS)
    fold = np.array([fold_of[s] for s in trainer.speaker])
    return [(kept & (fold != i), kept & (fold == i)) for i in range(FOLDS)]


def fit_calibration(trainer, folds):
    """[without, with the usual][agitated, distress][slope, offset], on voices that were left out.

    Without the usual clips are judged, with it calls: so on clips and on live windows.
    """
    out = np.zeros((2, 2, 2))
    for with_usual in (0, 1):
        use = (trainer.rows.condition != NOISY) & trainer.rows.scored & (trainer.rows.live == bool(with_usual))
        parts = [trainer.windows(model, left & use, with_usual) for model, left in folds]
        odds = np.concatenate([o for _, o in parts])
        heads = np.concatenate([dataset.labels(r, trainer.clips)[0] for r, _ in parts]) > 0.5
        weight = np.concatenate([dataset.weights(r, trainer.clips, SETTINGS.call_weight) for r, _ in parts])
        for head in (0, 1):
            out[with_usual, head] = calibrate.logistic(odds[:, head], heads[:, head], weight)
            error = calibrate.calibration_error(
                out[with_usual, head, 0] * odds[:, head] + out[with_usual, head, 1], heads[:, head], weight)
            usual = "known" if with_usual else "unknown"
            print(f"calibration, usual {usual}, {dataset.HEADS[head]}: error {error:.3f}")
    return out


def show_scores(trainer, models, title):
    """Tables over [(model, left out)], clean and noisy, without and with the usual."""
    for condition, name in ((CLEAN, "clean"), (NOISY, "noisy")):
        for with_usual in (False, True):
            scores = {}
            for model, left in models:
                acted = left & ~trainer.rows.live & (trainer.rows.condition == condition)
                scores.update(evaluate.clip_scores(model, trainer.rows.take(acted), with_usual))
            evaluate.show(f"{title}, {name}, usual {'known' if with_usual else 'unknown'}",
                          evaluate.corpus_table(scores, trainer.clips))


def show_calls(trainer, folds, calibration):
    """False alarms on ordinary calls that were left out."""
    total = []

    def tell(name, odds, count):
        shares = [f"{p}: {100 * np.mean(odds > np.log(p / (1 - p))):.1f} %" for p in (0.5, 0.67, 0.75)]
        print(f"  {name}: {len(odds)} windows, agitated over", ", ".join(shares) + f"; {count} cues", flush=True)

    for model, left in folds:
        calls = left & (trainer.group == "calls") & (trainer.rows.condition == CLEAN)
        for clip in np.unique(trainer.rows.clip[calls]):
            rows, odds = trainer.windows(model, calls & (trainer.rows.clip == clip), True)
            if len(odds):
                odds = calibration[1, 0, 0] * odds[:, 0] + calibration[1, 0, 1]
                total.append((odds, evaluate.cues(odds, rows.speech_s)))
                tell(trainer.clips[clip].name, *total[-1])
    tell("all", np.concatenate([odds for odds, _ in total]), sum(count for _, count in total))


def write_model(model, calibration, names, scores=()):
    """`scores`: [{"name": what was measured, with its unit, "value": number}]."""
    heads = list(dataset.HEADS[:2])
    tensors = {"centre": model.scaling.centre, "scale": model.scaling.scale,
               "step_scale": model.scaling.step_scale, "calibration": calibration}
    for m, member in enumerate(model.members):
        for layer in ("first", "second"):
            for part in ("weight", "bias"):
                tensors[f"member{m}.{layer}.{part}"] = getattr(getattr(member, layer), part).detach()
        tensors[f"member{m}.heads.weight"] = member.heads.weight.detach()[:len(heads)]
        tensors[f"member{m}.heads.bias"] = member.heads.bias.detach()[:len(heads)]
    model_file.write(MODEL, name="distress", about=ABOUT, licence=origin.LICENCE, definitions=dataset.DEFINITIONS,
                     training=origin.TRAINING, scores=list(scores), strings={"inputs": names, "heads": heads},
                     numbers={"members": len(model.members)}, tensors=tensors)


def write_golden(model, calibration):
    """Made inputs and what this side answers; the C++ network must answer the same."""
    random = np.random.default_rng(7)
    scaling = model.scaling
    size = 1 / np.where(scaling.scale > 0, scaling.scale, 1)
    lines = ["known,agitated,distress," + ",".join(["row"] * len(size) + ["usual"] * len(size))]
    for i in range(12):
        known = np.array([i % 2 == 1])
        row = (scaling.centre + random.normal(0, 1.5, len(size)) * size).astype(np.float32)
        usual = (row + random.normal(0, 1, len(size)) / scaling.step_scale).astype(np.float32)
        odds = model.log_odds(row[None], usual[None], known)[0]
        logistic = calibration[int(known[0])]
        answers = [1 / (1 + np.exp(-(logistic[h, 0] * odds[h] + logistic[h, 1]))) for h in (0, 1)]
        lines.append(",".join([str(int(known[0]))] + [f"{v:.7g}" for v in [*answers, *row, *usual]]))
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="folder with emotion/, calls/, calls_sim/ and noise/")
    parser.add_argument("--evaluate", action="store_true", help="also leave out folds of all speakers, and each corpus")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    acted = corpora.emotion_clips(arguments.data)
    held_out = corpora.held_out_speakers(arguments.data, acted)
    print("held out:", " ".join(held_out))
    corpora.write_held_out(MODEL.parent / "held_out_speakers.csv", acted, held_out)
    clips = acted + corpora.sessions(acted) + corpora.call_clips(arguments.data)
    names, rows = measure(arguments.data, clips, held_out, arguments.threads)
    trainer = Trainer(names, rows, clips)

    heard = ~np.isin(trainer.speaker, held_out)
    masks = fold_masks(trainer, heard)
    *fold_models, shipped = train_all(trainer, [h for h, _ in masks] + [heard], arguments.threads)
    folds = [(model, left) for model, (_, left) in zip(fold_models, masks)]
    calibration = fit_calibration(trainer, folds)
    print("ordinary calls, each left out:")
    show_calls(trainer, folds, calibration)

    write_model(shipped, calibration, names)
    write_golden(shipped, calibration)
    show_scores(trainer, [(shipped, ~heard)], "held-out speakers")

    if arguments.evaluate:
        for title, masks in (("five folds by speaker", fold_masks(trainer, np.ones(len(heard), bool))),
                             ("corpus left out", [(trainer.group != c, trainer.group == c) for c in LOCO])):
            models = train_all(trainer, [h for h, _ in masks], arguments.threads)
            show_scores(trainer, [(model, left) for model, (_, left) in zip(models, masks)], title)


if __name__ == "__main__":
    main()
