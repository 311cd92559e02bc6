"""Metadata in archives: eggs, wheels and zip applications on the path.

`zipfile` is imported when the first archive is met, not before. The archive is closed after each
look: an open file that is shared after a fork would share its position too.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..host import Disk

#: The errors of the decompressors that this interpreter has; they share no base.
_DECOMPRESSION = (("zlib", "error"), ("lzma", "LZMAError"), ("compression.zstd", "ZstdError"))


def _errors() -> Iterator[type[Exception]]:
    for module, name in _DECOMPRESSION:
        try:
            yield getattr(__import__(module, fromlist=[name]), name)
        except ImportError:
            continue


#: What reading an archive raises that is cut short, encrypted, or otherwise not as it should be.
_DAMAGED: tuple[type[Exception], ...] = (
    *(BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
    *_errors(),
)


class Archive:
    """The members of a zip file."""

    __slots__ = ("_disk", "members", "path")

    def __init__(self, path: str, members: frozenset[str], disk: Disk) -> None:
        self.path = path
        self.members = members
        self._disk = disk

    @classmethod
    def read(cls, path: str, disk: Disk) -> Archive | None:
        """Return the archive in the file *path*; None if it is none, or damaged."""
        try:
            with _open(path, disk) as archive:
                return cls(path, frozenset(archive.namelist()), disk)
        except _DAMAGED:
            return None

    def children(self) -> list[str]:
        """Return the names at the top level."""
        return sorted({name.partition("/")[0] for name in self.members} - {""})

    def place(self, child: str) -> InArchive:
        """Return the place *child*."""
        return InArchive(self, child)

    def data(self, name: str) -> bytes | None:
        """Return the content of the member *name*; None if it cannot be read."""
        try:
            with _open(self.path, self._disk) as archive:
                return archive.read(name)
        except _DAMAGED:
            return None


def _open(path: str, disk: Disk) -> ZipFile:
    from .. import host

    # On the real file system only what is needed is read; others have no files to seek in.
    return ZipFile(path if disk is host.DISK else BytesIO(disk.read(path)))


class InArchive:
    """A metadata directory in an archive (see `places`)."""

    __slots__ = ("_archive", "_child", "path")

    def __init__(self, archive: Archive, child: str) -> None:
        self._archive = archive
        self._child = child
        self.path = f"{archive.path}/{child}"

    def read(self, name: str) -> bytes | None:
        """Return the content of the file *name*, or None."""
        member = f"{self._child}/{name}" if name else self._child
        return self._archive.data(member) if member in self._archive.members else None

    def has(self, name: str) -> bool:
        """Whether the file *name* is there and not empty."""
        return bool(self.read(name))

    def exists(self, path: str) -> bool:
        """Whether *path* is in the archive."""
        members = self._archive.members
        return path in members or any(name.startswith(f"{path}/") for name in members)

    def as_path(self) -> Any:
        """Return the place as a `zipfile.Path`."""
        import zipfile

        return zipfile.Path(self._archive.path, f"{self._child}/")
