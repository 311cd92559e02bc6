"""The ledger: the differences that are known, each with its reason.

Beside the cases of an area lies its `ledger`, entries with an empty line between them:

    case: bytecode/*
    on: pypy-*
    candidate: interpreter
    why: PyPy compiles every time, and writes no file unless asked to.

*case*, *on* (the interpreter) and *candidate* are patterns as of file names, any number of them;
all three must match. An entry explains a failure, it does not excuse the case from running.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from .cases import DIRECTORY, CaseError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME = "ledger"
_KEYS = {"case", "on", "candidate", "why"}


class Entry:
    """An entry; *cases*, *interpreters* and *candidates* are patterns."""

    __slots__ = ("candidates", "cases", "interpreters", "why")

    def __init__(self, fields: dict[str, str]) -> None:
        self.cases = fields["case"].split()
        self.interpreters = fields["on"].split()
        self.candidates = fields["candidate"].split()
        self.why = fields["why"]

    def is_about(self, case: str, interpreter: str, candidate: str) -> bool:
        """Whether it explains that *case* fails on *interpreter* with *candidate*."""
        return (
            _any(case, self.cases)
            and _any(interpreter, self.interpreters)
            and _any(candidate, self.candidates)
        )


def _any(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def read_ledger(directory: str = DIRECTORY) -> list[Entry]:
    """Return the entries of all areas below *directory*."""
    entries = []
    for area in sorted(os.listdir(directory)):
        path = os.path.join(directory, area, NAME)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                entries += parse(file.read(), path)
    return entries


def parse(text: str, path: str = NAME) -> list[Entry]:
    """Return the entries that *text* has; CaseError, with *path*, for what is none."""
    entries = []
    for block in text.split("\n\n"):
        fields = _fields(block.splitlines(), path)
        if fields:
            if fields.keys() != _KEYS or not all(fields.values()):
                raise CaseError(f"{path}: an entry has {sorted(_KEYS)}: {fields}")
            entries.append(Entry(fields))
    return entries


def _fields(lines: Iterable[str], path: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    key = ""
    for line in lines:
        if line[:1] == " " and key:
            fields[key] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            key, colon, value = line.partition(":")
            if not colon:
                raise CaseError(f"{path}: not a line of an entry: {line!r}")
            fields[key] = value.strip()
    return fields


def why(entries: Iterable[Entry], case: str, interpreter: str, candidate: str) -> str | None:
    """Return the reason for which *case* fails there, or None if none is known."""
    for entry in entries:
        if entry.is_about(case, interpreter, candidate):
            return entry.why
    return None
