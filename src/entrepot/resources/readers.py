"""The readers of packages on disk, in zips and in several places: `importlib.resources.readers`."""

from __future__ import annotations

import os
import sys
import zipimport

from .abc import TraversableResources, be_known_elsewhere
from .archive import Contents, ZipPath
from .disk import DiskPath, FileReader
from .multiplexed import MultiplexedPath
from .selection import is_namespace_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .abc import StrPath, Traversable

__all__ = ["FileReader", "MultiplexedPath", "NamespaceReader", "ZipReader"]


def reader_for(loader: Any, fullname: str) -> Any:
    """Return the reader that a loader of entrepot gives: see `entrepot.core.readers`."""
    reader: TraversableResources
    if hasattr(loader, "archive"):
        reader = ZipReader(loader, fullname)
    elif hasattr(loader, "locations"):
        reader = NamespaceReader(loader.locations)
    else:
        reader = FileReader(loader)
    be_known_elsewhere(type(reader))
    return reader


class ZipReader(TraversableResources):
    """The resources of the module *module* that *loader*, a zip importer, has found.

    Of the loader it needs what `zipimport.zipimporter` documents: `archive`, `prefix`,
    `is_package` and `get_data`. Source: importlib.resources.readers.ZipReader.
    """

    def __init__(self, loader: Any, module: str) -> None:
        self.archive: str = loader.archive
        prefix = loader.prefix.replace("\\", "/")
        if loader.is_package(module):
            prefix += module.rpartition(".")[2] + "/"
        #: The package's directory in the archive, with `/` at its end.
        self.prefix: str = prefix
        self._contents = Contents(loader.archive, loader.get_data)

    def files(self) -> ZipPath:
        """Return the package's directory."""
        return ZipPath(self._contents, self.prefix)


class NamespaceReader(TraversableResources):
    """The resources of a namespace package, *namespace_path* being its `__path__`.

    Portions may lie on disk or in zips; entries that are neither (as editable installs have
    them) are passed over. Source: importlib.resources.readers.NamespaceReader. Raises ValueError
    for a path that is no namespace's, FileNotFoundError if no portion exists.
    """

    def __init__(self, namespace_path: Iterable[str]) -> None:
        if not is_namespace_path(namespace_path):
            raise ValueError("Invalid path")
        portions = [_portion(entry) for entry in namespace_path]
        self.path = MultiplexedPath(*filter(None, portions))

    def files(self) -> MultiplexedPath:
        """Return the union of the portions."""
        return self.path

    def resource_path(self, resource: StrPath) -> str:  # type: ignore[override]
        """Return the path of *resource*, in the first portion if there is none yet."""
        return str(self._find(resource))


def _portion(entry: str) -> Traversable | None:
    """Return the directory that a path entry names, on disk or in a zip."""
    if os.path.isdir(entry):
        return DiskPath(entry)
    archive, inner = entry, ""
    while archive and not os.path.isfile(archive):
        head, tail = os.path.split(archive)
        if head == archive:
            return None
        archive, inner = head, f"{tail}/{inner}"
    return _in_zip(archive, inner) if archive else None


def _in_zip(archive: str, inner: str) -> ZipPath | None:
    importer = _importer(archive)
    if importer is None:
        return None
    path = ZipPath(Contents(archive, importer.get_data), inner)
    return path if path.is_dir() else None


def _importer(archive: str) -> Any:
    """Return the importer that the path hooks have for *archive*, if it can give data."""
    importer = sys.path_importer_cache.get(archive)
    if importer is None:
        try:
            importer = zipimport.zipimporter(archive)
        except zipimport.ZipImportError:
            return None
    return importer if hasattr(importer, "get_data") else None
