"""What the engine asks of finders and loaders, for type checkers and as a reference.

Nothing imports this module when a program runs; any object with these methods will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class MetaPathFinder(Protocol):
    """What stands on `meta_path` (importlib.abc.MetaPathFinder)."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of *fullname*, or None if another finder may have it."""


class PathEntryFinder(Protocol):
    """What a path hook makes of a path entry (importlib.abc.PathEntryFinder)."""

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the spec of *fullname* in this entry; without loader, a namespace portion."""


class PathHook(Protocol):
    """What stands on `path_hooks`."""

    def __call__(self, entry: str) -> PathEntryFinder:
        """Return a finder for the path entry, or raise ImportError."""


class Loader(Protocol):
    """What a spec's loader offers (importlib.abc.Loader)."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module object to use, or None for an ordinary one."""

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module in its own namespace."""
