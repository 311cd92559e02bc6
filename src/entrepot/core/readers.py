"""The one thing that importing offers to resources: a loader's resource reader.

Resources are a layer above; they say here, once, how a reader is made, and loaders ask here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_factories: list[Callable[[Any, str], Any]] = []


def provide(factory: Callable[[Any, str], Any]) -> None:
    """Let *factory* `(loader, fullname)` make the readers from now on."""
    _factories[:] = [factory]


def reader_for(loader: Any, fullname: str) -> Any:
    """Return the resource reader of *loader* for the package *fullname*; None if it has none."""
    return _factories[0](loader, fullname) if _factories else None
