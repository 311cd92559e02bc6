"""Resources on a file system that is not the operating system's (`entrepot.host.memory`)."""

from __future__ import annotations

import io
import stat

from .abc import ContainmentError, Traversable
from .names import split
from .streams import check_mode, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .abc import StrPath


class StoredPath(Traversable):
    """The file or directory *path* of *disk*, which has `stat`, `listdir` and `read`."""

    __slots__ = ("_disk", "_path")

    def __init__(self, disk: Any, path: str) -> None:
        self._disk = disk
        self._path = path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return str(self._disk.paths.split(self._path)[1])

    def _mode(self) -> int:
        try:
            return int(self._disk.stat(self._path).st_mode)
        except (OSError, ValueError):
            return 0

    def is_dir(self) -> bool:
        """Whether this is a directory."""
        return stat.S_ISDIR(self._mode())

    def is_file(self) -> bool:
        """Whether this is a file."""
        return stat.S_ISREG(self._mode())

    def iterdir(self) -> Iterator[StoredPath]:
        """Yield the children; raises OSError at once if this is no directory."""
        return map(self.joinpath, self._disk.listdir(self._path))

    def joinpath(self, *descendants: StrPath) -> StoredPath:
        """Return the path of *descendants*; raises ContainmentError for names that lead out."""
        parts = split(descendants, ContainmentError)
        return StoredPath(self._disk, self._disk.paths.join(self._path, *parts))

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Open for reading: see `Traversable.open`."""
        check_mode(mode)
        return wrap(io.BytesIO(self.read_bytes()), mode, *args, **kwargs)

    def read_bytes(self) -> bytes:
        """Return the content; raises OSError."""
        return bytes(self._disk.read(self._path))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredPath):
            return NotImplemented
        return self._disk is other._disk and self._path == other._path

    def __hash__(self) -> int:
        return hash(self._path)

    def __str__(self) -> str:
        return self._path

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._path!r})"
