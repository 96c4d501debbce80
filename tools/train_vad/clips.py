"""Recordings as arrays at 8 kHz, and where a clean clip of speech is active."""
import csv
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np

RATE_HZ = 8000
HOP = 80


def read(path):
    """One channel of a recording, resampled to 8 kHz (sox), as float32."""
    command = ["sox", path, "-r", str(RATE_HZ), "-c", "1", "-e", "float", "-b", "32", "-t", "raw", "-"]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.float32)


def read_all(paths):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(read, paths))


def level_db(frames):
    return 10 * np.log10(np.mean(frames * frames, axis=1) + 1e-12)


def thresholds(db):
    """Of one energy track: where it counts as active, and its 97th percentile (the speech peak)."""
    peak = np.percentile(db, 97)
    floor = np.percentile(db[db > peak - 60], 8)
    return max(peak - 24, min(floor + 7, peak - 16)), peak


def runs(active):
    """(start, end) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active.astype(np.int8), [0]])))
    return edges.reshape(-1, 2)


def label(clip):
    """(active, weight) per hop of a clean clip.

    Energy over 20 ms around each hop, of the signal and of a pre-emphasised copy so that fricatives
    count. Gaps under 100 ms are bridged, runs with less than 40 ms near the peak dropped (breath,
    clicks). A hop that misses the threshold by less than 5 dB weighs little: a listener would not be
    sure either.
    """
    hops = len(clip) // HOP
    tracks = []
    for signal in (clip, np.append(clip[0], clip[1:] - 0.95 * clip[:-1])):
        padded = np.pad(signal[:hops * HOP], HOP // 2)
        frames = np.lib.stride_tricks.sliding_window_view(padded, 2 * HOP)[::HOP][:hops]
        db = level_db(frames)
        tracks.append((db, *thresholds(db)))
    active = np.any([db > on for db, on, _ in tracks], axis=0)
    near = np.any([db > on - 5 for db, on, _ in tracks], axis=0)
    strong = np.any([db > peak - 18 for db, _, peak in tracks], axis=0)
    for start, end in runs(~active):
        if start > 0 and end < hops and end - start < 10:
            active[start:end] = True
    for start, end in runs(active):
        if np.sum(strong[start:end]) < 4:
            active[start:end] = False
    weight = np.where(near & ~active, 0.3, 1.0).astype(np.float32)
    return active, weight


def load_speech(data):
    """{corpus: {speaker: [(clip, active, weight)]}} of data/emotion, and of data/calls."""
    with open(os.path.join(data, "emotion", "manifest.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    clips = read_all([os.path.join(data, "emotion", row["file"]) for row in rows])
    speech = {}
    for row, clip in zip(rows, clips):
        if len(clip) > 30 * HOP:
            clip = clip[:len(clip) // HOP * HOP]
            speaker = speech.setdefault(row["corpus"], {}).setdefault(row["speaker"], [])
            speaker.append((clip, *label(clip)))
    speech["calls"] = load_calls(data)
    return speech


def load_calls(data):
    """{recording: [(clip, active, weight)]} of two agents at ease on real lines: all the others act."""
    folder = os.path.join(data, "calls", "aws_lca_autorepairs", "neutral_mono")
    length = 6 * RATE_HZ
    calls = {}
    for name in sorted(os.listdir(folder)):
        call = read(os.path.join(folder, name))
        parts = [call[at:at + length] for at in range(0, len(call) - length, length)]
        calls[name] = [(part, *label(part)) for part in parts if np.std(part) > 0.005]
    return calls


def load_noise(data):
    """Environmental sounds for training: the odd numbers, and the first half of the long ones.

    The rest, the music, the tones and the babble of data/noise stay unheard, to be tested on. Sounds
    that people make (crowd, cough, laugh, cry, yawn) are told apart: they may go under speech, but do
    not teach what is not speech.
    """
    folder = os.path.join(data, "noise", "hu_nonspeech_noisex")
    with open(os.path.join(folder, "segments.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    human = {"crowd", "cough", "laugh", "cry", "yawn", "snore"}
    sounds, human_sounds = [], []
    for row in rows:
        name = os.path.splitext(row["file"])[0]
        if name[1:].isdigit() and name[0] == "n" and int(name[1:]) % 2 == 0:
            continue
        sound = read(os.path.join(folder, row["file"]))
        if not (name[0] == "n" and name[1:].isdigit()):
            sound = sound[:len(sound) // 2]
        (human_sounds if row["label"] in human else sounds).append(sound)
    return sounds, human_sounds
