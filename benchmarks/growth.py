"""How a start grows with the number of modules, and with how deep they are nested.

    python benchmarks/growth.py [--rounds N] [--most N]

Writes benchmarks/out/growth.json.
"""

from __future__ import annotations

import argparse
import compileall
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import Curve, figure, report, told
from imports import INSTALL, SMALL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from _harness import Figure

MODULES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
DEPTHS = (1, 2, 5, 10, 20)
A_FOLDER = 100  # modules
ALL_IN = """
import time
start = time.perf_counter()
import everything
print(time.perf_counter() - start)
"""


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


def measured(
    make: Callable[[Path, int], None], sizes: Sequence[int], what: str, rounds: int
) -> Iterator[Figure]:
    for size in sizes:
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory).resolve()
            make(folder, size)
            compileall.compile_dir(directory, quiet=1, maxlevels=99)
            env = {"PYTHONPATH": directory}
            peer, ours = told(ALL_IN, **env), told(INSTALL + ALL_IN, **env)
            few = max(3, rounds // 3) if size > 1_000 else rounds
            yield figure(what.format(f"{size:,}"), peer, ours, rounds=few)


def curve(name: str, x: str, xs: Sequence[int], figures: Sequence[Figure], each: int) -> Curve:
    """The figures as a curve: microseconds a module; *each* is the modules of all, 0 for `xs`."""
    counts = [each or size for size in xs]
    lines = {
        "interpreter": tuple(1e6 * f.peer / n for f, n in zip(figures, counts, strict=True)),
        "entrepot": tuple(1e6 * f.ours / n for f, n in zip(figures, counts, strict=True)),
    }
    return Curve(name, x, "microseconds a module", tuple(xs), lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--most", type=int, default=MODULES[-1])
    options = parser.parse_args()
    sizes = [size for size in MODULES if size <= options.most]
    by_size = list(measured(wide, sizes, "{} modules", options.rounds))
    by_depth = list(measured(deep, DEPTHS, "100 modules, {} packages deep", options.rounds))
    curves = [
        curve("Importing more and more modules", "modules", sizes, by_size, 0),
        curve("Importing from deeper and deeper", "depth of packages", DEPTHS, by_depth, A_FOLDER),
    ]
    report("Growing programs", [*by_size, *by_depth], "growth", curves)


if __name__ == "__main__":
    main()
