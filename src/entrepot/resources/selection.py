"""From an anchor to the reader of its resources.

1. The anchor is a module, a name, or None for the calling module (`Resources.files`).
2. Its spec says which loader it came from (`reader_of_spec`).
3. A loader that has its reader from the interpreter gets ours in its place: it reads the same
   and does not import `importlib.resources` (45 ms). Whoever wrote a `get_resource_reader` of
   their own is asked, and what they answer is adapted.
"""

from __future__ import annotations

import sys
import zipimport

from ..core.namespace import NamespaceLoader
from ..host import resident
from ..loaders.base import FileLoader
from .disk import FileReader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_HERE = __name__.rpartition(".")[0]
_NO_SPEC = (
    "Cannot access resources for {!r} as it does not appear to correspond to an importable module"
    " (its __spec__ is None)."
)


def calling_module() -> str:
    """Return the name of the module whose code called into entrepot.resources."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  (documented)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name != _HERE and not name.startswith(_HERE + "."):
            return str(name)
        frame = frame.f_back
    raise TypeError("There is no calling module: pass an anchor")


def reader_of_module(module: Any) -> Any:
    """Return the reader of *module*, which has `files()`; raises TypeError without a spec."""
    spec = module.__spec__
    if spec is None:
        raise TypeError(_NO_SPEC.format(module.__name__))
    return reader_of_spec(spec)


def reader_of_spec(spec: Any) -> Any:
    """Return the reader of what *spec* describes, which has `files()`."""
    if spec.loader is None and is_namespace_path(spec.submodule_search_locations):
        return _of_namespace(spec)  # found, not loaded: loading gives it its loader
    method = getattr(type(spec.loader), "get_resource_reader", None)
    for original, make in _OURS:
        if method is original:
            return make(spec)
    from .adapters import CompatibilityFiles  # for other people's loaders only

    return CompatibilityFiles(spec).native()


def is_namespace_path(path: object) -> bool:
    """Whether *path* is the `__path__` of a namespace package, the interpreter's kind or ours."""
    if isinstance(path, resident.NamespacePath):
        return True
    return any("NamespacePath" in base.__name__ for base in type(path).__mro__)


def _of_file(spec: Any) -> Any:
    return FileReader(spec.loader)


def _of_namespace(spec: Any) -> Any:
    from .readers import NamespaceReader  # not needed for packages on disk

    return NamespaceReader(spec.submodule_search_locations)


def _of_zip(spec: Any) -> Any:
    from .readers import ZipReader  # not needed for packages on disk

    return ZipReader(spec.loader, spec.name)


#: The methods of the interpreter's loaders and of ours, and what to do instead of calling them.
_OURS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (resident.FileLoader.get_resource_reader, _of_file),
    (FileLoader.get_resource_reader, _of_file),
    (resident.NamespaceLoader.get_resource_reader, _of_namespace),
    (NamespaceLoader.get_resource_reader, _of_namespace),
    (zipimport.zipimporter.get_resource_reader, _of_zip),
)
