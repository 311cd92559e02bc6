"""The frames that `python -m`, and `python` with a directory or an archive, have under a program.

There the interpreter does its work with `runpy` and `importlib`, and shows their frames at the
head of a traceback. Where they would be depends on how far it has come; in which line each calls
the next is read from their code.
"""

from __future__ import annotations

import dis
import runpy

from ..host import frames, resident, statement_module
from .request import MAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, TracebackType
    from typing import Any

#: Functions, each with the name by which it calls the next one.
_EXECUTE = [("_run_module_as_main", "_run_code"), ("_run_code", "exec")]
_IMPORT_PARENT = [("_get_module_details", "__import__")]
_COMPILE = [
    ("_get_module_details", "get_code"),
    (resident.SourceLoader.get_code, "source_to_code"),
    (resident.SourceLoader.source_to_code, frames.CUT_HERE),
    (getattr(statement_module, frames.CUT_HERE), "f"),
]


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
    """Return a traceback entry for *code*, in the line that calls what is named."""
    line = code.co_firstlineno
    for instruction in dis.get_instructions(code):
        line = _line(instruction, line)
        if instruction.argval == calls and instruction.opname.startswith("LOAD"):
            break
    frame = _frame(code.co_filename, code.co_name, line)
    return type(frame)(after, frame.tb_frame, frame.tb_lasti, line)


def _line(instruction: Any, before: int) -> int:
    positions = getattr(instruction, "positions", None)
    if positions is not None and positions.lineno is not None:
        return int(positions.lineno)
    starts = instruction.starts_line
    return before if starts is None or isinstance(starts, bool) else int(starts)


def _frame(filename: str, name: str, line: int) -> TracebackType:
    """Return a traceback of one frame that looks like one of the function *name*, in *line*."""
    code = compile("raise ImportError", filename, "exec")
    code = code.replace(co_name=name, co_firstlineno=line)
    try:
        exec(code, {"__name__": "runpy"})
    except ImportError as error:
        return error.__traceback__.tb_next  # type: ignore[union-attr,return-value]
    raise AssertionError
