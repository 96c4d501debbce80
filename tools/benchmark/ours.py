"""The program of this repository, as the release build has it."""
import json
import pathlib
import subprocess

from . import processes, scoring
from .tables import OURS
from .tool import Tool

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
PROGRAM = BUILD / "src/tonecue"


def tonecue(*arguments):
    """Status 1 also means that one file of many ended early; a lack of output is noticed by the scorer."""
    return processes.run([PROGRAM, *arguments], may_end_with=(0, 1))


class Frames(Tool):
    """What `tonecue frames` prints every 10 ms."""
    name = OURS

    def installed(self):
        return PROGRAM.exists()

    def estimate(self, wav, csv):
        return tonecue("frames", wav, "--party", "customer", "--csv", csv)


class Pitch(Frames):
    setting = "`tonecue frames`, defaults"
    speed_of = "the pitch tracker with its own spectra, in process"


class Voice(Frames):
    setting = "`tonecue frames`, defaults"
    speed_of = "the detector with its own spectra, in process"


class Syllables(Tool):
    """Syllables of a recording: `tonecue analyze`."""
    name = OURS
    setting = "`tonecue analyze`, defaults: the syllables of the report"
    speed_of = "all that is measured of a voice, in process"

    def installed(self):
        return PROGRAM.exists()

    def estimate(self, wav, csv):
        told = csv.with_suffix(".json")
        cpu_s = tonecue("analyze", wav, "--party", "customer", "--json", told, "--quiet")
        call = json.loads(told.read_text())
        scoring.write_rows(csv, [{"syllables": call["parties"]["customer"]["syllables"]}])
        return cpu_s


def parts(name, repetitions):
    """One of the Google Benchmark programs of tests/bench: {part: {"ns": CPU time of one step, counters...}},
    each the least of its runs, which are spread over the time that all take so that no passing load
    falls on one part alone; and what the program says of the machine."""
    program = BUILD / "tests" / name
    done = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.1",
                           f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true"],
                          check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    in_order = processes.text_of([program, "--benchmark_list_tests=true"]).split()
    best = dict.fromkeys(in_order)
    for run in told["benchmarks"]:
        part = run["run_name"]
        if run["run_type"] == "iteration" and (best[part] is None or run["cpu_time"] < best[part]["ns"]):
            best[part] = {**run, "ns": run["cpu_time"]}
    return {part.removeprefix("BM_"): run for part, run in best.items()}, told["context"]
