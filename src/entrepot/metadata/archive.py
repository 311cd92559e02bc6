"""Metadata in archives: eggs, wheels and zip applications on the path.

The archive's directory is read once, by entrepot's own reader of archives, and kept with the
listing; a member is read by what that says, however many there are (im#108). No file stays
open: what is open in both after a fork would have one position.
"""

from __future__ import annotations

from io import BytesIO

from .. import host
from ..importers.archive.directory import Archive as Directory
from ..importers.archive.end import ArchiveError
from ..importers.archive.member import Member

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..host import Disk


class Archive:
    """The members of a zip file."""

    __slots__ = ("_directory", "path")

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.path = directory.path

    @classmethod
    def read(cls, path: str, disk: Disk) -> Archive | None:
        """Return the archive in the file *path*; None if it is none, or damaged."""
        try:
            if disk is host.DISK:
                return cls(Directory(path))
            return cls(Directory(path, lambda name: BytesIO(disk.read(name))))
        except (ArchiveError, OSError):
            return None

    def children(self) -> list[str]:
        """Return the names at the top level."""
        return sorted(name.rstrip("/") for name in self._directory.children(""))

    def place(self, child: str) -> InArchive:
        """Return the place *child*."""
        return InArchive(self, child)

    def data(self, name: str) -> bytes | None:
        """Return the content of the member *name*; None if there is none, or it is damaged."""
        at = self._directory.entries.get(name)
        if at is None:
            return None
        try:
            return Member(self._directory, at).read(self._directory)
        except (ArchiveError, OSError):
            return None

    def exists(self, path: str) -> bool:
        """Whether there is a member or a directory *path*."""
        return path in self._directory or f"{path}/" in self._directory.directories()


class InArchive:
    """A metadata directory in an archive (see `places`)."""

    __slots__ = ("_archive", "_child", "path")

    def __init__(self, archive: Archive, child: str) -> None:
        self._archive = archive
        self._child = child
        self.path = f"{archive.path}/{child}"

    def read(self, name: str) -> bytes | None:
        """Return the content of the file *name*, or None."""
        return self._archive.data(f"{self._child}/{name}" if name else self._child)

    def has(self, name: str) -> bool:
        """Whether the file *name* is there and not empty."""
        return bool(self.read(name))

    def exists(self, path: str) -> bool:
        """Whether *path* is in the archive."""
        return self._archive.exists(path)

    def read_beside(self, path: str) -> bytes | None:
        """Return the content of the member *path*, or None."""
        return self._archive.data(path)

    def as_path(self) -> Any:
        """Return the place as a `zipfile.Path`."""
        import zipfile

        return zipfile.Path(self._archive.path, f"{self._child}/")
