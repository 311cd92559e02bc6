"""The finders of path entries, as the path based finder makes and remembers them (PEP 302)."""

from __future__ import annotations

from ..finders.hooks import entry_finder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..core.system import ImportSystem


class Importers:
    """The finders of one import *system*."""

    def __init__(self, system: ImportSystem) -> None:
        self.system = system

    def get_importer(self, path_item: Any) -> Any:
        """Return the finder for *path_item*, a path entry; None if no path hook has one.

        A str, bytes or path-like object. The finder is remembered in `path_importer_cache`,
        which has to be cleared by hand for new path hooks. (pkgutil.get_importer)
        """
        return entry_finder(self.system, text_of(path_item))

    def iter_importers(self, fullname: str = "") -> Iterator[Any]:
        """Yield the finders that may have the module *fullname*.

        For a dotted name, these are the finders of its package's path; the package is imported.
        Else they are the meta path finders and then those of the path. None stands for a path
        entry without a finder. Raises ImportError for a relative name. (pkgutil.iter_importers)
        """
        if fullname.startswith("."):
            raise ImportError(f"Relative module name {fullname!r} not supported")
        package = fullname.rpartition(".")[0]
        if package:
            path = getattr(self.system.import_module(package), "__path__", ())
        else:
            yield from self.system.meta_path
            path = self.system.path
        for entry in path:
            yield self.get_importer(entry)


def text_of(path: Any) -> str:
    """Return a path given as str, bytes or os.PathLike as str (os.fsdecode)."""
    if isinstance(path, str):
        return path
    import os  # Not above: entries of a path are str.

    return os.fsdecode(path)
