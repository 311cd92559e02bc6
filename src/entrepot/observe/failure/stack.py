"""The chain of modules under construction, from the frames of a traceback."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType
    from typing import Any

_BODY = "<module>"
#: The flag of the code of functions; bodies of modules and classes do without (`inspect`).
_OPTIMIZED = 1
_OURS = __name__.partition(".")[0]
#: Whose frames are on the stack because they import: theirs is not the line that asks.
_IMPORTERS = ("importlib", "_frozen_importlib", "runpy", "pkgutil", _OURS)


_LAUNCHERS = (f"{_OURS}.runpy", f"{_OURS}.cli")


class Step:
    """The body of *module* under execution: its *file* and *line*, and what asks in it.

    *asker* is the frame that imports the next module of the chain, or that has raised: the body
    itself, or a function that it has called. *asker_line* is its line.
    """

    __slots__ = ("asker", "asker_line", "file", "frame", "line", "module")

    def __init__(self, module: str, frame: FrameType, line: int) -> None:
        self.module = module
        self.frame = self.asker = frame
        self.file = frame.f_code.co_filename
        self.line = self.asker_line = line

    @property
    def function(self) -> str | None:
        """The name of the function that asks, None if the body itself does, or a class in it."""
        frame: FrameType | None = self.asker
        while frame is not None and frame is not self.frame:
            if frame.f_code.co_flags & _OPTIMIZED:
                return frame.f_code.co_name
            frame = frame.f_back
        return None

    def __repr__(self) -> str:
        return f"<step {self.module!r} line {self.line}>"


def steps(error: BaseException, others: Sequence[BaseException]) -> list[Step]:
    """Return the modules that were being executed when *error* was raised, outermost first.

    The traceback of an exception that was caught begins where it was caught. What was around that
    is known from its first frame; the lines are best known from the tracebacks of *others*.
    """
    found: list[Step] = []
    for frame, line in _frames(error, others):
        if _is_importer(frame):
            continue
        if _is_body(frame) and not (found and found[-1].frame.f_globals is frame.f_globals):
            found.append(Step(frame.f_globals["__name__"], frame, line))
        elif found:
            found[-1].asker, found[-1].asker_line = frame, line
    return found


def _is_body(frame: FrameType) -> bool:
    return frame.f_code.co_name == _BODY and isinstance(frame.f_globals.get("__name__"), str)


def _is_importer(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__")
    is_named = isinstance(name, str) and name.partition(".")[0] in _IMPORTERS
    return is_named or frame.f_code.co_filename.startswith("<frozen importlib")


def _is_launcher(frame: FrameType) -> bool:
    """Whether it is a frame of what has started the program, so that none before it is its own."""
    name = frame.f_globals.get("__name__")
    return isinstance(name, str) and name.startswith(_LAUNCHERS)


def _frames(error: BaseException, others: Sequence[BaseException]) -> list[tuple[FrameType, int]]:
    """Return the frames of the stack where *error* was raised, with their lines."""
    inner = _of_traceback(error.__traceback__)
    if not inner:
        return []
    lines: dict[FrameType, int] = {}
    for other in others:
        lines.update(_of_traceback(other.__traceback__))
    outer = []
    frame = inner[0][0].f_back
    while frame is not None and not _is_launcher(frame):
        outer.append((frame, _line(frame, lines)))
        frame = frame.f_back
    return [*reversed(outer), *inner]


def _line(frame: FrameType, lines: Mapping[FrameType, int]) -> int:
    return lines.get(frame) or frame.f_lineno or frame.f_code.co_firstlineno


def _of_traceback(traceback: Any) -> list[tuple[FrameType, int]]:
    found = []
    while traceback is not None:
        found.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found
