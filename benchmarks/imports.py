"""The import statement, and the start of a program, against the interpreter's own.

    python benchmarks/imports.py [--rounds N] [PART...]

Writes benchmarks/out/imports.json.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import sysconfig
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import figure, process, told
from benchmarks._results import main
from benchmarks._samples import INSTALL, SMALL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure

PACKAGES, MODULES = 20, 50  # 1,000 small modules, and their packages
WHY_THOUSAND = "What finding and reading spare; unmarshalling and executing are the same work."
STATEMENTS = ("import json", "import os.path", "from json import loads")
TIMES = 50_000  # cached statements a measurement

# Processor time, and the best of ten: what else the machine does only ever adds.
TIME_LOOP = """
import time
def seconds():
    start = time.process_time()
    loop({times})
    return (time.process_time() - start) / {times}
print(min(seconds() for _ in range(10)))
"""
CACHED = (
    """
import json, os.path
def loop(n):
    for _ in range(n):
        {statement}
"""
    + TIME_LOOP
)
IMPORT_ALL = """
import sys, time
start = time.perf_counter(); import everything; print(time.perf_counter() - start)
assert sum(name.startswith("pack") for name in sys.modules) == {total}
"""
OWN_START = """
import time
start = time.perf_counter(); import entrepot; entrepot.process; print(time.perf_counter() - start)
"""
LOOP = """
def loop(n):
    for _ in range(n):
        import json
"""


def cached_statements(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A statement whose module is there already: the interpreter's fast path must be kept."""
    for statement in STATEMENTS:
        code = CACHED.format(statement=statement, times=TIMES)
        bound = 1.1 if statement == "import json" else None
        yield figure(
            f"cached `{statement}`",
            told(code),
            told(INSTALL + code),
            rounds=options.rounds,
            bound=bound,
        )


def make_tree(folder: Path) -> None:
    """1,000 small modules in 20 packages, and one module that imports them all; compiled."""
    lines = []
    for p in range(PACKAGES):
        package = folder / f"pack{p:02}"
        package.mkdir()
        (package / "__init__.py").write_text("")
        for m in range(MODULES):
            (package / f"mod{m:02}.py").write_text(SMALL.format(n=p * MODULES + m))
            lines.append(f"import pack{p:02}.mod{m:02}\n")
    (folder / "everything.py").write_text("".join(lines))
    compileall.compile_dir(str(folder), quiet=1)


def thousand_modules(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """What most of a program's start is: finding modules and reading their pycs."""
    make_tree(folder)
    code = IMPORT_ALL.format(total=PACKAGES * (MODULES + 1))
    env = {"PYTHONPATH": str(folder)}
    yield figure(
        "1,000 modules, fresh pycs",
        told(code, **env),
        told(INSTALL + code, **env),
        rounds=options.rounds,
        bound=0.7,
        why=WHY_THOUSAND,
    )


def start(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A program that does nothing, and one that imports a lot."""
    plain = process(sys.executable, "-c", "pass")
    module = (sys.executable, "-m", "entrepot", "run", "-c")
    script = shutil.which("entrepot", path=sysconfig.get_path("scripts"))
    if script:
        ours = process(script, "run", "-c", "pass")
        yield figure("`entrepot run -c pass`", plain, ours, rounds=2 * options.rounds, bound=1.5)
    ours = process(*module, "pass")
    yield figure("`python -m entrepot run -c pass`", plain, ours, rounds=2 * options.rounds)
    code = "import asyncio, email.mime.text, http.server, sqlite3, unittest.mock, xml.dom.minidom"
    peer = process(sys.executable, "-c", code)
    yield figure(
        "`run -c` with much of the stdlib", peer, process(*module, code), rounds=options.rounds
    )


def bundle(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Entrepot's own modules from one file, against its modules from their pycs."""
    source = Path(__file__).resolve().parents[1] / "src"
    shutil.copytree(
        source / "entrepot", folder / "entrepot", ignore=shutil.ignore_patterns("__pycache__")
    )
    env = {"PYTHONPATH": str(folder)}
    compileall.compile_dir(str(folder), quiet=1)
    peer = told(OWN_START, PYTHONDONTWRITEBYTECODE="1", **env)
    peer(), peer()
    with_it = Path(f"{folder}-with")
    shutil.copytree(folder, with_it)
    ours = told(OWN_START, PYTHONPATH=str(with_it))
    try:
        ours()  # It writes the bundle.
        yield figure("`import entrepot`, with its bundle", peer, ours, rounds=2 * options.rounds)
    finally:
        shutil.rmtree(with_it)


def isolated(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A cached statement in a module of an isolated system, against one of the process."""
    (folder / "looper.py").write_text(LOOP)
    timed = TIME_LOOP.format(times=TIMES // 5)
    peer = told("from looper import loop\n" + timed, PYTHONPATH=str(folder))
    system = f"import entrepot; system = entrepot.ImportSystem(path=[{str(folder)!r}])\n"
    ours = told(f"{system}loop = system.import_module('looper').loop\n{timed}")
    yield figure("cached `import json`, isolated", peer, ours, rounds=options.rounds, bound=3.0)


ALL = (cached_statements, thousand_modules, start, bundle, isolated)

if __name__ == "__main__":
    main("Imports", "imports", ALL, __doc__)
