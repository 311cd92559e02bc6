"""Runs the suite with one wheel of the project on every interpreter, two at a time.

    python .ci/matrix.py --interpreters FOLDER NAME...

Prints a table and, last, the sum in the form "N passed, N failed, N skipped". The exit status is 1
unless every interpreter ran tests and none failed. Logs: .ci/out/NAME.log.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".ci" / "out"
AT_A_TIME = 2
TIMEOUT = 25 * 60  # seconds, for one interpreter
LEDGER = re.compile(r"own suites: (\d+) passed, (\d+) skipped, (\d+) ledger, (\d+) wrong")


class Row(NamedTuple):
    """One interpreter's line of the table."""

    name: str
    tests: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    ledger: str = "-"
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


def environment(name: str, interpreter: Path, wheel: Path, log: Path) -> Path:
    """The Python of a fresh environment that has the wheel and what its tests need."""
    home = OUT / f"env-{name}"
    shutil.rmtree(home, ignore_errors=True)
    run([str(interpreter), "-m", "venv", str(home)], log)
    python = home / "bin" / "python"
    run([*installer(python), f"{wheel}[cli,test]"], log)
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for requirement in groups["dependency-groups"]["programs"]:
        try:  # what cannot be built here is skipped by tests/programs, which says so
            run([*installer(python), "--only-binary", "numpy", requirement], log)
        except subprocess.CalledProcessError:
            print(f"{name}: {requirement} cannot be had", flush=True)
    return python


def counts(name: str, report: Path, log: Path) -> Row:
    """What the JUnit file of a run says."""
    suite = ET.parse(report).getroot()[0]
    tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    own = LEDGER.search(log.read_text(encoding="utf-8", errors="replace"))
    ledger = "{2} of {0}".format(*own.groups()) if own else "-"
    return Row(name, tests, tests - skipped - failed, failed, skipped, ledger)


def check(name: str, interpreter: Path, wheel: Path) -> Row:
    """Run the suite on one interpreter."""
    log, report = OUT / f"{name}.log", OUT / f"{name}.xml"
    log.write_text("")
    report.unlink(missing_ok=True)
    try:
        python = environment(name, interpreter, wheel, log)
        run([str(python), "-m", "pytest", "-q", f"--junitxml={report}"], log, env=variables())
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        if not report.exists():
            return Row(name, said=str(error)[-200:])
    return counts(name, report, log)


def variables() -> dict[str, str]:
    """The environment, less what would make an interpreter import from elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


def table(rows: list[Row]) -> None:
    line = "{:<12} {:>8} {:>8} {:>8} {:>8} {:>16}  {}"
    print(line.format("interpreter", "tests", "passed", "failed", "skipped", "ledger", ""))
    for row in rows:
        print(line.format(*row).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--interpreters", type=Path, required=True)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    wheel = build(OUT / "wheel.log")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        jobs = [pool.submit(check, n, options.interpreters / n, wheel) for n in options.names]
        rows = [job.result() for job in jobs]
    for row in rows:
        if not row.good:
            log = (OUT / f"{row.name}.log").read_text(encoding="utf-8", errors="replace")
            print(f"-- {row.name}: the end of its log", *log.splitlines()[-60:], sep="\n")
    table(rows)
    sums = (sum(row[i] for row in rows) for i in (2, 3, 4))
    print("{} passed, {} failed, {} skipped".format(*sums))
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
