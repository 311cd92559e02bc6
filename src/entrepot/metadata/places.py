"""Where the files of one distribution's metadata are: a directory, an archive, or any path.

A place reads bytes by name. "" names the place itself: the metadata of an old egg is one file.
None means that there is no such file, or none that can be read.
"""

from __future__ import annotations

import errno
from os import fspath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any, Protocol

    from ..host import Disk

    class Place(Protocol):
        """What a distribution reads its metadata from."""

        path: str

        def read(self, name: str) -> bytes | None:
            """Return the content of a file, or None."""

        def has(self, name: str) -> bool:
            """Whether there is a file of this name with something in it."""

        def exists(self, path: str) -> bool:
            """Whether there is a file at *path*, seen from the directory above the place."""

        def read_beside(self, path: str) -> bytes | None:
            """Return the content of a file at *path*, seen from the directory above, or None."""

        def as_path(self) -> Any:
            """Return the place as pathlib.Path, zipfile.Path, or what it was made from."""


#: What tells that a file is not there or not for us. Anything else (EIO, EMFILE, ESTALE) is
#: trouble of the system's, which must not look like a distribution that is not installed.
_ABSENT = frozenset(
    getattr(errno, name)
    for name in (
        "ENOENT",
        "ENOTDIR",
        "EISDIR",
        "EACCES",
        "EPERM",
        "ELOOP",
        "ENAMETOOLONG",
        "EINVAL",
    )
    if hasattr(errno, name)
)


def is_absent(error: OSError | ValueError) -> bool:
    """Whether *error* says that there is no such file (ValueError: a NUL in its name)."""
    return not isinstance(error, OSError) or error.errno in _ABSENT


class OnDisk:
    """A metadata directory, or file, of a file system."""

    __slots__ = ("_disk", "path")

    def __init__(self, path: str, disk: Disk) -> None:
        self.path = path
        self._disk = disk

    def read(self, name: str) -> bytes | None:
        """Return the content of the file *name*, or None."""
        return self._read(self._disk.paths.join(self.path, name))

    def _read(self, path: str) -> bytes | None:
        try:
            return self._disk.read(path)
        except (OSError, ValueError) as error:
            if is_absent(error):
                return None
            raise

    def has(self, name: str) -> bool:
        """Whether the file *name* is there and not empty."""
        status = self._stat(self._disk.paths.join(self.path, name))
        return status is not None and status.st_size > 0 and status.st_mode & 0o170000 == 0o100000

    def exists(self, path: str) -> bool:
        """Whether *path* exists, seen from the directory above."""
        return self._stat(self._beside(path)) is not None

    def read_beside(self, path: str) -> bytes | None:
        """Return the content of the file *path*, seen from the directory above, or None."""
        return self._read(self._beside(path))

    def _beside(self, path: str) -> str:
        above = self.path[: len(self.path) - len(self._disk.paths.split(self.path)[1])]
        return self._disk.paths.join(above, path) or "."

    def _stat(self, path: str) -> Any:
        try:
            return self._disk.stat(path)
        except (OSError, ValueError) as error:
            if is_absent(error):
                return None
            raise

    def as_path(self) -> Any:
        """Return the place as a `pathlib.Path`."""
        from pathlib import Path

        return Path(self.path)


class Elsewhere:
    """A place given as an object with the `SimplePath` protocol, such as `zipfile.Path`."""

    __slots__ = ("_path", "path")

    def __init__(self, path: Any) -> None:
        self._path = path
        self.path = str(path)

    def read(self, name: str) -> bytes | None:
        """Return the content of the file *name*, or None."""
        return self._read(self._path.joinpath(name) if name else self._path)

    def read_beside(self, path: str) -> bytes | None:
        """Return the content of the file *path*, seen from the directory above, or None."""
        return self._read(self._path.parent.joinpath(path))

    @staticmethod
    def _read(target: Any) -> bytes | None:
        try:
            return _read(target)
        except (KeyError, ValueError):
            return None
        except OSError as error:
            # zipfile.Path raises FileNotFoundError without an errno.
            if error.errno is None or is_absent(error):
                return None
            raise

    def has(self, name: str) -> bool:
        """Whether the file *name* is there and not empty."""
        return bool(self.read(name))

    def exists(self, path: str) -> bool:
        """Whether *path* exists, seen from the directory above."""
        return bool(self._path.parent.joinpath(path).exists())

    def as_path(self) -> Any:
        """Return the object itself."""
        return self._path


def _read(target: Any) -> bytes:
    # The protocol requires read_text only, but bytes are what need not be UTF-8.
    if hasattr(target, "read_bytes"):
        return bytes(target.read_bytes())
    return str(target.read_text(encoding="utf-8")).encode()


def decode(data: bytes) -> str:
    r"""Return the content of a metadata file as text with `\n` at the line ends.

    The specifications say UTF-8, tools before them wrote what their platform had. What is not
    UTF-8 is read as Latin-1, in which each byte is a character: the ASCII fields that matter,
    name and version, survive, and nothing is raised for one odd letter in an author's name.
    """
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def place_of(path: str | PathLike[str] | Any, disk: Disk) -> Place:
    """Return the place that *path* names: a string, an `os.PathLike`, or a `SimplePath`."""
    if isinstance(path, str) or hasattr(path, "__fspath__"):
        text = fspath(path)
        return OnDisk(text.rstrip(disk.paths.seps) or text, disk)
    return Elsewhere(path)
