"""Resources that are real files: a path which is pathlib's to its users and not to the clock.

`importlib.resources.files()` gives a `pathlib.Path` for a package on disk, and programs use it as
one. Importing pathlib is a third of what that costs a fresh process. `DiskPath` reads resources
with `os` alone; whatever else a `Path` can do is passed on to a real one, made when first asked.

It is a transparent proxy, as `weakref.proxy` is: `isinstance(x, pathlib.Path)` is true, it equals
and hashes as the path, and `open`, `os`, `shutil` and `pathlib` take it. Only `type(x)` differs.
"""

from __future__ import annotations

import io
import os
import sys

from ..host import DISK
from .abc import Traversable, TraversableResources
from .names import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator
    from typing import Any

    from .abc import StrPath

_SEP = os.sep
_IS_POSIX = _SEP == "/"
_text_encoding: Any = io.text_encoding  # type: ignore[attr-defined]  # known since 3.10


def joined(base: str, *names: str) -> str:
    """Return what `str(pathlib.Path(base, *names))` does: no `//`, no `.`, no `/` at the end."""
    if not _IS_POSIX:
        return str(_pathlib().PurePath(base, *names))
    path = os.path.join(base, *names)
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not path.startswith("/"):
        return "/".join(parts) or "."
    # POSIX leaves the meaning of exactly two slashes to the system, and pathlib keeps them.
    root = "//" if path.startswith("//") and not path.startswith("///") else "/"
    return root + "/".join(parts)


def _pathlib() -> Any:
    import pathlib  # the point of this module

    return pathlib


class DiskPath(Traversable):
    """A real file or directory.

    *path* is absolute or relative to the current directory, as for pathlib; `joinpath` follows
    pathlib too, `..` and absolute parts included (see `entrepot.resources.within`).
    """

    __slots__ = ("__weakref__", "_full", "_real")

    def __init__(self, path: StrPath) -> None:
        self._full = joined(text(path))

    @classmethod
    def _made(cls, full: str) -> DiskPath:
        path = cls.__new__(cls)
        path._full = full  # noqa: SLF001  (its own)
        return path

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """The class of the path that this stands for; DiskPath while there is no pathlib."""
        path_class = getattr(sys.modules.get("pathlib"), "Path", None)
        return type(self) if path_class is None else type(self._path())

    def _path(self) -> Any:
        try:
            return self._real
        except AttributeError:
            self._real: pathlib.Path = _pathlib().Path(self._full)
            return self._real

    def __getattr__(self, attribute: str) -> Any:
        # Special methods are looked up on the type; who asks the instance wants to know if we
        # follow some protocol, and the answer is in this class.
        if attribute in ("_real", "_full") or attribute[:2] == "__":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {attribute!r}")
        return getattr(self._path(), attribute)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *dir(self._path())})

    def __fspath__(self) -> str:
        return self._full

    __str__ = __fspath__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._full!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._full,)

    def __bytes__(self) -> bytes:
        return os.fsencode(self._full)

    def __hash__(self) -> int:
        return hash(self._path())

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            # Both texts are as pathlib writes them, so this is what it compares.
            return os.path.normcase(self._full) == os.path.normcase(other._full)
        return bool(self._path() == other)

    def __lt__(self, other: pathlib.PurePath) -> bool:
        return bool(self._path() < _plain(other))

    def __le__(self, other: pathlib.PurePath) -> bool:
        return bool(self._path() <= _plain(other))

    def __gt__(self, other: pathlib.PurePath) -> bool:
        return bool(self._path() > _plain(other))

    def __ge__(self, other: pathlib.PurePath) -> bool:
        return bool(self._path() >= _plain(other))

    def __rtruediv__(self, base: StrPath) -> DiskPath:
        return self._made(joined(text(base), self._full))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return os.path.basename(self._full) if self._full != "." else ""

    def joinpath(self, *descendants: StrPath) -> DiskPath:
        """Return the path of *descendants*, as `pathlib.Path.joinpath` does."""
        return self._made(joined(self._full, *map(text, descendants)))

    def __truediv__(self, child: StrPath) -> DiskPath:
        try:
            return self.joinpath(child)
        except TypeError:
            return NotImplemented

    def iterdir(self) -> Iterator[DiskPath]:
        """Yield the children; raises OSError at once if this is no directory."""
        names = os.listdir(self._full)
        base = "" if self._full == "." else self._full.rstrip(_SEP) + _SEP
        return (self._made(base + name) for name in names)

    def exists(self, *, follow_symlinks: bool = True) -> bool:
        """Whether there is a file, a directory or anything else of this name."""
        return os.path.exists(self._full) if follow_symlinks else os.path.lexists(self._full)

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether this is a directory; False if that cannot be found out."""
        return os.path.isdir(self._full) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether this is a regular file; False if that cannot be found out."""
        return os.path.isfile(self._full) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self) -> bool:
        """Whether this is a symbolic link."""
        return os.path.islink(self._full)

    def open(
        self,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> Any:
        """Open the file as `open()` does; raises what it raises."""
        if "b" not in mode:
            encoding = _text_encoding(encoding)  # PEP 597: warn the caller, not this line
        return open(self._full, mode, buffering, encoding, errors, newline)

    def read_bytes(self) -> bytes:
        """Return the content; raises OSError."""
        with open(self._full, "rb", buffering=0) as stream:
            return stream.read()

    def read_text(
        self, encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> str:
        """Return the content, decoded; raises OSError, UnicodeDecodeError, LookupError."""
        encoding = _text_encoding(encoding)
        with open(self._full, encoding=encoding, errors=errors, newline=newline) as stream:
            return stream.read()


def _plain(path: Any) -> Any:
    """Return the real path if *path* stands for one: older pathlibs compare by `type()`."""
    return path._path() if type(path) is DiskPath else path  # noqa: SLF001


class FileReader(TraversableResources):
    """The resources beside the file of *loader*, which tells its `path`.

    Source: importlib.resources.readers.FileReader.
    """

    def __init__(self, loader: Any) -> None:
        disk = getattr(loader, "disk", DISK)
        #: The directory of the package.
        self.path: Traversable
        if disk is DISK:
            self.path = DiskPath(os.path.dirname(loader.path))
        else:
            self.path = _stored(disk, disk.paths.split(loader.path)[0])

    def files(self) -> Traversable:
        """Return the package's directory."""
        return self.path

    def resource_path(self, resource: StrPath) -> str:  # type: ignore[override]
        """Return the path of *resource*, which need not exist.

        Raises ContainmentError for a name that leads out of the package.
        """
        return str(self._find(resource))


def _stored(disk: Any, path: str) -> Traversable:
    from .stored import StoredPath  # for tests and images only

    return StoredPath(disk, path)
