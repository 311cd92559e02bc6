"""From records to a trace: who is within whom, what was left unfinished, what was caught."""

from __future__ import annotations

from .model import PHASES, Import, Importer, Repeat, Trace
from .phases import of_record
from .recorder import BEGAN, BEGUN, END, ENDED, ENDS, ERROR, MEMORY, NUMBER, PID, REPEAT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    #: An import's process and its number there.
    Key = tuple[int, int]


def assemble(
    records: Iterable[Any], wall_ns: int, *, pid: int | None = None, origin: int = 0
) -> Trace:
    """Return the trace that *records* tell of, up to *wall_ns* (ns since *origin*, its start).

    What has not ended by then has the outcome "unfinished". Of the processes, *pid* is the
    one whose end counts: None if there is but one.
    """
    trace = Trace()
    known: dict[Key, Import] = {}
    outer: dict[Key, int | None] = {}
    last: dict[int, int] = {}
    for record in records:
        kind, process = record[0], record[PID]
        if kind == BEGUN:
            _, _, number, within, name, start, *about = record
            known[process, number] = _begun(process, name, start - origin, *about)
            outer[process, number] = within
            last[process] = start - origin
        elif kind == ENDED and (process, record[NUMBER]) in known:
            _end(known[process, record[NUMBER]], record)
            last[process] = record[ENDS] - origin
        elif kind == REPEAT:
            module, where, at = record[2:]
            trace.repeats.append(Repeat(module, _importer(where), at - origin))
        elif kind == END and pid in (None, process):
            _, how, status, error = record[2:]
            trace.ended = {"how": how, "status": status, "error": error}
    for (process, number), one in known.items():
        if one.outcome == "unfinished":
            one.end = max(wall_ns if process == pid else last[process], one.start)
        within = outer[process, number]
        if within is not None:
            one.parent = known.get((process, within))
    trace.wall_ns = wall_ns
    trace.imports = sorted(known.values(), key=lambda one: one.start)
    trace.repeats.sort(key=lambda repeat: repeat.at)
    _finish(trace)
    return trace


def _begun(
    pid: int, name: str, start: int, where: Any, thread_id: int, thread_name: str | None
) -> Import:
    one = Import(0, name, start, start)
    one.pid, one.thread_id, one.thread_name = pid, thread_id, thread_name or ""
    one.importer = _importer(where)
    one.outcome = "unfinished"
    return one


def _importer(where: Any) -> Importer | None:
    return None if where is None else Importer(*where)


def _end(one: Import, record: list[Any]) -> None:
    known = of_record(record)
    one.end = one.start + record[ENDS] - record[BEGAN]
    one.phases = dict(zip(PHASES, known.phases, strict=True))
    one.error = record[ERROR]
    one.outcome = "loaded" if one.error is None else "missing" if known.missing else "failed"
    if known.about is not None:
        one.origin, one.loader, one.package = known.about
    one.bytecode, one.bytes, one.memory = known.bytecode, known.size, record[MEMORY]


def _finish(trace: Trace) -> None:
    whole = {(one.pid, one.name): one for one in trace.imports if one.loader}
    for at, one in enumerate(trace.imports):
        one.id = at
        if one.parent is not None:
            one.parent.children.append(one)
            one.thread_name = one.thread_name or one.parent.thread_name
        same = whole.get((one.pid, one.name))
        if one.outcome == "loaded" and one.loader is None and same is not None:
            # Its parent package had imported it by the time it was looked for.
            one.origin, one.loader, one.package = same.origin, same.loader, same.package
    for one in trace.imports:
        if one.outcome == "unfinished":
            # All that is known is that its body, most likely, was being executed.
            one.phases["execute"] = one.cumulative - sum(each.cumulative for each in one.children)
        elif one.outcome != "loaded":
            one.caught = _was_caught(one, trace)


def _was_caught(one: Import, trace: Trace) -> bool:
    """Whether the program went on after the import had raised."""
    if one.parent is not None:
        return one.parent.error != one.error
    return trace.ended["error"] != one.error or one.thread_name != "MainThread"
