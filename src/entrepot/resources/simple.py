"""A tree of resources out of four methods: `importlib.resources.simple`.

Whoever has resources in a database, say, writes a `SimpleReader`; `TraversableReader` beside it
as a base makes it what `get_resource_reader()` returns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from .abc import Traversable, TraversableResources
from .streams import check_mode, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO, NoReturn

    from .abc import StrPath


class SimpleReader(ABC):
    """The least that a provider must tell. Source: importlib.resources.simple.SimpleReader.

    `resources` and `children` may be methods or, as CPython's own code expects of `resources`,
    plain attributes or properties.
    """

    @property
    @abstractmethod
    def package(self) -> str:
        """The full name of the package."""

    @abstractmethod
    def children(self) -> list[SimpleReader]:
        """Return the readers of the subdirectories."""

    @abstractmethod
    def resources(self) -> list[str]:
        """Return the names of the files."""

    @abstractmethod
    def open_binary(self, resource: str) -> BinaryIO:
        """Return the file *resource*, of bytes; raise FileNotFoundError if there is none."""

    @property
    def name(self) -> str:
        """The last part of the package's name."""
        return self.package.split(".")[-1]


def _value(attribute: Any) -> Any:
    return attribute() if callable(attribute) else attribute


class ResourceContainer(Traversable):
    """The directory that *reader* tells of."""

    def __init__(self, reader: SimpleReader) -> None:
        self.reader = reader

    @property
    def name(self) -> str:
        """The reader's name."""
        return self.reader.name

    def is_dir(self) -> bool:
        """Return True."""
        return True

    def is_file(self) -> bool:
        """Return False."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """Yield the files, then the subdirectories."""
        yield from (ResourceHandle(self, name) for name in _value(self.reader.resources))
        yield from map(ResourceContainer, _value(self.reader.children))

    def open(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise IsADirectoryError."""
        raise IsADirectoryError(self.name)


class ResourceHandle(Traversable):
    """The file *name* in the directory *parent*."""

    name = ""  # in place of the abstract property; each instance has its own

    def __init__(self, parent: ResourceContainer, name: str) -> None:
        self.parent = parent
        self.name = name

    def is_file(self) -> bool:
        """Return True."""
        return True

    def is_dir(self) -> bool:
        """Return False."""
        return False

    def iterdir(self) -> NoReturn:
        """Raise NotADirectoryError."""
        raise NotADirectoryError(self.name)

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Open for reading: see `Traversable.open`."""
        check_mode(mode)
        return wrap(self.parent.reader.open_binary(self.name), mode, *args, **kwargs)

    def joinpath(self, *descendants: StrPath) -> Traversable:
        """Return this for no *descendants*; raise RuntimeError otherwise, as the stdlib does."""
        if descendants:
            raise RuntimeError("Cannot traverse into a resource")
        return self


class TraversableReader(TraversableResources, SimpleReader):
    """A `SimpleReader` that is a resource reader."""

    def files(self) -> ResourceContainer:
        """Return the directory."""
        return ResourceContainer(self)
