"""What the steps of an import mean: where its own time went, and what is known of its module.

Each step ends one stretch of time and begins the next one; `_STEPS` says what either is. What
the recorder itself takes is counted as `other`, of the import that is being made.
"""

from __future__ import annotations

from . import recorder as steps_
from .model import PHASES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SEARCH, _CREATE, _READ, _UNMARSHAL, _COMPILE, _WRITE, _EXECUTE, _OTHER = range(len(PHASES))
#: What was going on before the step is what the step before it has said.
_AS_WAS = -1
#: For each kind of step: the phase that ends; the phase that begins, unless the next step knows
#: better; what becomes known of the bytecode; how many values it has, its kind and time included.
#: What happens between these is too short to tell apart: a module is published, and bound.
_STEPS: dict[int, tuple[int, int, str | None, int]] = {
    steps_.SEARCHING: (_OTHER, _SEARCH, None, 2),
    steps_.FOUND: (_AS_WAS, _CREATE, None, 5),
    steps_.MISSING: (_AS_WAS, _OTHER, None, 2),
    steps_.EXECUTE: (_AS_WAS, _EXECUTE, None, 2),
    steps_.READ: (_READ, _COMPILE, None, 3),
    steps_.STALE: (_READ, _READ, "stale", 2),
    steps_.CACHED: (_UNMARSHAL, _EXECUTE, "fresh", 2),
    steps_.COMPILED: (_COMPILE, _EXECUTE, "missing", 2),
    steps_.WRITTEN: (_WRITE, _EXECUTE, "written", 2),
    steps_.UNWRITTEN: (_WRITE, _EXECUTE, None, 2),
    steps_.WAITS: (_AS_WAS, _OTHER, None, 2),
    steps_.WAITED: (_OTHER, _AS_WAS, None, 2),
}
_NESTED_SIZE = 4


class Known:
    """What the steps of an import tell: its *phases* (ns), and the fields of its module."""

    __slots__ = ("about", "bytecode", "missing", "phases", "size")

    def __init__(self) -> None:
        self.phases = [0] * len(PHASES)
        #: The origin, the loader's name, and whether it is a package; None if it was not found.
        self.about: tuple[str | None, str | None, bool] | None = None
        self.bytecode = "none"
        self.size = 0
        self.missing = False


def of_record(record: list[Any]) -> Known:
    """Return what the *record* of an import that has ended tells."""
    known, phases = Known(), [0] * len(PHASES)
    at, mark, now = steps_.STEPS, record[steps_.BEGAN], record[steps_.ENDS]
    after = before_wait = _OTHER
    while at < len(record):
        kind, time = record[at], record[at + 1]
        if kind == steps_.NESTED:
            began, ended = record[at + 2], record[at + 3]
            phases[after] += began - mark
            phases[_OTHER] += time - ended
            at += _NESTED_SIZE
        else:
            ends, begins, bytecode, size = _STEPS[kind]
            phases[after if ends < 0 else ends] += time - mark
            if kind == steps_.WAITS:
                before_wait = after
            after = before_wait if begins < 0 else begins
            if bytecode is not None and known.bytecode != "stale":
                known.bytecode = bytecode  # Stale it stays, whatever is done about it.
            if size > 2:
                _note(known, record, at)
            known.missing |= kind == steps_.MISSING
            at += size
        mark = time
    phases[after] += now - mark
    if known.about is None and not known.missing:  # It was not searched for, but waited for.
        phases[_OTHER] += phases[_SEARCH]
        phases[_SEARCH] = 0
    known.phases = phases
    return known


def _note(known: Known, record: list[Any], at: int) -> None:
    if record[at] == steps_.READ:
        known.size = record[at + 2]
    else:
        known.about = record[at + 2], record[at + 3], record[at + 4]
