#!/usr/bin/python3
"""The distress trainer's network on frames is what the program streams, and its usual is what it was told to be."""
import pathlib
import sys
import types
import unittest

SKIPPED = 77  # What tests/house/CMakeLists.txt takes for "not run".

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools/train_distress"))
try:
    import numpy as np
    import torch
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)
import corpora  # noqa: E402
import dataset  # noqa: E402
import sequence  # noqa: E402
import voice_frames  # noqa: E402

ENDS = np.array([50, 103, 301, 402, 729, 730])
FORGOTTEN = np.array([0, 0, 0, 120, 640, 560])  # Windows that silence has cut short.


def made_frames(count=730, seed=1):
    random = np.random.default_rng(seed)
    values = random.normal(0, 1, (count, voice_frames.VALUES)).astype(np.float16)
    values[:, voice_frames.VOICED] = random.random(count) < 0.5
    values[:, voice_frames.PITCH] *= values[:, voice_frames.VOICED]
    return values


def made_sequence():
    """With normalisations as training leaves them: not those that do nothing."""
    torch.manual_seed(3)
    network = sequence.Network(0.3)
    for layer in network.modules():
        if isinstance(layer, torch.nn.BatchNorm1d):
            layer.running_mean.normal_(0, 0.3)
            layer.running_var.uniform_(0.3, 3)
            if layer.affine:
                layer.weight.data.normal_(1, 0.3)
                layer.bias.data.normal_(0, 0.3)
    return sequence.Sequence(network.eval())


def windows_of_one_clip(values):
    first = np.zeros_like(ENDS)
    return types.SimpleNamespace(frames=voice_frames.Frames(values, np.zeros((1, 1), int)), condition=first, clip=first,
                                 frame_end=ENDS, frame_count=np.minimum(ENDS - FORGOTTEN, voice_frames.POOLED_FRAMES))


def less_usual(values, mean):
    x = values.astype(float)
    for place, value in zip(voice_frames.COMPARED, mean):
        x[:, place] -= value * (x[:, voice_frames.VOICED] > 0 if place == voice_frames.PITCH else 1)
    return x


class Streamed:
    """The exported tensors over the whole clip, output after output, as the program does it."""

    def __init__(self, tensors, x):
        self.tensors = {name.removeprefix("sequence."): tensor.astype(float) for name, tensor in tensors.items()}
        h = self.filtered(self.filtered(x, "conv1", 5, 2), "conv2", 3, 2)
        for i in range(2):
            h = h + self.filtered(h, f"residual{i}", 3, 1, 2**i)
        self.outputs = h

    def dense(self, name, x):
        return self.tensors[f"{name}.weight"] @ x + self.tensors[f"{name}.bias"]

    def filtered(self, h, name, taps, stride, dilation=1):
        out = []
        for newest in range(stride - 1, len(h), stride):
            at = newest - dilation * np.arange(taps - 1, -1, -1)
            heard = [h[i] if i >= 0 else np.zeros(h.shape[1]) for i in at]
            out.append(np.maximum(self.dense(name, np.concatenate(heard)), 0))
        return np.array(out)

    def log_odds(self, first, end, known):
        at = 4 * np.arange(len(self.outputs)) + 3
        pooled = self.outputs[(at >= first) & (at < end)][-75:]
        z = np.concatenate([pooled.mean(0), np.sqrt(pooled.var(0) + 1e-4), [known]])
        return self.dense("heads", np.maximum(self.dense("hidden", z), 0))


class Sequence(unittest.TestCase):
    def test_says_of_a_window_what_its_exported_tensors_say_when_streamed_over_the_whole_clip(self):
        values, made = made_frames(), made_sequence()
        mean = np.random.default_rng(2).normal(0, 1, len(voice_frames.COMPARED)).astype(np.float32)
        for known in (False, True):
            with self.subTest(known=known):
                rows = windows_of_one_clip(values)
                mine = made.log_odds(rows, np.tile(mean, (len(ENDS), 1)), np.full(len(ENDS), known))
                streamed = Streamed(made.tensors("sequence"), less_usual(values, mean) if known else values.astype(float))
                for odds, first, end in zip(mine, FORGOTTEN, ENDS):
                    np.testing.assert_allclose(odds, streamed.log_odds(first, end, known), atol=1e-5)


def made_rows(clips, frames_each=100):
    """A row for each 50 frames of each clip; the functionals of a clip are its number."""
    names = "clip end_s speech_s window_s voiced_s frame_end frame_count value".split()
    table = [[c, end / 100, 0.5, min(end / 100, 3), 0.5, end, min(end, 300), c]
             for c in range(len(clips)) for end in range(50, frames_each + 1, 50)]
    values = np.zeros((len(clips) * frames_each, voice_frames.VALUES), np.float16)
    values[:, 0] = np.repeat(np.arange(len(clips)), frames_each)
    frames = voice_frames.Frames(values, np.arange(len(clips))[None] * frames_each)
    return dataset.load({"clean0": (names, np.array(table, np.float32))}, clips, frames)


def clip(emotion, live=False):
    return corpora.Clip(emotion, "made", "someone", "someone", emotion, None, live=live)


class Usual(unittest.TestCase):
    def test_is_of_the_same_neutral_clips_for_frames_and_functionals_and_never_of_the_clip_itself(self):
        rows = made_rows([clip("neutral") for _ in range(5)] + [clip("angry")])
        for random in (None, np.random.default_rng(1)):
            usual = dataset.baselines(rows, random)
            self.assertTrue(usual.known.all())
            np.testing.assert_allclose(usual.frames[:, 0], usual.functionals[:, 0], rtol=1e-5)
        usual = dataset.baselines(rows)
        for c in range(5):  # Of the four others three make the usual: what is missing in the sum of all is the fourth.
            missing = 10 - c - 3 * usual.functionals[rows.clip == c, 0]
            others = np.array([other for other in range(5) if other != c])
            self.assertTrue((np.abs(missing[:, None] - others) < 1e-4).any(1).all(), missing)

    def test_is_of_the_same_stretch_of_a_live_voice(self):
        rows = made_rows([clip(e, live=True) for e in ("neutral", "calm", "angry")] + [clip("neutral")], 600)
        usual = dataset.baselines(rows, np.random.default_rng(1))
        self.assertTrue(usual.known[rows.clip == 2].all())
        np.testing.assert_allclose(usual.frames[usual.known, 0], usual.functionals[usual.known, 0], rtol=1e-5)

    def test_is_unknown_to_a_voice_with_two_neutral_clips(self):
        rows = made_rows([clip("neutral"), clip("calm"), clip("angry")])
        self.assertFalse(dataset.baselines(rows).known.any())


class Labels(unittest.TestCase):
    def test_ask_for_anger_only_against_ordinary_speech(self):
        rows = made_rows([clip(e) for e in ("angry", "neutral", "calm", "sad")])
        heads, _ = dataset.labels(rows, [clip(e) for e in ("angry", "neutral", "calm", "sad")])
        anger = heads[::2, dataset.HEADS.index("anger")]
        np.testing.assert_array_equal(anger, [1, 0, 0, np.nan])
        np.testing.assert_array_equal(heads[::2, dataset.HEADS.index("subdued")], [0, 0, 0, 1])


if __name__ == "__main__":
    unittest.main()
