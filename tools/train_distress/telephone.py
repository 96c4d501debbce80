"""The telephone between a mouth and the model: handset, noise, band, level, codecs, lost packets."""

import dataclasses

import numpy as np
import scipy.signal

import handset
import packet_loss
from corpora import RATE_HZ
from speech_codecs import PACKET_SAMPLES, ALaw, Amr, Gsm, MuLaw, Opus

AMR_MODES = 8


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
    codecs: tuple = (MuLaw(),)  # One behind the other, from the mouth on.
    loss: packet_loss.PacketLoss = None  # On the stretch of the first codec.
    speed_percent: int = 100
    room: np.ndarray = None  # Its echoes as filter taps, or None.
    headroom_db: float = np.inf  # From the RMS to where the microphone clips.


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples)) + 1e-12))


def speech_rms(samples):
    """RMS of the 20-ms blocks within 24 dB of the loudest twentieth."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    power = np.mean(blocks**2, axis=1)
    active = power > np.percentile(power, 95) * 10**-2.4
    return float(np.sqrt(np.mean(power[active]) + 1e-12)) if active.any() else rms(samples)


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


def gsm_channel(random, samples, sounds, voices):
    """As clean, behind a GSM full-rate call."""
    return _behind(clean_channel(random, samples, sounds, voices), Gsm())


def amr_channel(random, samples, sounds, voices):
    """As clean, behind an AMR call at 7.4 kbit/s."""
    return _behind(clean_channel(random, samples, sounds, voices), Amr(4))


def opus_channel(random, samples, sounds, voices):
    """As clean, behind an Opus call at 12 kbit/s."""
    return _behind(clean_channel(random, samples, sounds, voices), Opus(12000))


def lossy_channel(random, samples, sounds, voices):
    """As clean, 3 % of the packets lost in gaps of two on average; three receivers of ten leave them silent."""
    channel = clean_channel(random, samples, sounds, voices)
    channel.loss = packet_loss.PacketLoss(0.03, 2.0, silence=random.random() < 0.3)
    return channel


def _behind(channel, codec):
    channel.codecs = (codec, *channel.codecs)
    return channel


def draw_codecs(random):
    """G.711 alone or nothing for half of the lines; the rest are mobile or internet calls, most behind a trunk."""
    trunk = (ALaw(),) if random.random() < 0.3 else (MuLaw(),)
    kind = random.choice(["trunk", "none", "gsm", "amr", "opus"], p=[0.45, 0.07, 0.12, 0.18, 0.18])
    if kind == "trunk":
        return trunk
    if kind == "none":
        return ()
    codec = {"gsm": Gsm, "amr": lambda: Amr(int(random.integers(AMR_MODES))),
             "opus": lambda: Opus(int(random.integers(8000, 16001)))}[kind]()
    return (codec, *trunk) if random.random() < 0.7 else (codec,)


def draw_colour(random):
    """A device of a known kind for four lines of ten, any tone colour for three; or None. And the room it hears."""
    kind = random.choice(["any", "device", "flat"], p=[0.3, 0.4, 0.3])
    if kind == "any":
        return handset.random_colour(random), None
    if kind == "flat":
        return None, None
    device = random.choice(list(handset.DEVICES_DB))
    return handset.device_colour(random, device), handset.room(random) if device == "hands_free" else None


def draw_loss(random):
    """A quarter of the lines loses 0.5 to 5 % of the packets."""
    if random.random() >= 0.25:
        return None
    return packet_loss.PacketLoss(random.uniform(0.005, 0.05), random.uniform(1.2, 3), random.random() < 0.3)


def training_channel(random, samples, sounds, voices):
    """Any line: handset, room, noise at 5-25 dB in six of ten, band, level, codecs, lost packets."""
    narrow = random.random() < 0.3
    samples = handset.most_samples(samples)
    noise = draw_noise(random, samples, sounds, voices) if random.random() < 0.6 else None
    colour, room = draw_colour(random)
    return Channel(
        low_hz=300.0 if narrow else random.uniform(180, 330),
        high_hz=3400.0 if narrow else random.uniform(3200, 3650),
        colour=colour,
        room=room,
        noise=made_noise(random, samples) if noise is None else noise,
        snr_db=random.uniform(30, 50) if noise is None else random.uniform(5, 25),
        headroom_db=random.uniform(6, 12) if random.random() < 0.1 else np.inf,
        level_dbfs=random.uniform(-36, -14),
        level_spread_db=2.0,
        speed_percent=int(random.integers(handset.SLOWEST_PERCENT, handset.FASTEST_PERCENT + 1))
        if random.random() < 0.5 else 100,
        codecs=draw_codecs(random),
        loss=draw_loss(random))


def spoken(clip, channel, random):
    """What the microphone takes up: the voice at an RMS of 1, its room, and the noise."""
    speech = handset.at_speed(clip.astype(np.float32) / 32768, channel.speed_percent)
    if channel.room is not None:
        speech = scipy.signal.fftconvolve(speech, channel.room)[: len(speech)]
    speech = speech / (speech_rms(speech) + 1e-9)
    if channel.noise is not None:
        start = random.integers(len(channel.noise) - len(speech) + 1)
        noise = channel.noise[start : start + len(speech)]
        speech = speech + noise / (rms(noise) + 1e-9) * 10 ** (-channel.snr_db / 20)
    return handset.overdriven(speech, channel.headroom_db)


def heard(speech, channel, random):
    """What comes out of the codecs at the far end."""
    for number, codec in enumerate(channel.codecs):
        lost = None
        if number == 0 and channel.loss is not None:
            lost = packet_loss.lost_packets(random, -(-len(speech) // PACKET_SAMPLES), channel.loss)
        speech = codec.transcode(speech, lost)
        if lost is not None and not codec.CONCEALS:
            speech = packet_loss.conceal(speech, lost, channel.loss.silence)
    return speech


def transmit(clip, channel, random):
    """16-bit samples of `clip` as heard behind the channel."""
    speech = spoken(clip, channel, random)
    band = scipy.signal.firwin(257, [channel.low_hz, channel.high_hz], pass_zero=False, fs=RATE_HZ)
    taps = band if channel.colour is None else np.convolve(band, channel.colour)
    speech = scipy.signal.fftconvolve(speech, taps, mode="same")
    level_db = channel.level_dbfs + random.normal() * channel.level_spread_db
    speech = speech / (speech_rms(speech) + 1e-9) * 10 ** (level_db / 20)
    speech = heard(speech, channel, random)
    return np.clip(np.round(speech * 32767), -32768, 32767).astype(np.int16)
