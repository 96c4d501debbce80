"""Rows of functionals as training samples: labels, weights, and the usual voice of each speaker."""

import dataclasses

import numpy as np

import corpora

BASELINE_SPEECH_S = 12.0  # caller_baseline.h
TRAINED_BASELINE_S = (6.0, 18.0)
LEAST_BASELINE_S = 5.0  # A speaker with less neutral speech has no usual.
WINDOW_S = 3.0  # distress_functionals.h
FIRST_FUNCTIONAL = 7  # Columns before it: clip, end_s, speech_s, window_s, voiced_s, frame_end, frame_count.
DEFINITIONS = 1  # kDistressDefinitions: raised whenever what a functional means has changed.
HEADS = ("agitated", "distress", "arousal")
MOST_BASELINE_CLIPS = 6


@dataclasses.dataclass
class Voice:
    """One live voice on one line: what its usual can be made of, and the rows that are measured against it."""

    rows: np.ndarray  # All its rows.
    stream: np.ndarray  # Of each: position in the neutral stream, -1 outside it.
    x: np.ndarray  # The neutral stream.
    speech_s: np.ndarray


@dataclasses.dataclass
class Rows:
    """One row per window, all conditions one after the other."""

    x: np.ndarray  # Functionals.
    clip: np.ndarray
    condition: np.ndarray
    live: np.ndarray
    scored: np.ndarray  # Belongs to the windows that DistressClipScorer pools, or is live.
    unit: np.ndarray  # One clip on one line; -1 when live.
    speech_s: np.ndarray  # New in the window of a live row.
    number: np.ndarray  # Of the row among all that were loaded.
    means: np.ndarray  # Shared: functionals of the neutral clips on each line, ...
    candidates: np.ndarray  # ... and which of them each unit's usual can be made of; -1 for none.
    voices: list  # Shared: of the live rows.

    SHARED = ("means", "candidates", "voices")

    def take(self, mask):
        parts = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return Rows(**{name: value if name in self.SHARED else value[mask] for name, value in parts.items()})


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
    live_clip = np.array([c.live for c in clips])
    parts, means, candidates, voices = [], [], [], []
    loaded = 0
    for condition, (names, table) in enumerate(conditions.values()):
        column = {name: i for i, name in enumerate(names)}
        table = table[np.argsort(table[:, column["clip"]], kind="stable")]
        clip = table[:, column["clip"]].astype(int)
        live = live_clip[clip]
        x = table[:, FIRST_FUNCTIONAL:]
        speech_s = table[:, column["speech_s"]]
        scored = live.copy()
        unit = np.full(len(clip), -1)
        if not live.all():
            scored[~live] = _scored(clip[~live], speech_s[~live], table[~live, column["window_s"]])
            unit[~live], own_means, own_candidates = _units(clip[~live], x[~live], scored[~live], clips)
            own_candidates[own_candidates >= 0] += sum(map(len, means))
            unit[~live] += sum(map(len, candidates))
            means.append(own_means)
            candidates.append(own_candidates)
        voices += _voices(clip, x, speech_s, live, clips, loaded)
        number = loaded + np.arange(len(clip))
        loaded += len(clip)
        parts.append((x, clip, np.full(len(clip), condition), live, scored, unit, speech_s, number))
    width = max(c.shape[1] for c in candidates)
    padded = [np.pad(c, ((0, 0), (0, width - c.shape[1])), constant_values=-1) for c in candidates]
    return Rows(*map(np.concatenate, zip(*parts)), np.concatenate(means), np.concatenate(padded), voices)


def _units(clip, x, scored, clips):
    """The clips of one line: the unit of each row, the means of the neutral ones, the candidates of each unit."""
    judged = np.unique(clip)
    neutral = [c for c in judged if clips[c].emotion in corpora.ORDINARY]
    means = np.array([x[(clip == c) & scored].mean(0) for c in neutral])
    of_voice = {}
    for i, c in enumerate(neutral):
        of_voice.setdefault(clips[c].voice, []).append((c, i))
    lists = [[i for other, i in of_voice.get(clips[c].voice, []) if other != c] for c in judged]
    candidates = np.full((len(judged), max(map(len, lists))), -1)
    for row, indices in zip(candidates, lists):
        row[: len(indices)] = indices
    return np.searchsorted(judged, clip), means, candidates


