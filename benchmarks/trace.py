"""A traced start against one that is not, and the times of a trace against `-X importtime`.

    python benchmarks/trace.py [--rounds N]

The program imports some 300 modules. Its start is the time until the last of them is there. The
whole is until the command returns, with its file written; the processor's time for it is that of
all its processes, also for what comes after the program. Both sides take turns.

How well the times in a trace agree with those of `-X importtime` is measured with both clocks in
one run, and with the medians of runs of each: there, `-X importtime` is compared with other runs of
itself, too, for no more can be asked of a trace (`_importtime.py`).

Writes benchmarks/out/trace.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import Fact, NotMeasured, environment, figure, process, readable
from benchmarks._importtime import RUNS, Clocks, other_runs, same_run
from benchmarks._results import main
from entrepot.observe.savings import savings
from entrepot.observe.trace.file import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

IMPORTS = (
    (
        "asyncio, concurrent.futures, csv, ctypes, decimal, doctest, email.mime.multipart, ftplib,"
        "http.server, imaplib, logging.config, logging.handlers, multiprocessing.pool, pdb,"
        "pickletools, plistlib, poplib, pprint, pydoc, sched, smtplib, sqlite3, ssl, statistics,"
        "tarfile, telnetlib, tomllib, tracemalloc, unittest.mock, urllib.request, uuid, venv,"
        "wsgiref.simple_server, xml.dom.minidom, xml.etree.ElementTree, xml.sax, xmlrpc.server,"
        "zipapp, zoneinfo, html.parser, json.tool, curses, dbm, configparser, cProfile, timeit,"
        "compileall, ensurepip, filecmp, fractions, getpass, gettext, graphlib, mailbox, mimetypes,"
        "netrc, nntplib, pyclbr, shelve, symtable, sysconfig, tabnanny, trace, tty, code, cmd,"
        "encodings.idna, encodings.utf_16, encodings.latin_1, encodings.cp1252, encodings.punycode"
    )
    .replace(" ", "")
    .split(",")
)
#: Each module with what it needs; one that a version or a system does not have is passed over.
PROGRAM = f"""
for name in {IMPORTS!r}:
    try:
        __import__(name)
    except ImportError:
        pass
import os, sys, time
told = os.environ.get("TOLD_TO")
if told:
    with open(told, "w") as file:
        file.write(str(time.perf_counter_ns()))
        print(len(sys.modules))
"""


def words(command: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "entrepot", command, *options, "-c", PROGRAM]


def start_of(command: str, *options: str, told: Path) -> Side:
    """Seconds from the start of the process until the program has imported all."""
    side = process(*words(command, *options), TOLD_TO=str(told))

    def measure() -> float:
        begun = time.perf_counter_ns()
        side()
        return (int(told.read_text()) - begun) / 1e9

    return measure


def overhead(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """What recording costs."""
    told, json = folder / "told", ("--quiet", f"--json={folder / 'trace.json'}")
    more = {"rounds": options.rounds, "against": "`entrepot run`"}
    starts = start_of("run", told=told), start_of("trace", *json, told=told)
    yield figure("start, traced", *starts, bound=1.1, **more)
    wholes = process(*words("run")), process(*words("trace", *json))
    yield figure("whole, traced, with --json", *wholes, **more)


def traced(folder: Path) -> dict:
    path = folder / "trace.json"
    subprocess.run(words("trace", "--quiet", f"--json={path}"), env=environment(), check=True)
    return json.loads(path.read_text())


def sums(found: dict) -> tuple[int, int, int]:
    """All phases, and the time between imports, against the wall time (ns)."""
    phases = sum(sum(one["phases"].values()) for one in found["imports"])
    roots = [one for one in found["imports"] if one["parent"] is None]
    between, last = 0, 0
    for root in roots:
        between += root["start"] - last
        last = root["end"]
    return phases, between + found["wall_ns"] - last, found["wall_ns"]


def recorded(folder: Path, options: argparse.Namespace) -> Iterator[Fact]:
    """What is in a trace, against the wall time."""
    found = traced(folder)
    phases, between, wall = sums(found)
    loaded = len({one["name"] for one in found["imports"] if one["outcome"] == "loaded"})
    yield Fact("modules", str(loaded))
    yield Fact(
        "phases, and the time between imports, against the wall time",
        f"{readable(phases / 1e9)} + {readable(between / 1e9)} / {readable(wall / 1e9)}: "
        f"{100 * (phases + between) / wall - 100:+.3f} %",
    )
    yield Fact(f"what would help, of {loaded} modules", readable(helped(folder / "trace.json")))


def helped(path: Path) -> float:
    """Seconds that it takes to work out what would help; the least of some times."""
    found = read(str(path))
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        savings(found)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def agreement(folder: Path, options: argparse.Namespace) -> Iterator[Fact]:
    """A trace against `python -X importtime`, which only CPython has."""
    if sys.implementation.name != "cpython":
        raise NotMeasured("-X importtime is CPython's")
    clocks = Clocks(PROGRAM, folder)
    yield from same_run(clocks, max(options.rounds // 3, 3))
    yield from other_runs(clocks, max(options.rounds, RUNS))


if __name__ == "__main__":
    main("Tracing", "trace", (overhead, recorded, agreement), __doc__)
