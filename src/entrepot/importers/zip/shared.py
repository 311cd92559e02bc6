"""The archives that are open: one `Archive` a file, shared by all importers and threads.

They are kept where the interpreter's own `zipimport` keeps its directories, in the form in which
it, and those who read its private table (pkgutil does, gh-121342), expect them: a mapping from
the name of each member, with the platform's separator, to a tuple.

An archive is read again only when its file has changed (gh-103200), which `Shared.renew` tells
from the file's status.
"""

from __future__ import annotations

from ...host import DISK, features, resident
from ..archive.directory import Archive
from ..archive.end import ArchiveError
from ..archive.member import Member

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator
    from os import stat_result
    from typing import Any

ZipImportError = resident.ZipImportError

#: The table of the interpreter: path of the archive -> its directory.
_table: dict[str, Any] = resident.zip_directories
#: Whether directories without entries of their own are in it.
_HAS_DIRECTORIES = features.VERSION >= (3, 14)
_SEP = DISK.paths.sep


class Shared:
    """The archive in the file *path*, in its present state; also a mapping of its members."""

    __slots__ = ("archive", "path", "stamp")

    def __init__(self, path: str, stamp: tuple[int, ...]) -> None:
        self.path = path
        self.archive = _read(path)
        self.stamp = stamp

    def renew(self, stamp: tuple[int, ...]) -> None:
        """Read the archive again if *stamp* is not that of the file that was read."""
        if stamp != self.stamp:
            self.archive = _read(self.path)
            self.stamp = stamp

    def close(self) -> None:
        """Have no members any more, and be forgotten, until `renew` finds a file again."""
        self.archive = Archive.empty(self.path)
        self.stamp = ()
        _table.pop(self.path, None)

    def data(self, name: str) -> bytes:
        """Return the content of the member *name*; KeyError if there is none.

        Raises ZipImportError when the archive is damaged or has gone.
        """
        archive = self.archive
        place = archive.entries[name]
        try:
            return Member(archive, place).read(archive)
        except ArchiveError as error:
            raise _import_error(error, self.path) from error.__cause__ or error
        except OSError as error:
            raise ZipImportError(f"can't read Zip file: {self.path!r}", path=self.path) from error

    # --- The mapping that the interpreter's own zipimport knows

    def __contains__(self, key: str) -> bool:
        name = _portable(key)
        return name in self.archive.entries or (_HAS_DIRECTORIES and name in self._directories())

    def __iter__(self) -> Iterator[str]:
        names = [*self.archive.entries]
        if _HAS_DIRECTORIES:
            names += self._directories() - self.archive.entries.keys()
        return (name.replace("/", _SEP) for name in names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, key: str) -> tuple[Any, ...] | None:
        """Return path, method, sizes, place, time, date and CRC, in the order of zipimport.

        A directory that has no entry of its own gives None.
        """
        archive, name = self.archive, _portable(key)
        if _HAS_DIRECTORIES and name not in archive.entries and name in self._directories():
            return None
        it = Member(archive, archive.entries[name])
        path = DISK.paths.join(self.path, key)
        return (path, it.method, it.compressed, it.size, it.offset, it.time, it.date, it.crc)

    def get(self, key: str, default: Any = None) -> Any:
        """Return `self[key]`, or *default*."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self) -> set[str]:
        """Return the names of all members."""
        return set(self)

    def items(self) -> ItemsView[str, tuple[Any, ...] | None]:
        """Return the names of all members, with their tuples."""
        return {key: self[key] for key in self}.items()

    def _directories(self) -> set[str]:
        return self.archive.directories()


def _portable(name: str) -> str:
    return name if _SEP == "/" else name.replace(_SEP, "/")


def _read(path: str) -> Archive:
    try:
        return Archive(path)
    except ArchiveError as error:
        raise _import_error(error, path) from error.__cause__ or error
    except OSError as error:
        raise ZipImportError(f"can't open Zip file: {path!r}", path=path) from error


def _import_error(error: ArchiveError, path: str) -> ImportError:
    return ZipImportError(str(error), path=path)


def stamp_of(status: stat_result) -> tuple[int, ...]:
    """Return what changes when a file does."""
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_dev


def share(path: str, stamp: tuple[int, ...]) -> Shared:
    """Return the archive in the file *path*, opened if nobody has it open.

    Raises ZipImportError if there is none; nothing is kept then.
    """
    known = _table.get(path)
    if isinstance(known, Shared):
        known.renew(stamp)
        return known
    shared = _table[path] = Shared(path, stamp)
    return shared
