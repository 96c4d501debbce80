"""What the distress model is trained on and scored with: acted clips, ordinary calls, and noise."""

import collections
import csv
import dataclasses
import pathlib
import subprocess
import zlib

import numpy as np

RATE_HZ = 8000
LONGEST_SESSION_S = 40

# The emotions of the clips, in the order of the auxiliary head.
EMOTIONS = ("angry", "fear", "sad", "neutral", "calm", "happy", "bored", "surprise")
AGITATED = {"angry", "fear"}
DISTRESS = {"angry", "fear", "sad"}
SUBDUED = {"sad"}
ANGER = {"angry"}
AROUSED = {"angry", "fear", "happy", "surprise"}
ORDINARY = {"neutral", "calm"}


@dataclasses.dataclass
class Clip:
    """One voice. `audio` holds 16-bit samples at 8 kHz; `other` those of the far side, or None."""

    name: str
    group: str  # The corpus, or "calls".
    speaker: str  # In a call: the recording, so that its sides are left out together.
    voice: str  # Whose usual it is measured against.
    emotion: str
    audio: np.ndarray
    other: np.ndarray = None
    live: bool = False  # Long: cut into windows as in a call.
    sex: str = ""  # "female" or "male", where the corpus tells.


def decode(path, channel=1):
    """The samples of one channel at 8 kHz, 16 bits. Without dither, which sox draws anew each time."""
    command = ["sox", "-D", str(path), "-t", "raw", "-e", "signed", "-b", "16", "-r", str(RATE_HZ), "-c", "1", "-"]
    command += ["remix", str(channel)]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.int16)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def emotion_clips(data):
    """The acted clips. An emotion outside EMOTIONS (disgust) is left out."""
    folder = pathlib.Path(data) / "emotion"
    return [Clip(row["file"], row["corpus"], row["speaker"], row["speaker"], row["emotion"],
                 decode(folder / row["file"]), sex=row["sex"])
            for row in rows(folder / "manifest.csv") if row["emotion"] in EMOTIONS]


def call_clips(data):
    """Both sides of the ordinary calls, each as a neutral voice."""
    folder = pathlib.Path(data) / "calls"
    clips = []
    for path in sorted(folder.glob("*/*.flac")):
        sides = [decode(path, 1), decode(path, 2)]
        for side in (0, 1):
            name = f"{path.stem}/{side}"
            clips.append(Clip(name, "calls", path.stem, name, "neutral", sides[side], sides[1 - side], live=True))
    for path in sorted(folder.glob("*/neutral_mono/*.flac")):
        clips.append(Clip(f"{path.stem}/0", "calls", path.stem, f"{path.stem}/0", "neutral", decode(path), live=True))
    return clips


def sessions(clips):
    """A speaker's clips of one emotion, one after the other with short pauses, as a turn of a call has them."""
    groups = collections.defaultdict(list)
    for clip in clips:
        groups[clip.speaker, clip.emotion].append(clip)
    out = []
    for (speaker, emotion), parts in groups.items():
        random = np.random.default_rng(zlib.crc32(f"{speaker}/{emotion}".encode()))
        pieces = []
        for i in random.permutation(len(parts)):
            pieces += [parts[i].audio, np.zeros(random.integers(RATE_HZ // 10, RATE_HZ // 2), np.int16)]
        audio = np.concatenate(pieces)[: LONGEST_SESSION_S * RATE_HZ]
        out.append(Clip(f"{speaker}/{emotion}", parts[0].group, speaker, speaker, emotion, audio, live=True))
    return out


NOISES = ("hu_nonspeech_noisex", "kunaljathal_vad")


def noises(data, folders=NOISES):
    """Sounds that are no voice, as float samples."""
    folder = pathlib.Path(data) / "noise"
    sounds = []
    for name in folders:
        for path in sorted((folder / name).glob("*.flac")):
            sounds.append(decode(path).astype(np.float32) / 32768)
    return [sound for sound in sounds if np.sqrt(np.mean(sound**2)) > 1e-4]


def held_out_speakers(data, clips):
    """About a fifth of the speakers of each corpus, whom the shipped model never hears.

    All voices of the composed calls are among them, so that alerts can be scored there; a corpus without a
    voice in those calls gives every fifth of its speakers.
    """
    calls = rows(pathlib.Path(data) / "calls_sim" / "calls.csv")
    out = {row[side] for row in calls for side in ("customer", "agent")}
    speakers = collections.defaultdict(set)
    for clip in clips:
        speakers[clip.group].add(clip.speaker)
    for names in speakers.values():
        if not names & out:
            out |= set(sorted(names)[2::5])
    return sorted(out & set().union(*speakers.values()))


def write_held_out(path, clips, held_out):
    """The list that tools/measure scores the shipped model on."""
    speakers = sorted({(clip.group, clip.speaker) for clip in clips if clip.speaker in set(held_out)})
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("corpus", "speaker"))
        writer.writerows(speakers)
