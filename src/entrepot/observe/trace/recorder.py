"""The recorder: an observer that notes when each import begins and ends, and where its time goes.

Every event ends one stretch of time and begins the next one; `STEPS` says what either is. What
the recorder itself takes is counted as `other`, of the import that is being made.

It passes records on to a *sink*, plain tuples that start with their kind: one when an import
begins, one when it ends. So whatever happens to the process, what was recorded is complete up to
there. `assemble` makes a trace of them.

Nothing here may import anything, or call what a program could have replaced: it runs in the
middle of that program's imports.
"""

from __future__ import annotations

import sys
from os import getpid
from time import perf_counter_ns

from ...host import frames, get_ident
from .model import PHASES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    from ...core.events import Event

BEGUN, ENDED, REPEAT, START, END = range(5)

_SEARCH, _CREATE, _READ, _UNMARSHAL, _COMPILE, _WRITE, _EXECUTE, _OTHER = range(len(PHASES))


class Open:
    """An import that is going on."""

    __slots__ = (
        "after", "before_wait", "bytecode", "id", "mark", "memory", "missing", "name", "phases",
        "size", "spec",
    )  # fmt: skip

    def __init__(self, id: int, name: str, now: int, memory: int) -> None:
        self.id = id
        self.name = name
        self.mark = now
        self.after = self.before_wait = _SEARCH
        self.phases = [0] * len(PHASES)
        self.memory = memory
        self.spec: Any = None
        self.bytecode = "none"
        self.size = 0
        self.missing = False


#: What was going on before the event is what the event before it has said.
_AS_WAS = -1


def _of_spec(top: Open, details: dict[str, Any]) -> None:
    top.spec = details["spec"]


def _is_missing(top: Open, details: dict[str, Any]) -> None:
    top.missing = True


def _of_size(top: Open, details: dict[str, Any]) -> None:
    top.size = details["size"]


def _of_bytecode(state: str) -> Callable[[Open, dict[str, Any]], None]:
    def note(top: Open, details: dict[str, Any]) -> None:
        if top.bytecode != "stale":  # Which it stays, whatever is done about it.
            top.bytecode = state

    return note


#: For each kind of event that is about the innermost import: the phase that ends, the phase that
#: begins unless the next event knows better, and what else is noted. What happens between these
#: is too short to tell apart: a module is published, and bound in its parent.
STEPS: dict[str, tuple[int, int, Callable[[Open, dict[str, Any]], None] | None]] = {
    "found": (_AS_WAS, _CREATE, _of_spec),
    "missing": (_AS_WAS, _OTHER, _is_missing),
    "execute": (_AS_WAS, _EXECUTE, None),
    "read": (_READ, _COMPILE, _of_size),
    "stale": (_READ, _READ, _of_bytecode("stale")),
    "cached": (_UNMARSHAL, _EXECUTE, _of_bytecode("fresh")),
    "compiled": (_COMPILE, _EXECUTE, _of_bytecode("missing")),
    "written": (_WRITE, _EXECUTE, _of_bytecode("written")),
    "unwritten": (_WRITE, _EXECUTE, None),
}
#: The kinds of events that a recorder must be told.
KINDS = frozenset({"import", "done", "repeat", "waited", *STEPS})
#: Modules whose frames are the import system's, not those of who asks; entrepot's are, too.
_SYSTEM = ("importlib", "importlib._bootstrap", "importlib._bootstrap_external")
_OURS = __name__.partition(".")[0]
#: Below its frames are those of who has started entrepot, not of the program.
_LAUNCHER = f"{_OURS}.cli"
_LONGEST_ERROR = 500
#: Gives the frame of a caller; None on interpreters that do not have frames.
_frame: Callable[[int], FrameType | None] = getattr(sys, "_getframe", lambda depth: None)


