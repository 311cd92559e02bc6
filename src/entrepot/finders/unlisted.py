"""A huge directory, of which often only a few names are wanted: before it is worth listing."""

from __future__ import annotations

from .listing import ANYTHING, modules_among, names_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from os import stat_result

    from ..host.files import Disk

#: A huge directory is listed when it has been asked as many questions as its size has these
#: bytes. On ext4, where an entry takes about 35, so many questions cost what the list costs.
BYTES_FOR_A_QUESTION = 1 << 10


class Unlisted:
    """A huge directory that is not listed yet: the file system is asked for each name.

    It is listed when the number of questions, which *stat*'s size allows, has been asked. What
    is here is never out of date. (A directory that may be entered but not read answers too.)
    """

    __slots__ = ("_disk", "_left", "_path", "_prefix")
    keeps_case, lasts, stems = True, False, ANYTHING

    def __init__(self, disk: Disk, path: str, prefix: str, stat: stat_result) -> None:
        self._disk = disk
        self._path = path
        self._prefix = prefix
        self._left = stat.st_size // BYTES_FOR_A_QUESTION

    def holds(self, _: stat_result) -> bool:
        """Whether one more question is allowed."""
        self._left -= 1
        return self._left >= 0

    @property
    def names(self) -> Container[str]:
        """What contains the names that are there now."""
        return self

    def __contains__(self, name: object) -> bool:
        if (
            not isinstance(name, str)
            or not name
            or any(sep in name for sep in self._disk.paths.seps)
        ):
            return False
        found = self._stat(name)
        if found is None:
            return False
        # A file system, or a directory of it, may ignore case all the same. Then a name of the
        # other case is there too, and only the list has the true one.
        other = self._stat(name.swapcase())
        is_same = other is not None and (other.st_ino, other.st_dev) == (found.st_ino, found.st_dev)
        if is_same or not name.isascii():
            return name in names_in(self._disk, self._path)
        return True

    def _stat(self, name: str) -> stat_result | None:
        try:
            return self._disk.stat(f"{self._prefix}{name}")
        except (OSError, ValueError):
            return None

    def is_portion(self, *_: object) -> bool:
        """Return False: nothing is remembered."""
        return False

    def note_portion(self, *_: object) -> None:
        """Remember nothing."""

    def modules(self, suffixes: Iterable[str]) -> list[str]:
        """Return, sorted, the names of what could be a module with one of *suffixes*."""
        return modules_among(names_in(self._disk, self._path), suffixes)

    def note_miss(self) -> bool:
        """Return False: there is nothing to work out."""
        return False

    def known_stems(self) -> Container[str]:
        """Return what contains any name: nothing is known."""
        return ANYTHING
