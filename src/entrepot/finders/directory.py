"""FileFinder: the modules in one directory (PEP 302, PEP 235).

The directory is listed once. A name is then looked up in the list, and only what is there is
asked of the file system. The list holds until the directory's mtime changes or
`invalidate_caches()` is called. A list that was read so soon after the last change that another
one could have left the same mtime is not relied on (gh-75241): it is read again.
"""

from __future__ import annotations

from ..core.events import PROCESS
from ..core.spec import ModuleSpec, located_spec
from ..host import DISK, resident, time_ns
from .listing import Listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from ..core.events import Events
    from ..host.files import Disk

_FORMAT, _DIRECTORY, _FILE = 0o170000, 0o040000, 0o100000


class FileFinder(resident.FileFinder):  # type: ignore[misc]
    """The finder of the modules in the directory *path* (importlib.machinery.FileFinder).

    *loader_details* are pairs of a loader (called with name and path) and the suffixes of the
    files that it loads, in the order of preference. *disk* is the file system.
    """

    def __init__(
        self,
        path: str,
        *loader_details: tuple[Any, Iterable[str]],
        disk: Disk = DISK,
        events: Events = PROCESS,
    ) -> None:
        self._loaders = [(suffix, load) for load, suffixes in loader_details for suffix in suffixes]
        path = path or "."
        self.path = path if path == "." else disk.paths.absolute(path, _cwd(disk))
        if path == ".":
            self.path = disk.paths.absolute(".", _cwd(disk))
        #: The path up to where a name begins.
        self._prefix = disk.paths.join(self.path, "x")[:-1]
        self.disk = disk
        self.events = events
        self._listing: Listing | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path!r})"

    def invalidate_caches(self) -> None:
        """Forget the list of names."""
        self._listing = None

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of *fullname*, by its last part, in this directory, or None.

        A package comes before a module, a module before a namespace portion, which is a spec
        without a loader.
        """
        tail = fullname.rpartition(".")[2]
        listing = self._names()
        if listing is None:
            return None
        names = listing.names
        key = tail if listing.keeps_case else tail.lower()
        is_portion = False
        if key in names:
            base = f"{self._prefix}{tail}"
            kind = self._kind(base)
            if kind == _DIRECTORY:
                package = self._package(fullname, base)
                if package is not None:
                    return package
                is_portion = True
        for suffix, load in self._loaders:
            if key + suffix in names:
                spec = self._file(fullname, f"{self._prefix}{tail}{suffix}", load, None)
                if spec is not None:
                    return spec
        if not is_portion:
            return None
        portion = ModuleSpec(fullname, None)
        portion.submodule_search_locations = [base]
        return portion

    def _package(self, fullname: str, directory: str) -> ModuleSpec | None:
        for suffix, load in self._loaders:
            path = f"{directory}{self.disk.paths.sep}__init__{suffix}"
            spec = self._file(fullname, path, load, [directory])
            if spec is not None:
                return spec
        return None

    def _file(
        self, fullname: str, path: str, load: Any, locations: list[str] | None
    ) -> ModuleSpec | None:
        try:
            stat = self.disk.stat(path)
        except (OSError, ValueError):
            return None
        if stat.st_mode & _FORMAT != _FILE:
            return None
        loader = load(fullname, path)
        if hasattr(loader, "found_stat"):
            loader.found_stat = stat
        if self.events is not PROCESS:
            loader.events = self.events
        if self.disk is not DISK:
            loader.disk = self.disk
        return located_spec(fullname, loader, path, locations)

    def _kind(self, path: str) -> int:
        try:
            return self.disk.stat(path).st_mode & _FORMAT
        except (OSError, ValueError):
            return 0

    def _names(self) -> Listing | None:
        """Return the names in the directory, listed anew if need be; None if it is not there."""
        try:
            mtime = self.disk.stat(self.path or ".").st_mtime_ns
        except (OSError, ValueError):
            self._listing = None
            return None
        listing = self._listing
        if listing is None or not listing.holds(mtime):
            listing = self._listing = Listing(self.disk, self.path, mtime, time_ns())
            if self.events.observers:
                self.events.tell("listed", path=self.path, entries=len(listing.names))
        return listing

    @classmethod
    def path_hook(cls, *loader_details: tuple[Any, Iterable[str]]) -> Callable[[str], FileFinder]:
        """Return a path hook that makes a finder for each directory.

        The hook raises ImportError for what is not a directory.
        """
        return hook_for(cls, *loader_details)

    def discover(self, parent: Any = None) -> Iterator[ModuleSpec]:
        """Yield the spec of each module in this directory.

        Raises ValueError when *parent* is no package. (importlib.abc.PathEntryFinder.discover)
        """
        if parent is not None and parent.submodule_search_locations is None:
            raise ValueError(f"{parent} is not a package module")
        prefix = "" if parent is None else f"{parent.name}."
        names = self._names()
        for child in names.modules([suffix for suffix, _ in self._loaders]) if names else ():
            spec = self.find_spec(prefix + child)
            if spec is not None:
                yield spec


def hook_for(
    cls: type[FileFinder], *loader_details: Any, disk: Disk = DISK, events: Events = PROCESS
) -> Callable[[str], FileFinder]:
    """Return the path hook that makes finders of the class *cls*, which work on *disk*."""

    def path_hook_for_FileFinder(path: str) -> FileFinder:  # noqa: N802 - a name that tools show
        try:
            is_directory = disk.stat(path or ".").st_mode & _FORMAT == _DIRECTORY
        except (OSError, ValueError):
            is_directory = False
        if not is_directory:
            raise ImportError("only directories are supported", path=path)
        if cls is FileFinder:
            return cls(path, *loader_details, disk=disk, events=events)
        return cls(path, *loader_details)

    return path_hook_for_FileFinder


def _cwd(disk: Disk) -> str:
    try:
        return disk.getcwd()
    except OSError:
        return ""
