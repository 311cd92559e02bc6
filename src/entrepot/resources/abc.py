"""What a provider of resources implements: `importlib.resources.abc` of Python 3.15.

`Traversable` is the part of `pathlib.Path` that reading needs. To be one it is enough to have its
methods, as with the stdlib's protocol: `isinstance(pathlib.Path(), Traversable)` is true.
"""

from __future__ import annotations

import sys
from abc import ABC, ABCMeta, abstractmethod

from .names import split

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from typing import IO, Any, BinaryIO, Literal, NoReturn, Protocol, TypeAlias, overload

    StrPath: TypeAlias = str | os.PathLike[str]
else:
    Protocol = ABC  # typing costs 8 ms; `Traversable.__subclasshook__` does the protocol's work


__all__ = ["ResourceReader", "Traversable", "TraversableResources"]


class TraversalError(Exception):
    """No such child; the arguments are a text, the name looked for and the names after it."""


class ContainmentError(TraversalError, ValueError):
    """A name that leads out of the tree: absolute, with `..`, a drive letter or a NUL.

    A ValueError too, since that is what importlib.resources raised for such names until 3.12.
    """


class ResourceReader(metaclass=ABCMeta):
    """The legacy interface of a loader's resources: files of one directory, by name.

    New code implements `TraversableResources`. Source: importlib.resources.abc.ResourceReader.
    A reader made with the stdlib's class or the backport's is an instance of this one too.
    """

    @classmethod
    def __subclasshook__(cls, other: type) -> Any:
        wanted = _READERS.get(cls, ())
        if wanted and all(getattr(other, method, None) is not None for method in wanted):
            return True
        return NotImplemented

    @abstractmethod
    def open_resource(self, resource: str) -> BinaryIO:
        """Return a file of bytes; raise FileNotFoundError if there is no such resource."""
        raise FileNotFoundError(resource)

    @abstractmethod
    def resource_path(self, resource: str) -> str:
        """Return the path of *resource*; raise FileNotFoundError if it is no real file."""
        raise FileNotFoundError(resource)

    @abstractmethod
    def is_resource(self, path: str) -> bool:
        """Whether *path* names a resource; directories are none."""
        raise FileNotFoundError(path)

    @abstractmethod
    def contents(self) -> Iterator[str]:
        """Return the names of all files and directories in the package."""
        raise FileNotFoundError


#: What makes a class a Traversable in the eyes of isinstance(). `name` may be set by `__init__`.
_METHODS = (
    "iterdir", "read_bytes", "read_text", "is_dir", "is_file", "joinpath", "__truediv__", "open",
)  # fmt: skip


class Traversable(Protocol):
    """A file or directory of resources, real or not.

    Source: importlib.resources.abc.Traversable. A subclass defines `iterdir`, `is_dir`,
    `is_file`, `open` and `name`; the rest follows from these.
    """

    __slots__ = ()

    @classmethod
    def __subclasshook__(cls, other: type) -> Any:
        if cls is not Traversable:
            return NotImplemented
        if all(getattr(other, method, None) is not None for method in _METHODS):
            return True
        return NotImplemented

    @property
    @abstractmethod
    def name(self) -> str:
        """The last part of the path, without what leads to it."""

    @abstractmethod
    def iterdir(self) -> Iterator[Traversable]:
        """Yield the children of this directory."""

    @abstractmethod
    def is_dir(self) -> bool:
        """Whether this is a directory that exists."""

    @abstractmethod
    def is_file(self) -> bool:
        """Whether this is a file that exists."""

    if TYPE_CHECKING:  # by what it returns; pathlib.Path and zipfile.Path fit

        @overload
        @abstractmethod
        def open(
            self, mode: Literal["r"] = ..., *, encoding: str | None = ..., errors: str | None = ...
        ) -> IO[str]: ...
        @overload
        @abstractmethod
        def open(self, mode: Literal["rb"]) -> IO[bytes]: ...

    else:

        @abstractmethod
        def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:
            """Return the content as a file of text ("r") or of bytes ("rb").

            For text the arguments are those of `io.TextIOWrapper`: encoding, errors, ...
            """

    def joinpath(self, *descendants: StrPath) -> Traversable:
        """Return the descendant reached by *descendants*, whose parts `/` separates.

        Raises ContainmentError for names that lead out, else TraversalError where a part is
        missing.
        """
        parts = split(descendants, ContainmentError)
        if not parts:
            return self
        target, *rest = parts
        for child in self.iterdir():
            if child.name == target:
                return child.joinpath(*rest)  # which may have a faster way than this
        raise TraversalError("Target not found during traversal.", target, rest)

    def __truediv__(self, child: StrPath) -> Traversable:
        """Return `joinpath(child)`."""
        return self.joinpath(child)

    def read_bytes(self) -> bytes:
        """Return the content."""
        with self.open("rb") as stream:
            return bytes(stream.read())

    def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
        """Return the content, decoded; *errors* as for `open()` (new in 3.15)."""
        # Traversables written before 3.15 may not take *errors*.
        optional: Any = {} if errors is None else {"errors": errors}
        with self.open(encoding=encoding, **optional) as stream:
            return str(stream.read())


class TraversableResources(ResourceReader):
    """A reader that gives its files as a tree; the legacy methods follow from it.

    Source: importlib.resources.abc.TraversableResources. What the legacy methods are given must
    name something in the tree: they raise ContainmentError for a name that leads out of it.
    """

    @abstractmethod
    def files(self) -> Traversable:
        """Return the package's directory."""

    def _find(self, resource: StrPath) -> Any:
        return self.files().joinpath(*split((resource,), ContainmentError))

    def open_resource(self, resource: StrPath) -> BinaryIO:
        """Return a file of bytes; raise FileNotFoundError if there is no such resource."""
        stream: BinaryIO = self._find(resource).open("rb")
        return stream

    def resource_path(self, resource: Any) -> NoReturn:
        """Raise FileNotFoundError: in general there is no real file; see `as_file()`."""
        raise FileNotFoundError(resource)

    def is_resource(self, path: StrPath) -> bool:
        """Whether *path* names a file of the tree."""
        try:
            return bool(self._find(path).is_file())
        except TraversalError:
            return False

    def contents(self) -> Iterator[str]:
        """Yield the names in the package's directory."""
        return (item.name for item in self.files().iterdir())


_LEGACY = ("open_resource", "resource_path", "is_resource", "contents")
_READERS: dict[type, tuple[str, ...]] = {
    ResourceReader: _LEGACY,
    TraversableResources: (*_LEGACY, "files"),
}
#: Where the stdlib (the second: until 3.10) and the backport have their classes.
_ELSEWHERE = ("importlib.resources.abc", "importlib.abc", "importlib_resources.abc")


def be_known_elsewhere(reader: type) -> None:
    """Make *reader* a subclass of the stdlib's classes, where those are imported.

    Importing them for that would cost more than all of entrepot.resources.
    """
    for name in _ELSEWHERE:
        classes = vars(sys.modules[name]) if name in sys.modules else {}
        for ours in _READERS:
            theirs = classes.get(ours.__name__)
            if theirs is not None:
                theirs.register(reader)
