#!/usr/bin/python3
"""Trains the distress models: one command from the data to models/distress and models/distress-open.

    cmake --preset release && cmake --build --preset release --target distress_features
    ./tools/train_distress/train_distress.py ../shared/data [--evaluate SCORES]

Seeded: the same data give the same files. Needs python3-numpy, python3-scipy, python3-torch, sox and the codecs of
tools/packages/train.txt; with libopenblas0-pthread it is many times quicker. --evaluate also trains the models of each
corpus left out, and writes what all of them say, for card.py, and the models that did not hear each of the calls.
"""

import argparse
import multiprocessing
import pathlib
import sys
import tempfile

import numpy as np
import torch

import calibrate
import corpora
import dataset
import evaluate
import model
import network
import origin
import plausible
import reliability
import render
import scored_clips
import sequence
import voice_frames

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import model_file

TOOL = ROOT / "build/release/tools/train_distress/distress_features"
RESEARCH = ROOT / "models/distress/model.json"
OPEN = ROOT / "models/distress-open/model.json"
GOLDEN = ROOT / "tests/golden"
FOLDS = 5
LOCO = ("ravdess", "emodb", "ased", "banglaser", "nemo")
# Lines, replica, and whether the clips go one by one or joined to sessions. The first six are only scored on, but
# for "clean"; the calls go with "clean" and "training".
SCORED_LINES = ("clean", "noisy", "gsm", "amr", "opus12", "loss3")
CONDITIONS = (*((line, 0, "clips") for line in SCORED_LINES),
              *(("training", i, "clips") for i in range(3)), *(("training", i, "sessions") for i in range(3, 6)))
# A voice's own height says who speaks, not how; only the step from the usual counts.
ONLY_AS_STEP = ("f0_median_st",)


def measure(clips, voices, sounds, conditions, workers):
    """All clips in all conditions: the names of the functionals, and the rows."""
    tables, stems = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for line, replica, material in conditions:
            chosen = [i for i, c in enumerate(clips)
                      if (line in ("clean", "training") if c.group == "calls" else c.live == (material == "sessions"))]
            stems.append(f"{folder}/{line}{replica}")
            render.render(clips, chosen, sounds, voices, line, replica, stems[-1], workers)
            tables[f"{line}{replica}"] = render.functionals(TOOL, stems[-1], workers)
            pathlib.Path(f"{stems[-1]}.raw").unlink()
            print("measured", line, replica, flush=True)
        frames = voice_frames.Frames.load(stems, len(clips))
        noise = {f"{line}{replica}": render.noise_of(stem)
                 for (line, replica, _), stem in zip(conditions, stems) if line == "noisy"}
    names = next(iter(tables.values()))[0][dataset.FIRST_FUNCTIONAL:]
    return names, dataset.load(tables, clips, frames), noise


class Trainer:
    """Trains on any part of the voices; keeps what every part shares."""

    def __init__(self, names, rows, clips):
        self.names = names
        self.rows = rows
        self.clips = clips
        self.unused = [names.index(name) for name in ONLY_AS_STEP]
        self.group = np.array([c.group for c in clips])[rows.clip]
        self.speaker = np.array([c.speaker for c in clips])[rows.clip]

    def train(self, kept):
        return model.train(self.rows, self.clips, kept, self.unused)

    def train_all(self, kept, workers):
        """One model for each part of the voices, several at a time."""
        _shared.update(trainer=self, kept=kept)
        with multiprocessing.Pool(workers) as pool:
            return pool.map(_train, range(len(kept)), chunksize=1)

    def folds(self, kept):
        """[(heard, left out)]: each leaves out a fifth of the voices of each corpus, and of the calls."""
        fold_of = evaluate.speaker_folds(self.clips, FOLDS)
        fold = np.array([fold_of[s] for s in self.speaker])
        return [(kept & (fold != i), kept & (fold == i)) for i in range(FOLDS)]

    def plausible(self, kept):
        """Which windows of a call sound like the training."""
        mine = kept & self.rows.trained & self.rows.live
        rows = self.rows.take(mine)
        return plausible.fit_range(rows.x, dataset.weights(rows, self.clips, network.AGAINST.call_weight))


_shared = {}  # What the worker processes inherit.


def _train(number):
    return _shared["trainer"].train(_shared["kept"][number])


def train_shipped(trainer, heard, workers):
    """The model of all voices that may be heard, those of its folds as (model, left out), and its calibration."""
    masks = trainer.folds(heard)
    *fold_models, shipped = trainer.train_all([h for h, _ in masks] + [heard], workers)
    folds = [(fold, left) for fold, (_, left) in zip(fold_models, masks)]
    terms, checks = model.fit_terms([(fold, trainer.rows.take(left)) for fold, left in folds], trainer.clips)
    for one in (shipped, *fold_models):
        one.terms = terms
    for (with_usual, head), check in checks.items():
        usual = "known" if with_usual else "unknown"
        print(f"calibration, usual {usual}, {head}: error {calibrate.calibration_error(*check):.3f}")
    return shipped, folds, checks


