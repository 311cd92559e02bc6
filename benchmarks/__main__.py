"""Measure everything: `python -m benchmarks [--fast] [--document] [NAME...]`.

NAME is one of the files (imports, zip, ...); without, all are run. With --fast there are few
rounds of each, which takes a quarter of an hour on two quiet cores, and some minutes more the
first time, when real packages are installed; without, an hour. Results are in benchmarks/out.
--document writes docs/performance.md, and its pictures, from what is there. One that fails loses
only itself: the document says what is missing, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from . import document

FOLDER = Path(__file__).resolve().parent
FEW, MANY = 5, 25  # rounds
#: Where a round is dear, or cheap and noisy.
FEW_OF = {"growth": 3, "programs": 9, "path": 5, "peers": 7}
MANY_OF = {"growth": 9, "path": 15}
TOOLS = {"compare", "document"}


def names() -> list[str]:
    found = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    return [name for name in found if name not in TOOLS]


def measure(name: str, rounds: int) -> int:
    """Run one benchmark; its exit status. What it has found before is forgotten."""
    for path in document.OUT.glob(f"{name}.*json"):
        path.unlink()
    command = [sys.executable, "-m", f"benchmarks.{name}", "--rounds", str(rounds)]
    status = subprocess.run(command, check=False, cwd=FOLDER.parent).returncode
    result = document.OUT / f"{name}.json"
    if status and not result.exists():
        document.OUT.mkdir(exist_ok=True)
        content = {"missing": {"all of it": f"exit status {status} of {name}.py"}}
        result.write_text(json.dumps(content), encoding="utf-8")
    return status


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--fast", action="store_true", help=f"{FEW} rounds instead of {MANY}")
    parser.add_argument("--document", action="store_true", help="write docs/performance.md")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    default, special = (FEW, FEW_OF) if options.fast else (MANY, MANY_OF)
    chosen, start, failed = options.names or names(), time.perf_counter(), []
    for number, name in enumerate(chosen, 1):
        rounds, so_far = special.get(name, default), time.perf_counter() - start
        print(
            f"\n== {number}/{len(chosen)} {name}, {rounds} rounds; {so_far:.0f} s so far",
            file=sys.stderr,
            flush=True,
        )
        if measure(name, rounds):
            failed.append(name)
    print(f"\n== {time.perf_counter() - start:.0f} s in all", file=sys.stderr)
    if options.document:
        document.main()
    if failed:
        print(f"failed, at least in part: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
