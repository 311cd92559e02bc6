"""From the top level to the module: one stage for each name on the way (PEP 328).

`import a.b.c` searches for `a`, then for `b` on the path of `a`. Importing the parents would
execute them, so their paths are those that their specs have; a parent that is imported already
has its own.
"""

from __future__ import annotations

from ...core.names import lineage
from .describe import Module
from .search import search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .search import Search
    from .view import View

_MISSING: Any = object()


class Stage:
    """What is known of the module *name*, on the way to the module *wanted*.

    *imported* is what `modules` has (`is_imported`, `is_blocked` tell if it counts), *search* the
    search for it, None if none is made, and *module* what that has found. *found* are the names
    of the packages before it.
    """

    __slots__ = ("found", "imported", "module", "name", "search", "wanted")

    def __init__(self, view: View, name: str, path: list[Any] | None, *, searched: bool) -> None:
        self.name = self.wanted = name
        self.found: frozenset[str] = frozenset()
        self.imported = view.modules.get(name, _MISSING)
        self.search: Search | None = None
        self.module: Module | None = None
        if searched and not self.is_blocked:
            self.search = search(view, name, path)
            spec = self.search.spec
            self.module = None if spec is None else Module(spec, view)

    @property
    def is_imported(self) -> bool:
        """Whether the module is there already."""
        return self.imported is not _MISSING and self.imported is not None

    @property
    def is_blocked(self) -> bool:
        """Whether None forbids to import it."""
        return self.imported is None

    @property
    def path(self) -> list[Any] | None:
        """Where modules in this package are searched for; None if it is no package."""
        if self.is_imported:
            path = getattr(self.imported, "__path__", None)
            return None if path is None else list(path)
        return None if self.module is None else self.module.locations


def walk(view: View, name: str) -> list[Stage]:
    """Return the stages of the search for *name*, up to where it ends."""
    stages: list[Stage] = []
    path: list[Any] | None = None
    for each in lineage(name):
        is_inside = not stages or path is not None
        # Others are put there by another module, as `os.path` is; they need no search.
        if is_inside or view.modules.get(each) is not None:
            stage = Stage(view, each, path, searched=is_inside)
            stage.wanted = name
            stage.found = frozenset(before.name for before in stages)
            stages.append(stage)
            path = stage.path
    return stages
