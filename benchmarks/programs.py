"""Real programs from their start to their end, under `entrepot run` and under `python`.

    python benchmarks/programs.py [--rounds N] [--python PYTHON]

The packages are installed into an environment of their own below benchmarks/out. Writes
benchmarks/out/programs.json.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import Curve, figure, packages, process, report, summary, system_calls, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from _harness import Figure

#: What a program imports, and the distributions that it needs for that.
PROGRAMS = {
    "boto3": "import boto3",
    "sympy": "import sympy",
    "pandas": "import pandas",
    "django, sqlalchemy": "import django.core.management\nimport sqlalchemy",
}
NAMES = ("boto3", "django", "lazy-loader", "pandas", "sqlalchemy", "sympy")

TEN = 10
SMALL = "".join(
    f"def f{n}(a, b={n}):\n    return a + b * {n}\n\n\n"
    f"class C{n}:\n    def m(self):\n        return {n}\n\n\n"
    for n in range(10)
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


def scripts(folder: Path) -> dict[str, Path]:
    """The programs as files, by name."""
    found = {}
    for number, (name, text) in enumerate(PROGRAMS.items()):
        found[name] = folder / f"program_{number}.py"
        found[name].write_text(text + "\n", encoding="utf-8")
    return found


def ten_modules(folder: Path) -> Path:
    for number in range(TEN):
        (folder / f"ten_{number}.py").write_text(SMALL, encoding="utf-8")
    script = folder / "program_of_ten.py"
    script.write_text("".join(f"import ten_{n}\n" for n in range(TEN)), encoding="utf-8")
    return script


def whole(python: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """Each program, and all of them: the sums of the rounds."""
    entrepot, each = str(python.with_name("entrepot")), []
    for name, script in scripts(folder).items():
        plain, ours = process(str(python), str(script)), process(entrepot, "run", str(script))
        each.append(figure(name, plain, ours, rounds=rounds))
    yield from each
    sums = [
        (sum(peer for peer, _ in one), sum(ours for _, ours in one))
        for one in zip(*(program.pairs for program in each), strict=True)
    ]
    yield summary("all four", sums, 0.95)
    ten = str(ten_modules(folder))
    plain, ours = process(str(python), ten), process(entrepot, "run", ten)
    yield figure("ten small modules", plain, ours, rounds=3 * rounds, bound=1.3)


def lazily(python: Path, rounds: int) -> Iterator[Figure]:
    """Making modules lazy, against the package lazy-loader (which finds each one as well)."""
    names = [name for name in LAZY_NAMES.split() if name in sys.stdlib_module_names]
    sides = [
        told(LAZY.format(names=names, prepare=prepare), python=str(python))
        for prepare in (WITH_LAZY_LOADER, WITH_ENTREPOT)
    ]
    yield figure(f"{len(names)} lazy modules, by lazy-loader", *sides, rounds=rounds)


def calls(python: Path, folder: Path) -> Iterator[Curve]:
    """System calls of the programs' starts."""
    lines: dict[str, list[float]] = {"interpreter": [], "entrepot": []}
    for script in scripts(folder).values():
        plain = system_calls(str(python), str(script))
        ours = system_calls(str(python.with_name("entrepot")), "run", str(script))
        if plain is None or ours is None:
            return
        lines["interpreter"].append(plain)
        lines["entrepot"].append(ours)
    places = tuple(range(1, len(PROGRAMS) + 1))
    said = ", ".join(f"{n}: {name}" for n, name in enumerate(PROGRAMS, 1))
    shown = {name: tuple(values) for name, values in lines.items()}
    yield Curve("System calls of a program's start", f"program ({said})", "calls", places, shown)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    python = packages(*NAMES, python=options.python)
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory).resolve()
        figures = [*whole(python, folder, options.rounds), *lazily(python, options.rounds)]
        report("Real programs", figures, "programs", list(calls(python, folder)))


if __name__ == "__main__":
    main()
