"""What stands between a mouth and the line: speed, room, microphone."""

import numpy as np
import scipy.signal

from corpora import RATE_HZ

COLOUR_TAPS = 65
SLOWEST_PERCENT, FASTEST_PERCENT = 95, 105

# Made responses of typical devices, dB at points of the band, after what sending masks allow (ITU-T P.310, P.341):
# a handset's electret rises to the top of the band, a headset is nearly flat, a hands-free device has the resonance of
# its case and little below 400 Hz, and many mobile phones cut the low end.
POINTS_HZ = np.array([0, 200, 300, 400, 600, 800, 1000, 1400, 2000, 2600, 3200, 4000])
DEVICES_DB = {
    "electret": np.array([-12, -5, -2, -1, 0, 0, 0, 1, 3, 5, 4, -4]),
    "headset": np.array([-3, 0, 2, 2, 1, 0, 0, 0, 1, 2, 2, -2]),
    "hands_free": np.array([-25, -12, -8, -5, 0, 4, 5, 1, -4, 0, 3, -6]),
    "high_pass": np.array([-30, -20, -12, -6, -1, 0, 0, 0, 0, 0, 0, -2]),
}


def taps(gains_db):
    """A linear-phase filter with these gains at 65 equal steps of the band."""
    return scipy.signal.firwin2(COLOUR_TAPS, np.linspace(0, 1, 65), 10 ** (gains_db / 20)).astype(np.float32)


def random_colour(random):
    """A smooth random response, 3 dB deviation at eight points of the band."""
    points_db = random.normal(0, 3, 8)
    return taps(np.interp(np.linspace(0, 7, 65), np.arange(8), points_db))


def device_colour(random, device):
    """A specimen of one of DEVICES_DB: more or less marked, 1 dB deviation at each point."""
    points_db = DEVICES_DB[device] * random.uniform(0.5, 1.2) + random.normal(0, 1, len(POINTS_HZ))
    return taps(np.interp(np.linspace(0, RATE_HZ / 2, 65), POINTS_HZ, points_db))


def room(random):
    """The echoes of a small room: decaying noise after the direct sound, 0 to 12 dB below it."""
    decay_s = random.uniform(0.15, 0.5)  # To -60 dB.
    time_s = np.arange(int(decay_s * RATE_HZ)) / RATE_HZ
    echoes = random.normal(size=len(time_s)) * 10 ** (-3 * time_s / decay_s)
    echoes[: RATE_HZ // 500] = 0  # The first wall is 35 cm away.
    echoes *= 10 ** (-random.uniform(0, 12) / 20) / np.sqrt(np.sum(echoes**2))
    echoes[0] = 1
    return echoes.astype(np.float32)


def at_speed(samples, percent):
    """Played faster (over 100) or slower: tempo, pitch and formants move together."""
    return samples if percent == 100 else scipy.signal.resample_poly(samples, 100, percent).astype(np.float32)


def most_samples(samples):
    """How long a clip of `samples` can become."""
    return samples * 100 // SLOWEST_PERCENT + 1


def overdriven(speech, headroom_db):
    """Cut off at `headroom_db` over the speech's RMS, which is 1 here: a microphone shouted into."""
    limit = 10 ** (headroom_db / 20)
    return np.clip(speech, -limit, limit)
