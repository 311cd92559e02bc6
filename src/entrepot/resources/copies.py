"""`as_file`: a real path for any resource.

What is on disk is given as it is. The rest is copied, each file once, into a directory that
belongs to this process alone (mode 700) and goes with it: see `reaper`. In it each `as_file` has
a directory of its own, removed when its `with` ends, so a copy keeps the resource's name.
"""

from __future__ import annotations

import atexit
import os
import sys

from .. import host
from . import reaper
from .abc import ContainmentError
from .disk import DiskPath
from .names import leads_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType
    from typing import Any, BinaryIO

    from .abc import Traversable

_CHUNK = 1 << 20


def as_file(traversable: Traversable) -> AbstractContextManager[Path]:
    """Return a context manager whose value is a path of *traversable* on the file system.

    A real file or directory is its own path, and is not touched. Anything else, a file or a
    whole tree, is copied when the `with` begins, and the copy removed when it ends or when the
    process does, killed or not. The copy has the resource's name. Raises what reading raises,
    and ContainmentError if a child's name would lead out of the copy.
    (importlib.resources.as_file)
    """
    real = _real_path(traversable)
    return _Given(real) if real is not None else _Copied(traversable)  # type: ignore[return-value]


def _real_path(traversable: Any) -> Any:
    if hasattr(type(traversable), "__fspath__"):
        return traversable
    find = getattr(traversable, "real_path", None)  # a legacy reader may know one
    path = None if find is None else find()
    return None if path is None or not os.path.exists(path) else DiskPath(path)


class _Given:
    __slots__ = ("path",)

    def __init__(self, path: Any) -> None:
        self.path = path

    def __enter__(self) -> Any:
        return self.path

    def __exit__(self, *exc_info: object) -> None:
        """Leave the file alone: it is not ours."""


class _Copied:
    """A copy for each `with` that is open; may be entered again."""

    __slots__ = ("directories", "traversable")

    def __init__(self, traversable: Traversable) -> None:
        self.traversable = traversable
        self.directories: list[str] = []
        traversable.is_dir  # noqa: B018  (raises AttributeError here for what is no traversable)

    def __enter__(self) -> DiskPath:
        directory = _SPACE.new_directory()
        try:
            path = _target(directory, self.traversable.name or "resource")
            copy(self.traversable, path)
        except BaseException:
            _SPACE.remove(directory)
            raise
        self.directories.append(directory)
        return DiskPath(path)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _SPACE.remove(self.directories.pop())


class _Space:
    """The directory of this process's copies. A forked child makes one of its own."""

    def __init__(self) -> None:
        self.lock = host.allocate_lock()
        self.owner = 0
        self.root = ""
        self.count = 0

    def new_directory(self) -> str:
        """Return a new directory."""
        with self.lock:
            if self.owner != os.getpid():
                self._make_root()
            self.count += 1
            path = os.path.join(self.root, str(self.count))
        os.mkdir(path, 0o700)
        return path

    def _make_root(self) -> None:
        name = f"entrepot-{os.urandom(12).hex()}"
        root = os.path.join(temporary_directory(), name)
        reaper.watch(root)  # its descriptor stays open until the process ends
        os.mkdir(root, 0o700)
        self.root, self.owner, self.count = root, os.getpid(), 0
        atexit.register(self._at_exit, os.getpid(), root)

    def remove(self, directory: str) -> None:
        """Remove what `new_directory` gave; a forked child leaves it to its owner."""
        if self.owner == os.getpid() and directory.startswith(self.root + os.sep):
            remove_tree(directory)

    @staticmethod
    def _at_exit(owner: int, root: str) -> None:
        if owner == os.getpid():
            remove_tree(root)


_SPACE = _Space()


def _new_lock() -> None:
    _SPACE.lock = host.allocate_lock()


host.register_at_fork(_new_lock)


def temporary_directory() -> str:
    """Return the directory for temporary files, as `tempfile.gettempdir()` chooses it."""
    if "tempfile" not in sys.modules and os.name == "posix":
        for candidate in (*map(os.environ.get, ("TMPDIR", "TEMP", "TMP")), "/tmp"):
            if candidate and os.path.isdir(candidate) and os.access(candidate, os.W_OK | os.X_OK):
                return os.path.abspath(candidate)
    import tempfile  # noqa: PLC0415  (15 ms, for the unusual cases)

    return tempfile.gettempdir()


def _target(directory: str, name: str) -> str:
    if leads_out(name) or "/" in name or name in ("", "."):
        raise ContainmentError(f"{name!r} cannot be the name of a copy")
    return os.path.join(directory, name)


def copy(source: Traversable, path: str) -> None:
    """Copy the file or tree *source* to *path*, which must not exist."""
    waiting = [(source, path)]
    while waiting:
        item, target = waiting.pop()
        if not _is_dir(item):
            _copy_file(item, target)
            continue
        os.mkdir(target, 0o700)
        waiting.extend((child, _target(target, child.name)) for child in item.iterdir())


def _is_dir(item: Traversable) -> bool:
    try:
        return item.is_dir()
    except FileNotFoundError:  # some say so of what is not there
        return False


def _copy_file(item: Traversable, path: str) -> None:
    # Not "wb": a name that is there already, in another case where that is the same, is an error.
    with item.open("rb") as source, open(path, "xb", opener=_private) as target:
        for chunk in _chunks(source):
            target.write(chunk)


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def remove_tree(path: str) -> None:
    """Remove the directory *path* and all in it; what has gone already, or must stay, is no error.

    Links in it are removed, never followed.
    """
    try:
        entries = list(os.scandir(path))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            remove_tree(entry.path)
        else:
            _quietly(os.unlink, entry.path)
    _quietly(os.rmdir, path)


def _quietly(remove: Any, path: str) -> None:
    try:
        remove(path)
    except OSError:
        pass  # in use on Windows, or gone
