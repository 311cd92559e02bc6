"""How a start grows with the number of modules, and with how deep they are nested.

    python benchmarks/growth.py [--rounds N] [--most N] [PART...]

In one process, from before the first import to after the last; with an image, from before it is
opened. Writes benchmarks/out/growth.json.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import Curve, measured, summary, told
from benchmarks._results import main
from benchmarks._samples import INSTALL, SMALL, image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks._harness import Figure

MODULES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
DEPTHS = (1, 2, 5, 10, 20)
A_FOLDER = 100  # modules
PROGRAM = "import everything"
ALL_IN = """
import time
start = time.perf_counter()
{first}
import everything
print(time.perf_counter() - start)
"""
SIDES = ("interpreter", "entrepot", "checked image")


def wide(folder: Path, count: int) -> None:
    """*count* modules in packages of a hundred."""
    lines = []
    for number in range(count):
        package = f"pack{number // A_FOLDER:03}"
        (folder / package).mkdir(exist_ok=True)
        (folder / package / "__init__.py").touch()
        (folder / package / f"mod{number:05}.py").write_text(SMALL.format(n=number))
        lines.append(f"import {package}.mod{number:05}\n")
    (folder / "everything.py").write_text("".join(lines))


def deep(folder: Path, depth: int) -> None:
    """A hundred modules, each that many packages deep."""
    package = folder.joinpath(*[f"level{level:02}" for level in range(depth)])
    package.mkdir(parents=True)
    for parent in [package, *package.parents][:depth]:
        (parent / "__init__.py").touch()
    for number in range(A_FOLDER):
        (package / f"mod{number:03}.py").write_text(SMALL.format(n=number))
    dotted = ".".join(package.relative_to(folder).parts)
    lines = [f"import {dotted}.mod{number:03}\n" for number in range(A_FOLDER)]
    (folder / "everything.py").write_text("".join(lines))


def sizes(
    folder: Path, make: Callable[[Path, int], None], places: Sequence[int], what: str, rounds: int
) -> Iterator[tuple[Figure, Figure]]:
    """At each place: without an image, and with one, from the same rounds."""
    for size in places:
        tree = folder / str(size)
        tree.mkdir()
        make(tree, size)
        env = {"PYTHONPATH": str(tree)}
        built = image(sys.executable, folder / "images" / str(size), "-c", PROGRAM, **env)
        firsts = ("", INSTALL, INSTALL)
        uses = ("", "", f"entrepot.use_image({built!r})")
        sides = {
            name: told(first + ALL_IN.format(first=use), **env)
            for name, first, use in zip(SIDES, firsts, uses, strict=True)
        }
        name = what.format(f"{size:,}")
        times = measured(name, sides, max(3, rounds // 3) if size > 1_000 else rounds)
        plain = times.pop("interpreter")
        yield tuple(
            summary(f"{name}, {way}", list(zip(plain, values, strict=True)), None)
            for way, values in times.items()
        )


def curve(
    name: str, x: str, xs: Sequence[int], figures: Sequence[tuple[Figure, Figure]], each: int
) -> Curve:
    """The figures as a curve: microseconds a module; *each* is the modules of all, 0 for `xs`."""
    lines: dict[str, tuple[float, ...]] = dict.fromkeys(SIDES, ())
    for size, (without, with_it) in zip(xs, figures, strict=True):
        values = (without.peer, without.ours, with_it.ours)
        for side, value in zip(SIDES, values, strict=True):
            lines[side] += (1e6 * value / (each or size),)
    return Curve(name, x, "microseconds a module", tuple(xs), lines)


def modules(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Curve]:
    """10 to 10,000 modules."""
    places = [size for size in MODULES if size <= options.most]
    found = list(sizes(folder, wide, places, "{} modules", options.rounds))
    for figures in found:
        yield from figures
    yield curve("Importing more and more modules", "modules", places, found, 0)


def depths(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Curve]:
    """A hundred modules in 1 to 20 packages, one in the other."""
    name = "100 modules, {} packages deep"
    found = list(sizes(folder, deep, DEPTHS, name, options.rounds))
    for figures in found:
        yield from figures
    yield curve("Importing from deeper and deeper", "depth of packages", DEPTHS, found, A_FOLDER)


if __name__ == "__main__":
    main("Growing programs", "growth", (modules, depths), __doc__, ["most"])
