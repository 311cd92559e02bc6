"""`with entrepot.trace() as t:`: the imports of a block, in this process."""

from __future__ import annotations

import os
import sys
from time import perf_counter_ns, time

from ... import install, process
from ...host import get_ident
from .assemble import assemble
from .memory import resident_bytes
from .recorder import Recorder, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Import, Trace


class Tracing:
    """The context in which the imports of *system* are recorded; `entrepot.trace()` makes it.

    It can be asked while it goes on, too. It cannot be entered twice.
    """

    def __init__(self, system: Any = None, *, memory: bool = False, form: str = "library") -> None:
        if memory and resident_bytes is None:
            raise RuntimeError("this platform does not tell how much memory a process has in use")
        self._system = process if system is None else system
        self._records: list[Any] = []
        self._memory = memory
        self._form = form
        self._recorder: Recorder | None = None
        self._wall_ns: int | None = None
        self._trace: Trace | None = None

    def __enter__(self) -> Tracing:
        if self._recorder is not None:
            raise RuntimeError("a trace is recorded once; ask entrepot.trace() for another")
        self._started = time()
        self._installation = install() if self._system is process else None
        if self._installation is not None:
            self._installation.__enter__()
        self._recorder = Recorder(
            self._records.append, memory=resident_bytes if self._memory else None
        )
        self._system.events.attach(self._recorder.handlers)
        return self

    def __exit__(self, kind: Any, error: BaseException | None, *_: object) -> None:
        assert self._recorder is not None
        self._system.events.unsubscribe(self._recorder.handlers)
        if error is None:
            self._recorder.end("returned", 0)
        else:
            self._recorder.end("raised", 1, told(error))
        self._wall_ns = perf_counter_ns() - self._recorder.origin
        if self._installation is not None:
            self._installation.__exit__()

    @property
    def trace(self) -> Trace:
        """What was recorded, as the model of a trace file."""
        if self._trace is not None:
            return self._trace
        if self._recorder is None:
            raise RuntimeError("nothing is recorded yet: it begins with the `with` statement")
        self._recorder.ignored = get_ident()
        try:
            return self._assembled(self._recorder.origin)
        finally:
            self._recorder.ignored = None

    def _assembled(self, origin: int) -> Trace:
        from .describe import describe
        from .owners import assign

        wall_ns = self._wall_ns
        now = perf_counter_ns() - origin
        wall = now if wall_ns is None else wall_ns
        trace = assemble(list(self._records), wall, origin=origin)
        describe(trace, self._form, [*sys.argv], os.getcwd(), self._started)
        assign(trace)
        if wall_ns is not None:
            self._trace = trace
        return trace

    @property
    def imports(self) -> list[Import]:
        """The imports, in the order in which they began."""
        return self.trace.imports

    def tree(self, limit: int | None = None) -> str:
        """Return the imports as a tree, in lines: the *limit* slowest ones, or all."""
        from .text import tree

        return "\n".join(tree(self.trace, limit))

    def totals(self) -> dict[str, dict[str, int]]:
        """Return the time (ns) by "phase" and by "distribution", the greatest first."""
        from .totals import by_distribution, by_phase

        trace = self.trace
        distributions = {name: each.own for name, each in by_distribution(trace).items()}
        return {"phase": by_phase(trace), "distribution": distributions}

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the trace to the file *path*, as JSON (docs/trace.md). Raises OSError."""
        from .file import dumps

        with open(path, "w", encoding="ascii") as file:
            file.write(dumps(self.trace))

    def __str__(self) -> str:
        from ..savings import savings
        from .text import summary

        return "\n".join(summary(self.trace, savings=savings))

    def __repr__(self) -> str:
        if self._recorder is None:
            return "<tracing, not begun>"
        begun = sum(record[0] == 0 for record in self._records)
        return f"<tracing, {begun} imports{'' if self._wall_ns is None else ', ended'}>"
