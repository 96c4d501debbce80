"""The telephone between a mouth and the model: band, tone colour, noise, level, codec."""

import dataclasses

import numpy as np
import scipy.signal

from corpora import RATE_HZ

MU = 255.0
A = 87.6


@dataclasses.dataclass
class Channel:
    """One line and its surroundings. All clips of one speaker pass through one channel, as in a call."""

    low_hz: float = 300.0
    high_hz: float = 3400.0
    colour: np.ndarray = None  # Filter taps of the handset, or None.
    noise: np.ndarray = None  # Float samples, at least as long as the longest clip, or None.
    snr_db: float = np.inf
    level_dbfs: float = -26.0
    level_spread_db: float = 0.0  # From clip to clip.
    codec: str = "mu"


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples)) + 1e-12))


def speech_rms(samples):
    """RMS of the 20-ms blocks within 24 dB of the loudest twentieth."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    power = np.mean(blocks**2, axis=1)
    active = power > np.percentile(power, 95) * 10**-2.4
    return float(np.sqrt(np.mean(power[active]) + 1e-12)) if active.any() else rms(samples)


def mu_law(x):
    x = np.clip(x, -1, 1)
    y = np.round(np.sign(x) * np.log1p(MU * np.abs(x)) / np.log1p(MU) * 127) / 127
    return np.sign(y) * np.expm1(np.abs(y) * np.log1p(MU)) / MU


def a_law(x):
    x = np.clip(x, -1, 1)
    size = np.abs(x)
    y = np.where(size < 1 / A, A * size, 1 + np.log(np.maximum(A * size, 1))) / (1 + np.log(A))
    y = np.round(y * 127) / 127
    back = np.where(y < 1 / (1 + np.log(A)), y * (1 + np.log(A)) / A, np.exp(y * (1 + np.log(A)) - 1) / A)
    return np.sign(x) * back


def random_colour(random):
    """A smooth random response, 3 dB deviation at eight points of the band."""
    points_db = random.normal(0, 3, 8)
    frequencies = np.linspace(0, 1, 65)
    gains = 10 ** (np.interp(frequencies * 7, np.arange(8), points_db) / 20)
    return scipy.signal.firwin2(65, frequencies, gains).astype(np.float32)


def made_noise(random, samples):
    """Coloured noise: from white to brown, with slow changes of level."""
    spectrum = np.fft.rfft(random.normal(size=samples))
    frequencies = np.maximum(np.fft.rfftfreq(samples, 1 / RATE_HZ), 20)
    noise = np.fft.irfft(spectrum * frequencies ** -random.uniform(0, 1.2), samples)
    points = random.normal(0, 2, max(2, samples // RATE_HZ + 2))
    slow_db = np.interp(np.arange(samples) / RATE_HZ, np.arange(len(points)), points)
    return (noise / rms(noise) * 10 ** (slow_db / 20)).astype(np.float32)


def recorded_noise(random, samples, sounds):
    sound = sounds[random.integers(len(sounds))]
    sound = np.tile(sound, samples // len(sound) + 2)
    start = random.integers(len(sound) - samples)
    return sound[start : start + samples]


def babble(random, samples, voices, talkers):
    """Several other speakers at once."""
    total = np.zeros(samples, np.float32)
    for _ in range(talkers):
        pieces = []
        while sum(map(len, pieces)) < samples:
            voice = voices[random.integers(len(voices))].astype(np.float32)
            pieces.append(voice / (rms(voice) + 1e-9))
        total += np.roll(np.concatenate(pieces)[:samples], random.integers(samples))
    return total


def draw_noise(random, samples, sounds, voices):
    kind = random.choice(["made", "recorded", "babble"], p=[0.3, 0.35, 0.35])
    if kind == "made":
        return made_noise(random, samples)
    if kind == "recorded":
        return recorded_noise(random, samples, sounds)
    return babble(random, samples, voices, 6)


def clean_channel(random, samples, sounds, voices):
    """tel8 as it is scored, at any level."""
    return Channel(level_dbfs=random.uniform(-36, -14))


def noisy_channel(random, samples, sounds, voices):
    """tel8 in babble or a recorded place, at 20 or 10 dB."""
    noise = babble(random, samples, voices, 6) if random.random() < 0.5 else recorded_noise(random, samples, sounds)
    return Channel(level_dbfs=random.uniform(-36, -14), noise=noise, snr_db=random.choice([20.0, 10.0]))


def training_channel(random, samples, sounds, voices):
    """Any line: band, handset, codec, noise at 5-25 dB in six of ten, level."""
    narrow = random.random() < 0.3
    noise = draw_noise(random, samples, sounds, voices) if random.random() < 0.6 else None
    return Channel(
        low_hz=300.0 if narrow else random.uniform(180, 330),
        high_hz=3400.0 if narrow else random.uniform(3200, 3650),
        colour=random_colour(random) if random.random() < 0.6 else None,
        noise=made_noise(random, samples) if noise is None else noise,
        snr_db=random.uniform(30, 50) if noise is None else random.uniform(5, 25),
        level_dbfs=random.uniform(-36, -14),
        level_spread_db=2.0,
        codec=random.choice(["mu", "a", "none"], p=[0.6, 0.25, 0.15]))


def transmit(clip, channel, random):
    """16-bit samples of `clip` as heard behind the channel."""
    speech = clip.astype(np.float32) / 32768
    speech = speech / (speech_rms(speech) + 1e-9)
    if channel.noise is not None:
        start = random.integers(len(channel.noise) - len(speech) + 1)
        noise = channel.noise[start : start + len(speech)]
        speech = speech + noise / (rms(noise) + 1e-9) * 10 ** (-channel.snr_db / 20)
    band = scipy.signal.firwin(257, [channel.low_hz, channel.high_hz], pass_zero=False, fs=RATE_HZ)
    taps = band if channel.colour is None else np.convolve(band, channel.colour)
    speech = scipy.signal.fftconvolve(speech, taps, mode="same")
    level_db = channel.level_dbfs + random.normal() * channel.level_spread_db
    speech = speech / (speech_rms(speech) + 1e-9) * 10 ** (level_db / 20)
    if channel.codec == "mu":
        speech = mu_law(speech)
    elif channel.codec == "a":
        speech = a_law(speech)
    return np.clip(np.round(speech * 32767), -32768, 32767).astype(np.int16)
