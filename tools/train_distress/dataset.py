"""Rows of functionals as training samples: labels, weights, and the usual voice of each speaker."""

import dataclasses

import numpy as np

import corpora

BASELINE_SPEECH_S = 18.0  # caller_baseline.h
WINDOW_S = 3.0  # distress_functionals.h
FIRST_FUNCTIONAL = 5  # Columns before it in a row: clip, end_s, speech_s, window_s, voiced_s.
HEADS = ("agitated", "distress", "arousal")
MOST_BASELINE_CLIPS = 6


@dataclasses.dataclass
class Voices:
    """What baselines are made of. A unit is one clip of one voice on one line."""

    means: np.ndarray  # Rows of functionals, one per neutral clip and line.
    candidates: np.ndarray  # Of each unit: which of `means` are its voice's, without its own; -1 for none.
    calls: list  # Of each side of a call on one line: where it lies in the rows, and its speech_s.


@dataclasses.dataclass
class Rows:
    """One row per window, all conditions one after the other."""

    x: np.ndarray  # Functionals.
    clip: np.ndarray
    condition: np.ndarray
    scored: np.ndarray  # Belongs to the windows that DistressClipScorer pools, or to a live call.
    unit: np.ndarray  # -1 in a call.
    call: np.ndarray  # Index into voices.calls; -1 for a clip.
    order: np.ndarray  # Position within the call.
    voices: Voices

    def take(self, mask):
        parts = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return Rows(**{name: value if name == "voices" else value[mask] for name, value in parts.items()})


def _scored(clip, speech_s, window_s):
    """The full windows of a clip, or its last one when it has none."""
    full = window_s >= WINDOW_S - 1e-3
    step = np.abs(np.mod(speech_s, 0.5)) < 1e-3  # The row at the end of the clip is no step.
    chosen = full & step
    has_full = np.zeros(clip.max() + 1, bool)
    has_full[clip[chosen]] = True
    last = np.append(clip[1:] != clip[:-1], True)
    return chosen | (last & ~has_full[clip])


def load(conditions, clips):
    """`conditions`: {name: (names, rows)} of render.functionals."""
    live_clip = np.array([c.group == "calls" for c in clips])
    parts, means, candidates, calls = [], [], [], []
    for number, (names, table) in enumerate(conditions.values()):
        column = {name: i for i, name in enumerate(names)}
        table = table[np.argsort(table[:, column["clip"]], kind="stable")]
        clip = table[:, column["clip"]].astype(int)
        live = live_clip[clip]
        x = table[:, FIRST_FUNCTIONAL:]
        speech_s = table[:, column["speech_s"]]
        scored = live.copy()
        scored[~live] = _scored(clip[~live], speech_s[~live], table[~live, column["window_s"]])
        unit, own_means, own_candidates = _units(clip, x, scored, live, clips, sum(map(len, means)))
        unit[~live] += sum(map(len, candidates))
        means.append(own_means)
        candidates.append(own_candidates)
        call, order = np.full(len(clip), -1), np.zeros(len(clip), int)
        for c in np.unique(clip[live]):
            mine = clip == c
            call[mine], order[mine] = len(calls), np.arange(mine.sum())
            calls.append((x[mine], speech_s[mine]))
        parts.append((x, clip, np.full(len(clip), number), scored, unit, call, order))
    width = max(c.shape[1] for c in candidates)
    padded = [np.pad(c, ((0, 0), (0, width - c.shape[1])), constant_values=-1) for c in candidates]
    return Rows(*map(np.concatenate, zip(*parts)), Voices(np.concatenate(means), np.concatenate(padded), calls))