def write_model(path, which, trained, trainer, heard, scores=()):
    within = trainer.plausible(heard)
    model_file.write(path, name="distress", about=which.about, licence=which.licence, definitions=dataset.DEFINITIONS,
                     training=which.training, scores=list(scores),
                     strings={"inputs": trainer.names, "heads": list(dataset.HEADS)},
                     numbers={"alone": network.ALONE.members, "against": network.AGAINST.members, "range_limit": within.limit},
                     tensors=trained.tensors() | within.tensors())


def write_golden(trained):
    """Made inputs and what this side answers; the C++ network must answer the same."""
    random = np.random.default_rng(7)
    scaling = trained.functionals.scaling
    size = 1 / np.where(scaling.scale > 0, scaling.scale, 1)
    heads = len(dataset.HEADS)
    lines = [",".join(["known", *dataset.HEADS, *["voice"] * heads, *["row"] * len(size), *["usual"] * len(size)])]
    for i in range(12):
        known = i % 2
        row = (scaling.centre + random.normal(0, 1.5, len(size)) * size).astype(np.float32)
        usual = (row + random.normal(0, 1, len(size)) / scaling.step_scale).astype(np.float32)
        voice = random.normal(0, 2, heads)
        against = trained.functionals.log_odds(row[None], usual[None])[0] if known else np.zeros(heads)
        parts = np.stack([trained.functionals.log_odds(row[None])[0], against, voice, np.ones(heads)])
        answers = 1 / (1 + np.exp(-np.einsum("ph,hp->h", parts, trained.terms[known])))
        lines.append(",".join([str(known)] + [f"{v:.7g}" for v in [*answers, *voice, *row, *usual]]))
    (GOLDEN / "distress_network.csv").write_text("\n".join(lines) + "\n")
    (GOLDEN / "distress_voice.csv").write_text("\n".join(sequence.golden(trained.voice_alone, trained.voice_against)) + "\n")


def write_functionals_golden(path=GOLDEN / "distress_functionals.csv", workers=1):
    """Some rows of a sample, by the program that measures for the trainer; the one that judges must measure the same."""
    audio = corpora.decode(ROOT / "audio_samples/distressed.flac", 2)
    with tempfile.TemporaryDirectory() as folder:
        stem = f"{folder}/sample"
        pathlib.Path(f"{stem}.raw").write_bytes(audio.tobytes())
        pathlib.Path(f"{stem}.csv").write_text(f"clip,start,samples,other,live\n0,0,{len(audio)},-1,0\n")
        names, rows = render.functionals(TOOL, stem, workers)
    lines = [",".join(["speech_s", *names[dataset.FIRST_FUNCTIONAL:]])]
    for row in rows[:-1:8]:  # The last one lies between two steps.
        lines.append(",".join(f"{v:.8g}" for v in [row[names.index("speech_s")], *row[dataset.FIRST_FUNCTIONAL:]]))
    path.write_text("\n".join(lines) + "\n")


def mean_scores(table):
    return [{"name": f"{name}, AUC on voices never heard, usual unknown" if "recall" not in name else name,
             "value": round(100 * value, 1)} for name, value in table["mean"].items() if "recall" not in name]


def line_scores(trainer, models, line, with_usual):
    """{clip: log-odds per head} over [(model, left out)], on one line."""
    scores = {}
    for one, left in models:
        mine = left & ~trainer.rows.live & (trainer.rows.condition == line)
        scores.update(evaluate.clip_scores(one, trainer.rows.take(mine), with_usual))
    return scores


def evaluate_left_out(trainer, terms, folder, noise, workers):
    """Each corpus left out in turn: what its clips score on every line, for card.py."""
    masks = [(trainer.group != corpus, trainer.group == corpus) for corpus in LOCO]
    models = trainer.train_all([heard for heard, _ in masks], workers)
    for one in models:
        one.terms = terms
    models = [(one, left) for one, (_, left) in zip(models, masks)]
    for with_usual in (False, True):
        out = folder / ("known" if with_usual else "unknown")
        out.mkdir(parents=True, exist_ok=True)
        for number, line in enumerate(SCORED_LINES):
            scores = line_scores(trainer, models, number, with_usual)
            snr_db = noise["noisy0"] if line == "noisy" else None
            scored_clips.write(out / f"{line}.csv", evaluate.scored(scores, trainer.clips, snr_db))
            evaluate.show(f"corpus left out, {line}, usual {'known' if with_usual else 'unknown'}",
                          evaluate.corpus_table(scores, trainer.clips))
        lengths = {}
        for one, left in models:
            mine = left & ~trainer.rows.live & (trainer.rows.condition == 0)
            for name, scores in evaluate.scores_of_lengths(one, trainer.rows.take(mine), with_usual).items():
                lengths.setdefault(name, {}).update(scores)
        for name, scores in lengths.items():
            scored_clips.write(out / f"{name}.csv", evaluate.scored(scores, trainer.clips))


