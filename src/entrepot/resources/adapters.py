"""Loaders of every age, seen as one kind: those that give their resources as a tree.

A loader may have no `get_resource_reader`, or one whose reader knows only the legacy interface
of importlib.abc.ResourceReader: `CompatibilityFiles` makes traversables of either.
"""

from __future__ import annotations

from .abc import ContainmentError, Traversable
from .names import split
from .selection import reader_of_spec
from .streams import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType
    from typing import Any, NoReturn

    from .abc import StrPath


class OrphanPath(Traversable):
    """A path below something that has no children, by its *parts*: it never exists."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: str) -> None:
        if not parts:
            raise ValueError("Need at least one path part to construct a path")
        self._parts = parts

    @property
    def name(self) -> str:
        """The last part."""
        return self._parts[-1]

    def iterdir(self) -> Iterator[Traversable]:
        """Yield nothing."""
        return iter(())

    def is_file(self) -> bool:
        """Return False."""
        return False

    is_dir = is_file

    def joinpath(self, *descendants: StrPath) -> OrphanPath:
        """Return another path that does not exist."""
        return OrphanPath(*self._parts, *split(descendants, ContainmentError))

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> NoReturn:
        """Raise FileNotFoundError."""
        raise FileNotFoundError("Can't open orphan path")


class ChildPath(Traversable):
    """The resource *name* of a legacy *reader*."""

    __slots__ = ("_name", "_reader")

    def __init__(self, reader: Any, name: str) -> None:
        self._reader = reader
        self._name = name

    @property
    def name(self) -> str:
        """The name that the reader knows it by."""
        return self._name

    def iterdir(self) -> Iterator[Traversable]:
        """Yield nothing: the legacy interface has no tree."""
        return iter(())

    def is_file(self) -> bool:
        """Whether the reader calls it a resource."""
        try:
            return bool(self._reader.is_resource(self._name))
        except FileNotFoundError:  # which the legacy interface documents
            return False

    def is_dir(self) -> bool:
        """Whether the reader lists it, or something in it, and calls it no resource."""
        try:
            listed = [] if self.is_file() else list(self._reader.contents())
        except FileNotFoundError:
            return False
        return any(f"{name}/".startswith(f"{self._name}/") for name in listed)

    def joinpath(self, *descendants: StrPath) -> Traversable:
        """Return a path that does not exist."""
        parts = split(descendants, ContainmentError)
        return OrphanPath(self._name, *parts) if parts else self

    def real_path(self) -> str | None:
        """Return the path of the file if it is a real one, for `as_file`."""
        try:
            return str(self._reader.resource_path(self._name))
        except FileNotFoundError:
            return None

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Open for reading: see `Traversable.open`."""
        return wrap(self._reader.open_resource(self._name), mode, *args, **kwargs)


class SpecPath(Traversable):
    """The directory of the package of *spec*, whose legacy *reader* may be None."""

    __slots__ = ("_reader", "_spec")

    def __init__(self, spec: Any, reader: Any) -> None:
        self._spec = spec
        self._reader = reader

    @property
    def name(self) -> str:
        """The package's name."""
        return str(self._spec.name)

    def iterdir(self) -> Iterator[Traversable]:
        """Yield what the reader lists."""
        if self._reader is None:
            return iter(())
        return (ChildPath(self._reader, name) for name in self._reader.contents())

    def is_file(self) -> bool:
        """Return False."""
        return False

    is_dir = is_file  # as importlib_resources 7.1: nothing says that there is a directory

    def joinpath(self, *descendants: StrPath) -> Traversable:
        """Return the resource of that name, or a path that does not exist."""
        parts = split(descendants, ContainmentError)
        if not parts:
            return self
        if self._reader is None:
            return OrphanPath(*parts)
        # Some readers know names with `/` in them, so one argument stays one name.
        name = "/".join(split(descendants[:1], ContainmentError))
        return ChildPath(self._reader, name).joinpath(*descendants[1:])

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Open what the reader has under no name; most raise FileNotFoundError."""
        if self._reader is None:
            raise FileNotFoundError(f"{self.name!r} has no resource reader")
        return wrap(self._reader.open_resource(None), mode, *args, **kwargs)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class CompatibilityFiles:
    """The resources of *spec*, whatever its loader offers; never None.

    Other attributes are those of the loader's own reader.
    """

    SpecPath = SpecPath
    ChildPath = ChildPath
    OrphanPath = OrphanPath

    def __init__(self, spec: Any) -> None:
        self.spec = spec

    def _loaders_reader(self) -> Any:
        get_reader = getattr(self.spec.loader, "get_resource_reader", None)
        return None if get_reader is None else get_reader(self.spec.name)

    def native(self) -> Any:
        """Return the loader's own reader if it gives a tree, else this object."""
        reader = self._loaders_reader()
        return reader if hasattr(reader, "files") else self

    _native = native  # its name in importlib.resources

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._loaders_reader(), attribute)

    def files(self) -> Traversable:
        """Return the package's directory."""
        return SpecPath(self.spec, self._loaders_reader())


class TraversableResourcesLoader:
    """A loader for *spec* whose `get_resource_reader` gives a tree, for every loader.

    The interpreter's own loaders get entrepot's readers (importlib_resources.future.adapters).
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec

    def get_resource_reader(self, name: str) -> Any:
        """Return a reader that has `files()`."""
        return reader_of_spec(self.spec)


def _loader_of(spec: Any) -> Any:
    return spec.loader


class SpecLoaderAdapter:
    """*spec* with another loader: the one that *adapter* makes of it."""

    def __init__(self, spec: Any, adapter: Callable[[Any], Any] = _loader_of) -> None:
        self.spec = spec
        self.loader = adapter(spec)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.spec, name)


def wrap_spec(package: ModuleType) -> SpecLoaderAdapter:
    """Return the spec of *package* with a loader that gives its resources as a tree."""
    return SpecLoaderAdapter(package.__spec__, TraversableResourcesLoader)
