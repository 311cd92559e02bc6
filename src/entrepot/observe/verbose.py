"""Each step of each import as a line of text, in the manner of `python -v`.

`entrepot run --verbose` is this; in a program: ::

    entrepot.process.events.subscribe(verbose.printer(sys.stderr))
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

    from ..core.observers import Event

#: For each kind of event that is told, the line. (`python -v` has the first three alike.)
LINES: dict[str, Callable[[Event], str]] = {
    "executed": lambda event: f"import {event.name!r} # {_served(event.spec)}",
    "cached": lambda event: f"# {event.path} is fresh",
    "written": lambda event: f"# wrote {event.path}",
    "stale": lambda event: f"# {event.path} is stale: {event.reason}",
    "compiled": lambda event: f"# compiled {event.path}",
    "unwritten": lambda event: f"# could not write {event.path}: {event.reason}",
    "listed": lambda event: f"# listed {event.path} ({event.entries} names)",
    "missing": lambda event: f"# no module named {event.name!r}",
    "failed": lambda event: f"# {event.name!r} failed: {_told(event.error)}",
}


def printer(stream: TextIO | None) -> Callable[[Event], None]:
    """Return an observer that writes a line for each event to *stream*; nothing if that is None."""

    def observe(event: Event) -> None:
        line = LINES.get(event.kind)
        if line is not None and stream is not None:
            stream.write(f"{line(event)}\n")

    return observe


def _served(spec: Any) -> str:
    """Return who loads the module of *spec*, from where."""
    loader = spec.loader
    kind = loader if isinstance(loader, type) else type(loader)
    where = f" {spec.origin}" if spec.has_location else ""
    return f"{kind.__module__}.{kind.__qualname__}{where}"


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
