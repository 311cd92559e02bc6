"""The classes that the interpreter itself imports with, for ours to subclass.

Other people's code asks `isinstance(loader, importlib.machinery.SourceFileLoader)` and walks the
MRO. Nominal subclasses of what is resident anyway satisfy both and cost no import. Nothing of
their behaviour is used: each member is overridden, which tests/unit/test_nominal.py asserts.
"""

from __future__ import annotations

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import zipimport as _zipimport

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _NamespaceStandIn:
    """The base where a host has no such class (`AppleFrameworkLoader` before 3.13)."""


def _resident(module: Any, *names: str) -> Any:
    for name in names:
        if hasattr(module, name):
            return getattr(module, name)
    return _NamespaceStandIn


ModuleSpec: Any = _bootstrap.ModuleSpec
BuiltinImporter: Any = _bootstrap.BuiltinImporter
FrozenImporter: Any = _bootstrap.FrozenImporter
PathFinder: Any = _external.PathFinder
FileFinder: Any = _external.FileFinder
WindowsRegistryFinder: Any = _external.WindowsRegistryFinder
FileLoader: Any = _external.FileLoader
SourceLoader: Any = _external.SourceLoader
SourceFileLoader: Any = _external.SourceFileLoader
SourcelessFileLoader: Any = _external.SourcelessFileLoader
ExtensionFileLoader: Any = _external.ExtensionFileLoader
AppleFrameworkLoader: Any = _resident(_external, "AppleFrameworkLoader", "ExtensionFileLoader")
NamespaceLoader: Any = _resident(_external, "NamespaceLoader", "_NamespaceLoader")
NamespacePath: Any = _resident(_external, "NamespacePath", "_NamespacePath")
DeadlockError: type[Exception] = _bootstrap._DeadlockError  # type: ignore[attr-defined]
zipimporter: Any = _zipimport.zipimporter
ZipImportError: type[ImportError] = _zipimport.ZipImportError
#: The directories that `zipimport` has read: path of the archive -> name of a member -> tuple.
zip_directories: dict[str, Any] = getattr(_zipimport, "_zip_directory_cache", {})


def is_directory_hook(hook: Any) -> bool:
    """Whether *hook* is the interpreter's own path hook for directories."""
    # Neither its name nor its module's is certain: `import importlib` renames that module.
    if getattr(hook, "__globals__", None) is not vars(_external):
        return False
    # `FileFinder.path_hook()` may also have been called by others, for files of other kinds.
    cells = [cell.cell_contents for cell in hook.__closure__ or ()]
    details = dict(pair for cell in cells if isinstance(cell, tuple) for pair in cell)
    known = {ExtensionFileLoader, SourceFileLoader, SourcelessFileLoader, AppleFrameworkLoader}
    suffixes = details.get(SourceFileLoader), details.get(SourcelessFileLoader)
    return known.issuperset(details) and suffixes == (
        _external.SOURCE_SUFFIXES,
        _external.BYTECODE_SUFFIXES,
    )
