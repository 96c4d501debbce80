"""What a program must do to be measured here: one recording in, one CSV out."""
import pathlib
import tempfile

from . import processes, recordings


class Tool:
    """Estimates a recording.

    name      as the page has it
    package   the Debian package that brings it; empty for ours
    setting   how it was run, for the page
    speed_of  what its speed covers, for the page
    without   keys of the score that mean nothing for it
    """
    name = package = setting = ""
    speed_of = "the whole process"
    without = ()

    def installed(self):
        raise NotImplementedError

    def estimate(self, wav, csv):
        """Reads a mono recording (16 bits, 8 kHz), writes the CSV that the scorer wants, and returns the CPU
        seconds that this took: of the tool, not of our conversions."""
        raise NotImplementedError


def scores(tool, recording_set):
    """The figures of a tool on a set."""
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "wav").mkdir()
        (work / "csv").mkdir()

        def estimate(path):
            wav = work / "wav" / (path.stem + ".wav")
            recordings.mono_wav(path, wav)
            tool.estimate(wav, work / "csv" / (path.stem + ".csv"))
            wav.unlink()

        processes.in_parallel(estimate, recording_set.paths)
        return recording_set.score(work / "csv")


def speed(tool, wav, seconds, repeats):
    """Audio seconds per CPU second: the best of some runs, as other work on the machine only slows them."""
    with tempfile.TemporaryDirectory() as folder:
        cpu_s = min(tool.estimate(wav, pathlib.Path(folder, f"{i}.csv")) for i in range(repeats))
    return seconds / cpu_s
