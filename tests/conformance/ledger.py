"""The ledger: which tests of the interpreter's own suites cannot pass with entrepot, and why.

`ledger.toml` holds a table `entry` for each test id, or glob of ids, that fails. An entry is a
claim that is checked both ways: a failing test without an entry is a fault of entrepot, and an
entry whose test passes, or that matches no test, is a fault of the ledger.
"""

from __future__ import annotations

import fnmatch
import os
import sys
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = os.path.join(os.path.dirname(__file__), "ledger.toml")
CLASSES = {
    "private": "the test is about a name private to CPython",
    "host": "this interpreter cannot do it",
    "promise": "entrepot promises another behaviour, that of a newer Python or a safer one",
}


class Entry(NamedTuple):
    """One line of the ledger. `id` and `on` are globs, `on` over `implementation-version`."""

    id: str
    on: tuple[str, ...]
    klass: str
    reason: str

    def is_for(self, interpreter: str) -> bool:
        return any(fnmatch.fnmatchcase(interpreter, pattern) for pattern in self.on)

    def matches(self, test_id: str) -> bool:
        return fnmatch.fnmatchcase(test_id, self.id)


def interpreter() -> str:
    """The running one as the ledger names it, such as `cpython-3.13`."""
    return f"{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}"


def parse(text: str) -> list[Entry]:
    """The entries of a ledger; ValueError for one that does not say all it must."""
    entries = []
    for raw in tomllib.loads(text).get("entry", []):
        known = {"id", "on", "class", "reason"}
        if raw.keys() - known or not {"id", "class", "reason"} <= raw.keys():
            raise ValueError(f"an entry has `id`, `class`, `reason`, and may have `on`: {raw}")
        if raw["class"] not in CLASSES or not raw["reason"].strip():
            raise ValueError(f"the class is one of {sorted(CLASSES)}, the reason a text: {raw}")
        entries.append(Entry(raw["id"], tuple(raw.get("on", ["*"])), raw["class"], raw["reason"]))
    return entries


def read() -> list[Entry]:
    """The project's ledger, for the running interpreter."""
    with open(FILE, encoding="utf-8") as file:
        return [entry for entry in parse(file.read()) if entry.is_for(interpreter())]


class Verdict(NamedTuple):
    """What a run of some tests comes to: counts, and a line for each thing that is wrong."""

    passed: int
    skipped: int
    ledgered: int
    problems: list[str]


def judge(outcomes: Mapping[str, Mapping[str, str]], entries: Iterable[Entry]) -> Verdict:
    """Hold what became of each test id against the ledger.

    *outcomes* maps an id to its "outcome" (passed, failed, skipped) and "why". *entries* are those
    about these tests.
    """
    entries = list(entries)
    failed = {test for test, said in outcomes.items() if said["outcome"] == "failed"}
    passed = {test for test, said in outcomes.items() if said["outcome"] == "passed"}
    listed = {test for test in outcomes if any(entry.matches(test) for entry in entries)}
    problems = [f"fails: {test}\n{outcomes[test]['why']}" for test in sorted(failed - listed)]
    problems += [f"is in the ledger but passes: {test}" for test in sorted(passed & listed)]
    problems += [
        f"is in the ledger but matches no test that ran: {entry.id}"
        for entry in entries
        if not any(entry.matches(test) for test in outcomes)
    ]
    return Verdict(
        len(passed), len(outcomes) - len(passed | failed), len(failed & listed), problems
    )
