"""Windows of speech as training samples: labels, weights, and the usual voice of each speaker."""

import dataclasses

import numpy as np

import corpora
import voice_frames

BASELINE_SPEECH_S = 12.0  # caller_baseline.h
TRAINED_BASELINE_S = (4.0, 18.0)
LEAST_BASELINE_S = 4.0  # A speaker with less neutral speech has no usual: distress_model.h.
WINDOW_S = 3.0  # distress_functionals.h
FIRST_FUNCTIONAL = 7  # Columns before it: clip, end_s, speech_s, window_s, voiced_s, frame_end, frame_count.
DEFINITIONS = 2  # kDistressDefinitions: raised whenever what a functional means has changed.
# What is estimated, and of each what it is to find; "anger" is against ordinary speech only.
HEADS = ("agitated", "distress", "subdued", "anger", "arousal")
FOUND = (corpora.AGITATED, corpora.DISTRESS, corpora.SUBDUED, corpora.ANGER, corpora.AROUSED)
MOST_BASELINE_CLIPS = 6


@dataclasses.dataclass
class Voice:
    """One live voice on one line: what its usual can be made of, and the rows that are measured against it."""

    rows: np.ndarray  # All its rows.
    stream: np.ndarray  # Of each: position in the neutral stream, -1 outside it.
    x: np.ndarray  # The neutral stream.
    speech_s: np.ndarray
    totals: np.ndarray  # voice_frames.Frames.total of what is new in each of its windows.


@dataclasses.dataclass
class Usual:
    """The usual voice behind each row; one draw for all networks."""

    functionals: np.ndarray  # Their mean.
    frames: np.ndarray  # Mean frame: voice_frames.COMPARED.
    known: np.ndarray

    def take(self, mask):
        return Usual(self.functionals[mask], self.frames[mask], self.known[mask])


@dataclasses.dataclass
class Rows:
    """One row per window, all conditions one after the other."""

    x: np.ndarray  # Functionals.
    clip: np.ndarray
    condition: np.ndarray
    trained: np.ndarray  # Of a condition that models are trained on, as far as their speakers allow.
    frame_end: np.ndarray  # The window holds frames [frame_end - frame_count, frame_end) of its clip.
    frame_count: np.ndarray
    live: np.ndarray
    scored: np.ndarray  # Belongs to the windows that DistressClipScorer pools, or is live.
    unit: np.ndarray  # One clip on one line; -1 when live.
    speech_s: np.ndarray  # New in the window of a live row.
    number: np.ndarray  # Of the row among all that were loaded.
    means: np.ndarray  # Shared: functionals of the neutral clips on each line, ...
    totals: np.ndarray  # ... voice_frames.Frames.total of each, ...
    candidates: np.ndarray  # ... and which of them each unit's usual can be made of; -1 for none.
    voices: list  # Shared: of the live rows.
    frames: voice_frames.Frames  # Shared.

    SHARED = ("means", "totals", "candidates", "voices", "frames")

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


def is_trained(condition):
    """The other lines are kept for scoring."""
    return condition.startswith(("clean", "training"))


def load(conditions, clips, frames):
    """`conditions`: {name: (names, rows)} of render.functionals; `frames`: of the same conditions, in that order."""
    live_clip = np.array([c.live for c in clips])
    parts, means, totals, candidates, voices = [], [], [], [], []
    loaded = 0
    for condition, (condition_name, (names, table)) in enumerate(conditions.items()):
        column = {name: i for i, name in enumerate(names)}
        table = table[np.argsort(table[:, column["clip"]], kind="stable")]
        clip, frame_end, frame_count = (table[:, column[c]].astype(int) for c in ("clip", "frame_end", "frame_count"))
        live = live_clip[clip]
        x = table[:, FIRST_FUNCTIONAL:]
        speech_s = table[:, column["speech_s"]]
        scored = live.copy()
        unit = np.full(len(clip), -1)
        if not live.all():
            scored[~live] = _scored(clip[~live], speech_s[~live], table[~live, column["window_s"]])
            unit[~live], neutral, own_candidates = _units(clip[~live], clips)
            own_candidates[own_candidates >= 0] += sum(map(len, means))
            unit[~live] += sum(map(len, candidates))
            means.append(np.array([x[(clip == c) & scored].mean(0) for c in neutral]))
            totals.append(np.array([frames.total(condition, c, 0, frame_end[clip == c][-1]) for c in neutral]))
            candidates.append(own_candidates)
        new_frames = _frames_between(clip, frame_end)
        voices += _voices(clip, x, speech_s, live, clips, loaded,
                          lambda i: frames.total(condition, clip[i], new_frames[i], frame_end[i]))
        number = loaded + np.arange(len(clip))
        loaded += len(clip)
        same = (np.full(len(clip), value) for value in (condition, is_trained(condition_name)))
        parts.append((x, clip, *same, frame_end, frame_count, live, scored, unit, speech_s, number))
    width = max(c.shape[1] for c in candidates)
    padded = [np.pad(c, ((0, 0), (0, width - c.shape[1])), constant_values=-1) for c in candidates]
    return Rows(*map(np.concatenate, zip(*parts)), np.concatenate(means), np.concatenate(totals),
                np.concatenate(padded), voices, frames)


