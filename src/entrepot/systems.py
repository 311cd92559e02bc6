"""Import systems of one's own: `entrepot.ImportSystem`.

The parts are those of the process's system (`defaults.py`), each made for the one system. The
package loads this when the name is first asked for: programs that run under entrepot do without.
"""

from __future__ import annotations

from .core import isolated, isolated_statement, lazy_statement
from .core.isolated import IsolatedSystem
from .defaults import ARCHIVE_HOOKS
from .finders.directory import FileFinder, hook_for
from .finders.path import ALWAYS, PathFinder
from .host import frames
from .importers.builtin import BuiltinImporter
from .importers.frozen import FrozenImporter
from .installation import ready_path_check
from .loaders.suffixes import LOADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from .metadata import Metadata
    from .resources import Resources

frames.hide(isolated, isolated_statement, lazy_statement)


class ImportSystem(IsolatedSystem):
    """An isolated import system with finders and loaders of its own.

    *path* is its module search path (strings; default: empty). *shared* are the top-level names
    of modules that it takes from the process instead of importing them (default: the standard
    library, `sys.stdlib_module_names`; an empty set shares only what exists once in a
    process). *modules* are there from the start. *path_check* is "always" or "once": how often
    it looks whether a directory on a path has changed (docs/architecture.md, "The path index").
    Raises TypeError for a *path* that is a str, ValueError for another *path_check*.

    >>> system = ImportSystem(["/srv/plugins"])
    >>> "json" in system.modules
    False
    """

    __module__ = __package__

    def __init__(
        self,
        path: Iterable[str] = (),
        *,
        modules: Mapping[str, Any] | None = None,
        shared: Iterable[str] | None = None,
        path_check: str = ALWAYS,
    ) -> None:
        if isinstance(path, (str, bytes)):
            raise TypeError("path is an iterable of path entries, not one of them")
        super().__init__(path, modules=modules, shared=shared)
        self.path_hooks += [*ARCHIVE_HOOKS, self._directory_hook()]
        finder = PathFinder(self, epoch=self.epoch)
        finder.path_check = ready_path_check(path_check)
        self.meta_path += [BuiltinImporter, FrozenImporter, finder]

    def _directory_hook(self) -> Callable[[str], Any]:
        return hook_for(FileFinder, *LOADERS, events=self.events)

    @property
    def metadata(self) -> Metadata:
        """The metadata of the distributions on this system's path (entrepot.metadata)."""
        if "_metadata" not in self.__dict__:
            from .metadata import Metadata

            self._metadata = Metadata(self)
        return self._metadata

    @property
    def resources(self) -> Resources:
        """The resources of this system's packages (entrepot.resources)."""
        if "_resources" not in self.__dict__:
            from .resources import Resources

            self._resources = Resources(self)
        return self._resources
