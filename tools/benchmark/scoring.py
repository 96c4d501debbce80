"""The sets of recordings with their truth, and their score by the score program."""
import csv
import dataclasses
import functools
import json
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable

from . import recordings

# Sounds of people, and short messages of a telephone that may be spoken: no fair test of what is no speech.
SPEECH_LIKE_CLASSES = {"babble", "cough", "crowd", "cry", "laugh", "snore", "yawn"}
SPEECH_LIKE_FILES = {"error.flac", "notfound.flac", "ring.flac"}
NOISE_LEVEL_DBFS = -26.0  # Usual for speech on a line (ITU-T P.56); RMS of the whole file.
PINK_NOISE_SNR_DB = 10


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, table):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)


class Scorer:
    """The score program: prints one JSON object a line."""

    def __init__(self, program):
        self.program = program

    def __call__(self, mode, *arguments):
        done = subprocess.run([sys.executable, self.program, mode, *map(str, arguments)], check=True,
                              capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]


@dataclasses.dataclass(frozen=True)
class RecordingSet:
    """Recordings, and how estimates of them are judged: one CSV per recording, of the same stem."""
    name: str
    paths: list[pathlib.Path]
    score: Callable[[pathlib.Path], dict]


class Sets:
    """What the data folder holds, as sets.

    every   takes one recording of so many, for a quick look.
    """

    def __init__(self, data, scorer, work, every=1):
        self.data, self.scorer, self.work, self.every = pathlib.Path(data), scorer, pathlib.Path(work), every

    def folder(self, *names):
        path = self.work.joinpath(*names)
        path.mkdir(parents=True)
        return path

    def some(self, paths):
        return sorted(paths)[::self.every]

    def pitch(self, kind):
        paths = self.some((self.data / "pitch" / kind).glob("*.flac"))
        truth = self.folder("truth", "pitch_" + kind)
        for path in paths:
            shutil.copy(self.data / "pitch/truth" / (path.stem + ".csv"), truth)
        return RecordingSet(kind, paths, lambda estimates: self.scorer("pitch", truth, estimates)[0])

    def voice(self, name, snr_db=None):
        """`snr_db` takes the part of the set that has this noise."""
        folder = self.data / "vad" / name
        paths = self.some(path for path in folder.rglob("*.flac")
                          if snr_db is None or path.stem.endswith(f"_{snr_db}dB"))
        source = next(folder.glob("segments*.csv"))
        # The name of the source tells the scorer how exact the labels are.
        truth = self.folder("truth", f"voice_{name}_{snr_db}") / source.name
        wanted = {path.name for path in paths}
        write_rows(truth, [row for row in rows(source) if row["file"] in wanted])
        label = name if snr_db is None else f"{name} {snr_db} dB"
        return RecordingSet(label, paths, lambda estimates: self.scorer("vad", truth, estimates)[0])

    def voices(self):
        return [self.voice("upc_p2"), self.voice("ten_vad"),
                *(self.voice("noizeus", snr_db) for snr_db in (15, 10, 5, 0))]

    def rate(self, kind):
        return self.rate_set(kind, self.some((self.data / "rate" / kind).glob("*.flac")))

    def rate_in_noise(self):
        """The clean recordings with noise under them, through the telephone."""
        folder = self.folder("rate_in_noise")
        pink = folder / "noise.wav"
        recordings.pink_noise(pink, 60)
        noise = recordings.read_wav(pink)
        pink.unlink()
        for source in self.some((self.data / "rate/clean").glob("*.flac")):
            wav = folder / (source.stem + ".wav")
            recordings.mono_wav(source, wav)
            recordings.write_wav(wav, recordings.add_noise(recordings.read_wav(wav), noise, PINK_NOISE_SNR_DB))
            recordings.telephone(wav, wav.with_suffix(".flac"))
            wav.unlink()
        return self.rate_set("tel8, pink noise", sorted(folder.glob("*.flac")))

    def rate_set(self, name, paths):
        def score(estimates):
            counted = [{"file": path.name, "syllables": rows(estimates / (path.stem + ".csv"))[0]["syllables"]}
                       for path in paths]
            write_rows(estimates / "counted.csv", counted)
            return self.scorer("rate", self.data / "rate/truth.csv", estimates / "counted.csv")[0]
        return RecordingSet(name, paths, score)

    @functools.cached_property
    def noise(self):
        """Sounds that are no speech, through the telephone, all at one level: how much of their time is called
        speech, and how many syllables are counted in them: one set for each."""
        folder = self.folder("noise")
        wanted = [(truth.parent, row["file"]) for truth in sorted((self.data / "noise").glob("*/segments.csv"))
                  for row in rows(truth)
                  if row["label"] not in SPEECH_LIKE_CLASSES and row["file"] not in SPEECH_LIKE_FILES]
        seconds = 0.0
        for source_folder, file in wanted[::self.every]:
            wav = folder / f"{source_folder.name}_{pathlib.Path(file).stem}.wav"
            recordings.mono_wav(source_folder / file, wav)
            samples = recordings.read_wav(wav)
            seconds += len(samples) / recordings.RATE_HZ
            gain_db = NOISE_LEVEL_DBFS - recordings.level_dbfs(samples)
            recordings.telephone(wav, wav.with_suffix(".flac"), gain_db)
            wav.unlink()
        paths = sorted(folder.glob("*.flac"))

        def called_speech(estimates):
            frames = [float(row["speech"]) > 0 for path in paths for row in rows(estimates / (path.stem + ".csv"))]
            return {"speech_percent": 100 * sum(frames) / len(frames)}

        def nuclei(estimates):
            counts = [float(rows(estimates / (path.stem + ".csv"))[0]["syllables"]) for path in paths]
            return {"nuclei_per_s": sum(counts) / seconds}

        return RecordingSet("noise", paths, called_speech), RecordingSet("noise", paths, nuclei)
