"""Namespace packages (PEP 420): packages that are only a path, gathered from several places.

The path is not a list but a `NamespacePath`: at each use it asks whether the parent's path, or
what finders know (`invalidate_caches()`), has changed since, and only then looks for portions
again. So a directory added to `sys.path` later can contribute to a package imported before.
"""

from __future__ import annotations

import sys

from ..host import resident
from . import errors, readers
from .names import parent_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType
    from typing import Any


class Epoch:
    """Counts the calls of `invalidate_caches()`; one for each import system.

    `listeners` are functions that are called at each. A system shares its epoch with its path
    finder, so that they hear it too when only the finders are asked, as importlib does.
    """

    __slots__ = ("listeners", "value")

    def __init__(self) -> None:
        self.value = 0
        self.listeners: list[Callable[[], object]] = []

    def advance(self) -> None:
        """Count one more, and call the listeners."""
        self.value += 1
        for forget in list(self.listeners):
            forget()


PROCESS_EPOCH = Epoch()


class NamespacePath(resident.NamespacePath):  # type: ignore[misc]
    """The `__path__` of the namespace package *name*, recomputed when its parent's changes.

    *path* holds the portions known now; *path_finder* is called as `(fullname, path)` and
    returns a spec, whose `submodule_search_locations` are the portions then. *system* is what
    has `modules` and `path` (default: `sys`). (importlib.machinery.NamespacePath)
    """

    def __init__(
        self,
        name: str,
        path: Iterable[str],
        path_finder: Callable[..., Any],
        *,
        system: Any = sys,
        epoch: Epoch = PROCESS_EPOCH,
    ) -> None:
        self._name = name
        self._path: Any = path
        self._path_finder = path_finder
        self._system = system
        self._epoch = epoch
        self._seen_parent = self._parent_path()
        self._seen_epoch = epoch.value

    def _parent_path(self) -> tuple[str, ...]:
        parent = parent_of(self._name)
        if not parent:
            return tuple(self._system.path)
        try:
            return tuple(self._system.modules[parent].__path__)
        except KeyError:
            raise errors.not_found(parent) from None

    def _current(self) -> Any:
        parent, epoch = self._parent_path(), self._epoch.value
        if parent != self._seen_parent or epoch != self._seen_epoch:
            spec = self._path_finder(self._name, parent)
            # A regular package found now does not turn this one into it.
            if spec is not None and spec.loader is None and spec.submodule_search_locations:
                self._path = spec.submodule_search_locations
            self._seen_parent, self._seen_epoch = parent, epoch
        return self._path

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __getitem__(self, index: Any) -> Any:
        return self._current()[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        self._path[index] = value

    def __len__(self) -> int:
        return len(self._current())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._path!r})"

    def __contains__(self, item: object) -> bool:
        return item in self._current()

    def append(self, item: str) -> None:
        """Add a portion, until the path is computed anew."""
        self._path.append(item)


class NamespaceLoader(resident.NamespaceLoader):  # type: ignore[misc]
    """The loader of a namespace package, which executes nothing.

    *name*, *path* and *path_finder* are those of `NamespacePath`.
    (importlib.machinery.NamespaceLoader)
    """

    def __init__(self, name: str, path: Iterable[str], path_finder: Callable[..., Any]) -> None:
        self._path: Any = NamespacePath(name, path, path_finder)

    @classmethod
    def around(cls, locations: Any) -> NamespaceLoader:
        """Return the loader of a package whose path is already there."""
        self = cls.__new__(cls)
        self._path = locations
        return self

    @property
    def locations(self) -> Any:
        """The package's path."""
        return self._path

    def is_package(self, fullname: str) -> bool:
        """Return True."""
        return True

    def get_source(self, fullname: str) -> str:
        """Return the empty source."""
        return ""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the empty source."""
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec: Any) -> None:
        """Ask for an ordinary module."""

    def exec_module(self, module: Any) -> None:
        """Do nothing."""

    def get_resource_reader(self, fullname: str) -> Any:
        """Return the reader of the package's resources (importlib.resources)."""
        return readers.reader_for(self, fullname)


# Tools look for the names that the host gives these classes: "_NamespacePath" until 3.14.
for _ours, _theirs in (
    (NamespacePath, resident.NamespacePath),
    (NamespaceLoader, resident.NamespaceLoader),
):
    _ours.__name__ = _ours.__qualname__ = _theirs.__name__