def _units(clip, x, scored, live, clips, first_mean):
    """One line: the unit of each row, the means of the neutral clips, and the candidates of each unit."""
    judged = np.unique(clip[~live])
    neutral = [c for c in judged if clips[c].emotion in corpora.ORDINARY]
    means = np.array([x[(clip == c) & scored].mean(0) for c in neutral])
    of_speaker = {}
    for i, c in enumerate(neutral):
        of_speaker.setdefault(clips[c].speaker, []).append((c, first_mean + i))
    lists = [[i for other, i in of_speaker.get(clips[c].speaker, []) if other != c] for c in judged]
    candidates = np.full((len(judged), max(map(len, lists))), -1)
    for row, indices in zip(candidates, lists):
        row[: len(indices)] = indices
    unit = np.full(len(clip), -1)
    unit[~live] = np.searchsorted(judged, clip[~live])
    return unit, means, candidates


def baselines(rows, random=None):
    """The usual of each row's voice, and whether it has one.

    Without `random`: of a clip three neutral clips of the voice, of a call its first windows. With it: three
    to six neutral clips, or a stretch anywhere in the call. A window never has a part in its own usual.
    """
    usual, known = _clip_baselines(rows, random)
    for number, (x, speech_s) in enumerate(rows.voices.calls):
        windows = first_speech(speech_s)
        if windows == 0 or windows >= len(x):
            continue
        start = 0 if random is None else random.integers(len(x) - windows + 1)
        outside = (rows.call == number) & ((rows.order < start) | (rows.order >= start + windows))
        usual[outside] = x[start : start + windows].mean(0)
        known[outside] = True
    return usual, known


def first_speech(speech_s):
    """How many windows of a call make its baseline (caller_baseline.h)."""
    enough = np.flatnonzero(np.cumsum(speech_s) >= BASELINE_SPEECH_S)
    return enough[0] + 1 if len(enough) else 0


def _clip_baselines(rows, random):
    candidates, means = rows.voices.candidates, rows.voices.means
    count = (candidates >= 0).sum(1)
    draw = np.random.default_rng(0) if random is None else random
    keys = draw.random(candidates.shape, np.float32)
    keys[candidates < 0] = 2.0  # Last.
    size = np.full(len(count), 3) if random is None else draw.integers(3, MOST_BASELINE_CLIPS + 1, len(count))
    size = np.minimum(size, count)
    picked = np.take_along_axis(candidates, np.argsort(keys, 1)[:, :MOST_BASELINE_CLIPS], 1)
    share = (np.arange(picked.shape[1]) < size[:, None]) / np.maximum(size, 1)[:, None]
    usual = np.einsum("up,upf->uf", share.astype(np.float32), means[picked])
    return usual[rows.unit], (count >= 3)[rows.unit] & (rows.unit >= 0)


def labels(rows, clips):
    """Heads (NaN where it is not known) and the emotion index (-1 in a call)."""
    emotion = np.array([corpora.EMOTIONS.index(c.emotion) for c in clips])[rows.clip]
    sets = (corpora.AGITATED, corpora.DISTRESS, corpora.AROUSED)
    heads = np.stack([np.isin(emotion, [corpora.EMOTIONS.index(e) for e in s]) for s in sets], 1).astype(np.float32)
    call = np.array([c.group == "calls" for c in clips])[rows.clip]
    emotion[call] = -1
    return heads, emotion


def weights(rows, clips, call_weight):
    """Each corpus x emotion weighs the same, each clip within it, and each window within the clip.

    The calls weigh `call_weight` of a corpus's mean cell.
    """
    group = np.array([c.group for c in clips])[rows.clip]
    emotion = np.array([c.emotion for c in clips])[rows.clip]
    weight = np.zeros(len(rows.x), np.float32)
    for g in np.unique(group):
        for e in np.unique(emotion[group == g]):
            cell = np.flatnonzero((group == g) & (emotion == e))
            _, at, count = np.unique(rows.clip[cell] * 100 + rows.condition[cell], return_inverse=True, return_counts=True)
            share = np.ones(len(cell)) if g == "calls" else 1.0 / count[at]
            weight[cell] = share / share.sum() * (call_weight if g == "calls" else 1.0)
    return weight / weight.mean()
