"""Clips that were judged: who spoke, how, and what a model said. The input of all tables of the model card."""

import csv
import dataclasses
import pathlib

import numpy as np

WHO = ("corpus", "speaker", "sex", "emotion", "snr_db")


@dataclasses.dataclass
class ScoredClips:
    """One entry per clip. `scores`: {head: higher means more}; log-odds and probabilities do equally well."""

    corpus: np.ndarray
    speaker: np.ndarray
    sex: np.ndarray  # "female", "male", or "" where nobody tells.
    emotion: np.ndarray
    snr_db: np.ndarray  # Of the noise on the line; infinite without any.
    scores: dict

    def __len__(self):
        return len(self.corpus)

    def take(self, mask):
        return ScoredClips(**{name: getattr(self, name)[mask] for name in WHO},
                           scores={head: score[mask] for head, score in self.scores.items()})


def from_clips(scores, clips, heads, snr_db=None):
    """`scores`: {clip: one value per head}. `snr_db`: {speaker: dB} where there is noise."""
    chosen = [clips[c] for c in sorted(scores)]
    values = np.array([scores[c] for c in sorted(scores)])
    return ScoredClips(
        *(np.array([getattr(c, name) for c in chosen]) for name in ("group", "speaker", "sex", "emotion")),
        np.array([(snr_db or {}).get(c.speaker, np.inf) for c in chosen]),
        {head: values[:, i] for i, head in enumerate(heads)})


def joined(sets):
    return ScoredClips(*(np.concatenate([getattr(one, name) for one in sets]) for name in WHO),
                       {head: np.concatenate([one.scores[head] for one in sets]) for head in sets[0].scores})


def write(path, scored):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*WHO, *scored.scores])
        columns = [getattr(scored, name) for name in WHO] + [np.round(s, 5) for s in scored.scores.values()]
        writer.writerows(zip(*columns))


def read(path):
    with open(path, newline="") as file:
        head, *lines = csv.reader(file)
    if tuple(head[: len(WHO)]) != WHO or len(head) == len(WHO) or not lines:
        raise SystemExit(f"{path}: needs a head of {','.join(WHO)} and the heads' names, and a line per clip")
    column = dict(zip(head, map(np.array, zip(*lines))))
    return ScoredClips(*(column[name] for name in WHO[:-1]), column["snr_db"].astype(float),
                       {name: column[name].astype(float) for name in head[len(WHO):]})


def read_all(folder):
    """{name of the file: its clips}."""
    return {path.stem: read(path) for path in sorted(pathlib.Path(folder).glob("*.csv"))}
