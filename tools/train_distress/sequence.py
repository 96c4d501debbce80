"""The network on the frames of speech: two convolutions and two residual ones, causal, pooled over 3 s.

It takes what voice_network.cpp streams: the same inputs, the same zeros before the first frame, outputs at the same
frames. Once the usual is known its mean frame is taken off the inputs, and the last input of the head says so.
"""

import dataclasses
import pathlib
import sys
import types

import numpy as np
import torch

import corpora
import dataset
import voice_frames
from voice_frames import PITCH, POOLED_FRAMES, VALUES, VOICED

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/golden"))
from definitions import noise

FIRST_CHANNELS, CHANNELS, HIDDEN = 32, 40, 64
RESIDUALS = 2  # With a dilation of 1 and 2.
LEAST_VARIANCE = 1e-4  # voice_network.cpp
OUTPUTS = len(dataset.HEADS)
HEAD_WEIGHTS = (1.5, 1.0, 0.7, 0.7, 0.8)
SCORED_AT_ONCE = 256


@dataclasses.dataclass
class Settings:
    steps: int = 700
    batch: int = 160
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.3
    known_share: float = 1.0  # Of the samples that have a usual, these see it.
    call_weight: float = 4.0  # Of the ordinary calls, in cells of a corpus and emotion.
    emotion_weight: float = 0.4
    draw_every: int = 100  # Steps from one draw of the usual to the next.


class Convolution(torch.nn.Module):
    """Causal, on [window, time, channel]: a matrix product over the taps, many times quicker on a CPU than Conv1d."""

    def __init__(self, inputs, outputs, taps, stride=1, dilation=1):
        super().__init__()
        self.filters = torch.nn.Linear(taps * inputs, outputs, bias=False)  # Oldest tap first.
        self.scaling = torch.nn.BatchNorm1d(outputs)
        self.taps, self.stride, self.dilation = taps, stride, dilation

    def forward(self, x):
        outputs = x.shape[1] // self.stride
        before = (self.taps - 1) * self.dilation - (self.stride - 1)  # Its newest input is the last of its step.
        x = torch.nn.functional.pad(x, (0, 0, before, 0))
        last = (outputs - 1) * self.stride + 1
        taps = [x[:, tap * self.dilation : tap * self.dilation + last : self.stride] for tap in range(self.taps)]
        h = self.filters(torch.cat(taps, 2))
        return torch.relu(self.scaling(h.flatten(0, 1)).view(h.shape))


# As with the networks on functionals, each case has a network of its own: one for both loses a point without the usual.
ALONE = Settings(known_share=0.0)
AGAINST = Settings(known_share=1.0)


class Network(torch.nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.conv1 = Convolution(VALUES, FIRST_CHANNELS, 5, stride=2)
        self.conv2 = Convolution(FIRST_CHANNELS, CHANNELS, 3, stride=2)
        self.residual = torch.nn.ModuleList(Convolution(CHANNELS, CHANNELS, 3, dilation=2**i) for i in range(RESIDUALS))
        self.scaling = torch.nn.BatchNorm1d(2 * CHANNELS, affine=False, momentum=0.05)
        self.hidden = torch.nn.Linear(2 * CHANNELS + 1, HIDDEN)
        self.dropout = torch.nn.Dropout(dropout)
        self.heads = torch.nn.Linear(HIDDEN, OUTPUTS + len(corpora.EMOTIONS))

    def forward(self, x, pooled, known):
        h = self.conv2(self.conv1(x))
        for layer in self.residual:
            h = h + layer(h)
        counted = pooled[:, :, None].float()
        count = counted.sum(1).clamp(min=1)
        mean = (h * counted).sum(1) / count
        variance = ((h - mean[:, None]) ** 2 * counted).sum(1) / count
        z = self.scaling(torch.cat([mean, (variance + LEAST_VARIANCE).sqrt()], 1))
        return self.heads(self.dropout(torch.relu(self.hidden(torch.cat([z, known[:, None]], 1)))))


def colour(windows, known, random):
    """Another line for each window; its usual has the same colour, so that a window less its usual has none."""
    place = np.linspace(-1, 1, 20, dtype=np.float32)
    shapes = np.stack([place, 0.5 * np.cos(np.pi * place), 0.5 * np.sin(np.pi * place)])
    amount = random.normal(0, 0.2, (len(known), len(shapes))).astype(np.float32) * ~known[:, None]
    step = np.zeros((len(known), VALUES), np.float32)
    step[:, :20] = amount @ shapes
    windows.add(step)


def hide_parts(x, random):
    """Leaves out short times, some bands, and at times the pitch or the voice's quality."""
    for window in x:
        for _ in range(random.integers(0, 3)):
            length = random.integers(5, 40)
            start = random.integers(len(window) - length)
            window[start : start + length] = 0
        if random.random() < 0.5:
            width = random.integers(1, 5)
            first = random.integers(20 - width)
            window[:, first : first + width] = 0
        if random.random() < 0.15:
            window[:, PITCH:VOICED] = 0
        if random.random() < 0.1:
            window[:, 24:27] = 0


def loss_of(answers, heads, emotion, settings):
    asked = ~torch.isnan(heads)
    entropy = torch.nn.functional.binary_cross_entropy_with_logits(
        answers[:, :OUTPUTS], torch.nan_to_num(heads), reduction="none") * asked
    loss = (entropy.sum(0) / asked.sum(0).clamp(min=1) * torch.tensor(HEAD_WEIGHTS)).mean()
    acted = emotion >= 0
    named = torch.nn.functional.cross_entropy(answers[acted, OUTPUTS:], emotion[acted])
    return loss + settings.emotion_weight * named


def windows_of(rows, at, rate=None):
    return rows.frames.windows(rows.condition[at], rows.clip[at], rows.frame_end[at], rows.frame_count[at], rate)


def batches(rows, weight, settings, random):
    """(Rows drawn by their weight, their windows, usual known) of each step."""
    threshold = np.cumsum(weight) / weight.sum()
    for step in range(settings.steps):
        if step % settings.draw_every == 0:
            usual = dataset.baselines(rows, random)
        at = np.searchsorted(threshold, random.random(settings.batch))
        windows = windows_of(rows, at, random.uniform(0.88, 1.12, settings.batch))
        known = usual.known[at] & (random.random(settings.batch) < settings.known_share)
        windows.less_usual(usual.frames[at], known)
        colour(windows, known, random)
        hide_parts(windows.x, random)
        yield at, windows, known


def train(rows, clips, kept, seed, settings):
    """`kept`: which of the rows may be learned from; of these, those of the lines to train on are."""
    rows = rows.take(kept & rows.trained & rows.scored)
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    heads, emotion = map(torch.from_numpy, dataset.labels(rows, clips))
    weight = dataset.weights(rows, clips, settings.call_weight).astype(float)
    network = Network(settings.dropout)
    optimiser = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, settings.steps)
    network.train()
    for at, windows, known in batches(rows, weight, settings, random):
        answers = network(*as_tensors(windows, known))
        loss = loss_of(answers, heads[at], emotion[at], settings)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        schedule.step()
    return Sequence(network.eval())


