"""Uncaught exceptions: the traceback that `python` would show.

The exception goes on to the interpreter, whose business exit status, signals and `sys.last_exc`
are. On its way it gathers the frames of entrepot, which called the program. So for this one
exception there is a `sys.excepthook` that takes them off and hands over to the hook that the
program has, or has left in place.
"""

from __future__ import annotations

import os
import sys

from .. import host
from .request import MAIN, MODULE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

_OURS = __name__.partition(".")[0]


def show_as_python_does(error: BaseException, form: str) -> None:
    """Let the traceback of *error*, which is about to reach the interpreter, start in the program.

    What `python` itself has on the stack under a program of this *form* is put before it.
    """
    if "leave no frame" in host.CANNOT:
        _leave_no_frame(error)
    shown, left_out = _program_part(error.__traceback__)
    if form in (MODULE, MAIN):
        shown = _behind_the_interpreters(shown, left_out, form)
    previous = vars(sys).get("excepthook", sys.__excepthook__)

    def excepthook(kind: type[BaseException], value: BaseException, _: Any) -> None:
        sys.excepthook = previous
        value.__traceback__ = sys.last_traceback = shown
        previous(kind, value, shown)

    sys.excepthook = excepthook


def _leave_no_frame(error: BaseException | None) -> None:
    """Take the frames of entrepot's `__import__` off *error* and what it is chained to."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        error.__traceback__ = host.frames.cut(error)
        error = error.__cause__ or error.__context__


def explain_below(error: BaseException) -> None:
    """Let explanations of *error*, which is about to reach the interpreter, follow its traceback.

    They are those of `observe.failure`: of modules that are not found, and of circular imports.
    """
    previous = vars(sys).get("excepthook", sys.__excepthook__)

    def excepthook(kind: type[BaseException], value: BaseException, traceback: Any) -> None:
        sys.excepthook = previous
        previous(kind, value, traceback)
        if sys.stderr is not None:
            sys.stderr.flush()
            _explain(value)

    sys.excepthook = excepthook


def _explain(error: BaseException) -> None:
    try:
        from ..observe.failure import report

        report(error, sys.stderr)
    except Exception as problem:  # noqa: BLE001 - finders of anybody are asked; the error was told
        told = f"{type(problem).__name__}: {problem}"
        print(f"entrepot: there is no explanation, for making it fails: {told}", file=sys.stderr)


def _behind_the_interpreters(
    traceback: TracebackType | None, left_out: list[str], form: str
) -> TracebackType | None:
    """Return *traceback* behind what the interpreter has in the place of *left_out*.

    Finding that out imports a module of the standard library: not one of the same name that
    belongs to the program, and when there is none in this late hour, it goes without.
    """
    path, library = sys.path, _library()
    sys.path = [entry for entry in path if _is_library(entry, library)]
    try:
        from . import interpreter_frames
    except (ImportError, AttributeError):
        return traceback
    finally:
        sys.path = path
    return interpreter_frames.before(traceback, left_out, form)


def _library() -> str:
    """Return the directory of the standard library, or its archive; as `observe.library` does."""
    file = getattr(sys.modules.get("encodings"), "__file__", None)
    return os.path.dirname(os.path.dirname(file) if file else os.__file__)


def _is_library(entry: object, library: str) -> bool:
    return isinstance(entry, str) and entry.startswith(library) and "-packages" not in entry


def _program_part(
    traceback: TracebackType | None,
) -> tuple[TracebackType | None, list[str]]:
    """Return *traceback* from its first frame that is not ours, and the names of ours."""
    names = []
    while traceback is not None and _is_ours(traceback.tb_frame):
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return traceback, names


def _is_ours(frame: Any) -> bool:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0] == _OURS
