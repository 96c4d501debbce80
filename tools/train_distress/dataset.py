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
class Rows:
    """One row per window, all conditions one after the other."""

    x: np.ndarray  # Functionals.
    clip: np.ndarray
    voice: np.ndarray  # Index into `pools`: one speaker on one line.
    scored: np.ndarray  # Belongs to the windows that DistressClipScorer pools, or to a live call.
    order: np.ndarray  # Position within its voice.
    speech_s: np.ndarray
    condition: np.ndarray
    # Of each voice: means of its neutral clips, or its windows in a call; and their clip or order.
    pools: list

    def take(self, mask):
        parts = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return Rows(**{name: value if name == "pools" else value[mask] for name, value in parts.items()})


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
    parts, pools = [], []
    live_from = next((i for i, c in enumerate(clips) if c.group == "calls"), len(clips))
    for number, (names, table) in enumerate(conditions.values()):
        column = {name: i for i, name in enumerate(names)}
        clip = table[:, column["clip"]].astype(int)
        live = clip >= live_from
        table, clip = table[order := np.argsort(clip, kind="stable")], clip[order]
        live = live[order]
        x = table[:, FIRST_FUNCTIONAL:]
        speech_s, window_s = table[:, column["speech_s"]], table[:, column["window_s"]]
        scored = live.copy()
        scored[~live] = _scored(clip[~live], speech_s[~live], window_s[~live])
        voices = {}
        voice = np.zeros(len(clip), int)
        for i, c in enumerate(clip):
            key = clips[c].name if live[i] else clips[c].speaker
            voice[i] = voices.setdefault(key, len(voices))
        order = np.zeros(len(clip), int)
        for v in range(len(voices)):
            mine = np.flatnonzero(voice == v)
            order[mine] = np.arange(len(mine))
            pools.append(_pool(mine, x, clip, scored, live, speech_s, clips))
        voice += len(pools) - len(voices)
        parts.append(Rows(x, clip, voice, scored, order, np.where(live, speech_s, 0), np.full(len(clip), number), []))
    joined = {field.name: np.concatenate([getattr(p, field.name) for p in parts])
              for field in dataclasses.fields(Rows) if field.name != "pools"}
    return Rows(**joined, pools=pools)


def _pool(mine, x, clip, scored, live, speech_s, clips):
    """(means, owners, live): what a baseline of this voice can be made of."""
    if live[mine[0]]:
        return x[mine], speech_s[mine], True
    chosen = mine[scored[mine]]
    owners = [c for c in np.unique(clip[chosen]) if clips[c].emotion in corpora.ORDINARY]
    means = np.array([x[chosen[clip[chosen] == c]].mean(0) for c in owners]).reshape(len(owners), x.shape[1])
    return means, np.array(owners), False


def first_speech(speech_s):
    """How many windows of a call make its baseline (caller_baseline.h)."""
    enough = np.flatnonzero(np.cumsum(speech_s) >= BASELINE_SPEECH_S)
    return enough[0] + 1 if len(enough) else 0


def baselines(rows, random=None):
    """The usual of each row's voice and whether it has one.

    Without `random`: of a clip three neutral clips of the voice, of a call its first windows. With it: three
    to six neutral clips, or a stretch anywhere in the call. A window never has a part in its own usual.
    """
    usual = np.zeros_like(rows.x)
    known = np.zeros(len(rows.x), bool)
    for voice in np.unique(rows.voice):
        pool, owners, live = rows.pools[voice]
        mine = np.flatnonzero(rows.voice == voice)
        if live:
            _call_baseline(rows, mine, pool, owners, usual, known, random)
        elif len(owners) >= 4 or (len(owners) == 3 and random is None):
            _clip_baselines(rows, mine, pool, owners, usual, known, random)
    return usual, known


def _call_baseline(rows, mine, pool, speech_s, usual, known, random):
    windows = first_speech(speech_s)
    if windows == 0 or windows >= len(pool):
        return
    start = 0 if random is None else random.integers(len(pool) - windows + 1)
    order = rows.order[mine]
    outside = mine[(order < start) | (order >= start + windows)]
    usual[outside] = pool[start : start + windows].mean(0)
    known[outside] = True


def _clip_baselines(rows, mine, pool, owners, usual, known, random):
    size = 3 if random is None else min(random.integers(3, MOST_BASELINE_CLIPS + 1), len(owners) - 1)
    draw = np.random.default_rng(0) if random is None else random
    keys = draw.random((len(mine), len(owners)))
    keys[rows.clip[mine][:, None] == owners[None, :]] = 2.0  # Never its own clip.
    picked = np.argsort(keys, axis=1)[:, :size]
    good = np.take_along_axis(keys, picked, 1).max(1) < 1.5
    usual[mine[good]] = pool[picked[good]].mean(1)
    known[mine[good]] = True


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
