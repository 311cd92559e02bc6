"""`as_file`: a real path for any resource.

What is on disk is given as it is. The rest is copied, each file once, into a directory that is
removed when the `with` ends, or when the process does: see `space` and `reaper`.
"""

from __future__ import annotations

import os

from .abc import ContainmentError
from .disk import DiskPath
from .names import leads_out
from .space import SPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType
    from typing import IO, Any

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


def local_path(traversable: Traversable) -> Path:
    """Return a path of *traversable* that is there as long as this process, without a `with`.

    As `as_file`, but a copy stays until the process ends, killed or not. Equal traversables get
    one copy, with the content that there was when it was made.
    """
    real = _real_path(traversable)
    if real is not None:
        return real  # type: ignore[no-any-return]
    key = os.getpid(), traversable  # the parent's copies go with the parent
    if key not in _lasting:
        # Of two threads that come at once both copy, and one copy is used by both.
        _lasting.setdefault(key, _Copied(traversable).__enter__())
    return _lasting[key]  # type: ignore[return-value]


_lasting: dict[Any, DiskPath] = {}


def _real_path(traversable: Any) -> Any:
    if hasattr(type(traversable), "__fspath__"):
        return traversable
    find = getattr(type(traversable), "real_path", None)  # a legacy reader may know one
    path = None if find is None else find(traversable)
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
        directory = SPACE.new_directory()
        try:
            path = _target(directory, self.traversable.name or "resource")
            copy(self.traversable, path)
        except BaseException:
            SPACE.remove(directory)
            raise
        self.directories.append(directory)
        return DiskPath(path)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        SPACE.remove(self.directories.pop())


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


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
