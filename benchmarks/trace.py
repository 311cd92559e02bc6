"""A traced start against one that is not, and the times of a trace against `-X importtime`.

    python benchmarks/trace.py [--rounds N]

The program imports some 300 modules. Its start is the time until the last of them is there. The
whole is until the command returns, with its file written; the processor's time for it is that of
all its processes, also for what comes after the program. Both sides take turns.

How well the times in a trace agree with those of `-X importtime` cannot be better than these agree
with themselves: so the same number of runs of either is compared with `-X importtime`.

Writes benchmarks/out/trace.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import Fact, environment, figure, process, readable
from benchmarks._results import main

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


def importtime() -> dict[str, float]:
    """Cumulative times (s) of `python -X importtime`, by name."""
    command = [sys.executable, "-X", "importtime", "-c", PROGRAM]
    done = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
    times: dict[str, float] = {}
    for line in done.stderr.splitlines():
        _, _, cumulative, name = line.replace("import time:", "x|", 1).split("|")
        if cumulative.strip().isdecimal():
            times.setdefault(name.strip(), int(cumulative) / 1e6)
    return times


def ranks(values: list[float]) -> list[int]:
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0] * len(values)
    for rank, at in enumerate(order):
        found[at] = rank
    return found


def cumulative(folder: Path) -> dict[str, float]:
    """Cumulative times (s) of a trace, by name, as `importtime`."""
    found: dict[str, float] = {}
    for one in traced(folder)["imports"]:
        if one["outcome"] == "loaded":
            found.setdefault(one["name"], (one["end"] - one["start"]) / 1e9)
    return found


def agreement(folder: Path, rounds: int) -> Iterator[Fact]:
    """How `-X importtime` agrees with itself, and how as many traces do; they take turns.

    Only modules of a millisecond or more: below, all is noise.
    """
    runs: dict[str, list[dict[str, float]]] = {"first": [], "itself": [], "a trace": []}
    for _ in range(rounds):
        runs["first"].append(importtime())
        runs["a trace"].append(cumulative(folder))
        runs["itself"].append(importtime())
    names = set.intersection(*(set(times) for each in runs.values() for times in each))
    medians = {
        key: {name: statistics.median(times[name] for times in each) for name in names}
        for key, each in runs.items()
    }
    theirs = medians.pop("first")
    large = sorted(name for name in names if theirs[name] >= 0.001)
    for key, times in medians.items():
        order = correlation([times[name] for name in large], [theirs[name] for name in large])
        ratios = sorted(times[name] / theirs[name] for name in large)
        quarter = len(ratios) // 4
        yield Fact(
            f"`-X importtime`, {len(large)} modules of 1 ms or more, against {key}",
            f"rank correlation {order:.3f}; ratio of the cumulative times "
            f"{statistics.median(ratios):.2f}, the middle half {ratios[quarter]:.2f} to "
            f"{ratios[-1 - quarter]:.2f}",
        )


def correlation(mine: list[float], others: list[float]) -> float:
    """Spearman's rank correlation."""
    count = len(mine)
    distance = sum((x - y) ** 2 for x, y in zip(ranks(mine), ranks(others), strict=True))
    return 1 - 6 * distance / (count * (count**2 - 1))


def recorded(folder: Path, options: argparse.Namespace) -> Iterator[Fact]:
    """What is in a trace, against the wall time and against `-X importtime`."""
    found = traced(folder)
    phases, between, wall = sums(found)
    loaded = len({one["name"] for one in found["imports"] if one["outcome"] == "loaded"})
    yield Fact("modules", str(loaded))
    yield Fact(
        "phases, and the time between imports, against the wall time",
        f"{readable(phases / 1e9)} + {readable(between / 1e9)} / {readable(wall / 1e9)}: "
        f"{100 * (phases + between) / wall - 100:+.3f} %",
    )
    yield from agreement(folder, max(options.rounds // 3, 1))


if __name__ == "__main__":
    main("Tracing", "trace", (overhead, recorded), __doc__)
