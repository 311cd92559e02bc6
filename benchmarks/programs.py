"""Real programs from their start to their end: `python`, `entrepot run`, and with their images.

    python benchmarks/programs.py [--rounds N] [--python PYTHON] [PART...]

Each round has all four of a program, in turns. The packages are installed into an environment of
their own below benchmarks/out. Writes benchmarks/out/programs.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import (
    Fact,
    average,
    counted,
    figure,
    measured,
    process,
    summary,
    system_calls,
    told,
)
from benchmarks._packages import packages
from benchmarks._results import main
from benchmarks._samples import COLLECTOR_OFF, NAMES, image, scripts, ten_modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

ORDINARY, CHECKED, SEALED = "no image", "checked image", "sealed image"
BOUNDS = {ORDINARY: 0.95, CHECKED: 0.85, SEALED: 0.80}
OF_TEN = {ORDINARY: 1.3, CHECKED: 1.2, SEALED: 1.2}

WHY_TEN = (
    "Loading entrepot takes a great part of the time in which such a program is over; what ten "
    "modules spare does not pay for that."
)
WHY_ALL = (
    "Most of these starts is unmarshalling code and executing it, the same work on both sides; "
    'what else there is, and how much of it is spared, stands under "Where the time goes".'
)

#: Thirty modules, none of which is executed.
LAZY = """
import time, sys
NAMES = {names}
{prepare}
start = time.perf_counter()
for name in NAMES:
    lazy(name)
print(time.perf_counter() - start)
assert not any(type(sys.modules[name]) is type(sys) for name in NAMES)
"""
LAZY_NAMES = (
    "aifc antigravity cProfile chunk cmd code codeop colorsys configparser csv dbm difflib "
    "filecmp fileinput ftplib gettext graphlib imaplib mailbox netrc nntplib optparse pdb "
    "pickletools plistlib poplib profile pstats pyclbr rlcompleter sched shelve smtplib"
)
WITH_LAZY_LOADER = "import lazy_loader\nlazy = lazy_loader.load"
WITH_ENTREPOT = """
import entrepot
from entrepot import util
def lazy(name):
    spec = util.find_spec(name)
    spec.loader = util.LazyLoader(spec.loader)
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
"""


def environment_of(options: argparse.Namespace) -> Path:
    return packages(*NAMES, "lazy-loader", python=options.python)


def sides(python: Path, script: Path, images: Path) -> dict[str, Side]:
    """A program as it is, under `entrepot run`, and with an image of its own by either rule."""
    built = image(python, images / f"{script.stem}.image", str(script))
    run = (str(python.with_name("entrepot")), "run")
    with_it = (*run, "--image", built)
    return {
        "python": process(str(python), str(script)),
        ORDINARY: process(*run, str(script)),
        CHECKED: process(*with_it, str(script)),
        SEALED: process(*with_it, "--trust", "sealed", str(script)),
    }


def each_way(
    name: str, found: dict[str, Side], rounds: int, bounds: dict[str, float], why: str = ""
) -> list[Figure]:
    """A figure for each way but the first, `python`, from the same rounds."""
    times = measured(name, found, rounds)
    plain = times.pop("python")
    return [
        summary(f"{name}, {way}", list(zip(plain, values, strict=True)), bounds.get(way), why=why)
        for way, values in times.items()
    ]


def real(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Each program; and all of them, which is what the bounds are for."""
    python = environment_of(options)
    programs = [
        each_way(name, sides(python, script, folder / "images"), options.rounds, {})
        for name, script in scripts(folder).items()
    ]
    for program in programs:
        yield from program
    for (way, bound), figures in zip(BOUNDS.items(), zip(*programs, strict=True), strict=True):
        yield average(f"average of the four, {way}", figures, bound, WHY_ALL)


def small(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A program of ten modules."""
    found = sides(environment_of(options), ten_modules(folder), folder / "images")
    yield from each_way("ten small modules", found, 3 * options.rounds, OF_TEN, WHY_TEN)


def lazily(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Making modules lazy, against the package lazy-loader (which finds each one as well)."""
    python = str(environment_of(options))
    names = [name for name in LAZY_NAMES.split() if name in sys.stdlib_module_names]
    peer, ours = (
        told(LAZY.format(names=names, prepare=prepare), python=python)
        for prepare in (WITH_LAZY_LOADER, WITH_ENTREPOT)
    )
    name = f"{len(names)} modules made lazy"
    yield figure(name, peer, ours, rounds=options.rounds, against="lazy-loader")


def calls(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """System calls of the programs' starts."""
    python = environment_of(options)
    run = (str(python.with_name("entrepot")), "run")
    for name, script in scripts(folder).items():
        built = image(python, folder / "images" / f"{script.stem}.image", str(script))
        plain = system_calls(str(python), str(script))
        ways = {ORDINARY: (), CHECKED: ("--image", built)}
        ways[SEALED] = (*ways[CHECKED], "--trust", "sealed")
        for way, words in ways.items():
            ours = system_calls(*run, *words, str(script))
            yield counted(f"system calls of {name}, {way}", plain, ours, "calls")


def phases(folder: Path, options: argparse.Namespace) -> Iterator[Fact]:
    """Where the time of each program's imports goes, as `entrepot trace` tells it."""
    python, path = environment_of(options), folder / "trace.json"
    for name, script in scripts(folder).items():
        tracing = (str(python.with_name("entrepot")), "trace", "--quiet", f"--json={path}")
        for _ in range(2):  # The first one writes the pycs.
            process(*tracing, str(script))()
        shares: Counter[str] = Counter()
        imports = json.loads(path.read_text(encoding="utf-8"))["imports"]
        for one in imports:
            shares.update(one["phases"])
        all_of_them = sum(shares.values())
        said = [f"{phase} {n / all_of_them:.0%}" for phase, n in shares.most_common() if n]
        yield Fact(f"{name}: {len(imports):,} imports", ", ".join(said))


def collector(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """What the interpreter's collector takes of its own starts: plain `python` without it."""
    python = str(environment_of(options))
    (folder / "off").mkdir()
    off = scripts(folder / "off", COLLECTOR_OFF)
    for name, script in scripts(folder).items():
        peer, without = process(python, str(script)), process(python, str(off[name]))
        few = max(3, options.rounds // 3)
        yield figure(f"{name}, plain `python`, collector off", peer, without, rounds=few)


if __name__ == "__main__":
    parts = (real, small, lazily, calls, phases, collector)
    main("Real programs", "programs", parts, __doc__, ["python"])
