"""Resources in a zip: a traversable over the names of an archive.

Contents come through the importer's `get_data`, which knows where each file is. The names are
read when somebody looks around, and are shared by all packages of the archive until its file
changes; a name that leads out of the archive is left out.
"""

from __future__ import annotations

import errno
import io
import os
from zipimport import ZipImportError

from .abc import ContainmentError, Traversable
from .names import leads_out, split
from .streams import check_mode, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from ..importers.archive.directory import Archive
    from .abc import StrPath

_KEPT_ARCHIVES = 16


class Names:
    """The tree of names of one archive.

    `files` are the names of its files; `children` maps each directory's name, "" for the
    archive itself, to the names in it, in the archive's order.
    """

    __slots__ = ("children", "files", "stamp")

    def __init__(self, names: Iterable[str], stamp: tuple[int, ...] = ()) -> None:
        self.stamp = stamp
        self.files: set[str] = set()
        self.children: dict[str, dict[str, None]] = {"": {}}
        for name in names:
            if not leads_out(name) and "//" not in name:
                self._add(name)
        for name in self.files & self.children.keys():
            del self.children[name]  # a file of the same name hides the directory

    def _add(self, name: str) -> None:
        path = name.rstrip("/")
        if path == name:
            self.files.add(path)
        elif path:
            self.children.setdefault(path, {})
        while path:
            head, _, tail = path.rpartition("/")
            known = head in self.children
            self.children.setdefault(head, {})[tail] = None
            if known:
                return
            path = head


_known: dict[str, Names] = {}


def names_of(archive: str) -> Names:
    """Return the names in the zip *archive*; raises OSError or ZipImportError."""
    status = os.stat(archive)
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    names = _known.get(archive)
    if names is None or names.stamp != stamp:
        names = Names(_open(archive), stamp)
        if len(_known) >= _KEPT_ARCHIVES:
            _known.clear()  # at once, so that threads do not meet
        _known[archive] = names
    return names


def _open(archive: str) -> Archive:
    from ..importers.archive.directory import Archive  # only to look around
    from ..importers.archive.end import ArchiveError

    try:
        return Archive(archive)
    except ArchiveError as error:
        raise ZipImportError(str(error), path=archive) from error


class Contents:
    """What the paths of one archive share: its path, how to read, and its names when needed."""

    __slots__ = ("_names", "archive", "read")

    def __init__(self, archive: str, read: Callable[[str], bytes]) -> None:
        self.archive = archive
        self.read = read
        self._names: Names | None = None

    @property
    def names(self) -> Names:
        """The names as they are when first asked for; raises OSError or ZipImportError."""
        if self._names is None:
            self._names = names_of(self.archive)
        return self._names


class ZipPath(Traversable):
    """A file or directory in a zip: *path* is its name there, "" for the root."""

    __slots__ = ("_contents", "_path")

    def __init__(self, contents: Contents, path: str) -> None:
        self._contents = contents
        self._path = path.strip("/")

    def _with(self, path: str) -> ZipPath:
        return ZipPath(self._contents, path)

    @property
    def archive(self) -> str:
        """The path of the zip."""
        return self._contents.archive

    @property
    def at(self) -> str:
        """The name in the archive, with `/` at the end of a directory's."""
        return self._path + "/" if self._path and self.is_dir() else self._path

    @property
    def name(self) -> str:
        """The last part of the path: the archive's own name at its root."""
        return self._path.rpartition("/")[2] or os.path.basename(self.archive)

    @property
    def suffix(self) -> str:
        """The name's extension, with its dot."""
        return os.path.splitext(self.name)[1]

    @property
    def suffixes(self) -> list[str]:
        """All extensions of the name."""
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self) -> str:
        """The name without its extension."""
        return os.path.splitext(self.name)[0]

    @property
    def parent(self) -> ZipPath:
        """The directory of this; the root is its own parent."""
        return self._with(self._path.rpartition("/")[0])

    def __getattr__(self, attribute: str) -> Any:
        # What else `zipfile.Path` can do, which the stdlib gives here.
        if attribute[:1] == "_":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {attribute!r}")
        import zipfile  # 25 ms, and seldom needed

        return getattr(zipfile.Path(self.archive, self.at), attribute)

    def exists(self) -> bool:
        """Whether the archive has this file or directory."""
        return self.is_file() or self.is_dir()

    def is_dir(self) -> bool:
        """Whether this is a directory, with an entry of its own or not."""
        return self._path in self._contents.names.children

    def is_file(self) -> bool:
        """Whether this is a file."""
        return self._path in self._contents.names.files

    def is_symlink(self) -> bool:
        """Return False: a link in an archive is a file to all who read it."""
        return False

    def iterdir(self) -> Iterator[ZipPath]:
        """Yield the children; raises ValueError, as zipfile does, if this is no directory."""
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        prefix = self._path + "/" if self._path else ""
        return (self._with(prefix + name) for name in self._contents.names.children[self._path])

    def joinpath(self, *descendants: StrPath) -> ZipPath:
        """Return the path of *descendants*; raises ContainmentError for names that lead out."""
        parts = split(descendants, ContainmentError)
        return self._with("/".join([self._path, *parts])) if parts else self

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Open for reading: see `Traversable.open`."""
        check_mode(mode)
        return wrap(io.BytesIO(self.read_bytes()), mode, *args, **kwargs)

    def read_bytes(self) -> bytes:
        """Return the content; raises FileNotFoundError, IsADirectoryError, ZipImportError."""
        try:
            return self._contents.read(os.path.join(self.archive, *self._path.split("/")))
        except OSError:
            if self.is_file():
                raise
            number = errno.EISDIR if self.is_dir() else errno.ENOENT
            raise OSError(number, os.strerror(number), str(self)) from None

    def _key(self) -> tuple[str, str]:
        return self.archive, self._path

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, ZipPath) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return f"{self.archive}/{self.at}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.archive!r}, {self.at!r})"
