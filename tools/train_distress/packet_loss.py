"""Packets that never arrive, and what a simple receiver plays in their place."""

import dataclasses

import numpy as np

from speech_codecs import PACKET_SAMPLES

FADE_PER_PACKET = 0.5  # Each further packet of a gap plays at half the level of the one before: gone after some 100 ms.
JOIN_SAMPLES = 16  # Over 2 ms the receiver goes from what it played to what arrived, so that it clicks less.


@dataclasses.dataclass
class PacketLoss:
    """`share` of the packets is lost, in gaps of `burst_packets` on average."""

    share: float
    burst_packets: float = 2.0
    silence: bool = False  # The gap stays silent, instead of the last packet once more, fading.


def lost_packets(random, count, loss):
    """Of `count` packets, which are lost: a line that is either good or bad (Gilbert's model)."""
    recover = 1 / loss.burst_packets
    fail = recover * loss.share / (1 - loss.share)
    draws = random.random(count + 1)
    bad = draws[0] < loss.share
    lost = np.zeros(count, bool)
    for i in range(count):
        lost[i] = bad
        bad = draws[i + 1] >= recover if bad else draws[i + 1] < fail
    return lost


def conceal(speech, lost, silence):
    """`speech` as a receiver plays it that never got the `lost` packets."""
    out = speech.copy()
    played = np.zeros(PACKET_SAMPLES, speech.dtype)  # The last packet of the output.
    ramp = np.linspace(0, 1, JOIN_SAMPLES, dtype=np.float32)
    was_lost = False
    for i in range(-(-len(speech) // PACKET_SAMPLES)):
        here = out[i * PACKET_SAMPLES : (i + 1) * PACKET_SAMPLES]
        is_lost = i < len(lost) and lost[i]
        if is_lost:
            here[:] = 0 if silence else (played * (FADE_PER_PACKET if was_lost else 1))[: len(here)]
        elif was_lost and not silence and len(here) >= JOIN_SAMPLES:
            continued = FADE_PER_PACKET * played[:JOIN_SAMPLES]
            here[:JOIN_SAMPLES] = ramp * here[:JOIN_SAMPLES] + (1 - ramp) * continued
        was_lost = is_lost
        if len(here) == PACKET_SAMPLES:
            played = here.copy()
    return out
