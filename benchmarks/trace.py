"""A traced start against one that is not, and the times of a trace against `-X importtime`.

    python benchmarks/trace.py [--rounds N]

The program imports some 300 modules. Its start is the time until the last of them is there. Writes
benchmarks/out/trace.json.
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

from benchmarks._harness import Fact, environment, figure, readable
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


def start_of(command: str, *options: str, told: Path) -> Side:
    """Seconds from the start of the process until the program has imported all."""
    words = [sys.executable, "-m", "entrepot", command, *options, "-c", PROGRAM]
    variables = environment(TOLD_TO=str(told))

    def measure() -> float:
        begun = time.perf_counter_ns()
        subprocess.run(
            words, env=variables, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return (int(told.read_text()) - begun) / 1e9

    return measure


def whole(command: str, *options: str) -> Side:
    words = [sys.executable, "-m", "entrepot", command, *options, "-c", PROGRAM]

    def measure() -> float:
        begun = time.perf_counter()
        subprocess.run(
            words, env=environment(), check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return time.perf_counter() - begun

    return measure


def overhead(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """What recording costs."""
    told, json = folder / "told", f"--json={folder / 'trace.json'}"
    more = {"rounds": options.rounds, "against": "`entrepot run`"}
    starts = start_of("run", told=told), start_of("trace", told=told)
    yield figure("start, traced", *starts, bound=1.1, **more)
    yield figure("whole, traced", whole("run"), whole("trace"), **more)
    yield figure("whole, traced, with --json", whole("run"), whole("trace", json), **more)


def traced(folder: Path) -> dict:
    path = folder / "trace.json"
    words = [sys.executable, "-m", "entrepot", "trace", "--quiet", f"--json={path}", "-c", PROGRAM]
    subprocess.run(words, env=environment(), check=True)
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
    words = [sys.executable, "-X", "importtime", "-c", PROGRAM]
    done = subprocess.run(words, env=environment(), check=True, capture_output=True, text=True)
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


def agreement(folder: Path, rounds: int) -> tuple[int, float, float]:
    """How many modules both know, the rank correlation, and the median of the times' ratios.

    Only modules of a millisecond or more: below, both are noise.
    """
    theirs = [importtime() for _ in range(rounds)]
    ours = []
    for _ in range(rounds):
        found: dict[str, float] = {}
        for one in traced(folder)["imports"]:
            if one["outcome"] == "loaded":
                found.setdefault(one["name"], (one["end"] - one["start"]) / 1e9)
        ours.append(found)
    names = set.intersection(*map(set, theirs), *map(set, ours))
    a = {name: statistics.median(each[name] for each in theirs) for name in names}
    b = {name: statistics.median(each[name] for each in ours) for name in names}
    large = sorted(name for name in names if a[name] >= 0.001)
    mine, others = ranks([b[name] for name in large]), ranks([a[name] for name in large])
    count = len(large)
    distance = sum((x - y) ** 2 for x, y in zip(mine, others, strict=True))
    correlation = 1 - 6 * distance / (count * (count**2 - 1))
    return count, correlation, statistics.median(b[name] / a[name] for name in large)


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
    count, correlation, ratio = agreement(folder, max(options.rounds // 3, 1))
    yield Fact(
        f"`-X importtime`, {count} modules of 1 ms or more",
        f"rank correlation {correlation:.3f}, median ratio of the cumulative times {ratio:.2f}",
    )


if __name__ == "__main__":
    main("Tracing", "trace", (overhead, recorded), __doc__)
