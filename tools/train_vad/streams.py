"""Made telephone streams with their labels: speech, what disturbs it, and the line."""
import audioop

import numpy as np
from scipy.signal import fftconvolve, firwin, resample

import sounds
from clips import HOP, RATE_HZ
from sounds import gain

SPEECH_S = 24
NOISE_ONLY_S = 12


def band_power(x, active=None):
    """Mean square between 300 and 3400 Hz, over the active hops if given."""
    spectrum = np.fft.rfft(x)
    f = np.fft.rfftfreq(len(x), 1 / RATE_HZ)
    spectrum[(f < 300) | (f > 3400)] = 0
    band = np.fft.irfft(spectrum, len(x))
    if active is not None and active.any():
        band = band[np.repeat(active, HOP)]
    return np.mean(band * band) + 1e-12


class Voices:
    """The speakers to draw from, corpora evened out."""

    def __init__(self, speech):
        self.corpora = [list(speakers.values()) for speakers in speech.values()]
        self.clips = [clip for speakers in self.corpora for clips in speakers for clip, _, _ in clips]

    def speaker(self, rng):
        speakers = self.corpora[rng.integers(len(self.corpora))]
        return speakers[rng.integers(len(speakers))]


def another_voice(clip, factor):
    """A clip and its labels as of a voice `factor` higher and faster."""
    samples, active, weight = clip
    if factor == 1.0:
        return clip
    hops = int(len(active) / factor)
    at = np.minimum((np.arange(hops) + 0.5) * factor, len(active) - 1).astype(int)
    return resample(samples, hops * HOP).astype(np.float32), active[at], weight[at]


def speak(rng, voices, hops, change_voices=False):
    """Clips of one speaker (sometimes of two) in a row, with pauses."""
    speakers = [voices.speaker(rng)] + ([voices.speaker(rng)] if rng.random() < 0.15 else [])
    signal = np.zeros(hops * HOP, np.float32)
    active, weight = np.zeros(hops, bool), np.ones(hops, np.float32)
    mean_pause_s = rng.uniform(0.2, 1.2)
    factor = rng.uniform(0.75, 1.2) if change_voices and rng.random() < 0.6 else 1.0

    def pause():
        seconds = min(rng.exponential(mean_pause_s), 6) + (rng.uniform(2, 6) if rng.random() < 0.1 else 0)
        return int(seconds * RATE_HZ / HOP)

    at = 0 if rng.random() < 0.25 else pause()
    while at < hops:
        clips = speakers[rng.integers(len(speakers))]
        clip, clip_active, clip_weight = another_voice(clips[rng.integers(len(clips))], factor)
        n = min(len(clip_active), hops - at)
        signal[at * HOP:(at + n) * HOP] = clip[:n * HOP] * gain(rng.uniform(-5, 5))
        active[at:at + n], weight[at:at + n] = clip_active[:n], clip_weight[:n]
        at += n + pause()
    return signal, active, weight


class NoiseMaker:
    """One kind of noise per stream."""

    KINDS = ["comfort", "coloured", "recorded", "babble", "music", "mix"]

    def __init__(self, voices, recordings, human_recordings):
        self.voices, self.recordings = voices, recordings
        self.under_speech = recordings + human_recordings

    def make(self, rng, n, kind=None):
        kind = kind or rng.choice(self.KINDS, p=[0.12, 0.20, 0.24, 0.25, 0.09, 0.10])
        if kind == "mix":
            first, second = (self.make(rng, n, k) for k in rng.choice(self.KINDS[1:5], 2))
            return sounds.unit(first + second * gain(rng.uniform(-10, 10)))
        return {"comfort": lambda: sounds.comfort(rng, n),
                "coloured": lambda: sounds.coloured(rng, n),
                "recorded": lambda: sounds.recorded(rng, n, self.under_speech),
                "babble": lambda: sounds.babble(rng, n, self.voices.clips),
                "music": lambda: sounds.music(rng, n)}[kind]()

    def event(self, rng, n):
        """A burst somewhere in the stream: keys, a tone, another recording."""
        length = int(rng.uniform(0.3, 6) * RATE_HZ)
        kind = rng.integers(3)
        if kind == 0:
            burst = sounds.clicks(rng, length)
        elif kind == 1:
            burst = sounds.unit(sounds.tone(rng, length / RATE_HZ))
        else:
            burst = sounds.recorded(rng, length, self.recordings)
        out = np.zeros(n, np.float32)
        at = int(rng.integers(0, n - length))
        out[at:at + len(burst)] = burst
        return out


