"""One installed distribution: the abstract class, and the one that reads a metadata directory.

`Distribution` derives everything from two methods, `read_text` and `locate_file`, which custom
finders implement. What is seldom asked for lives in modules of its own, loaded when it is:
`entrypoints`, `paths`, `requirements`, `origin`.

Nothing is kept between two looks: a file is read each time (it takes some 20 microseconds), so
what a distribution says is always what stands in its files.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from os import fspath

from .. import host
from . import errors, headers, kinship, names
from .places import decode, place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike
    from typing import Any

    from .entrypoints import EntryPoints
    from .paths import PackagePath
    from .places import Place
    from .protocols import PackageMetadata, SimplePath

#: Files that have the metadata, best first. "" is the metadata directory's own path: the
#: egg-info of distutils is one file.
METADATA_FILES = ("METADATA", "PKG-INFO", "")


class _Base:
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class Distribution(_Base, metaclass=ABCMeta):
    """An installed distribution (importlib.metadata.Distribution).

    Subclasses implement `read_text` and `locate_file`. A file that is missing makes the property
    that needs it None or empty; metadata that is missing raises `MetadataNotFound`.
    """

    #: The import system that `EntryPoint.load` imports with; None is the process's.
    _system: Any = None

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Return a new object: the standard library's class, as a base, would search all names."""
        return object.__new__(cls)

    @abstractmethod
    def read_text(self, filename: str) -> str | None:
        """Return the content of the metadata file *filename*, or None if there is none."""

    @abstractmethod
    def locate_file(self, path: str | PathLike[str]) -> SimplePath:
        """Return where the file *path* of the distribution is, as a path that can be read."""

    @classmethod
    def from_name(cls, name: str) -> Distribution:
        """Return the distribution called *name* that the process's import system finds.

        Raises PackageNotFoundError, and ValueError for an empty name.
        """
        from .environment import PROCESS

        return PROCESS.distribution(name)

    @classmethod
    def discover(cls, *, context: Any = None, **kwargs: Any) -> Iterable[Distribution]:
        """Return all distributions that the process's import system finds.

        Pass either a `DistributionFinder.Context` or the keywords to make one.
        """
        from .environment import PROCESS

        return PROCESS.discover(context=context, **kwargs)

    @staticmethod
    def at(path: str | PathLike[str]) -> Distribution:
        """Return the distribution with the metadata directory *path*."""
        return at_place(place_of(path, host.DISK))

    @property
    def metadata(self) -> PackageMetadata:
        """The core metadata. Raises MetadataNotFound."""
        from .message import Headers

        return Headers(self._required_text())

    @property
    def name(self) -> str:
        """The field Name. Raises MetadataNotFound, KeyError without such a field."""
        return self._field("Name")

    @property
    def version(self) -> str:
        """The field Version. Raises MetadataNotFound, KeyError without such a field."""
        return self._field("Version")

    def _field(self, name: str) -> str:
        value = headers.first(self._required_text(), name)
        if value is None:
            raise KeyError(errors.NO_FIELD.format(name, self))
        return value

    def _metadata_text(self) -> str | None:
        for filename in METADATA_FILES:
            text = self.read_text(filename)
            if text:
                return text
        return None

    def _required_text(self) -> str:
        text = self._metadata_text()
        if text is None:
            kinship.claim()
            raise errors.MetadataNotFound(errors.NO_METADATA)
        return text

    def _has_metadata(self) -> bool:
        return self._metadata_text() is not None

    @property
    def _normalized_name(self) -> str:
        return names.normalize(self.name)

    @property
    def entry_points(self) -> EntryPoints:
        """The entry points in entry_points.txt; empty without one."""
        from .entrypoints import read

        return read(self.read_text("entry_points.txt") or "", self)

    @property
    def files(self) -> list[PackagePath] | None:
        """The files of the distribution that exist, or None where nothing records them.

        From RECORD (wheels), installed-files.txt or SOURCES.txt (eggs). Of an editable install
        also the source files, where its records say which they are; see `editable`.
        """
        from .paths import files_of

        return files_of(self)

    @property
    def requires(self) -> list[str] | None:
        """The requirements (PEP 508 strings), or None where none are declared."""
        from .requirements import requires_of

        return requires_of(self)

    @property
    def origin(self) -> Any:
        """What direct_url.json says, as a namespace (PEP 610); None without such a file.

        Raises ValueError if that file is not JSON.
        """
        from .origin import origin_of

        return origin_of(self)

    @property
    def editable(self) -> bool:
        """Whether the distribution is imported from its source tree (PEP 660)."""
        from .origin import is_editable

        return is_editable(self)

    @property
    def installer(self) -> str | None:
        """The name of the tool that installed it, or None if it left none (PEP 376, 627)."""
        return (self.read_text("INSTALLER") or "").strip() or None

    @property
    def requested(self) -> bool:
        """Whether the user asked for it, not for what requires it (PEP 376, REQUESTED)."""
        return self.read_text("REQUESTED") is not None


