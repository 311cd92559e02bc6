"""The finder of a directory that is in an image."""

from __future__ import annotations

from ...core.spec import located_spec
from ...finders.directory import FileFinder
from ...host import DISK
from ...loaders.extension import ExtensionFileLoader
from ...loaders.suffixes import LOADERS
from . import format as format_
from .loader import ImageLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.spec import ModuleSpec
    from .opened import Directory, Image


class ImageFinder(FileFinder):
    """The finder of the modules in *directory*, of which *image* has what is *known*.

    While the directory is as it was, a module that is in the image is found there, and one whose
    name the directory has not got is missing. All else is found as in any directory, and may
    still get its code from the image.
    """

    def __init__(self, directory: str, image: Image, known: Directory) -> None:
        super().__init__(directory, *LOADERS)
        self.image = image
        self._known = known
        self._records = known.records
        self._is_sealed = image.trust == format_.SEALED
        #: Whether names are looked up as they are (PYTHONCASEOK, PEP 235).
        self._keeps_case = not (DISK.case_insensitive and DISK.ignores_case())

    def invalidate_caches(self) -> None:
        """Look at the directory again."""
        super().invalidate_caches()
        self.image.forget(self.path)

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of *fullname*, by its last part, in this directory, or None."""
        record = self._records.get(fullname) if self._keeps_case else None
        if record is None:
            if self._is_certainly_missing(fullname.rpartition(".")[2]):
                return None
            return super().find_spec(fullname, target)
        if self._is_as_recorded(record):
            spec = self._recorded(fullname, record)
            if spec is not None:
                return spec
        spec = super().find_spec(fullname, target)
        if spec is not None and spec.origin == record[format_.PATH]:
            self._serve(spec, record)
        return spec

    def _is_certainly_missing(self, tail: str) -> bool:
        """Whether the directory has nothing that a module of the name *tail* could be."""
        names = self._known.names
        if not self._keeps_case or tail in names:
            return False
        if any(tail + suffix in names for suffix, _ in self._loaders):
            return False
        if not self._is_sealed:  # Something may have come since the last look.
            self.image.forget(self.path)
        return self.image.holds(self.path, self._known.mtime)

    def _is_as_recorded(self, record: Any) -> bool:
        """Whether nothing can have come that would win over the file of *record*."""
        if not self.image.holds(self.path, self._known.mtime):
            return False
        if not record[format_.PACKAGE]:
            return True
        package, mtime = record[format_.PACKAGE]
        return self.image.holds(package, mtime)

    def _recorded(self, fullname: str, record: Any) -> ModuleSpec | None:
        """Return the spec of the module of *record*, or None if its file has changed."""
        path, package = record[format_.PATH], record[format_.PACKAGE]
        loader: Any
        if record[format_.KIND] == format_.EXTENSION:
            loader = ExtensionFileLoader(fullname, path)
        else:
            loader = ImageLoader(fullname, record, path, self.image)
        if not self._is_sealed:
            try:
                stat = DISK.stat(path)
            except (OSError, ValueError):
                return None
            if not self.image.is_current(record, stat):
                return None
            loader.found_stat = stat
        return located_spec(fullname, loader, path, [package[0]] if package else None)

    def _serve(self, spec: ModuleSpec, record: Any) -> None:
        """Let *spec*, which the ordinary search has found, get its code from the image."""
        stat = getattr(spec.loader, "found_stat", None)
        if record[format_.KIND] == format_.SOURCE and self.image.is_current(record, stat):
            spec.loader = ImageLoader(spec.name, record, record[format_.PATH], self.image)
            spec.loader.found_stat = stat
