"""Finding on long paths, against the interpreter's own finders.

    python benchmarks/path.py [--rounds N] [NAME...]

NAME chooses figures by a part of their function's name. Each is measured with `path_check`
"always" (the default) and "once". Writes benchmarks/out/path.json. For `boto3`, an environment
with it is made in benchmarks/out; where strace is there, system calls are counted, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import OUT, Curve, figure, report, system_calls, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _harness import Figure, Side

LENGTHS = (1, 10, 100, 300, 1000)
MODULES = 100
SOURCE = Path(__file__).resolve().parents[1] / "src"
INSTALL = "import sys; sys.path.insert(0, {source!r}); import entrepot; del sys.path[0]\n"
INSTALL += "entrepot.install(path_check={check!r})\n"
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


def ours(code: str, check: str, **env: str) -> Side:
    return told(INSTALL.format(source=str(SOURCE), check=check) + code, **env)


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


def curve(folder: Path, rounds: int) -> Iterator[Figure]:
    """A module in the last of 1 to 1,000 entries: seconds for each import."""
    code = IMPORT_EACH.format(count=MODULES)
    for count in LENGTHS:
        path = with_modules(folder / str(count), count)
        peer = told(code, PYTHONPATH=path)
        for check in ("always", "once"):
            name = f"an import, the last of {count} entries, {check}"
            yield figure(name, peer, ours(code, check, PYTHONPATH=path), rounds=rounds)
    short, long = (with_modules(folder / str(count), count) for count in (1, LENGTHS[-1]))
    sides = [ours(code, "once", PYTHONPATH=path) for path in (short, long)]
    yield figure(f"once: {LENGTHS[-1]} entries against one", *sides, rounds=rounds)


def boto3(folder: Path, rounds: int) -> Iterator[Figure]:
    """A real program, with 500 more entries before all others."""
    site = {"PYTHONPATH": _boto3()}
    path = {"PYTHONPATH": os.pathsep.join([*entries(folder, 500), _boto3()])}
    plain, long = told(IMPORT_BOTO3, **site), told(IMPORT_BOTO3, **path)
    yield figure("boto3: 500 entries more against none, interpreter", plain, long, rounds=rounds)
    for check in ("always", "once"):
        mine, mine_long = ours(IMPORT_BOTO3, check, **site), ours(IMPORT_BOTO3, check, **path)
        name = f"boto3, 500 entries more, {check}"
        yield figure(name, long, mine_long, rounds=rounds, bound=0.4)
        name = f"boto3: 500 entries more against none, {check}"
        yield figure(name, mine, mine_long, rounds=rounds, bound=1.1)


def _boto3() -> str:
    """The directory that boto3 was installed into."""
    target = OUT / f"boto3-{sys.version_info[0]}.{sys.version_info[1]}"
    if not target.exists():
        pip = [sys.executable, "-m", "pip", "install"]
        if shutil.which("uv"):
            pip = ["uv", "pip", "install", "--python", sys.executable]
        subprocess.run([*pip, "--quiet", "--target", str(target), "boto3"], check=True)
    return str(target)


def huge(folder: Path, rounds: int) -> Iterator[Figure]:
    """Three modules from a directory of 24,196 files (FEniCS/ffcx#886)."""
    for number in range(24_193):
        (folder / f"generated_element_{number:05}.txt").touch()
    for number in (1, 2, 3):
        (folder / f"wanted{number}.py").touch()
    env = {"HUGE_DIRECTORY": str(folder)}
    name = "three modules from a directory of 24,196 files"
    yield figure(name, told(HUGE, **env), ours(HUGE, "always", **env), rounds=rounds)


def namespace(folder: Path, rounds: int) -> Iterator[Figure]:
    """A namespace package of 100 portions, sought again since `sys.path` has changed."""
    places = entries(folder, 100)
    for place in places:
        Path(place, "space").mkdir()
    env = {"PYTHONPATH": os.pathsep.join(places)}
    for check in ("always", "once"):
        name = f"100 portions, after a change of sys.path, {check}"
        yield figure(name, told(NAMESPACE, **env), ours(NAMESPACE, check, **env), rounds=rounds)


def calls(folder: Path) -> Iterator[Curve]:
    """System calls for each import."""
    lines: dict[str, list[float]] = {"interpreter": [], "always": [], "once": []}
    for count in LENGTHS:
        path = with_modules(folder / str(count), count)
        for check, counted in lines.items():
            few, many = (_calls(check, path, number) for number in (2, MODULES))
            if few is None or many is None:
                return
            counted.append((many - few) / (MODULES - 2))
    shown = {name: tuple(values) for name, values in lines.items()}
    yield Curve("System calls of an import", "path entries", "calls", LENGTHS, shown)


def _calls(check: str, path: str, count: int) -> int | None:
    install = "" if check == "interpreter" else INSTALL.format(source=str(SOURCE), check=check)
    code = install + IMPORT_EACH.format(count=count)
    return system_calls(sys.executable, "-c", code, PYTHONPATH=path)


def drawn(figures: list[Figure]) -> Iterator[Curve]:
    """The figures of `curve` as one."""
    found = {one.name: one for one in figures}
    each = {
        check: [found.get(f"an import, the last of {count} entries, {check}") for count in LENGTHS]
        for check in ("always", "once")
    }
    if all(one for figures in each.values() for one in figures):
        lines = {"interpreter": tuple(1e6 * one.peer for one in each["always"] if one)}
        for check, measured in each.items():
            lines[check] = tuple(1e6 * one.ours for one in measured if one)
        name = "An import whose module is in the last entry"
        yield Curve(name, "path entries", "microseconds", LENGTHS, lines)


ALL: tuple[Callable[[Path, int], Iterator[Figure]], ...] = (
    curve,
    boto3,
    huge,
    namespace,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    figures: list[Figure] = []
    for measure in ALL:
        if not options.names or any(name in measure.__name__ for name in options.names):
            with tempfile.TemporaryDirectory() as folder:
                figures += measure(Path(os.path.realpath(folder)), options.rounds)
    curves = [*drawn(figures)]
    if not options.names:
        with tempfile.TemporaryDirectory() as folder:
            curves += calls(Path(os.path.realpath(folder)))
    report("Finding on long paths", figures, "path", curves)


if __name__ == "__main__":
    main()
