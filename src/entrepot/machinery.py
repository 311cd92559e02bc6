"""Finders, loaders and specs under the names of `importlib.machinery`.

Each class works as it stands on `sys.meta_path`, in `sys.path_hooks` or in a spec, whether or
not entrepot is installed behind the import statement. Source of the names: importlib.machinery
of Python 3.15; what older ones have beyond it comes from `entrepot.legacy`.
"""

from __future__ import annotations

from . import process as _process  # noqa: F401 - brings all parts, from one file
from .bytecode.location import BYTECODE_SUFFIXES, SOURCE_SUFFIXES
from .core.namespace import NamespaceLoader, NamespacePath
from .core.spec import ModuleSpec
from .finders.directory import FileFinder
from .finders.path import PathFinder
from .finders.registry import WindowsRegistryFinder
from .importers.builtin import BuiltinImporter
from .importers.frozen import FrozenImporter
from .legacy.face import attribute
from .loaders.extension import EXTENSION_SUFFIXES, AppleFrameworkLoader, ExtensionFileLoader
from .loaders.source import SourceFileLoader
from .loaders.sourceless import SourcelessFileLoader
from .loaders.suffixes import all_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BYTECODE_SUFFIXES",
    "EXTENSION_SUFFIXES",
    "SOURCE_SUFFIXES",
    "AppleFrameworkLoader",
    "BuiltinImporter",
    "ExtensionFileLoader",
    "FileFinder",
    "FrozenImporter",
    "ModuleSpec",
    "NamespaceLoader",
    "NamespacePath",
    "PathFinder",
    "SourceFileLoader",
    "SourcelessFileLoader",
    "WindowsRegistryFinder",
    "all_suffixes",
]


def __getattr__(name: str) -> Any:
    return attribute(__name__, name)
