"""Sounds that are not speech, made from a random generator `rng`; each about unit RMS at 8 kHz."""
import numpy as np
from scipy.signal import fftconvolve, resample

from clips import RATE_HZ


def unit(x):
    return (x / (np.sqrt(np.mean(x * x)) + 1e-9)).astype(np.float32)


def walk_db(rng, n, step_s, deviation_db):
    """A level that drifts: a new aim every `step_s` seconds, straight lines between."""
    points = int(n / RATE_HZ / step_s) + 2
    return np.interp(np.arange(n), np.linspace(0, n, points), rng.normal(0, deviation_db, points))


def gain(db):
    return 10.0 ** (np.asarray(db) / 20)


def shaped(rng, n, tilt):
    """Gaussian noise whose amplitude goes as f^tilt, through a random smooth equaliser."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.maximum(np.fft.rfftfreq(n, 1 / RATE_HZ), 40.0)
    eq_db = np.interp(f, np.geomspace(40, 4000, 8), rng.normal(0, 4, 8))
    return np.fft.irfft(spectrum * f**tilt * gain(eq_db), n)


def coloured(rng, n):
    noise = shaped(rng, n, rng.uniform(-1.2, 0.3))
    if rng.random() < 0.6:
        noise = noise * gain(walk_db(rng, n, rng.uniform(0.3, 4), rng.uniform(1, 5)))
    return unit(noise)


def comfort(rng, n):
    """Codec comfort noise: flat or slightly tilted, steady."""
    return unit(shaped(rng, n, rng.uniform(-0.4, 0.0)))


def hum(rng, n):
    base_hz = rng.choice([50.0, 60.0]) * rng.uniform(0.995, 1.005)
    t = np.arange(n) / RATE_HZ
    parts = [gain(rng.normal(-2 * k, 5)) * np.sin(2 * np.pi * base_hz * k * t + rng.uniform(0, 6.3))
             for k in range(1, 13)]
    return unit(np.sum(parts, axis=0))


def speed_changed(rng, sound, low=0.8, high=1.25):
    return resample(sound, max(int(len(sound) / rng.uniform(low, high)), 160)).astype(np.float32)


def recorded(rng, n, sounds, low=0.8, high=1.25):
    """Recordings in random order, each at another speed and about the same level, joined over 20 ms."""
    out = np.zeros(n, np.float32)
    at = 0
    while at < n:
        sound = sounds[rng.integers(len(sounds))]
        longest = 8 * RATE_HZ
        if len(sound) > longest:
            start = rng.integers(len(sound) - longest)
            sound = sound[start:start + longest]
        sound = unit(speed_changed(rng, sound, low, high)) * gain(rng.normal(0, 2))
        ramp = np.minimum(np.arange(len(sound)) + 1, len(sound) - np.arange(len(sound))) / 160
        sound = (sound * np.minimum(ramp, 1))[:n - at]
        out[at:at + len(sound)] += sound
        at += max(len(sound) - 160, 160)
    return unit(out)


def reverb_tail(rng, least_s=0.12, most_s=0.7):
    """Impulse response: the direct sound, then an exponential tail."""
    decay_s = rng.uniform(least_s, most_s)
    n = int(decay_s * RATE_HZ)
    tail = rng.standard_normal(n) * 10.0 ** (-3 * np.arange(n) / n)
    tail[:int(rng.uniform(0.002, 0.02) * RATE_HZ)] = 0
    tail *= gain(-rng.uniform(-2, 14)) / (np.sqrt(np.sum(tail * tail)) + 1e-9)
    tail[0] = 1.0
    return tail


def reverberate(rng, x, least_s=0.12, most_s=0.7):
    return fftconvolve(x, reverb_tail(rng, least_s, most_s))[:len(x)].astype(np.float32)


def babble(rng, n, clips):
    """6 to 24 voices at once, in a room. Fewer are speech to anyone who listens: taught as noise, they
    made the detector deaf to one voice in a room."""
    out = np.zeros(n, np.float32)
    for _ in range(rng.integers(6, 25)):
        at = -int(rng.integers(0, 2 * RATE_HZ))
        level = gain(rng.normal(0, 3))
        while at < n:
            clip = clips[rng.integers(len(clips))]
            start, end = max(at, 0), min(at + len(clip), n)
            if end > start:
                out[start:end] += level * clip[start - at:end - at]
            at += len(clip) + int(rng.uniform(0, 0.6) * RATE_HZ)
    return unit(reverberate(rng, out) if rng.random() < 0.8 else out)


def note(rng, seconds, f_hz):
    """One tone of an instrument: harmonics, attack, decay, sometimes vibrato."""
    n = int(seconds * RATE_HZ)
    t = np.arange(n) / RATE_HZ
    phase = 2 * np.pi * f_hz * t
    if rng.random() < 0.3:
        phase = phase + rng.uniform(0.05, 0.4) * np.sin(2 * np.pi * rng.uniform(4, 7) * t) * f_hz / 60
    harmonics = rng.integers(1, 9)
    rolloff = rng.uniform(0.4, 2)
    out = sum(np.sin(k * phase + rng.uniform(0, 6.3)) / k**rolloff
              for k in range(1, harmonics + 1) if k * f_hz < 3900)
    attack = np.minimum(t / rng.uniform(0.004, 0.1), 1)
    release = np.minimum((seconds - t) / 0.02, 1)
    return out * attack * release * np.exp(-t * rng.choice([0.0, 1.0, 3.0, 8.0]))


def drum(rng):
    n = int(rng.uniform(0.05, 0.25) * RATE_HZ)
    t = np.arange(n) / RATE_HZ
    decay = np.exp(-t * rng.uniform(15, 60))
    body = np.sin(2 * np.pi * rng.uniform(60, 250) * t * np.exp(-t * 4))
    return (body * rng.random() * 2 + rng.standard_normal(n) * rng.random()) * decay


def music(rng, n):
    """Chords, a melody over them and drums, in a tempo."""
    out = np.zeros(n, np.float32)
    beat_s = 60 / rng.uniform(60, 160)
    root_hz = 110 * 2 ** (rng.integers(0, 24) / 12)
    scale = np.array([0, 2, 4, 5, 7, 9, 11]) if rng.random() < 0.6 else np.array([0, 2, 3, 5, 7, 8, 10])
    chords, melody, drums = rng.random(3) < [0.85, 0.75, 0.6]

    def put(sound, at_s, level):
        at = int(at_s * RATE_HZ)
        if 0 <= at < n and np.ndim(sound):
            sound = sound[:n - at]
            out[at:at + len(sound)] += level * sound

    at_s = 0.0
    while at_s < n / RATE_HZ:
        if chords or not (melody or drums):
            degree = rng.integers(7)
            for third in (0, 2, 4):
                step = degree + third
                f_hz = root_hz * 2 ** ((scale[step % 7] + 12 * (step // 7)) / 12)
                put(note(rng, 4 * beat_s, f_hz), at_s, 0.4)
        beat = 0.0
        while beat < 4:
            length = rng.choice([0.25, 0.5, 1.0, 2.0])
            if melody and rng.random() < 0.85:
                f_hz = 2 * root_hz * 2 ** (scale[rng.integers(7)] / 12) * rng.choice([0.5, 1, 2])
                put(note(rng, length * beat_s * 0.95, min(f_hz, 3000)), at_s + beat * beat_s, 0.6)
            beat += length
        for quarter in range(8 if drums else 0):
            if rng.random() < 0.6:
                put(drum(rng), at_s + quarter * beat_s / 2, rng.uniform(0.2, 0.8))
        at_s += 4 * beat_s
    return unit(reverberate(rng, out) if rng.random() < 0.5 else out)


DTMF_HZ = [(low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477, 1633)]


def tone(rng, seconds):
    """A signal of the telephone: DTMF, call progress, beeps, sweeps, sirens, chimes, warbles."""
    n = int(seconds * RATE_HZ)
    t = np.arange(n) / RATE_HZ
    kind = rng.integers(7)
    if kind == 0:  # Dialled digits.
        on_s, off_s = rng.uniform(0.05, 0.3), rng.uniform(0.04, 0.3)
        digit = (t / (on_s + off_s)).astype(int)
        pairs = np.array(DTMF_HZ)[rng.integers(16, size=digit.max() + 1)]
        x = np.sin(2 * np.pi * pairs[digit, 0] * t) + np.sin(2 * np.pi * pairs[digit, 1] * t)
        return x * (t % (on_s + off_s) < on_s)
    if kind == 1:  # Ring-back, busy, congestion.
        f_hz = [(425, 0), (400, 450), (440, 480), (480, 620), (350, 440), (400, 0)][rng.integers(6)]
        on_s, off_s = [(1, 4), (2, 4), (0.5, 0.5), (0.25, 0.25), (0.4, 0.2), (9, 0.1)][rng.integers(6)]
        x = np.sin(2 * np.pi * f_hz[0] * t) + (np.sin(2 * np.pi * f_hz[1] * t) if f_hz[1] else 0)
        return x * ((t + rng.uniform(0, on_s)) % (on_s + off_s) < on_s)
    if kind == 2:  # Beeps, pure or as harmonics.
        period_s, share, f_hz = rng.uniform(0.15, 2), rng.uniform(0.1, 0.9), rng.uniform(250, 2500)
        x = sum(np.sin(2 * np.pi * f_hz * k * t) / k**2
                for k in range(1, rng.integers(2, 5)) if k * f_hz < 3900)
        return x * (t % period_s < share * period_s)
    if kind == 3:  # A sweep or siren.
        low, high = np.sort(rng.uniform(250, 2500, 2))
        swing = 0.5 - 0.5 * np.cos(2 * np.pi * rng.uniform(0.1, 4) * t)
        phase = 2 * np.pi * np.cumsum(low + (high - low) * swing) / RATE_HZ
        return np.sin(phase) + rng.random() * np.sin(2 * phase)
    if kind == 4:  # A chime: steps, each dying away.
        step_s, decay = rng.uniform(0.1, 0.8), rng.uniform(1, 12)
        step = (t / step_s).astype(int)
        f_hz = rng.uniform(300, 1800, step.max() + 1)[step]
        x = sum(np.sin(2 * np.pi * f_hz * k * t) * 0.6**k for k in (1, 2.0, rng.uniform(2.5, 5)))
        return x * np.exp(-decay * (t % step_s))
    if kind == 5:  # A ringer that warbles.
        f_hz = np.where((t * rng.uniform(8, 30)).astype(int) % 2, rng.uniform(400, 1200),
                        rng.uniform(600, 2000))
        phase = 2 * np.pi * np.cumsum(f_hz) / RATE_HZ
        return (np.sin(phase) + 0.3 * np.sin(3 * phase)) * (t % rng.uniform(1, 4) < rng.uniform(0.5, 2))
    return np.sin(2 * np.pi * rng.uniform(200, 3200) * t)  # A steady tone.


def tones(rng, n):
    """Telephone signals one after the other, with pauses."""
    out = np.zeros(n, np.float32)
    at = int(rng.uniform(0, 1) * RATE_HZ)
    while at < n:
        sound = tone(rng, rng.uniform(0.4, 5))[:n - at]
        out[at:at + len(sound)] = sound * gain(rng.normal(0, 3))
        at += len(sound) + int(rng.exponential(0.5) * RATE_HZ)
    return unit(out)


def clicks(rng, n):
    """Key strokes and knocks: short bursts, often two in a row, some ringing."""
    out = np.zeros(n, np.float32)
    rate = rng.uniform(1, 12)
    at = int(rng.exponential(1 / rate) * RATE_HZ)
    ring_hz = rng.uniform(300, 3000, 4)
    while at < n:
        length = int(rng.uniform(0.002, 0.04) * RATE_HZ)
        t = np.arange(length) / RATE_HZ
        x = rng.standard_normal(length) + 2 * rng.random() * np.sin(2 * np.pi * rng.choice(ring_hz) * t)
        x = x * np.exp(-t * rng.uniform(60, 800)) * gain(rng.normal(0, 5))
        out[at:at + length] += x[:n - at]
        at += int((0.05 if rng.random() < 0.3 else rng.exponential(1 / rate)) * RATE_HZ) + 1
    return unit(out)
