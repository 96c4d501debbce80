"""Where and with what the figures were taken; nothing that names the machine."""
import datetime
import os
import pathlib
import re

from . import processes
from .ours import BUILD, PROGRAM


def processor():
    names = re.findall(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{names[0] if names else 'unknown'}, {os.cpu_count()} cores"


def system():
    return re.search(r'PRETTY_NAME="(.+)"', pathlib.Path("/etc/os-release").read_text())[1]


def compiler():
    cache = (BUILD / "CMakeCache.txt").read_text()
    path = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", cache, re.MULTILINE)[1]
    return processes.text_of([path, "--version"]).splitlines()[0]


def package_version(package):
    return processes.text_of(["dpkg-query", "-W", "-f", "${Version}", package])


def facts(instruction_sets, packages):
    """Lines of (what, which)."""
    return [
        ("date", datetime.date.today().isoformat()),
        ("processor", processor()),
        ("instructions", f"built for {instruction_sets['built_for']}; "
                         f"the costly loops use {instruction_sets['loops_use']}"),
        ("system", system()),
        ("compiler", f"{compiler()}, release build"),
        ("tonecue", processes.text_of([PROGRAM, "--version"]).split()[-1]),
        *((package, package_version(package)) for package in packages),
    ]
