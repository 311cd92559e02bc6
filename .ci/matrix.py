"""Runs the suite with one wheel of the project on every interpreter, two at a time.

    python .ci/matrix.py --interpreters FOLDER

What is run on which is in JOBS. Prints a table and, last, the sum in the form "N passed, N failed,
N skipped". The exit status is 1 unless every job ran tests and none failed. Logs: .ci/out/NAME.log.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".ci" / "out"
AT_A_TIME = 2
TIMEOUT = 40 * 60  # seconds, for one job
LEDGER = re.compile(r"own suites: (\d+) passed, (\d+) skipped, (\d+) ledger, (\d+) wrong")

#: Browsers, and the suites of real programs, are for `make test` alone.
FULL = ["--ignore=tests/browser", "--ignore=tests/programs/test_real_suite.py"]
#: What says the same on each version runs on the oldest and the newest, and in `make test`: real
#: programs, and what hypothesis makes up. The conformance cases start thousands of processes.
NO_CASES = "--ignore=tests/conformance/test_cases.py"
OLDEST = [*FULL, NO_CASES]
BRIEF = ["--ignore=tests/browser", "--ignore=tests/programs", "--ignore=tests/property", NO_CASES]
#: The commands, each test of which starts processes, run on two of five versions less.
CORE = [*BRIEF, "--ignore=tests/unit/cli"]
UNIT = ["tests/unit"]
#: `make test` runs all of it on 3.11; here is shown that the wheel works there, too.
WHEEL = ["tests/startup", "tests/isolation", "tests/unit/core", "tests/unit/importers"]
#: The tests that the interpreters' own suites leave out because they take long.
LONG = {"ENTREPOT_LONG_TESTS": "1"}
PORTABLE = {"ENTREPOT_HOST": "portable"}


class Job(NamedTuple):
    """One line of the table: what is run, on which interpreter, in which kind of environment."""

    name: str
    interpreter: str
    arguments: list[str]
    variables: dict[str, str]
    environment: str  # "venv", or "folder": for WebAssembly, where there is no venv and no pip


#: In the order of the table.
JOBS = [
    Job("python3.10", "python3.10", OLDEST, {}, "venv"),
    Job("python3.11", "python3.11", WHEEL, {}, "venv"),
    Job("python3.12", "python3.12", CORE, {}, "venv"),
    Job("python3.13", "python3.13", CORE, {}, "venv"),
    Job("python3.14", "python3.14", BRIEF, LONG, "venv"),
    Job("python3.15", "python3.15", FULL, {}, "venv"),
    Job("pypy3", "pypy3", BRIEF, {}, "venv"),
    Job("python3.13 portable", "python3.13", UNIT, PORTABLE, "venv"),
    Job("pyodide-python3.13", "pyodide-python3.13", UNIT, {}, "folder"),
    Job("pyodide-python", "pyodide-python", UNIT, {}, "folder"),
    Job("pyodide-python3.15", "pyodide-python3.15", UNIT, {}, "folder"),
    Job("wasi-python", "wasi-python", UNIT, {}, "folder"),
]
#: What takes longest begins first.
FIRST = ["wasi-python", "make test", "pypy3", "pyodide-python", "pyodide-python3.15"]
#: What the unit tests need, in pure Python.
PURE = ["hypothesis>=6.100,<6.156", "importlib_metadata==10.2.*", "importlib_resources>=7.1"]
PURE += ["packaging>=24", "pytest>=8", "rich>=13"]


class Row(NamedTuple):
    """One interpreter's line of the table."""

    name: str
    tests: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    ledger: str = "-"
    minutes: float = 0.0
    said: str = ""

    @property
    def good(self) -> bool:
        return not self.said and self.passed > 0 and self.failed == 0


def run(command: list[str], log: Path, **options: object) -> None:
    """Run *command*, its output at the end of *log*; CalledProcessError if it fails."""
    with log.open("a", encoding="utf-8") as file:
        print("$", *command, file=file, flush=True)
        subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            check=True,
            timeout=TIMEOUT,
            **options,
        )


def installer(python: Path) -> list[str]:
    """A command that installs into the environment of *python*."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "-q", "--python", str(python)]
    return [str(python), "-m", "pip", "install", "-q"]


def build(log: Path) -> Path:
    """The project's wheel."""
    dist = OUT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(dist), "."], log)
    (wheel,) = dist.glob("entrepot-*.whl")
    return wheel