def evaluate_calls(trainer, folds, path, which, heard, folder):
    """The models that did not hear a call, and which of them is to judge it (tools/distress_calls)."""
    out = folder / "calls"
    out.mkdir(parents=True, exist_ok=True)
    lines = ["recording,model"]
    for number, (one, left) in enumerate(folds):
        write_model(out / f"fold{number}.json", which, one, trainer, heard)
        recordings = sorted(set(trainer.speaker[left & (trainer.group == "calls")]))
        lines += [f"{recording},fold{number}.json" for recording in recordings]
    (out / "models.csv").write_text("\n".join(lines) + "\n")


def train_research(data, acted, held_out, arguments):
    clips = acted + corpora.sessions(acted) + corpora.call_clips(data)
    voices = [c.audio for c in clips if not c.live and c.speaker not in held_out]
    names, rows, noise = measure(clips, voices, corpora.noises(data), CONDITIONS, arguments.threads)
    trainer = Trainer(names, rows, clips)
    heard = ~np.isin(trainer.speaker, held_out)
    shipped, folds, checks = train_shipped(trainer, heard, arguments.threads)
    unheard = evaluate.corpus_table(line_scores(trainer, [(shipped, ~heard)], 0, False), clips)
    evaluate.show("held-out speakers, clean, usual unknown", unheard)
    write_model(RESEARCH, origin.RESEARCH, shipped, trainer, heard, mean_scores(unheard))
    write_golden(shipped)
    write_functionals_golden()
    if arguments.evaluate:
        folder = pathlib.Path(arguments.evaluate)
        evaluate_calls(trainer, folds, RESEARCH, origin.RESEARCH, heard, folder)
        write_calibration(folder / "calibration.csv", checks)
        evaluate_left_out(trainer, shipped.terms, folder, noise, arguments.threads)
    return trainer


def write_calibration(path, checks):
    lines = ["curve,stated,observed,share"]
    for with_usual in (False, True):
        for stated, observed, share in reliability.points(*checks[with_usual, "agitated"]):
            lines.append(f"usual {'known' if with_usual else 'unknown'},{stated:.4f},{observed:.4f},{share:.4f}")
    path.write_text("\n".join(lines) + "\n")


def train_open(data, acted, arguments):
    """From what may be used in products alone: voices, noise and babble."""
    acted = [clip for clip in acted if clip.group in origin.OPEN_CORPORA]
    clips = acted + corpora.sessions(acted) + corpora.call_clips(data)
    voices = [c.audio for c in acted]
    names, rows, _ = measure(clips, voices, corpora.noises(data, origin.OPEN_NOISES), CONDITIONS, arguments.threads)
    trainer = Trainer(names, rows, clips)
    everyone = np.ones(len(trainer.group), bool)
    shipped, _, _ = train_shipped(trainer, everyone, arguments.threads)
    write_model(OPEN, origin.OPEN, shipped, trainer, everyone)
    return trainer, shipped


def evaluate_open(open_trainer, shipped, trainer, folder, workers):
    """What openness costs: the same clips as in evaluate_left_out, each judged by a model of the open corpora that did
    not hear its corpus."""
    masks = [(open_trainer.group != corpus, open_trainer.group == corpus) for corpus in origin.OPEN_CORPORA]
    models = open_trainer.train_all([heard for heard, _ in masks], workers)
    for one in models:
        one.terms = shipped.terms
    left_out = [(one, left) for one, (_, left) in zip(models, masks)]
    others = np.isin(trainer.group, [corpus for corpus in LOCO if corpus not in origin.OPEN_CORPORA])
    (folder / "open").mkdir(exist_ok=True)
    for usual in ("unknown", "known"):
        scored = [evaluate.scored(line_scores(of, judges, 0, usual == "known"), of.clips)
                  for of, judges in ((open_trainer, left_out), (trainer, [(shipped, others)]))]
        scored_clips.write(folder / f"open/{usual}.csv", scored_clips.joined(scored))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="folder with emotion/, calls/, calls_sim/ and noise/")
    parser.add_argument("--evaluate", metavar="SCORES", help="folder for what the models of left-out voices say")
    parser.add_argument("--threads", type=int, default=4)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    acted = corpora.emotion_clips(arguments.data)
    held_out = corpora.held_out_speakers(arguments.data, acted)
    print("held out:", " ".join(held_out))
    corpora.write_held_out(RESEARCH.parent / "held_out_speakers.csv", acted, held_out)
    trainer = train_research(arguments.data, acted, held_out, arguments)
    open_trainer, shipped = train_open(arguments.data, acted, arguments)
    if arguments.evaluate:
        evaluate_open(open_trainer, shipped, trainer, pathlib.Path(arguments.evaluate), arguments.threads)


if __name__ == "__main__":
    main()
