"""What comes of a traced program: files, and the summary. All of it is the parent's."""

from __future__ import annotations

import gc
import os
import sys
import time
from importlib import import_module

from ..host.signals import numbers as signals
from ..observe.trace import assemble, describe, output, owners, recorder
from ..observe.why.shelter import Shelter
from . import fail, let_output_go, request as requests, trace
from .progress import Progress
from .traced import NOT_STARTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..observe.savings.model import Saving
    from ..observe.trace.model import Trace
    from .request import Request
    from .traced import Child

#: For each option: the module that has `dumps(trace)`.
WRITERS = {
    "--html": "..observe.report",
    "--json": "..observe.trace.file",
    "--chrome": "..observe.trace.chrome",
    "--speedscope": "..observe.trace.speedscope",
}
_FORMS = {"-c": "command", "-m": "module", "path": "path", "-": "stdin"}


def report(child: Child, request: Request, outputs: dict[str, str]) -> int:
    """Wait for *child*, then write the *outputs* and show the summary; returns the exit status."""
    _leave_signals_to(child)
    _let_go_first()
    with Shelter():  # Files of the program that are named like modules of the standard library.
        return _report(child, request, outputs)


def _report(child: Child, request: Request, outputs: dict[str, str]) -> int:
    try:
        writers = {name: import_module(WRITERS[name], __package__) for name in outputs}
        status = child.wait()
        end = time.perf_counter_ns()
        records = child.records()
    finally:
        child.forget()
    gc.disable()  # It would go through all of the trace again and again, and find nothing.
    result = trace.exit_status(status)
    begun = next((record for record in records if record[0] == recorder.START), None)
    if begun is None:
        return result  # It has said what is wrong.
    with Progress("working out what the imports tell ..."):
        told = _trace_of(records, begun, end, status, request)
        if told.ended["how"] == NOT_STARTED:
            return result
        try:
            for name, path in outputs.items():
                output.write(path, writers[name].dumps(told))
        except OSError as problem:
            if output.STDOUT in outputs.values():
                let_output_go()  # Or the interpreter would try again, at its end.
            if isinstance(problem, BrokenPipeError):
                return 1  # Nobody reads it.
            return fail(output.said(problem))
    options = dict(request.own)
    if "--quiet" not in options:
        show(told, everything="--all" in options)
    return result


def _let_go_first() -> None:
    """Be the one that waits, where the program and this process want the same processor."""
    if hasattr(os, "nice"):
        os.nice(10)


def _leave_signals_to(child: Child) -> None:
    """Leave to the program what the terminal sends to both, and pass on what comes to this one."""
    for name in ("SIGINT", "SIGQUIT"):
        if hasattr(signals, name):
            signals.signal(getattr(signals, name), signals.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"):
        if hasattr(signals, name):
            signals.signal(getattr(signals, name), lambda number, _: _send(child.pid, number))


def _send(pid: int, number: int) -> None:
    """Send a signal to a process; it may have ended by the same one, sent to a whole group."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _trace_of(
    records: list[Any], begun: tuple[Any, ...], end: int, status: int, request: Request
) -> Trace:
    _, pid, origin, _, cwd, moment = begun
    told = assemble.assemble(records, end - origin, pid=pid, origin=origin)
    if status < 0:
        told.ended = {"how": "signal", "status": -status, "error": told.ended["error"]}
    elif not any(record[0] == recorder.END and record[1] == pid for record in records):
        told.ended = {"how": "os._exit", "status": status, "error": None}
    else:
        told.ended["status"] = status
    option = [request.form] if request.form in (requests.MODULE, requests.COMMAND) else []
    argv = [*option, request.program, *request.arguments]  # `sys.argv` does not have the module.
    describe.describe(told, _FORMS[request.form], argv, cwd, moment)
    owners.assign(told)
    return told


def show(told: Trace, *, everything: bool) -> None:
    """Show the summary on standard error, if there is one."""
    from ..observe.trace import text

    stream = sys.stderr
    if stream is None:
        return
    try:
        if not (stream.isatty() and _show_with_rich(told, everything=everything)):
            ascii_only = not _can_show(stream.encoding)
            height = None if everything else text.HEIGHT
            lines = text.layout(told, text.WIDTH, height, _savings)
            for line in text.plain(lines, ascii_only=ascii_only):
                print(line, file=stream)
        stream.flush()
    except (BrokenPipeError, ValueError):
        pass  # Nobody reads it, or it was closed.


def _show_with_rich(told: Trace, *, everything: bool) -> bool:
    """Show it in colours, if rich is installed; it honours NO_COLOR and the terminal's size."""
    try:
        from rich.console import Console
    except ImportError:
        return False
    from ..observe.trace import text

    console = Console(stderr=True, highlight=False, emoji=False)
    height = None if everything else console.height
    for line in text.rich_lines(text.layout(told, console.width, height, _savings)):
        console.print(line, no_wrap=True, overflow="crop")
    return True


def _savings(told: Trace) -> list[Saving]:
    from ..observe.savings import savings

    with Progress("working out what would help ..."):
        return savings(told)


def _can_show(encoding: str | None) -> bool:
    try:
        "✗…µ".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
