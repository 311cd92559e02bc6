"""A trace in the Trace Event Format, which chrome://tracing and ui.perfetto.dev show.

Source: "Trace Event Format" (The Chromium Project): complete events ("X") with times in
microseconds, metadata events ("M") for names, instant events ("i") for what closes a cycle.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .model import Import, Importer, Trace


def dumps(trace: Trace) -> str:
    """Return the text of the file: JSON, a line for each event."""
    lines = ",\n".join(json.dumps(event) for event in events(trace))
    about = {"program": trace.program, "interpreter": trace.interpreter, "started": trace.started}
    return (
        f'{{"displayTimeUnit": "ms",\n"otherData": {json.dumps(about)},\n'
        f'"traceEvents": [\n{lines}\n]}}\n'
    )


def events(trace: Trace) -> Iterator[dict[str, Any]]:
    """Yield the events: names first, then imports and repeats in the order of their start."""
    yield from _names(trace)
    for one in trace.imports:
        yield _of_import(one)
    main = trace.imports[0] if trace.imports else None
    for repeat in trace.repeats:
        place = {"pid": main.pid, "tid": main.thread_id} if main else {}
        yield {
            "ph": "i", "s": "t", "name": f"{repeat.module} again", "cat": "repeat",
            "ts": repeat.at / 1000, **place, "args": {"importer": _text(repeat.importer)},
        }  # fmt: skip


def _names(trace: Trace) -> Iterator[dict[str, Any]]:
    program = " ".join(trace.program.get("argv", ()))
    for pid in dict.fromkeys(one.pid for one in trace.imports):
        yield {"ph": "M", "name": "process_name", "pid": pid, "tid": 0, "args": {"name": program}}
    threads = dict.fromkeys((one.pid, one.thread_id, one.thread_name) for one in trace.imports)
    for pid, tid, name in threads:
        yield {"ph": "M", "name": "thread_name", "pid": pid, "tid": tid, "args": {"name": name}}


def _of_import(one: Import) -> dict[str, Any]:
    details = {
        "outcome": one.outcome,
        "error": one.error,
        "asked for in": _text(one.importer),
        "origin": one.origin,
        "distribution": one.distribution,
        "own ms": one.own / 1e6,
        **{f"{name} ms": time / 1e6 for name, time in one.phases.items() if time},
    }
    return {
        "ph": "X", "name": one.name, "cat": f"import,{one.outcome}", "pid": one.pid,
        "tid": one.thread_id, "ts": one.start / 1000, "dur": one.cumulative / 1000,
        "args": {name: value for name, value in details.items() if value is not None},
    }  # fmt: skip


def _text(importer: Importer | None) -> str | None:
    return None if importer is None else str(importer)
