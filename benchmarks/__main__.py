"""Measure everything: `python -m benchmarks [--fast] [--document] [NAME...]`.

NAME is one of the files (imports, zip, ...); without, all are run. With --fast there are a few
rounds each, which takes some ten minutes and is good for a first look. Results are in
benchmarks/out. --document writes docs/performance.md from what is there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from . import document

FOLDER = Path(__file__).resolve().parent
FEW, MANY = 3, 15  # rounds
#: Less than everything, for --fast.
LESS = {"growth": ["--most", "1000"]}


def names() -> list[str]:
    tools = {"__init__", "__main__", "_harness", "compare", "document"}
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in tools)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--document", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    failed = []
    for name in options.names or names():
        rounds = ["--rounds", str(FEW if options.fast else MANY)]
        more = LESS.get(name, []) if options.fast else []
        print(f"\n== {name}", file=sys.stderr, flush=True)
        start = time.perf_counter()
        done = subprocess.run([sys.executable, FOLDER / f"{name}.py", *rounds, *more], check=False)
        print(f"== {name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
        if done.returncode:
            failed.append(name)
    if options.document:
        document.main()
    if failed:
        print(f"not measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
