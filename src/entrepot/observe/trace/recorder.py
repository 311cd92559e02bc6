"""The recorder: handlers of events that note when each import begins and ends, and its steps.

It passes records on to a *sink*, plain tuples and lists that start with their kind: one when an
import begins, one when it ends. So whatever happens to the process, what was recorded is complete
up to there. The second one is there from the beginning, and each event adds a step to it: what has
happened, when, and what is worth knowing of it. What the steps mean is worked out when the program
is over (`phases`, `assemble`).

Here is only what must be done while the program waits: a handful of microseconds an import. Nothing
may import anything, or call what a program could have replaced: it runs in the middle of that
program's imports.
"""

from __future__ import annotations

import sys
from os import getpid
from time import perf_counter_ns

from ...host import frames, get_ident, register_at_fork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

#: The kinds of records.
BEGUN, ENDED, REPEAT, START, END = range(5)
#: Where a record of the kind ENDED has what: the process, its number there, the module's name,
#: when it began and ended, what was raised, the growth of memory. From `STEPS` on there are steps.
PID, NUMBER, NAME, BEGAN, ENDS, ERROR, MEMORY, STEPS = range(1, 9)

#: The kinds of steps. Each is followed by its time, and by what `phases` says.
(
    SEARCHING, FOUND, MISSING, EXECUTE, READ, STALE, CACHED, COMPILED, WRITTEN, UNWRITTEN, NESTED,
    WAITS, WAITED,
) = range(13)  # fmt: skip

#: Modules whose frames are the import system's, not those of who asks; entrepot's are, too.
_SYSTEM = ("importlib", "importlib._bootstrap", "importlib._bootstrap_external")
_OURS = __name__.partition(".")[0]
#: Below its frames are those of who has started entrepot, not of the program.
_LAUNCHER = f"{_OURS}.cli"
#: The file name of the frames of imports.
_HIDDEN = frames.FILENAME
_LONGEST_ERROR = 500
#: Gives the frame of a caller; None on interpreters that do not have frames.
_frame: Callable[[int], FrameType | None] = getattr(sys, "_getframe", lambda depth: None)


#: The kinds of events that few imports have, or only once for a pyc: the steps they are.
_SELDOM = {
    "missing": MISSING, "stale": STALE, "compiled": COMPILED, "written": WRITTEN,
    "unwritten": UNWRITTEN,
}  # fmt: skip


