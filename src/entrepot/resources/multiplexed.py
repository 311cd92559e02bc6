"""A directory whose parts lie in several places: that of a namespace package (PEP 420)."""

from __future__ import annotations

from .abc import ContainmentError, Traversable
from .disk import DiskPath
from .names import split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

    from .abc import StrPath


class MultiplexedPath(Traversable):
    """The union of *paths*, directories, in which the first one that has a name wins.

    Source: importlib.resources.readers.MultiplexedPath. Raises FileNotFoundError without paths
    and NotADirectoryError if one is no directory. Strings are accepted with a
    DeprecationWarning, as by importlib_resources 7.1.
    """

    __slots__ = ("paths",)

    #: The directories themselves, in the order in which they are searched, without duplicates.
    paths: tuple[Traversable, ...]

    def __init__(self, *paths: Traversable | StrPath) -> None:
        self.paths = _without_duplicates(list(map(_traversable, paths)))
        if not self.paths:
            raise FileNotFoundError("MultiplexedPath must contain at least one path")
        if not all(path.is_dir() for path in self.paths):
            raise NotADirectoryError("MultiplexedPath only supports directories")

    @property
    def name(self) -> str:
        """The name of the directories."""
        return self.paths[0].name

    def is_dir(self) -> bool:
        """Return True."""
        return True

    def is_file(self) -> bool:
        """Return False."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """Yield one child for each name; directories of the same name are united."""
        found: dict[str, list[Traversable]] = {}
        for path in self.paths:
            for child in path.iterdir():
                found.setdefault(child.name, []).append(child)
        return (_united(children) for children in found.values())

    def joinpath(self, *descendants: StrPath) -> Traversable:
        """Return the descendant; where there is none, the path it would have in the first place.

        Raises ContainmentError for names that lead out.
        """
        parts = split(descendants, ContainmentError)
        if not parts:
            return self
        candidates = [path.joinpath(parts[0]) for path in self.paths]
        existing = [path for path in candidates if path.is_file() or path.is_dir()]
        child = _united(existing or candidates[:1])
        return child.joinpath(*parts[1:]) if parts[1:] else child

    def open(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise FileNotFoundError: this is a directory."""
        raise FileNotFoundError(f"{self} is not a file")

    def read_bytes(self) -> NoReturn:
        """Raise FileNotFoundError: this is a directory."""
        self.open()

    def read_text(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise FileNotFoundError: this is a directory."""
        self.open()

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, MultiplexedPath)
        return self.paths == other.paths if same else NotImplemented  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash(self.paths)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(repr(str(path)) for path in self.paths)})"


def _traversable(path: Traversable | StrPath) -> Traversable:
    if not isinstance(path, str):
        return path  # type: ignore[return-value]
    import warnings  # only for this case

    text = "String arguments are deprecated. Pass a Traversable instead."
    warnings.warn(text, DeprecationWarning, stacklevel=3)
    return DiskPath(path)


def _without_duplicates(paths: list[Traversable]) -> tuple[Traversable, ...]:
    unique: list[Traversable] = []
    for path in paths:
        if path not in unique:
            unique.append(path)
    return tuple(unique)


def _united(children: list[Traversable]) -> Traversable:
    """Return the first of *children*, or the union of all directories if it is one."""
    first = children[0]
    if len(children) == 1 or not first.is_dir():
        return first
    directories = _without_duplicates([child for child in children if child.is_dir()])
    return first if len(directories) == 1 else MultiplexedPath(*directories)
