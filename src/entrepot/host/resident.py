"""The classes that the interpreter itself imports with, for ours to subclass.

Other people's code asks `isinstance(loader, importlib.machinery.SourceFileLoader)` and walks the
MRO. Nominal subclasses of what is resident anyway satisfy both and cost no import. Nothing of
their behaviour is used: each member is overridden, which tests/unit/test_nominal.py asserts.
"""

from __future__ import annotations

from .chosen import interpreter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class StandIn:
    """The base where a host has no such class."""


def _resident(*names: str) -> Any:
    found = interpreter.resident_class(*names)
    return StandIn if found is None else found


ModuleSpec: Any = _resident("ModuleSpec")
BuiltinImporter: Any = _resident("BuiltinImporter")
FrozenImporter: Any = _resident("FrozenImporter")
PathFinder: Any = _resident("PathFinder")
FileFinder: Any = _resident("FileFinder")
WindowsRegistryFinder: Any = _resident("WindowsRegistryFinder")
FileLoader: Any = _resident("FileLoader")
SourceLoader: Any = _resident("SourceLoader")
SourceFileLoader: Any = _resident("SourceFileLoader")
SourcelessFileLoader: Any = _resident("SourcelessFileLoader")
ExtensionFileLoader: Any = _resident("ExtensionFileLoader")
AppleFrameworkLoader: Any = _resident("AppleFrameworkLoader", "ExtensionFileLoader")
NamespaceLoader: Any = _resident("NamespaceLoader", "_NamespaceLoader")
NamespacePath: Any = _resident("NamespacePath", "_NamespacePath")
zipimporter: Any = _resident("zipimporter")
ZipImportError: type[ImportError] = _resident("ZipImportError")
DeadlockError = interpreter.DeadlockError
zip_directories = interpreter.zip_directories
is_directory_hook = interpreter.is_directory_hook