def environment(job: Job, interpreter: Path, wheel: Path, log: Path) -> Path:
    """The Python of a fresh environment that has the wheel and what its tests need."""
    home = OUT / f"env-{job.name.replace(' ', '-')}"
    shutil.rmtree(home, ignore_errors=True)
    run([str(interpreter), "-m", "venv", str(home)], log)
    python = home / "bin" / "python"
    run([*installer(python), f"{wheel}[cli,test]"], log)
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    programs = [] if job.arguments == UNIT else groups["dependency-groups"]["programs"]
    for requirement in programs:
        try:  # what cannot be built here is skipped by tests/programs, which says so
            run([*installer(python), "--only-binary", "numpy", requirement], log)
        except subprocess.CalledProcessError:
            print(f"{job.name}: {requirement} cannot be had", flush=True)
    return python


def folder(wheel: Path, log: Path) -> Path:
    """A folder with the wheel and what the unit tests need, for an interpreter without pip."""
    home = OUT / "site"
    shutil.rmtree(home, ignore_errors=True)
    run([*installer(Path(sys.executable)), "--target", str(home), str(wheel), *PURE], log)
    return home


def counts(name: str, report: Path, log: Path) -> Row:
    """What the JUnit file of a run says."""
    suite = ET.parse(report).getroot()[0]
    tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    own = LEDGER.search(log.read_text(encoding="utf-8", errors="replace"))
    ledger = "{2} of {0}".format(*own.groups()) if own else "-"
    return Row(name, tests, tests - skipped - failed, failed, skipped, ledger)


def log_of(name: str) -> Path:
    return OUT / f"{name.replace(' ', '-')}.log"


def tested(name: str, command: Callable[[Path], tuple[list[str], dict[str, str]]]) -> Row:
    """Run what *command*, given a log, returns: a command that runs pytest, and its variables."""
    log, began = log_of(name), time.monotonic()
    report = log.with_suffix(".xml")
    log.write_text("")
    report.unlink(missing_ok=True)
    # A directory for each: pytest removes those of other runs that have no lock, as on WASI.
    scratch = log.with_suffix(".tmp")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        words, variables = command(log)
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        ours = {"PYTEST_ADDOPTS": f"-q --junitxml={report}"}
        run(words, log, env={**clean, **variables, **ours, "PYTEST_DEBUG_TEMPROOT": str(scratch)})
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        if not report.exists():
            return Row(name, said=str(error)[-200:])
    row = counts(name, report, log)
    return row._replace(minutes=round((time.monotonic() - began) / 60, 1))


def check(job: Job, interpreters: Path, wheel: Path, site: Path) -> Row:
    """Run the suite on one interpreter."""
    interpreter = interpreters / job.interpreter

    def command(log: Path) -> tuple[list[str], dict[str, str]]:
        if job.environment == "folder":
            words = [str(interpreter), "-m", "pytest", "-p", "no:cacheprovider", *job.arguments]
            return words, {**job.variables, "PYTHONPATH": str(site)}
        python = environment(job, interpreter, wheel, log)
        return [str(python), "-m", "pytest", *job.arguments], job.variables

    return tested(job.name, command)


def make_test() -> Row:
    """Run the README's command, with the storm of threads (tests/threads) in its full length."""
    return tested("make test", lambda _: (["make", "test"], {"ENTREPOT_STORM_ROUNDS": "100"}))


def table(rows: list[Row]) -> None:
    line = "{:<20} {:>7} {:>7} {:>7} {:>7} {:>14} {:>7}  {}"
    heads = ("interpreter", "tests", "passed", "failed", "skipped", "ledger", "minutes", "")
    print(line.format(*heads).rstrip())
    for row in rows:
        print(line.format(*row).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--interpreters", type=Path, required=True)
    parser.add_argument("--only", nargs="+", help="names of jobs, 'make test' too")
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    wheel = build(OUT / "wheel.log")
    site = folder(wheel, OUT / "wheel.log")
    tasks = {"make test": make_test}
    for job in JOBS:
        tasks[job.name] = partial(check, job, options.interpreters, wheel, site)
    wanted = [name for name in tasks if name in (options.only or tasks)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        order = sorted(wanted, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
        running = {name: pool.submit(tasks[name]) for name in order}
        rows = [running[name].result() for name in wanted]
    for row in rows:
        if not row.good:
            log = log_of(row.name).read_text(encoding="utf-8", errors="replace")
            print(f"-- {row.name}: the end of its log", *log.splitlines()[-60:], sep="\n")
    table(rows)
    sums = (sum(row[i] for row in rows) for i in (2, 3, 4))
    print("{} passed, {} failed, {} skipped".format(*sums))
    return 0 if rows and all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