def _voices(clip, x, speech_s, live, clips, loaded):
    """The live voices of one line."""
    of_voice = {}
    for c in np.unique(clip[live]):
        of_voice.setdefault(clips[c].voice, []).append(c)
    out = []
    for members in of_voice.values():
        rows = np.flatnonzero(np.isin(clip, members))
        neutral = np.isin(clip[rows], [c for c in members if clips[c].emotion in corpora.ORDINARY])
        stream = np.where(neutral, np.cumsum(neutral) - 1, -1)
        out.append(Voice(loaded + rows, stream, x[rows[neutral]], speech_s[rows[neutral]]))
    return out


def baselines(rows, random=None):
    """The usual of each row's voice, and whether it has one.

    Without `random`: of a clip three neutral clips of the voice, of a live voice its first neutral windows.
    With it: three to six neutral clips, or any stretch of 6 to 18 s. A window never has a part in its own usual.
    """
    usual, known = _clip_baselines(rows, random)
    place = np.full(max(rows.number.max(), max(v.rows.max() for v in rows.voices)) + 1, -1)
    place[rows.number] = np.arange(len(rows.number))
    for voice in rows.voices:
        mine = place[voice.rows]
        here = mine >= 0
        if not here.any():
            continue
        speech_s = BASELINE_SPEECH_S if random is None else random.uniform(*TRAINED_BASELINE_S)
        first, last = _stretch(voice.speech_s, speech_s, random)
        if last == 0:
            continue
        outside = mine[here & ((voice.stream < first) | (voice.stream >= last))]
        usual[outside] = voice.x[first:last].mean(0)
        known[outside] = True
    return usual, known


def _stretch(speech_s, wanted_s, random):
    """[first, last) of the windows that hold the wanted speech; (0, 0) when there is too little for any."""
    total = np.cumsum(speech_s)
    if len(total) == 0 or total[-1] < LEAST_BASELINE_S:
        return 0, 0
    wanted_s = min(wanted_s, total[-1])
    latest = np.searchsorted(total, total[-1] - wanted_s, side="right")
    first = 0 if random is None else random.integers(latest + 1)
    before = total[first - 1] if first else 0.0
    return first, min(np.searchsorted(total, before + wanted_s - 1e-3) + 1, len(total))


def _clip_baselines(rows, random):
    count = (rows.candidates >= 0).sum(1)
    draw = np.random.default_rng(0) if random is None else random
    keys = draw.random(rows.candidates.shape, np.float32)
    keys[rows.candidates < 0] = 2.0  # Last.
    size = np.full(len(count), 3) if random is None else draw.integers(3, MOST_BASELINE_CLIPS + 1, len(count))
    size = np.minimum(size, count)
    picked = np.take_along_axis(rows.candidates, np.argsort(keys, 1)[:, :MOST_BASELINE_CLIPS], 1)
    share = (np.arange(picked.shape[1]) < size[:, None]) / np.maximum(size, 1)[:, None]
    usual = np.einsum("up,upf->uf", share.astype(np.float32), rows.means[picked])
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
    """Each corpus x emotion weighs the same; within it a recording by the root of the number of its windows.

    The calls weigh `call_weight` of a corpus's mean cell.
    """
    group = np.array([c.group for c in clips])[rows.clip]
    emotion = np.array([c.emotion for c in clips])[rows.clip]
    weight = np.zeros(len(rows.x), np.float32)
    for g in np.unique(group):
        for e in np.unique(emotion[group == g]):
            cell = np.flatnonzero((group == g) & (emotion == e))
            recording = rows.clip[cell] * 100 + rows.condition[cell]
            _, at, count = np.unique(recording, return_inverse=True, return_counts=True)
            share = 1.0 / np.sqrt(count[at])
            weight[cell] = share / share.sum() * (call_weight if g == "calls" else 1.0)
    return weight / weight.mean()
