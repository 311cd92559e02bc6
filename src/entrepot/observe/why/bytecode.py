"""The state of a source file's bytecode: what an import would do with the pyc, and why."""

from __future__ import annotations

import os
import sys

from ...bytecode import fresh, header as headers, policy
from ...bytecode.location import cache_from_source
from ...host import DISK
from ...loaders.source import DAMAGED as DAMAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import stat_result
    from typing import Any

FRESH, STALE, MISSING = "fresh", "stale", "missing"
UNCHECKED, DAMAGED, NONE = "unchecked", "damaged", "none"


class Bytecode:
    """The pyc at *path*: its *state* and, where there is one, the *reason*.

    fresh: is used. stale: does not fit the source, *reason* tells why; missing: is not there;
    damaged: is no pyc of this interpreter; in these cases the source is compiled. unchecked: is
    used whatever the source says (PEP 552); *differs* tells whether it should not be. none: this
    interpreter keeps no pycs. *kept* says whether a compiled one would be written.
    """

    __slots__ = ("differs", "kept", "path", "reason", "state")

    def __init__(self, path: str | None, state: str, reason: str = "") -> None:
        self.path = path
        self.state = state
        self.reason = reason
        self.differs = False
        self.kept = path is not None and _can_be_written(path)


def state_of(spec: Any) -> Bytecode:
    """Return the state of the bytecode of the source file that *spec* is of."""
    source = spec.origin
    try:
        path = cache_from_source(source)
    except NotImplementedError:
        return Bytecode(None, NONE, "this interpreter keeps no bytecode")
    try:
        stat, data = DISK.stat(source), DISK.read(path)
    except (OSError, ValueError):
        return Bytecode(path, MISSING)
    try:
        header = headers.parse(data, spec.name, path)
        fresh.load_code(data, spec.name, path)
    except DAMAGES as error:
        return Bytecode(path, DAMAGED, str(error))
    return _compared(path, source, header, stat)


def _compared(path: str, source: str, header: headers.Header, stat: stat_result) -> Bytecode:
    decision = policy.decision(header.flags)
    if decision is policy.COMPARE_TIME:
        stale = policy.stale_by_time(header, stat.st_mtime, stat.st_size)
        stale = stale or fresh.stale_by_race(stat.st_mtime, DISK.stat(path).st_mtime)
    else:
        stale = policy.stale_by_hash(header, DISK.read(source))
    if decision is policy.TRUST:
        state = Bytecode(path, UNCHECKED, stale or "")
        state.differs = stale is not None
        return state
    return Bytecode(path, STALE, stale) if stale else Bytecode(path, FRESH)


def _can_be_written(path: str) -> bool:
    if sys.dont_write_bytecode:
        return False
    directory = os.path.dirname(path)
    while directory and not os.path.isdir(directory) and directory != os.path.dirname(directory):
        directory = os.path.dirname(directory)
    return os.access(directory or ".", os.W_OK)
