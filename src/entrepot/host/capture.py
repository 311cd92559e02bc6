"""Compiling a program without `compile()`.

The first call of `compile()` in a process makes the classes of `ast`, which costs a quarter of
the interpreter's whole start. `python script.py` does without, and so does `exec(text)`: it
compiles, then executes. So a program's code is taken out of `exec` before its first line runs.

What the compiler has to say, errors and warnings, names the file; `exec` names another. So then
everything is left to `compile()`.
"""

from __future__ import annotations

import sys

from . import frames
from .chosen import interpreter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

_FILENAME = "<string>"
_REFUSE: tuple[Any, ...] = ("error", None, Warning, None, 0)


def compile_program(source: bytes | str, filename: str, **options: Any) -> CodeType:
    """Return the code of the program *source*; raises and warns as `compile()` does."""
    code = _captured(source) if _may_capture() else None
    if code is None:
        return compile(source, filename, "exec", dont_inherit=True, **options)  # type: ignore[no-any-return]
    return interpreter.renamed(code, filename)


def _may_capture() -> bool:
    """Whether this is the start of a process: no other threads, nobody who watches."""
    alone = interpreter.is_certainly_alone()
    cpython = sys.implementation.name == "cpython"
    return cpython and alone and sys.getprofile() is None and sys.gettrace() is None


class _Captured(BaseException):
    def __init__(self, code: CodeType) -> None:
        self.code = code


def _stop_at_first_line(frame: FrameType, event: str, _: Any) -> None:
    if event == "call" and frame.f_code.co_filename == _FILENAME:
        raise _Captured(frame.f_code)


def _captured(source: bytes | str) -> CodeType | None:
    """Return the code of *source*; None where the compiler has something to say."""
    filters = getattr(sys.modules.get("warnings"), "filters", interpreter.warnings_filters)
    filters.insert(0, _REFUSE)
    sys.setprofile(_stop_at_first_line)
    try:
        frames.call(exec, source, {})
    except _Captured as captured:
        return captured.code
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
        return None
    finally:
        sys.setprofile(None)
        filters.remove(_REFUSE)
    return None