def _frames_between(clip, frame_end):
    """Where the frames begin that are new in each row."""
    before = np.concatenate([[0], frame_end[:-1]])
    before[np.concatenate([[True], clip[1:] != clip[:-1]])] = 0
    return before


def _units(clip, clips):
    """The clips of one line: the unit of each row, the neutral ones, the candidates among them of each unit."""
    judged = np.unique(clip)
    neutral = [c for c in judged if clips[c].emotion in corpora.ORDINARY]
    of_voice = {}
    for i, c in enumerate(neutral):
        of_voice.setdefault(clips[c].voice, []).append((c, i))
    lists = [[i for other, i in of_voice.get(clips[c].voice, []) if other != c] for c in judged]
    candidates = np.full((len(judged), max(map(len, lists))), -1)
    for row, indices in zip(candidates, lists):
        row[: len(indices)] = indices
    return np.searchsorted(judged, clip), neutral, candidates


def _voices(clip, x, speech_s, live, clips, loaded, total):
    """The live voices of one line. `total`: of the new frames of a row."""
    of_voice = {}
    for c in np.unique(clip[live]):
        of_voice.setdefault(clips[c].voice, []).append(c)
    out = []
    for members in of_voice.values():
        rows = np.flatnonzero(np.isin(clip, members))
        neutral = np.isin(clip[rows], [c for c in members if clips[c].emotion in corpora.ORDINARY])
        stream = np.where(neutral, np.cumsum(neutral) - 1, -1)
        stream_rows = rows[neutral]
        totals = np.array([total(i) for i in stream_rows])
        out.append(Voice(loaded + rows, stream, x[stream_rows], speech_s[stream_rows], totals))
    return out


def baselines(rows, random=None):
    """The usual of each row's voice, as far as it has one.

    Without `random`: of a clip three neutral clips of the voice, of a live voice its first neutral windows.
    With it: three to six neutral clips, or any stretch of 4 to 18 s. A window never has a part in its own usual.
    """
    usual = _clip_baselines(rows, random)
    place = np.full(max([rows.number.max(), *(v.rows.max() for v in rows.voices)]) + 1, -1)
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
        usual.functionals[outside] = voice.x[first:last].mean(0)
        usual.frames[outside] = voice_frames.mean_frame(voice.totals[first:last].sum(0))
        usual.known[outside] = True
    return usual


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
    chosen = (np.arange(picked.shape[1]) < size[:, None]).astype(np.float32)
    x = np.einsum("up,upf->uf", chosen, rows.means[picked]) / np.maximum(size, 1)[:, None]
    frames = voice_frames.mean_frame(np.einsum("up,upf->uf", chosen, rows.totals[picked]))
    return Usual(x[rows.unit], frames[rows.unit], (count >= 3)[rows.unit] & (rows.unit >= 0))


def labels(rows, clips):
    """HEADS (NaN where a head does not care) and the emotion index (-1 in a call)."""
    emotion = np.array([corpora.EMOTIONS.index(c.emotion) for c in clips])[rows.clip]
    indices = [[corpora.EMOTIONS.index(e) for e in found] for found in FOUND]
    heads = np.stack([np.isin(emotion, i) for i in indices], 1).astype(np.float32)
    judged_for_anger = [corpora.EMOTIONS.index(e) for e in corpora.ANGER | corpora.ORDINARY]
    heads[~np.isin(emotion, judged_for_anger), HEADS.index("anger")] = np.nan
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
