"""The abstract base classes of finders and loaders, under the names of `importlib.abc`.

    finders.py    MetaPathFinder, PathEntryFinder                      PEP 302, 451
    loaders.py    Loader and what it can offer beyond loading          PEP 302, 451
    kinship.py    how a class written against these passes for one written against importlib's

A class that subclasses, or is registered with, an ABC here satisfies `isinstance` against the one
of that name in `importlib.abc`, and the other way round; so do the interpreter's own finders and
loaders, and ours. Source of the names: importlib.abc of Python 3.15; what older ones have beyond
it comes from `entrepot.legacy`.
"""

from __future__ import annotations

from .. import process as _process  # noqa: F401 - brings all parts, from one file
from ..host import resident
from ..legacy.face import attribute, complete
from ..loaders.lazy import LazyLoader
from . import kinship
from .finders import MetaPathFinder, PathEntryFinder
from .loaders import (
    ExecutionLoader,
    FileLoader,
    InspectLoader,
    Loader,
    ResourceLoader,
    SourceLoader,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "ExecutionLoader",
    "FileLoader",
    "InspectLoader",
    "Loader",
    "MetaPathFinder",
    "PathEntryFinder",
    "ResourceLoader",
    "SourceLoader",
]

#: Which ABC the classes are of that the interpreter imports with; ours are subclasses of them.
_RESIDENT: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (MetaPathFinder, (resident.BuiltinImporter, resident.FrozenImporter)),
    (MetaPathFinder, (resident.PathFinder, resident.WindowsRegistryFinder)),
    (PathEntryFinder, (resident.FileFinder,)),
    (InspectLoader, (resident.BuiltinImporter, resident.FrozenImporter, resident.NamespaceLoader)),
    (ExecutionLoader, (resident.ExtensionFileLoader, resident.AppleFrameworkLoader)),
    (FileLoader, (resident.SourceFileLoader, resident.SourcelessFileLoader)),
    (SourceLoader, (resident.SourceFileLoader,)),
    (Loader, (LazyLoader,)),
)

for _abc, _classes in _RESIDENT:
    for _class in _classes:
        _abc.register(_class)
for _name in __all__:
    _abc = globals()[_name]
    _abc.__module__ = __name__
kinship.introduce([globals()[name] for name in __all__])
complete(__name__, globals())


def __getattr__(name: str) -> Any:
    return attribute(__name__, name)