class _LazyPath:
    """Makes `PathDistribution._path` when it is looked at; pathlib is dear."""

    def __get__(self, dist: PathDistribution | None, owner: type[PathDistribution]) -> Any:
        if dist is None:
            return self
        state = vars(dist)
        if "_place" not in state:
            raise AttributeError(f"{owner.__name__!r} object has no attribute '_path'")
        state["_path"] = path = state["_place"].as_path()
        return path


@kinship.of_stdlib
class PathDistribution(Distribution):
    """A distribution with a metadata directory (importlib.metadata.PathDistribution)."""

    _path = _LazyPath()

    def __init__(self, path: SimplePath) -> None:
        """Take the metadata directory: a `pathlib.Path` or anything with `SimplePath`."""
        self.__dict__["_path"] = path

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "_path": self._path}
        state.pop("_place", None)
        state.pop("_system", None)  # A copy in another process is of that process's system.
        return state

    def __str__(self) -> str:
        return place_in(self).path

    def read_text(self, filename: str | PathLike[str]) -> str | None:
        """Return the content of a metadata file, or None if there is none.

        The file is UTF-8; if it is not, it is read as Latin-1.
        """
        data = place_in(self).read(fspath(filename))
        return None if data is None else decode(data)

    def locate_file(self, path: str | PathLike[str]) -> SimplePath:
        """Return where *path*, seen from the directory above the metadata's, is."""
        located: SimplePath = self._path.parent / path
        return located

    def _has_metadata(self) -> bool:
        return any(place_in(self).has(filename) for filename in METADATA_FILES)

    @property
    def _normalized_name(self) -> str:
        filename = place_in(self).path.replace("\\", "/").rpartition("/")[2]
        if names.is_metadata(filename):
            return names.normalize(names.stem(filename))
        return super()._normalized_name


def at_place(place: Place, system: Any = None) -> PathDistribution:
    """Return the distribution whose metadata is at *place*, found by *system* (None: sys)."""
    dist: PathDistribution = object.__new__(PathDistribution)
    state = vars(dist)
    state["_place"] = place
    if system is not None:
        state["_system"] = system
    return dist


def place_in(dist: PathDistribution) -> Place:
    """Return where the metadata of *dist* is, also of a subclass that only sets `_path`."""
    state = vars(dist)
    if "_place" not in state:
        state["_place"] = place_of(getattr(dist, "_path"), host.DISK)  # noqa: B009
    place: Place = state["_place"]
    return place


def has_metadata(dist: Any) -> bool:
    """Whether the metadata of *dist*, of whatever class, can be read.

    An interrupted removal leaves a directory without it (gh-91216).
    """
    look = getattr(dist, "_has_metadata", None)
    try:
        return bool(dist.metadata if look is None else look())
    except (OSError, ValueError, KeyError):
        return False
