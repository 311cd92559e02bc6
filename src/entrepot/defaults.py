"""The composition root: which parts make up an import system, in one place.

The process's system stays as the interpreter set it up until `installation.install()` puts
these parts in the place of the interpreter's own.
"""

from __future__ import annotations

import sys

from .bytecode import fresh, header, location, policy, source as source_text
from .core import (
    collector,
    engine,
    interpreter_locks,
    legacy,
    locks,
    module,
    names,
    namespace,
    observers,
    readers,
    reloading,
    spec,
    spec_making,
    statement,
    system,
)
from .finders import directory, listing, path as path_finder, registry, unlisted
from .host import frames
from .importers import builtin, frozen, zip as zip_
from .loaders import base, extension, source, sourceless, suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: The meta path finders, in their order on `sys.meta_path`.
META_PATH: list[Any] = [builtin.BuiltinImporter, frozen.FrozenImporter, path_finder.PathFinder]
if sys.platform == "win32":
    META_PATH.insert(2, registry.WindowsRegistryFinder)
registry.WindowsRegistryFinder.loader_details = tuple(suffixes.LOADERS)

#: The path hook for directories of the process's system.
DIRECTORY_HOOK = directory.FileFinder.path_hook(*suffixes.LOADERS)


#: The path hooks for archives.
ARCHIVE_HOOKS: list[Callable[[str], Any]] = [zip_.path_hook]

# Whatever may be on the stack while a user's module is executed.
frames.hide(
    base, builtin, collector, directory, engine, extension, fresh, frozen, header,
    interpreter_locks, legacy, listing, location, locks, module, names, namespace, observers,
    path_finder, policy, readers, registry, reloading, source, source_text, sourceless, spec,
    spec_making, statement, suffixes, system, unlisted, zip_,
)  # fmt: skip