def gated(rng, noise):
    """Noise that begins or ends in the middle."""
    n = len(noise)
    at = int(rng.uniform(0.1, 0.9) * n)
    ramp = np.clip((np.arange(n) - at) / (rng.uniform(0.01, 0.5) * RATE_HZ), 0, 1)
    return noise * (ramp if rng.random() < 0.5 else 1 - ramp)


def g711(x, law):
    """To `ulaw` or `alaw` (ITU-T G.711) and back."""
    linear = np.round(x * 32767).astype(np.int16).tobytes()
    encode, decode = getattr(audioop, "lin2" + law), getattr(audioop, law + "2lin")
    return np.frombuffer(decode(encode(linear, 2), 2), np.int16) / 32768


def line(rng, x, level_dbfs, reference_power):
    """Equaliser, band filter, level, clipping, comfort noise, holes, codec."""
    if rng.random() < 0.6:
        f = np.linspace(0, 1, 33)
        eq_db = np.interp(f, np.linspace(0, 1, 9), rng.normal(0, 4, 9))
        kernel = np.fft.fftshift(np.fft.irfft(gain(eq_db), 64)) * np.hanning(64)
        x = fftconvolve(x, kernel, "same")
    if rng.random() < 0.85:
        edges = [rng.uniform(200, 330), rng.uniform(3300, 3500)]
        x = fftconvolve(x, firwin(129, edges, pass_zero=False, fs=RATE_HZ), "same")
    x = x * gain(level_dbfs) / np.sqrt(reference_power)
    x = np.clip(x + sounds.comfort(rng, len(x)) * gain(rng.uniform(-90, -50)), -1, 1)
    if rng.random() < 0.05:
        at = int(rng.uniform(0, 0.9) * len(x))
        x[at:at + int(rng.uniform(0.1, 3) * RATE_HZ)] = 0
    codec = rng.choice(["ulaw", "alaw", "linear"], p=[0.6, 0.25, 0.15])
    x = np.round(x * 32767) / 32768 if codec == "linear" else g711(x, codec)
    return x.astype(np.float32)


def speech_stream(rng, voices, noises, most_snr_db=30, good_lines=0.0):
    """(samples, active, weight) of 24 s; a share of `good_lines` has hardly any noise, and more voices."""
    hops = SPEECH_S * RATE_HZ // HOP
    n = hops * HOP
    if rng.random() < 0.1:
        noise = noises.make(rng, n)
        silent = np.zeros(hops, bool)
        return line(rng, noise, rng.uniform(-65, -15), 1.0), silent, np.ones(hops, np.float32)
    speech, active, weight = speak(rng, voices, hops, good_lines > 0)
    if rng.random() < 0.35:
        speech = sounds.reverberate(rng, speech)
    speech = speech / np.sqrt(band_power(speech, active))
    if rng.random() < good_lines:
        noise, snr_db = noises.make(rng, n, "comfort"), rng.uniform(30, 75)
    else:
        noise, snr_db = noises.make(rng, n), rng.uniform(-5, most_snr_db)
    noise = noise / np.sqrt(band_power(noise)) * gain(-snr_db)
    mixed = speech + (gated(rng, noise) if rng.random() < 0.2 else noise)
    if rng.random() < 0.15:
        mixed = mixed + sounds.hum(rng, n) * gain(-rng.uniform(5, 35))
    if rng.random() < 0.3:
        for _ in range(rng.integers(1, 4)):
            event = noises.event(rng, n)
            mixed = mixed + event * gain(rng.uniform(-18, 6))
    loudest_dbfs = -8 if good_lines else -12
    return line(rng, mixed, rng.uniform(-50, loudest_dbfs), 1.0), active, weight


NOISE_ONLY = ["recorded", "tones", "music", "clicks", "coloured", "comfort", "silence"]


def noise_only_stream(rng, recordings):
    """Samples of 12 s without speech, from a cold start."""
    n = NOISE_ONLY_S * RATE_HZ
    kind = rng.choice(NOISE_ONLY, p=[0.46, 0.16, 0.16, 0.08, 0.07, 0.04, 0.03])
    if kind == "silence":
        return np.zeros(n, np.float32)
    sound = {"recorded": lambda: sounds.recorded(rng, n, recordings, 0.65, 1.5),
             "tones": lambda: sounds.tones(rng, n), "music": lambda: sounds.music(rng, n),
             "clicks": lambda: sounds.clicks(rng, n), "coloured": lambda: sounds.coloured(rng, n),
             "comfort": lambda: sounds.comfort(rng, n)}[kind]()
    if rng.random() < 0.3:
        sound = gated(rng, sound)
    return line(rng, sound, rng.uniform(-60, -12), 1.0)
