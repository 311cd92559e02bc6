"""A trace: every import of one program, in the order in which they began.

Times are integers in nanoseconds since the start of the trace. An import's `phases` are its own
time; those of it and of all imports within it add up to `end - start`. Imports nest by time: the
`parent` of an import is the one that its thread was in the middle of when it began. docs/trace.md
has what each field means.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: Where an import's own time goes, in the order of one import.
PHASES = ("search", "create", "read", "unmarshal", "compile", "write", "execute", "other")
#: How an import ended: *missing* is one that nobody could find, *failed* raised anything else.
OUTCOMES = ("loaded", "failed", "missing", "unfinished")


class Importer:
    """Who asked: a *line* of the *file* of a *module*."""

    __slots__ = ("file", "line", "module")

    def __init__(self, module: str, file: str, line: int) -> None:
        self.module = module
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Import:
    """One import: its fields are those of the trace file, but for `parent` and `children`."""

    __slots__ = (
        "bytecode", "bytes", "caught", "children", "distribution", "end", "error", "id", "importer",
        "loader", "memory", "name", "origin", "outcome", "package", "parent", "phases", "pid",
        "start", "thread_id", "thread_name",
    )  # fmt: skip

    def __init__(self, id: int, name: str, start: int, end: int) -> None:
        self.id = id
        self.name = name
        self.start = start
        self.end = end
        self.parent: Import | None = None
        self.children: list[Import] = []
        self.phases: dict[str, int] = dict.fromkeys(PHASES, 0)
        self.importer: Importer | None = None
        self.thread_id = 0
        self.thread_name = "MainThread"
        self.pid = 0
        self.outcome = "loaded"
        self.error: str | None = None
        self.caught: bool | None = None
        self.origin: str | None = None
        self.loader: str | None = None
        self.package = False
        self.bytecode = "none"
        self.bytes = 0
        self.memory: int | None = None
        self.distribution: str | None = None

    @property
    def cumulative(self) -> int:
        """The time from its start to its end, with the imports within it (ns)."""
        return self.end - self.start

    @property
    def own(self) -> int:
        """The time without that of the imports within it (ns)."""
        return sum(self.phases.values())

    def walk(self) -> Iterator[Import]:
        """Yield this import and all within it, in the order of their start."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.children)

    def __repr__(self) -> str:
        return f"<import of {self.name!r}: {self.outcome}, {self.cumulative} ns>"


class Repeat:
    """An import, *at* a time, of a *module* that was under construction: what closes a cycle."""

    __slots__ = ("at", "importer", "module", "state")

    def __init__(
        self, module: str, importer: Importer | None, at: int, state: str = "initializing"
    ) -> None:
        self.module = module
        self.importer = importer
        self.at = at
        self.state = state


class Trace:
    """What was recorded of one run of a program.

    *program*, *interpreter* and *ended* are the objects of these names in the trace file;
    *wall_ns* is the time from the start to the end.
    """

    __slots__ = (
        "ended", "entrepot", "imports", "interpreter", "program", "repeats", "started", "wall_ns",
    )  # fmt: skip

    def __init__(self) -> None:
        self.entrepot = ""
        self.interpreter: dict[str, Any] = {}
        self.program: dict[str, Any] = {}
        self.started = ""
        self.wall_ns = 0
        self.ended: dict[str, Any] = {"how": "returned", "status": 0, "error": None}
        self.imports: list[Import] = []
        self.repeats: list[Repeat] = []

    @property
    def roots(self) -> list[Import]:
        """The imports that were not made by another import."""
        return [one for one in self.imports if one.parent is None]

    @property
    def import_ns(self) -> int:
        """The time spent importing, of all threads and processes together (ns)."""
        return sum(one.cumulative for one in self.roots)

    def __repr__(self) -> str:
        return f"<trace of {len(self.imports)} imports>"
