#!/usr/bin/python3
"""Writes tests/golden/vad_reference.csv: what the detector must say of a made signal.

The detector's inputs and network once more, in double precision and from their definitions, sharing
no code with the program. Run it after each training; tests/features/vad_reference_test.cpp makes the
same signal and compares.
"""
import os
import sys

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests", "golden"), os.path.join(ROOT, "tools")]
import model_file
from definitions import BANDS, RATE_HZ, mel_weights, noise, power_spectrum, windowed

SECONDS = 3
EVERY_HOPS = 5


def signal():
    """Noise, a voice-like glide, digital silence, louder noise."""
    n = SECONDS * RATE_HZ
    t = np.arange(n) / RATE_HZ
    voice = sum(np.sin(2 * np.pi * k * (120 * t + 15 * t * t)) / k for k in range(1, 16))
    x = 0.003 * noise(n)
    x[(t >= 0.6) & (t < 1.8)] += 0.06 * voice[(t >= 0.6) & (t < 1.8)]
    x[(t >= 2.0) & (t < 2.2)] = 0
    x[t >= 2.6] *= 30
    return x.astype(np.float32).astype(np.float64)


def inputs(x):
    power = power_spectrum(windowed(x))
    mel = np.maximum(10 * np.log10(np.maximum(power @ mel_weights().T, 1e-10)), -90)
    level = 10 * np.log10(power[:, 6:116].mean(1) + 1e-9)
    tracks = np.column_stack([mel, level])
    smooth, floor, loudest = tracks[0].copy(), tracks[0].copy(), level[0]
    previous, rows = mel[0], []
    for p, bands, e, track in zip(power, mel, level, tracks):
        smooth += 0.3 * (track - smooth)
        above = smooth - floor
        floor += np.where(above < 0, 0.25 * above, np.minimum(0.02, 0.003 * above + 0.002))
        rise = smooth[-1] - loudest
        loudest += 0.3 * rise if rise > 0 else -0.015
        loudest = max(loudest, floor[-1] + 10)
        magnitude = np.sqrt(p + 1e-12)
        magnitude[:5] = magnitude[113:] = 0
        correlation = np.fft.irfft(magnitude)
        q = p[8:110] + 1e-9
        rows.append(np.concatenate([
            np.clip((bands - loudest) / 20, -3, 1),
            np.clip((bands - floor[:BANDS]) / 20, -0.5, 2.5),
            [np.clip((e - loudest) / 20, -3, 1), np.clip((e - floor[-1]) / 20, -0.5, 3),
             np.clip((loudest - floor[-1]) / 20, 0, 3),
             np.clip(np.maximum(bands - previous, 0).mean() / 6, 0, 3),
             2 * correlation[20:128].max() / correlation[0],
             np.log10(q).mean() - np.log10(p[8:110].mean() + 1e-9)]]))
        previous = bands
    return np.array(rows)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def probabilities(rows, w):
    dense = np.maximum(rows @ w["dense.weight"].T + w["dense.bias"], 0)
    dense = np.vstack([np.zeros((2, dense.shape[1])), dense])
    h, probs = np.zeros(w["gru.weight_hh"].shape[1]), []
    for t in range(len(rows)):
        c = np.maximum(w["convolution.weight"] @ dense[t:t + 3].ravel() + w["convolution.bias"], 0)
        xr, xz, xn = np.split(w["gru.weight_ih"] @ c + w["gru.bias_ih"], 3)
        hr, hz, hn = np.split(w["gru.weight_hh"] @ h + w["gru.bias_hh"], 3)
        z, n = sigmoid(xz + hz), np.tanh(xn + sigmoid(xr + hr) * hn)
        h = (1 - z) * n + z * h
        probs.append(sigmoid(w["output.weight"] @ h + w["output.bias"])[0])
    return np.array(probs)


def main():
    _, tensors = model_file.read(os.path.join(ROOT, "models", "vad", "model.json"))
    weights = {name: array.astype(float) for name, array in tensors.items()}
    rows = inputs(signal())
    probs = probabilities(rows, weights)
    with open(os.path.join(ROOT, "tests", "golden", "vad_reference.csv"), "w") as file:
        file.write("hop,prob," + ",".join(f"input_{i}" for i in range(rows.shape[1])) + "\n")
        for hop in range(0, len(rows), EVERY_HOPS):
            values = ",".join(f"{v:.6f}" for v in rows[hop])
            file.write(f"{hop},{probs[hop]:.6f},{values}\n")


if __name__ == "__main__":
    main()
