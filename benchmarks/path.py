"""Finding on long paths, against the interpreter's own finders.

    python benchmarks/path.py [--rounds N] [PART...]

Each figure is measured with `path_check` "always" (the default) and "once". Writes
benchmarks/out/path.json. For `boto3`, an environment with it is made in benchmarks/out; where
strace is there, system calls are counted, too.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import Curve, counted, figure, measured, summary, system_calls, told
from benchmarks._packages import packages
from benchmarks._results import main
from benchmarks._samples import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

LENGTHS = (1, 10, 100, 300, 1000)
MODULES = 100
INTERPRETER, CHECKS = "interpreter", ("always", "once")
INSTALL = "import entrepot; entrepot.install(path_check={check!r})\n"
WHY_ALWAYS = (
    "By default each search asks each directory up to the one with the module whether it has "
    "changed, as the interpreter's own finders do, because nothing else tells of a module that was "
    "added. Who does not need that says `--path-check once`, which is measured beside it."
)

WHY_ONCE = (
    "The first search looks at each directory once: a finder is made for it, and its names are "
    "listed. In a program that is over after one search for each module that is not little."
)
WHY = {INTERPRETER: "", "always": WHY_ALWAYS, "once": WHY_ONCE}

# A first import, so that each side has listed the directories: what is measured is each other one.
IMPORT_EACH = """
import time, sys
sys.dont_write_bytecode = True
import each000
start = time.perf_counter()
for number in range(1, {count}):
    __import__(f"each{{number:03}}")
print((time.perf_counter() - start) / max(1, {count} - 1))
"""
IMPORT_BOTO3 = """
import time
start = time.perf_counter()
import boto3
print(time.perf_counter() - start)
"""
HUGE = """
import os, time, sys
sys.dont_write_bytecode = True
start = time.perf_counter()
sys.path.insert(0, os.environ["HUGE_DIRECTORY"])
import wanted1, wanted2, wanted3
print(time.perf_counter() - start)
"""
NAMESPACE = """
import time, sys
import space
list(space.__path__)
def change():
    sys.path.append("/no/such/place")
    return len(space.__path__)
change()
change()
start = time.perf_counter()
for _ in range(20):
    change()
print((time.perf_counter() - start) / 20)
"""


def side(code: str, check: str, python: str = sys.executable, **env: str) -> Side:
    """What measures itself, with the interpreter's finders or with ours."""
    install = "" if check == INTERPRETER else INSTALL.format(check=check)
    return told(install + code, python=python, **env)


def entries(folder: Path, count: int) -> list[str]:
    """That many directories, with a module of their own each."""
    places = [folder / f"entry-{number:04}" / "site" for number in range(count)]
    for number, place in enumerate(places):
        place.mkdir(parents=True, exist_ok=True)
        (place / f"own{number}.py").touch()
    return [str(place) for place in places]


def with_modules(folder: Path, count: int) -> str:
    """PYTHONPATH of that many entries; modules are in the last one."""
    places = entries(folder, count)
    for number in range(MODULES):
        Path(places[-1], f"each{number:03}.py").touch()
    return os.pathsep.join(places)


def curve(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Curve]:
    """A module in the last of 1 to 1,000 entries: seconds for each import."""
    code = IMPORT_EACH.format(count=MODULES)
    lines: dict[str, list[float]] = {who: [] for who in (INTERPRETER, *CHECKS)}
    for count in LENGTHS:
        env = {"PYTHONPATH": with_modules(folder / str(count), count)}
        name = f"an import, the last of {count:,} entries"
        times = measured(name, {who: side(code, who, **env) for who in lines}, options.rounds)
        for check in CHECKS:
            pairs = list(zip(times[INTERPRETER], times[check], strict=True))
            one = summary(f"{name}, {check}", pairs, None)
            lines[check].append(1e6 * one.ours)
            yield one
        lines[INTERPRETER].append(1e6 * one.peer)
    shown = {name: tuple(values) for name, values in lines.items()}
    name = "An import whose module is in the last entry"
    yield Curve(name, "path entries", "microseconds", LENGTHS, shown)


def boto3(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A real program, with 500 more entries before all others."""
    python = str(packages(*NAMES, "lazy-loader"))
    long = {"PYTHONPATH": os.pathsep.join(entries(folder, 500))}
    sides = {
        (check, entries): side(IMPORT_BOTO3, check, python, **env)
        for check in (INTERPRETER, *CHECKS)
        for entries, env in ((0, {}), (500, long))
    }
    name = "boto3, 500 entries more"
    times = measured(name, sides, options.rounds)

    def compared(a: tuple[str, int], b: tuple[str, int]) -> list[tuple[float, float]]:
        return list(zip(times[a], times[b], strict=True))

    for check in CHECKS:
        pairs = compared((INTERPRETER, 500), (check, 500))
        yield summary(f"{name}, {check}", pairs, 0.4, why=WHY[check])
    for check in (INTERPRETER, *CHECKS):
        pairs = compared((check, 0), (check, 500))
        bound = None if check == INTERPRETER else 1.1
        yield summary(f"{name}, {check}", pairs, bound, against="itself, without", why=WHY[check])


def huge(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Three modules from a directory of 24,196 files (FEniCS/ffcx#886)."""
    for number in range(24_193):
        (folder / f"generated_element_{number:05}.txt").touch()
    for number in (1, 2, 3):
        (folder / f"wanted{number}.py").touch()
    env = {"HUGE_DIRECTORY": str(folder)}
    name = "three modules from a directory of 24,196 files"
    sides = [side(HUGE, check, **env) for check in (INTERPRETER, "always")]
    yield figure(name, *sides, rounds=options.rounds)


def namespace(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A namespace package of 100 portions, sought again since `sys.path` has changed."""
    places = entries(folder, 100)
    for place in places:
        Path(place, "space").mkdir()
    env = {"PYTHONPATH": os.pathsep.join(places)}
    for check in CHECKS:
        name = f"100 portions, after a change of sys.path, {check}"
        sides = [side(NAMESPACE, who, **env) for who in (INTERPRETER, check)]
        yield figure(name, *sides, rounds=options.rounds)


def calls(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Curve]:
    """System calls for each import."""
    lines: dict[str, list[float]] = {who: [] for who in (INTERPRETER, *CHECKS)}
    for count in LENGTHS:
        path = with_modules(folder / str(count), count)
        for who, found in lines.items():
            few, many = (_calls(who, path, number) for number in (2, MODULES))
            found.append((many - few) / (MODULES - 2))
    shown = {name: tuple(values) for name, values in lines.items()}
    yield Curve("System calls of an import", "path entries", "calls", LENGTHS, shown)
    for check in CHECKS:
        name, ends = f"system calls of an import, {LENGTHS[-1]:,} entries, {check}", lines[check]
        more = {"bound": 1.1, "against": "itself, one entry", "why": WHY[check]}
        yield counted(name, ends[0], ends[-1], "calls", **more)


def _calls(who: str, path: str, count: int) -> int:
    install = "" if who == INTERPRETER else INSTALL.format(check=who)
    code = install + IMPORT_EACH.format(count=count)
    return system_calls(sys.executable, "-c", code, PYTHONPATH=path)


if __name__ == "__main__":
    main("Finding on long paths", "path", (curve, boto3, huge, namespace, calls), __doc__)
