"""From records to a trace: who is within whom, what was left unfinished, what was caught."""

from __future__ import annotations

from .model import PHASES, Import, Importer, Repeat, Trace
from .recorder import BEGUN, END, ENDED, REPEAT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    #: An import's process and its number there.
    Key = tuple[int, int]


def assemble(records: Iterable[tuple[Any, ...]], wall_ns: int, *, pid: int | None = None) -> Trace:
    """Return the trace that *records* tell of, up to *wall_ns* (ns since its start).

    What has not ended by then has the outcome "unfinished". Of the processes, *pid* is the
    one whose end counts: None if there is but one.
    """
    trace = Trace()
    known: dict[Key, Import] = {}
    outer: dict[Key, int | None] = {}
    last: dict[int, int] = {}
    for record in records:
        kind, process, *rest = record
        if kind == BEGUN:
            number, within, *about = rest
            known[process, number] = _begun(process, *about)
            outer[process, number] = within
            last[process] = about[1]
        elif kind == ENDED and (process, rest[0]) in known:
            _end(known[process, rest[0]], *rest[1:])
            last[process] = rest[1]
        elif kind == REPEAT:
            module, where, at = rest
            trace.repeats.append(Repeat(module, _importer(where), at))
        elif kind == END and pid in (None, process):
            at, how, status, error = rest
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


def _begun(pid: int, name: str, start: int, where: Any, thread_id: int, thread_name: str) -> Import:
    one = Import(0, name, start, start)
    one.pid, one.thread_id, one.thread_name = pid, thread_id, thread_name
    one.importer = _importer(where)
    one.outcome = "unfinished"
    return one


def _importer(where: Any) -> Importer | None:
    return None if where is None else Importer(*where)


def _end(
    one: Import, end: int, phases: tuple[int, ...], outcome: str, error: str | None,
    about: tuple[str | None, str | None, bool] | None, bytecode: str, size: int,
    memory: int | None,
) -> None:  # fmt: skip
    one.end = end
    one.phases = dict(zip(PHASES, phases, strict=True))
    one.outcome, one.error = outcome, error
    if about is not None:
        one.origin, one.loader, one.package = about
    one.bytecode, one.bytes, one.memory = bytecode, size, memory


def _finish(trace: Trace) -> None:
    whole = {(one.pid, one.name): one for one in trace.imports if one.loader}
    for at, one in enumerate(trace.imports):
        one.id = at
        if one.parent is not None:
            one.parent.children.append(one)
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
