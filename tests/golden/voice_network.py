#!/usr/bin/python3
"""Writes tests/golden/voice_network.csv: what a small made network says of a made voice.

By torch's convolutions over the whole voice at once, where the program takes frame after frame.
Weights and voice are one stream of noise, which tests/cues/made_voice.h makes too.
"""
import csv
import os

import numpy as np
import torch

from definitions import noise

INPUTS, FRAMES, USUAL_FRAMES = 30, 420, 50
FIRST, WIDTH, HIDDEN, HEADS = 8, 6, 5, 3  # made_voice.h
COMPARED = [*range(20), 21, 24, 25, 26, 27]
PITCH, VOICED = 21, 23
POOLED, LEAST_VARIANCE = 75, 1e-4
ENDS = (40, 43, 44, 119, 300, 303, 304, 420)

stream = iter(noise(15000))


def take(rows, columns, scale):
    values = [next(stream) * scale for _ in range(rows * columns)]
    return torch.tensor(np.array(values).astype(np.float32).reshape(rows, columns))


def layer(outputs, inputs):
    return take(outputs, inputs, 2 / np.sqrt(inputs)), take(1, outputs, 0.3)[0]


def convolved(h, weights, taps, stride=1, dilation=1):
    """h: [inputs, frames]. Weights are stored frame by frame, torch wants them input by input."""
    weight, bias = weights
    weight = weight.reshape(len(weight), taps, -1).permute(0, 2, 1)
    before = (taps - 1) * dilation + 1 - stride
    padded = torch.nn.functional.pad(h[None], (before, 0))
    return torch.relu(torch.nn.functional.conv1d(padded, weight, bias, stride, dilation=dilation))[0]


def made_voice():
    x = take(FRAMES, INPUTS, 2.0)
    x[:, VOICED] = (x[:, VOICED] > 0).float()
    x[:, PITCH] *= x[:, VOICED]
    return x


def less_usual(x):
    voiced = x[:, VOICED] > 0
    mean = x[:USUAL_FRAMES, COMPARED].mean(0)
    mean[COMPARED.index(PITCH)] = x[:USUAL_FRAMES][voiced[:USUAL_FRAMES], PITCH].mean()
    y = x.clone()
    y[:, COMPARED] -= mean
    y[~voiced, PITCH] = 0
    return y


voice = made_voice()
conv1, conv2 = layer(FIRST, 5 * INPUTS), layer(WIDTH, 3 * FIRST)
residual0, residual1 = layer(WIDTH, 3 * WIDTH), layer(WIDTH, 3 * WIDTH)
hidden, heads = layer(HIDDEN, 2 * WIDTH + 1), layer(HEADS, HIDDEN)


def outputs_of(x):
    h = convolved(convolved(x.T, conv1, 5, 2), conv2, 3, 2)
    h = h + convolved(h, residual0, 3)
    return h + convolved(h, residual1, 3, dilation=2)


def answer(h, known):
    deviation = torch.sqrt(h.var(1, unbiased=False) + LEAST_VARIANCE)
    z = torch.cat([h.mean(1), deviation, torch.tensor([float(known)])])
    return (heads[0] @ torch.relu(hidden[0] @ z + hidden[1]) + heads[1]).tolist()


with open(os.path.join(os.path.dirname(__file__), "voice_network.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["frames", "forgotten_before", "known"] + [f"head{i}" for i in range(HEADS)])
    for known in (0, 1):
        all_outputs = outputs_of(less_usual(voice) if known else voice)
        for end in ENDS:
            for forgotten in (0, end - 70) if end > 200 else (0,):
                at = 4 * np.arange(all_outputs.shape[1]) + 3  # The frame that each output comes with.
                pooled = np.flatnonzero((at < end) & (at >= forgotten))[-POOLED:]
                says = answer(all_outputs[:, pooled], known)
                writer.writerow([end, forgotten, known] + [f"{value:.6f}" for value in says])
