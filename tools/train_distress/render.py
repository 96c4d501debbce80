"""Passes the clips through telephone channels, and their sound through the program's own functionals."""

import csv
import multiprocessing
import pathlib
import subprocess
import zlib

import numpy as np

import handset
import speech_codecs
import telephone

# How a line is drawn, and the condition whose lines it shares, so that only what is told here differs.
CONDITIONS = {
    "clean": (telephone.clean_channel, "clean"),
    "noisy": (telephone.noisy_channel, "noisy"),
    "gsm": (telephone.gsm_channel, "clean"),
    "amr": (telephone.amr_channel, "clean"),
    "opus12": (telephone.opus_channel, "clean"),
    "loss3": (telephone.lossy_channel, "clean"),
    "training": (telephone.training_channel, "training"),
}

_shared = {}  # What the worker processes inherit: clips, sounds, voices.


def channel_of(clip, condition, replica, longest):
    """The same speaker, condition and replica always give the same channel."""
    draw, line = CONDITIONS[condition]
    seed = zlib.crc32(f"{clip.speaker}/{line}/{replica}".encode())
    return draw(np.random.default_rng(seed), longest, _shared["sounds"], _shared["voices"])


def _render_speaker(job):
    """All clips of one speaker in one condition, with the far sides as they are but for the speed; and the channel."""
    indices, condition, replica = job
    clips = [_shared["clips"][i] for i in indices]
    longest = max(len(clip.audio) for clip in clips)
    channel = channel_of(clips[0], condition, replica, longest)
    out = []
    for i, clip in zip(indices, clips):
        random = np.random.default_rng(zlib.crc32(f"{clip.name}/{condition}/{replica}".encode()))
        as_heard = condition == "clean" and clip.group == "calls"  # A real call is on the telephone already.
        near = clip.audio if as_heard else telephone.transmit(clip.audio, channel, random)
        far = None if clip.other is None else np.round(handset.at_speed(clip.other, channel.speed_percent))
        out.append((i, near, far))
    return channel, out


def render(clips, chosen, sounds, voices, condition, replica, stem, workers):
    """Passes the `chosen` clips through the channels of a condition.

    Writes `stem`.raw (16-bit samples), `stem`.csv (see distress_features.cpp) and `stem`.lines (see noise_of).
    """
    speech_codecs.require_all()
    _shared.update(clips=clips, sounds=sounds, voices=voices)
    speakers = {}
    for i in chosen:
        clip = clips[i]
        speakers.setdefault((clip.group, clip.speaker), []).append(i)
    jobs = [(indices, condition, replica) for indices in speakers.values()]
    jobs.sort(key=lambda job: -sum(len(clips[i].audio) for i in job[0]))  # No long one is left for the end.
    position = 0
    with open(f"{stem}.raw", "wb") as raw, open(f"{stem}.csv", "w", newline="") as table, \
            open(f"{stem}.lines", "w") as lines, multiprocessing.Pool(workers) as pool:
        writer = csv.writer(table)
        writer.writerow(["clip", "start", "samples", "other", "live"])
        for channel, done in pool.imap_unordered(_render_speaker, jobs):
            lines.write(f"{clips[done[0][0]].speaker} {channel.snr_db:.1f}\n")
            for i, near, far in done:
                far_start = -1 if far is None else position + len(near)
                writer.writerow([i, position, len(near), far_start, int(clips[i].live)])
                raw.write(near.tobytes())
                position += len(near)
                if far is not None:
                    raw.write(far[: len(near)].astype(np.int16).tobytes())
                    position += len(near)


def noise_of(stem):
    """{speaker: ratio of speech to noise in dB} of the lines that `render` drew."""
    pairs = (line.split() for line in pathlib.Path(f"{stem}.lines").read_text().splitlines())
    return {speaker: float(snr_db) for speaker, snr_db in pairs}


def functionals(tool, stem, workers):
    """Runs the C++ tool. Returns column names and rows (one per window)."""
    subprocess.run([tool, f"{stem}.csv", f"{stem}.raw", f"{stem}.rows", "--threads", str(workers)], check=True)
    names = pathlib.Path(f"{stem}.rows.names").read_text().split()
    return names, np.fromfile(f"{stem}.rows", np.float32).reshape(-1, len(names))