class Recorder:
    """An observer of events that gives records to *sink*.

    *memory*, if it is not None, returns the memory that the process has in use (bytes).
    """

    def __init__(
        self,
        sink: Callable[[tuple[Any, ...]], object],
        *,
        memory: Callable[[], int] | None = None,
        clock: Callable[[], int] = perf_counter_ns,
    ) -> None:
        self._sink = sink
        self._memory = memory
        self._clock = clock
        self._stacks: dict[int, list[Open]] = {}
        self._pid = getpid()
        self._next = iter(range(sys.maxsize)).__next__  # Threads may call it at once.
        self._last_repeat: tuple[Any, ...] = ()
        #: A thread whose imports are not noted: that of who looks at what there is so far.
        self.ignored: int | None = None
        self.origin = clock()

    def __call__(self, event: Event) -> None:
        """Take note of *event*."""
        # A dozen times in each import, so without a step too many.
        details, kind = event.details, event.kind
        stack = self._stacks.get(get_ident())
        if stack and kind in STEPS:
            top = stack[-1]
            ends, begins, note = STEPS[kind]
            if details["name"] != top.name:
                return
            now = self._clock() - self.origin
            top.phases[top.after if ends < 0 else ends] += now - top.mark
            top.mark = now
            top.after = begins
            if note is not None:
                note(top, details)
        elif kind == "import":
            self._begin(details["name"], self._clock() - self.origin)
        elif stack:
            self._seldom(kind, details, stack)
        elif kind == "repeat":
            self._repeat(details["name"], self._clock() - self.origin, None)

    def _begin(self, name: str, now: int) -> None:
        ident, pid = get_ident(), getpid()
        if ident == self.ignored:
            return
        if pid != self._pid:  # The child of a fork: what was going on is its parent's affair.
            self._stacks, self._pid = {}, pid
        stack = self._stacks.get(ident)
        outer = None
        if stack is None:
            stack = self._stacks[ident] = []
        elif stack:
            top = stack[-1]
            outer = top.id
            top.phases[top.after] += now - top.mark
        memory = self._memory() if self._memory else 0
        one = Open(self._next(), name, now, memory)
        stack.append(one)
        where = asker(_frame(2))
        self._sink((BEGUN, pid, one.id, outer, name, now, where, ident, _thread_name(ident)))

    def _seldom(self, kind: str, details: dict[str, Any], stack: list[Open]) -> None:
        now = self._clock() - self.origin
        top = stack[-1]
        if kind == "done":
            self._end(details["name"], details["error"], now, stack)
        elif kind in ("repeat", "waited"):
            top.phases[top.after] += now - top.mark
            top.mark = now
            if kind == "repeat":
                top.before_wait, top.after = top.after, _OTHER
                self._repeat(details["name"], now, top)
            else:
                top.after = top.before_wait

    def _end(self, name: str, error: BaseException | None, now: int, stack: list[Open]) -> None:
        if getpid() != self._pid:
            self._stacks = {}
            return
        at = len(stack) - 1
        while stack[at].name != name:  # Greenlets take turns within one thread.
            if not at:
                return
            at -= 1
        one = stack.pop(at)
        phases = one.phases
        phases[one.after] += now - one.mark
        if one.spec is None and not one.missing:  # It was not searched for, but waited for.
            phases[_OTHER] += phases[_SEARCH]
            phases[_SEARCH] = 0
        memory = self._memory() - one.memory if self._memory else None
        outcome = "loaded" if error is None else "missing" if one.missing else "failed"
        said = None if error is None else told(error)
        about = _about(one.spec)
        ended = ENDED, self._pid, one.id, now, tuple(phases), outcome, said
        self._sink((*ended, about, one.bytecode, one.size, memory))
        if stack:
            outer = stack[-1]
            outer.mark = self._clock() - self.origin
            outer.phases[_OTHER] += outer.mark - now

    def _repeat(self, name: str, now: int, top: Open | None) -> None:
        if top is not None and top.spec is None and top.name.startswith(f"{name}."):
            return  # Nobody asks: a parent that imports its own submodule is looked at.
        where = asker(_frame(1))
        if where is None or where[0] == name:
            return  # `from . import x` in a package's own `__init__`.
        repeat = (self._pid, name, where, None if top is None else top.id)
        if repeat != self._last_repeat:  # Some interpreters look twice.
            self._last_repeat = repeat
            self._sink((REPEAT, self._pid, name, where, now))

    def start(self, argv: list[str], cwd: str, moment: float) -> None:
        """Take note of the program that starts, at that *moment* (seconds since the epoch)."""
        self._sink((START, self._pid, self.origin, argv, cwd, moment))

    def end(self, how: str, status: int, error: str | None = None) -> None:
        """Take note of the end of the program."""
        if getpid() == self._pid:
            self._sink((END, self._pid, self._clock() - self.origin, how, status, error))


def asker(frame: FrameType | None) -> tuple[str, str, int] | None:
    """Return the module, file and line that asks for an import: the first frame not of imports."""
    while frame is not None:
        name, file = frame.f_globals.get("__name__"), frame.f_code.co_filename
        if type(name) is not str:
            return "", file, frame.f_lineno or 0
        if name not in _SYSTEM and name.partition(".")[0] != _OURS and file != frames.FILENAME:
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


def _about(spec: Any) -> tuple[str | None, str | None, bool] | None:
    """Return the origin, the loader's name, and whether it is a package; None without a spec."""
    if spec is None:
        return None
    origin, loader = getattr(spec, "origin", None), getattr(spec, "loader", None)
    if loader is None:
        told = None
    else:
        kind = loader if isinstance(loader, type) else type(loader)
        told = f"{kind.__module__}.{kind.__qualname__}"
    is_package = getattr(spec, "submodule_search_locations", None) is not None
    return origin if type(origin) is str else None, told, is_package


def told(error: BaseException) -> str:
    """Return the type and the text of *error*, which may be anybody's."""
    try:
        text = str(error)
    except Exception as problem:  # noqa: BLE001 - whatever its __str__ raises, the import goes on
        text = f"<its text raises {type(problem).__name__}>"
    return f"{type(error).__name__}: {text}"[:_LONGEST_ERROR]
