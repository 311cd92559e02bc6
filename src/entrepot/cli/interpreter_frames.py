"""The frames that `python -m`, and `python` with a directory or an archive, have under a program.

There the interpreter does its work with `runpy` and `importlib`, and shows their frames at the
head of a traceback. Where they would be depends on how far it has come; in which line each calls
the next is read from their code.
"""

from __future__ import annotations

import dis
import runpy
import sys

from ..host import frames, resident, statement_module
from .request import MAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType, TracebackType
    from typing import Any

#: Functions, each with the name by which it calls the next one.
_EXECUTE = [("_run_module_as_main", "_run_code"), ("_run_code", "exec")]
_IMPORT_PARENT = [("_get_module_details", "__import__")]
_COMPILE = [
    ("_get_module_details", "get_code"),
    (resident.SourceLoader.get_code, "source_to_code"),
    (resident.SourceLoader.source_to_code, frames.CUT_HERE),
]
if statement_module is not None:
    _COMPILE.append((getattr(statement_module, frames.CUT_HERE), "f"))


def before(traceback: TracebackType | None, ours: list[str], form: str) -> TracebackType | None:
    """Return *traceback* behind the frames that the interpreter has before it.

    *ours* are the names of entrepot's functions in their place, *form* is "-m" or "main".
    """
    for function, calls in reversed(_calls(ours, form)):
        traceback = _entry(_code_of(function), calls, traceback)
    return traceback


def _calls(ours: list[str], form: str) -> list[tuple[Any, str]]:
    if "execute_as_main" in ours:
        return _EXECUTE
    details = "_get_main_module_details" if form == MAIN else "_get_module_details"
    calls: list[tuple[Any, str]] = [("_run_module_as_main", details)]
    if form == MAIN:
        calls.append((details, "_get_module_details"))
    if "_find_main_of_package" in ours:
        calls.append(("_get_module_details", "_get_module_details"))
    return calls + (_IMPORT_PARENT if "_import_parents" in ours else _COMPILE)


def _code_of(function: Any) -> CodeType:
    if isinstance(function, str):
        function = getattr(runpy, function)
    code: CodeType = function.__code__
    return code


def _entry(code: CodeType, calls: str, after: TracebackType | None) -> TracebackType:
    """Return a traceback entry for *code*, at the call of what is named."""
    line, found = code.co_firstlineno, False
    for instruction in dis.get_instructions(code):
        line = _line(instruction, line)
        found = found or (instruction.argval == calls and instruction.opname.startswith("LOAD"))
        if found and instruction.opname.startswith("CALL"):
            break
    entry = _entered(code)
    return type(entry)(after, entry.tb_frame, instruction.offset, line)


def _line(instruction: Any, before: int) -> int:
    positions = getattr(instruction, "positions", None)
    if positions is not None and positions.lineno is not None:
        return int(positions.lineno)
    starts = instruction.starts_line
    return before if starts is None or isinstance(starts, bool) else int(starts)


class _Stop(BaseException):
    """Raised where a function begins."""


def _entered(code: CodeType) -> TracebackType:
    """Return a traceback that ends in a frame of *code*, of which nothing was executed."""

    def stop(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            raise _Stop
        return stop if frame.f_code is code else None

    keywords = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount]
    before = sys.gettrace()
    sys.settrace(stop)
    try:
        _Function(code, {})(*[None] * code.co_argcount, **dict.fromkeys(keywords))
    except _Stop as stopped:
        entry: Any = stopped.__traceback__
    finally:
        sys.settrace(before)
    while entry.tb_frame.f_code is not code:
        entry = entry.tb_next
    return entry  # type: ignore[no-any-return]


_Function: Any = type(_entered)
