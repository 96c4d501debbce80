#!/usr/bin/python3
"""Writes tests/golden/voice_quality.csv: the voice quality of a made signal.

In double precision and from the definitions, sharing no code and few ways with the program: the
formants by autocorrelation of the samples, a linear solver, and the eigenvalues that numpy.roots
takes. tests/features/voice_quality_reference_test.cpp makes the same signal and compares.
"""
import os

import numpy as np

from definitions import BANDS, RATE_HZ, WINDOW, mel_weights, noise, power_spectrum, windowed

SECONDS = 2
EVERY_HOPS = 3


def signal():
    """A gliding voice with moving level under three resonances, noise, digital silence."""
    n = SECONDS * RATE_HZ
    t = np.arange(n) / RATE_HZ
    x = 0.003 * noise(n)
    voice = sum(np.sin(2 * np.pi * k * (110 * t + 15 * t * t)) / k for k in range(1, 27))
    x += np.where(t < 1.2, 0.05 * voice, 0)
    for hz, width_hz in (600, 80), (1300, 100), (2500, 140):
        r = np.exp(-np.pi * width_hz / RATE_HZ)
        c = 2 * r * np.cos(2 * np.pi * hz / RATE_HZ)
        y1 = y2 = 0.0
        for i in range(n):
            x[i] = (1 - c + r * r) * x[i] + c * y1 - r * r * y2
            y2, y1 = y1, x[i]
    x[(t >= 1.6) & (t < 1.8)] = 0
    return x.astype(np.float32).astype(np.float64)


def balance(power):
    """Alpha ratio and Hammarberg index, dB."""
    f = np.arange(len(power)) * RATE_HZ / WINDOW
    low, high = power[(f >= 50) & (f < 1000)], power[(f >= 1000) & (f < 3400)]
    first, second = power[(f >= 50) & (f < 2000)], power[(f >= 2000) & (f < 3400)]
    if not power.any():
        return 0.0, 0.0
    return 10 * np.log10(high.sum() / low.sum()), 10 * np.log10(first.max() / second.max())


def cepstrum(power, weights):
    bands = np.log(np.maximum(power @ weights.T, 1e-9))
    b = np.arange(BANDS) + 0.5
    return [np.sqrt(2 / BANDS) * np.sum(bands * np.cos(np.pi * i * b / BANDS)) for i in range(1, 5)]


def formants(windowed, order=8):
    x = windowed - 0.97 * np.roll(windowed, 1)
    r = np.array([np.sum(x * np.roll(x, -k)) for k in range(order + 1)])
    if r[0] == 0:
        return [None] * 3
    r[0] *= 1.00001
    a = np.linalg.solve(r[np.abs(np.subtract.outer(range(order), range(order)))], -r[1:])
    poles = np.roots(np.concatenate([[1], a]))
    hz = np.angle(poles) * RATE_HZ / (2 * np.pi)
    width_hz = -np.log(np.abs(poles)) * RATE_HZ / np.pi
    found = sorted((f, w) for f, w in zip(hz, width_hz)
                   if 50 <= f <= RATE_HZ / 2 - 50 and w < 3000)
    found += [(0, np.inf)] * 3
    return [f if w < 800 else None for f, w in found[:3]]


def main():
    frames = windowed(signal())
    weights = mel_weights()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "voice_quality.csv")
    with open(path, "w") as file:
        file.write("hop,alpha_ratio_db,hammarberg_db,mfcc_1,mfcc_2,mfcc_3,mfcc_4,f1_hz,f2_hz,f3_hz\n")
        for hop in range(0, len(frames), EVERY_HOPS):
            power = power_spectrum(frames[hop])
            cells = [f"{v:.4f}" for v in (*balance(power), *cepstrum(power, weights))]
            cells += ["" if f is None else f"{f:.2f}" for f in formants(frames[hop])]
            file.write(f"{hop}," + ",".join(cells) + "\n")


if __name__ == "__main__":
    main()
