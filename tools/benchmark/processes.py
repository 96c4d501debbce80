"""Runs a program and tells what it cost."""
import os
import pathlib
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor


def run(command, stdin=None, stdout=None, may_end_with=(0,)):
    """Waits for the command and returns the CPU time that it took, user and system, in seconds.

    `stdin` and `stdout` are paths; without them nothing is read and what is said is dropped.
    """
    with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "wb") as sink, \
            tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen([str(word) for word in command], stdin=source, stdout=sink, stderr=complaints)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in may_end_with:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip()
            raise RuntimeError(f"{command[0]} ended with status {child.returncode}: {said[-500:]}")
    return usage.ru_utime + usage.ru_stime


def run_with_peak(command):
    """CPU seconds as above, and the most memory that the command held at once, in MiB. By `time`, since what
    wait4 tells of a child's memory begins with that of this process."""
    with tempfile.TemporaryDirectory() as folder:
        told = pathlib.Path(folder, "peak_kib")
        cpu_s = run(["time", "-f", "%M", "-o", told, *command])
        return cpu_s, int(told.read_text().split()[-1]) / 1024


def text_of(command):
    """What the command says, or an empty text where it cannot be run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def in_parallel(work, items):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))
