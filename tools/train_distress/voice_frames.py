"""The frames of all clips on all lines, 30 values each, as the C++ side measures them (voice_inputs.h)."""

import csv
import dataclasses

import numpy as np

VALUES = 30
PITCH, VOICED = 21, 23  # Places in a frame.
# What the usual's mean is taken off: the 20 mel bands, pitch, voicing, harmonicity, tilt and flux.
COMPARED = np.array([*range(20), PITCH, 24, 25, 26, 27])
COMPARED_PITCH = int(np.flatnonzero(COMPARED == PITCH)[0])
HOP = 4  # Frames from one output of the network to the next.
POOLED_FRAMES = 300
CONTEXT_FRAMES = 32  # What the first pooled output hears of the frames before the window.
WINDOW_FRAMES = POOLED_FRAMES + CONTEXT_FRAMES + HOP


@dataclasses.dataclass
class Windows:
    """Frames of some windows with what the network hears before them, and which of the outputs each one pools."""

    x: np.ndarray  # [windows, WINDOW_FRAMES, VALUES]; zero where a window has no frame.
    real: np.ndarray  # [windows, WINDOW_FRAMES]
    pooled: np.ndarray  # [windows, WINDOW_FRAMES / HOP]

    def less_usual(self, mean, known):
        """Takes the usual's mean frame off, where it is known. Pitch has one only in voiced frames."""
        step = np.zeros((len(mean), VALUES), np.float32)
        step[:, COMPARED] = -mean * known[:, None]
        pitch = step[:, PITCH].copy()
        step[:, PITCH] = 0
        self.add(step)
        self.x[:, :, PITCH] += pitch[:, None] * (self.x[:, :, VOICED] > 0)

    def add(self, step):
        """`step`: [windows, VALUES], to each frame."""
        self.x += step[:, None]
        self.x *= self.real[:, :, None]


@dataclasses.dataclass
class Frames:
    values: np.ndarray  # [frames, VALUES], float16.
    first: np.ndarray  # [condition, clip]: where the clip begins.

    @staticmethod
    def load(stems, clips):
        """`stems`: as render.functionals had them, one for each condition; `clips`: how many there are."""
        parts, first, before = [], np.zeros((len(stems), clips), int), 0
        for condition, stem in enumerate(stems):
            parts.append(np.fromfile(f"{stem}.rows.frames", np.float32).astype(np.float16).reshape(-1, VALUES))
            with open(f"{stem}.rows.frames.csv", newline="") as file:
                for row in csv.DictReader(file):
                    first[condition, int(row["clip"])] = before + int(row["first"])
            before += len(parts[-1])
        return Frames(np.concatenate(parts), first)

    def total(self, condition, clip, begin, end):
        """Sums of COMPARED over frames [begin, end) of a clip, then how many frames, then how many are voiced."""
        first = self.first[condition, clip]
        x = self.values[first + begin : first + end].astype(np.float32)
        sums = x[:, COMPARED].sum(0)
        voiced = x[:, VOICED] > 0
        sums[COMPARED_PITCH] = x[voiced, PITCH].sum()
        return np.append(sums, (len(x), voiced.sum())).astype(np.float32)

    def windows(self, condition, clip, end, count, rate=None):
        """Frames [end - count, end) of each clip. `rate`: of the reading, for voices that speak quicker or slower."""
        start = np.maximum((end - count) // HOP * HOP - CONTEXT_FRAMES, 0)[:, None]  # In step with the whole clip.
        at = np.arange(WINDOW_FRAMES)[None]
        at = start + (at if rate is None else np.floor(at * rate[:, None]).astype(int))
        real = at < end[:, None]
        x = self.values[self.first[condition, clip][:, None] + np.minimum(at, end[:, None] - 1)].astype(np.float32)
        x *= real[:, :, None]
        last = at[:, HOP - 1 :: HOP]
        pooled = (last >= (end - count)[:, None]) & (last < end[:, None])
        return Windows(x, real, pooled)


def mean_frame(totals):
    """The mean frame behind totals of Frames.total, or sums of them: [..., len(COMPARED)]."""
    count = np.repeat(totals[..., -2:-1], len(COMPARED), -1)
    count[..., COMPARED_PITCH] = totals[..., -1]
    return totals[..., :-2] / np.maximum(count, 1)
