"""The composition root: which parts make up an import system, in one place.

The process's system stays as the interpreter set it up until `installation.install()` puts
these parts in the place of the interpreter's own.
"""

from __future__ import annotations

import sys

from .bytecode import header, location, policy, source as source_text
from .core import (
    collector,
    engine,
    interpreter_locks,
    isolated,
    legacy,
    locks,
    module,
    names,
    namespace,
    readers,
    spec,
    statement,
    system,
)
from .finders import directory, index, listing, path as path_finder, registry
from .host import frames
from .importers import builtin, frozen, zip as zip_
from .loaders import base, extension, source, sourceless, suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

#: The meta path finders, in their order on `sys.meta_path`.
META_PATH: list[Any] = [builtin.BuiltinImporter, frozen.FrozenImporter, path_finder.PathFinder]
if sys.platform == "win32":
    META_PATH.insert(2, registry.WindowsRegistryFinder)
registry.WindowsRegistryFinder.loader_details = tuple(suffixes.LOADERS)

#: The path hook for directories of the process's system.
DIRECTORY_HOOK = directory.FileFinder.path_hook(*suffixes.LOADERS)


class ImportSystem(isolated.IsolatedSystem):
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

    def __init__(
        self,
        path: Iterable[str] = (),
        *,
        modules: Mapping[str, Any] | None = None,
        shared: Iterable[str] | None = None,
        path_check: str = path_finder.ALWAYS,
    ) -> None:
        if isinstance(path, (str, bytes)):
            raise TypeError("path is an iterable of path entries, not one of them")
        super().__init__(path, modules=modules, shared=shared)
        self.path_hooks += [*ARCHIVE_HOOKS, self._directory_hook()]
        finder = path_finder.PathFinder(self, epoch=self.epoch, path_check=path_check)
        self.meta_path += [builtin.BuiltinImporter, frozen.FrozenImporter, finder]

    def _directory_hook(self) -> Callable[[str], Any]:
        return directory.hook_for(directory.FileFinder, *suffixes.LOADERS, events=self.events)


#: The path hooks for archives.
ARCHIVE_HOOKS: list[Callable[[str], Any]] = [zip_.path_hook]

# Whatever may be on the stack while a user's module is executed.
frames.hide(
    base, builtin, collector, directory, engine, extension, frozen, header, index,
    interpreter_locks, isolated, legacy,
    listing, location, locks, module, names, namespace, path_finder, policy, readers, registry,
    source, source_text, sourceless, spec, statement, suffixes, system, zip_,
)  # fmt: skip