class Recorder:
    """Handlers of events (`core.events.Events.attach`) that give records to *sink*.

    *memory*, if it is not None, returns the memory that the process has in use (bytes).
    """

    __slots__ = (
        "_clock", "_last_repeat", "_loaders", "_main", "_memory", "_next", "_pid", "_sink",
        "_stacks", "handlers", "ignored", "origin",
    )  # fmt: skip

    def __init__(
        self,
        sink: Callable[[Any], object],
        *,
        memory: Callable[[], int] | None = None,
        clock: Callable[[], int] = perf_counter_ns,
    ) -> None:
        self._sink = sink
        self._memory = memory
        self._clock = clock
        #: The records of the imports that go on, the innermost last, for each thread.
        self._stacks: dict[int, list[list[Any]]] = {}
        #: The names of loaders by their types.
        self._loaders: dict[type, str] = {}
        self._pid = getpid()
        self._next = iter(range(sys.maxsize)).__next__  # Threads may call it at once.
        self._last_repeat: tuple[Any, ...] = ()
        #: A thread whose imports are not noted: that of who looks at what there is so far.
        self.ignored: int | None = None
        #: What is to be attached: a function for each kind of event that matters.
        self.handlers: dict[str, Callable[..., object]] = {
            "import": self._begin,
            "found": self._found,
            "execute": self._execute,
            "read": self._read,
            "cached": self._cached,
            "done": self._done,
            "repeat": self._repeat,
            "waited": self._waited,
            **{kind: self._noting(step) for kind, step in _SELDOM.items()},
        }
        _recorders.append(self)
        self.origin = clock()

    # Each handler is called for every import of a program, so it is without a step too many.

    def _begin(self, name: str) -> None:
        now, ident = self._clock(), get_ident()
        stack = self._stacks.get(ident)
        outer = None
        if stack:
            outer = stack[-1][NUMBER]
        elif stack is None:
            stack = self._stacks[ident] = []
        if self.ignored is not None and self.ignored == ident:
            return
        number, where = self._next(), asker(_frame(1))
        thread = None if outer is not None else _thread_name(ident)
        self._sink((BEGUN, self._pid, number, outer, name, now, where, ident, thread))
        memory = None if self._memory is None else self._memory()
        stack.append(
            [ENDED, self._pid, number, name, now, 0, None, memory, SEARCHING, self._clock()]
        )

    def _found(self, name: str, spec: Any) -> None:
        stack = self._stacks.get(get_ident())
        if stack and stack[-1][NAME] == name:
            top, now = stack[-1], self._clock()
            try:
                origin, loader, places = spec.origin, spec.loader, spec.submodule_search_locations
            except AttributeError:  # A finder of old makes do with a loader.
                origin, loader, places = None, getattr(spec, "loader", None), None
            told = self._loaders.get(type(loader)) or self._loader(loader)
            top += FOUND, now, origin if type(origin) is str else None, told, places is not None

    def _execute(self, name: str, spec: Any) -> None:
        stack = self._stacks.get(get_ident())
        if stack and stack[-1][NAME] == name:
            top = stack[-1]
            top += EXECUTE, self._clock()

    def _read(self, name: str, path: str, size: int) -> None:
        stack = self._stacks.get(get_ident())
        if stack and stack[-1][NAME] == name:
            top = stack[-1]
            top += READ, self._clock(), size

    def _cached(self, name: str, path: str) -> None:
        stack = self._stacks.get(get_ident())
        if stack and stack[-1][NAME] == name:
            top = stack[-1]
            top += CACHED, self._clock()

    def _noting(self, step: int) -> Callable[..., None]:
        """Return a handler that adds *step* to the innermost import, if it is about that."""

        def note(name: str, *_: Any, **__: Any) -> None:
            stack = self._stacks.get(get_ident())
            if stack and stack[-1][NAME] == name:
                stack[-1] += step, self._clock()

        return note

    def _done(self, name: str, error: BaseException | None) -> None:
        now = self._clock()
        stack = self._stacks.get(get_ident())
        if not stack:
            return
        in_turn = stack[-1][NAME] == name
        one = stack.pop() if in_turn else _out_of_turn(stack, name)
        if one is None:
            return
        one[ENDS] = now
        if error is not None:
            one[ERROR] = told(error)
        if self._memory is not None:
            one[MEMORY] = self._memory() - one[MEMORY]
        self._sink(one)
        if stack and in_turn:
            top = stack[-1]
            top += NESTED, self._clock(), one[BEGAN], now

    def _repeat(self, name: str) -> None:
        now = self._clock()
        stack = self._stacks.get(get_ident())
        number = None
        if stack:
            top = stack[-1]
            number = top[NUMBER]
            top += WAITS, now
            if top[NAME].startswith(f"{name}.") and FOUND not in top[STEPS:]:
                return  # Nobody asks: a parent that imports its own submodule is looked at.
        where = asker(_frame(1))
        if where is None or where[0] == name:
            return  # `from . import x` in a package's own `__init__`.
        repeat = (self._pid, name, where, number)
        if repeat != self._last_repeat:  # Some interpreters look twice.
            self._last_repeat = repeat
            self._sink((REPEAT, self._pid, name, where, now))

    def _waited(self, name: str) -> None:
        stack = self._stacks.get(get_ident())
        if stack:
            stack[-1] += WAITED, self._clock()

    def _loader(self, loader: Any) -> str | None:
        """Return the name of the class that *loader* is, or is an instance of."""
        if loader is None:
            return None
        if isinstance(loader, type):
            return f"{loader.__module__}.{loader.__qualname__}"
        kind = type(loader)
        name = self._loaders[kind] = f"{kind.__module__}.{kind.__qualname__}"
        return name

    def in_child(self) -> None:
        """Note that this is the child of a fork: what was going on is its parent's affair."""
        self._pid = getpid()
        self._stacks = {}

    def start(self, argv: list[str], cwd: str, moment: float) -> None:
        """Take note of the program that starts, at that *moment* (seconds since the epoch)."""
        self._sink((START, self._pid, self.origin, argv, cwd, moment))

    def end(self, how: str, status: int, error: str | None = None) -> None:
        """Take note of the end of the program, and of no fork any more."""
        self._sink((END, self._pid, self._clock(), how, status, error))
        if self in _recorders:
            _recorders.remove(self)


_recorders: list[Recorder] = []


def _in_child() -> None:
    for recorder in _recorders:
        recorder.in_child()


register_at_fork(_in_child)


def _out_of_turn(stack: list[list[Any]], name: str) -> list[Any] | None:
    """Take the import of *name* out of *stack*, where greenlets take turns within one thread."""
    for at in reversed(range(len(stack))):
        if stack[at][NAME] == name:
            return stack.pop(at)
    return None


def asker(frame: FrameType | None) -> tuple[str, str, int] | None:
    """Return the module, file and line that asks for an import: the first frame not of imports."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file != _HIDDEN:
            name = frame.f_globals.get("__name__")
            if type(name) is not str:
                return "", file, frame.f_lineno or 0
            if name not in _SYSTEM and name.partition(".")[0] != _OURS:
                return name, file, frame.f_lineno or 0
            if name.startswith(_LAUNCHER):
                return None
        frame = frame.f_back
    return None


def _thread_name(ident: int) -> str:
    """Return the name of a thread, without waiting for the lock of `threading.enumerate()`."""
    threading: Any = sys.modules.get("threading")
    thread = getattr(threading, "_active", {}).get(ident)
    return "MainThread" if thread is None else str(getattr(thread, "name", ""))


def told(error: BaseException) -> str:
    """Return the type and the text of *error*, which may be anybody's."""
    try:
        text = str(error)
    except Exception as problem:  # noqa: BLE001 - whatever its __str__ raises, the import goes on
        text = f"<its text raises {type(problem).__name__}>"
    return f"{type(error).__name__}: {text}"[:_LONGEST_ERROR]
