"""Make the tables of docs/conformance.md from runs of the suite on many interpreters.

    python tools/conformance.py run [--jobs N] [--candidates A,B] COMMAND ...
    python tools/conformance.py write

`run` takes commands that start interpreters, and keeps what came out in build/conformance: a run
that was broken off goes on where it was, and only cases that failed, are new or have changed run
again (`--fresh`: all). `write` puts what is there between the markers of the document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys

from entrepot.conform import CANDIDATES, Case, Target, TargetError, read_cases, read_ledger, tables
from entrepot.conform.cases import DIRECTORY
from entrepot.conform.runner import Outcome, run_cases

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STORE = os.path.join(ROOT, "build", "conformance")
DOCUMENT = os.path.join(ROOT, "docs", "conformance.md")
BEGIN, END = "<!-- begin: tools/conformance.py -->\n", "<!-- end -->\n"
#: So many cases are run before what came out is stored.
CHUNK = 40


def digest(case: Case) -> str:
    with open(os.path.join(DIRECTORY, *f"{case.id}.txt".split("/")), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:16]


def kept(target: Target) -> dict[str, list[str]]:
    try:
        with open(path_of(target), encoding="utf-8") as file:
            return json.load(file)["outcomes"]  # type: ignore[no-any-return]
    except FileNotFoundError:
        return {}


def path_of(target: Target) -> str:
    return os.path.join(STORE, f"{target.name}@{target.candidate}.json")


def store(target: Target, outcomes: dict[str, list[str]]) -> None:
    os.makedirs(STORE, exist_ok=True)
    about = {"description": target.description, "outcomes": outcomes}
    with open(f"{path_of(target)}.new", "w", encoding="utf-8") as file:
        json.dump(about, file, indent=1)
    os.replace(f"{path_of(target)}.new", path_of(target))


def run(target: Target, *, jobs: int | None, fresh: bool) -> None:
    cases = {case.id: case for case in read_cases()}
    known = {} if fresh else kept(target)
    digests = {id: digest(case) for id, case in cases.items()}
    outcomes = {
        id: one
        for id, one in known.items()
        if digests.get(id) == one[0] and one[1] != tables.FAILED
    }
    left = [case for id, case in cases.items() if id not in outcomes]
    for start in range(0, len(left), CHUNK):
        print(f"{target.description}, {target.candidate}: {len(left) - start} cases", flush=True)
        for outcome in run_cases(left[start : start + CHUNK], target, jobs=jobs, limit=120.0):
            outcomes[outcome.case.id] = [digests[outcome.case.id], *result(outcome)]
        store(target, outcomes)


def result(outcome: Outcome) -> tuple[str, str]:
    if outcome.skipped is not None:
        return tables.SKIPPED, outcome.skipped
    return (tables.PASSED, "") if outcome.passed else (tables.FAILED, outcome.got)


def write() -> None:
    runs = []
    for name in sorted(os.listdir(STORE)):
        if name.endswith(".json"):
            interpreter, _, candidate = name[:-5].partition("@")
            with open(os.path.join(STORE, name), encoding="utf-8") as file:
                stored = json.load(file)
            results = {id: said for id, (_, said, _) in stored["outcomes"].items()}
            runs.append(tables.Run(interpreter, stored["description"], candidate, results))
    with open(DOCUMENT, encoding="utf-8") as file:
        before, _, rest = file.read().partition(BEGIN)
    made = tables.document(read_cases(), read_ledger(), runs)
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + made + END + rest.partition(END)[2])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run")
    runs.add_argument("--jobs", type=int)
    runs.add_argument("--fresh", action="store_true")
    runs.add_argument("--candidates", default=",".join(CANDIDATES))
    runs.add_argument("interpreters", nargs="+", metavar="COMMAND")
    commands.add_parser("write")
    options = parser.parse_args()
    if options.command == "write":
        write()
        return 0
    for command in options.interpreters:
        for candidate in options.candidates.split(","):
            try:
                run(Target(candidate, command), jobs=options.jobs, fresh=options.fresh)
            except TargetError as error:
                print(f"{command}, {candidate}: {error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
