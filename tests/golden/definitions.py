"""What the references of this folder share: noise, power spectra and mel bands from their definitions,
in double precision, with no code of the program."""
import numpy as np

RATE_HZ, HOP, WINDOW, BANDS = 8000, 80, 256, 20
HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)


def noise(n):
    """In [-1, 1), the same on every machine; the C++ tests make it too."""
    state, values = 1, np.empty(n)
    for i in range(n):
        state = (1664525 * state + 1013904223) % 2**32
        values[i] = state / 2**31 - 1
    return values


def windowed(x):
    """One row per hop: the newest WINDOW samples, zeros before the start."""
    padded = np.concatenate([np.zeros(WINDOW - HOP), x])
    return np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * HANN


def power_spectrum(frames):
    return np.abs(np.fft.rfft(frames)) ** 2 / np.sum(HANN**2)


def mel_weights():
    def mel(hz):
        return 1127 * np.log(1 + hz / 700)

    edges = 700 * np.expm1(np.linspace(mel(150), mel(3800), BANDS + 2) / 1127)
    f = np.arange(WINDOW // 2 + 1) * RATE_HZ / WINDOW
    weights = []
    for low, centre, high in zip(edges, edges[1:], edges[2:]):
        w = np.clip(np.minimum((f - low) / (centre - low), (high - f) / (high - centre)), 0, None)
        weights.append(w / w.sum() if w.sum() >= 0.5 else f == f[np.argmin(np.abs(f - centre))])
    return np.array(weights, float)