def as_tensors(windows, known):
    return torch.from_numpy(windows.x), torch.from_numpy(windows.pooled), torch.from_numpy(known.astype(np.float32))


@dataclasses.dataclass
class Sequence:
    """What the frames of a window say."""

    network: Network

    def log_odds(self, rows, usual_frames, known):
        """[row, head of HEADS]. `usual_frames`: Usual.frames, used where `known`."""
        out = np.zeros((len(rows.clip), len(dataset.HEADS)), np.float32)
        for first in range(0, len(out), SCORED_AT_ONCE):
            at = np.arange(first, min(first + SCORED_AT_ONCE, len(out)))
            windows = windows_of(rows, at)
            windows.less_usual(usual_frames[at], known[at])
            with torch.no_grad():
                out[at] = self.network(*as_tensors(windows, known[at]))[:, : len(dataset.HEADS)].numpy()
        return out

    def tensors(self, name):
        """As voice_network.cpp takes them: with the normalisations folded in."""
        net = self.network
        out = {}
        layers = {"conv1": net.conv1, "conv2": net.conv2,
                  **{f"residual{i}": layer for i, layer in enumerate(net.residual)}}
        for part, layer in layers.items():
            own_scale, own_offset = layer.scaling.weight.detach(), layer.scaling.bias.detach()
            scale, offset = normalisation(layer.scaling)
            out[part] = layer.filters.weight.detach() * (scale * own_scale)[:, None], offset * own_scale + own_offset
        scale, offset = normalisation(net.scaling)
        weight, bias = net.hidden.weight.detach().clone(), net.hidden.bias.detach()
        pooled = weight[:, : len(scale)].clone()
        weight[:, : len(scale)] = pooled * scale
        out["hidden"] = weight, bias + pooled @ offset
        kept = len(dataset.HEADS)
        out["heads"] = net.heads.weight.detach()[:kept], net.heads.bias.detach()[:kept]
        return {f"{name}.{layer}.{part}": tensor.numpy()
                for layer, pair in out.items() for part, tensor in zip(("weight", "bias"), pair)}


def normalisation(norm):
    """Scale and offset of a BatchNorm without its own weights."""
    scale = 1 / torch.sqrt(norm.running_var + norm.eps)
    return scale, -norm.running_mean * scale


GOLDEN_ENDS = (40, 43, 119, 300, 403)
GOLDEN_USUAL_FRAMES = 50


def golden(alone, against):
    """Lines of a CSV: what the networks say after so many frames of a made voice, without and with its usual.

    The voice: frame by frame, noise of tests/golden/definitions.py times 2, but voiced is 1 where that is over 0, else
    0, and pitch is 0 where it is not voiced. The usual: the first 50 frames.
    """
    values = 2 * noise(GOLDEN_ENDS[-1] * VALUES).reshape(-1, VALUES).astype(np.float32)
    values[:, VOICED] = values[:, VOICED] > 0
    values[:, PITCH] *= values[:, VOICED]
    frames = voice_frames.Frames(values, np.zeros((1, 1), int))
    end = np.array(GOLDEN_ENDS)
    first = np.zeros_like(end)  # Condition and clip.
    rows = types.SimpleNamespace(frames=frames, condition=first, clip=first, frame_end=end,
                                 frame_count=np.minimum(end, POOLED_FRAMES))
    usual = np.tile(voice_frames.mean_frame(frames.total(0, 0, 0, GOLDEN_USUAL_FRAMES)), (len(end), 1))
    lines = ["frames,known," + ",".join(dataset.HEADS)]
    for known, sequence in ((False, alone), (True, against)):
        for frame_end, odds in zip(end, sequence.log_odds(rows, usual, np.full(len(end), known))):
            lines.append(",".join([str(frame_end), str(int(known)), *(f"{value:.6f}" for value in odds)]))
    return lines
