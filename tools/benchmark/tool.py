"""What a program must do to be measured here: one recording in, one CSV out."""
import pathlib
import tempfile

from . import processes, recordings

ENOUGH_CPU_S = 10  # To know the speed of a tool by.


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
    """Audio seconds per CPU second: the best of some runs, as other work on the machine only slows them. A slow
    tool is run less often: a passing load matters less to it."""
    spent_s = []
    with tempfile.TemporaryDirectory() as folder:
        while len(spent_s) < repeats and sum(spent_s) < ENOUGH_CPU_S:
            spent_s.append(tool.estimate(wav, pathlib.Path(folder, f"{len(spent_s)}.csv")))
    return seconds / min(spent_s)
