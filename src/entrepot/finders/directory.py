"""FileFinder: the modules in one directory (PEP 302, PEP 235).

The directory is listed once. A name is then looked up in the list, and only what is there is
asked of the file system. The list holds until the directory's mtime changes or
`invalidate_caches()` is called. A list that was read so soon after the last change that another
one could have left the same mtime is not relied on (gh-75241): it is read again. Of a huge
directory, of which often only a few names are wanted, these are asked for first, and only when
they have become many it is listed.
"""

from __future__ import annotations

from ..core.events import PROCESS
from ..core.spec import ModuleSpec, located_spec
from ..host import DISK, resident, time_ns
from . import hooks, unlisted
from .listing import ANYTHING, CHANGES, HUGE, NAMES_FOR_A_MISS, Listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from os import stat_result
    from typing import Any

    from ..core.events import Events
    from ..host.files import Disk

_FORMAT, _DIRECTORY, _FILE = 0o170000, 0o040000, 0o100000
#: Suffixes, with their loaders, that were seen to begin with a dot: most finders have the same.
_DOTTED: list[tuple[str, Any]] = []


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
        self._loaders = hooks.pairs(loader_details)
        path = path or "."  # Some give None.
        self.path = path if disk.paths.isabs(path) else disk.paths.absolute(path, _cwd(disk))
        #: The path up to where a name begins.
        self._prefix = disk.paths.prefix(self.path)
        self.disk = disk
        self.events = events
        #: The directory's status when the path hook has looked at it, for the first look.
        self._hooked: stat_result | None = None
        #: What is known of the directory; see `known()`.
        self.listing: Listing | unlisted.Unlisted | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path!r})"

    def invalidate_caches(self) -> None:
        """Forget the list of names."""
        self._hooked = None
        if self.listing is not None:
            self.listing = None
            CHANGES.note()

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of *fullname*, by its last part, in this directory, or None.

        A package comes before a module, a module before a namespace portion, which is a spec
        without a loader.
        """
        listing = self.looked_at()
        if listing is None:
            return None
        return self.spec_by(listing, fullname, fullname.rpartition(".")[2])

    def spec_by(
        self, listing: Listing | unlisted.Unlisted, fullname: str, tail: str
    ) -> ModuleSpec | None:
        """Return what `find_spec()` returns, when the directory holds what *listing* says.

        *tail* is the last part of *fullname*.
        """
        names = listing.names
        key = tail if listing.keeps_case else tail.lower()
        is_portion = False
        if key in names:
            base = f"{self._prefix}{tail}"
            stat = self._stat(base)
            if stat is not None and stat.st_mode & _FORMAT == _DIRECTORY:
                package = self._package_by(listing, fullname, tail, stat)
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

    def _package_by(
        self, listing: Listing | unlisted.Unlisted, fullname: str, tail: str, stat: stat_result
    ) -> ModuleSpec | None:
        if listing.is_portion(tail, stat):
            return None
        directory = f"{self._prefix}{tail}"
        package = self._package(fullname, directory)
        # Where there are drives, no ctime tells of changes whose mtime was set back.
        if package is None and not self.disk.paths.drives:
            listing.note_portion(tail, directory, stat, self.disk, time_ns())
        return package

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
        stat = self._stat(path)
        if stat is None or stat.st_mode & _FORMAT != _FILE:
            return None
        loader = load(fullname, path)
        if hasattr(loader, "found_stat"):
            loader.found_stat = stat
        if self.events is not PROCESS:
            loader.events = self.events
        if self.disk is not DISK:
            loader.disk = self.disk
        return located_spec(fullname, loader, path, locations)

    def _stat(self, path: str) -> stat_result | None:
        try:
            return self.disk.stat(path)
        except (OSError, ValueError):
            return None

    # --- What is known of the directory

    def known(self) -> Listing | unlisted.Unlisted | None:
        """Return what is known of the directory, without looking whether it has changed since."""
        listing = self.listing
        return listing if listing is not None and listing.lasts else self.looked_at()

    def looked_at(self) -> Listing | unlisted.Unlisted | None:
        """Return the names in the directory, listed anew if need be; None if it is not there."""
        listing = self.listing
        if listing is None and self._hooked is not None:
            stat, self._hooked = self._hooked, None
            return self._looked_at_anew(stat)
        try:
            stat = self.disk.stat(self.path)
        except (OSError, ValueError):
            self.invalidate_caches()
            return None
        if listing is not None and listing.holds(stat):
            return listing
        return self._looked_at_anew(stat)

    def note_miss(self, listing: Listing | unlisted.Unlisted) -> None:
        """Have the stems worked out, if many modules have been looked for in vain."""
        if listing.note_miss():
            self.stems(listing)

    def stems(self, listing: Listing | unlisted.Unlisted) -> Container[str]:
        """Return what contains the name, up to a dot, of whatever is in the directory.

        So a module whose name it lacks is not here, unless a suffix does without the dot.
        """
        if self._loaders != _DOTTED:
            for suffix, _ in self._loaders:
                if suffix[:1] != ".":
                    return ANYTHING
            _DOTTED[:] = self._loaders
        return listing.known_stems()

    def _looked_at_anew(self, stat: stat_result) -> Listing | unlisted.Unlisted:
        before = self.listing
        is_unlisted = before is not None and not before.lasts
        # (Where case does not matter, asking for names does not tell their true case; PEP 235.)
        if stat.st_size >= HUGE and not self.disk.case_insensitive and not is_unlisted:
            listing: Listing | unlisted.Unlisted = unlisted.Unlisted(
                self.disk, self.path, self._prefix, stat
            )
        else:
            listing = self._listed(stat)
        self.listing = listing
        if before is not None:
            CHANGES.note()
        return listing

    def _listed(self, stat: stat_result) -> Listing:
        listing = Listing(self.disk, self.path, stat, time_ns())
        if len(listing.names) <= NAMES_FOR_A_MISS:
            self.stems(listing)
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
        listing = self.looked_at()
        suffixes = [suffix for suffix, _ in self._loaders]
        for child in () if listing is None else listing.modules(suffixes):
            spec = self.find_spec(prefix + child)
            if spec is not None:
                yield spec


def hook_for(
    cls: type[FileFinder], *loader_details: Any, disk: Disk = DISK, events: Events = PROCESS
) -> Callable[[str], FileFinder]:
    """Return the path hook that makes finders of the class *cls*, which work on *disk*."""
    details = hooks.Details(loader_details)

    def finder_if_directory(path: str, stat: stat_result | None) -> FileFinder | None:
        if stat is None or stat.st_mode & _FORMAT != _DIRECTORY:
            return None
        if cls is not FileFinder:
            return cls(path, *loader_details)
        finder = cls(path, disk=disk, events=events)
        finder._loaders = details.pairs()
        finder._hooked = stat
        return finder

    def path_hook_for_FileFinder(path: str) -> FileFinder:  # noqa: N802 - a name that tools show
        try:
            stat = disk.stat(path or ".")
        except (OSError, ValueError):
            stat = None
        finder = finder_if_directory(path, stat)
        if finder is None:
            raise ImportError("only directories are supported", path=path)
        return finder

    if disk is DISK:
        hooks.offer(path_hook_for_FileFinder, finder_if_directory)
    return path_hook_for_FileFinder


def _cwd(disk: Disk) -> str:
    try:
        return disk.getcwd()
    except OSError:
        return ""
