"""Which metadata directories a path entry has, and how that is remembered.

A `Listing` is what a directory (or archive) has, read when it is asked for. It is kept together
with the identity of the directory - device, inode, times of change in nanoseconds, size - and
used again as long as a `stat` gives the same. Two changes within one tick of the file system's
clock leave the same times, so a listing is kept only if the directory had come to rest before
(gh-75241). What two threads work out twice is the same; entries are replaced, never changed: no
lock, and nothing for a fork to catch half done.
"""

from __future__ import annotations

from os import fspath

from .. import host
from . import names
from .places import OnDisk, is_absent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ..host import Disk
    from .archive import Archive
    from .merged import Declared
    from .places import Place

    Key = tuple[int, ...]

_DIRECTORY, _FORMAT = 0o040000, 0o170000
#: How long (ns) a directory must have been unchanged for its times to tell of the next change:
#: generously more than the tick of a file system with and without fractions of a second.
_TICK, _COARSE_TICK = 100_000_000, 2_100_000_000


class Listing:
    """The metadata directories of one path entry, in the order in which it lists them."""

    __slots__ = (
        "_archive",
        "_by_name",
        "_listed",
        "_text",
        "at_rest",
        "declared",
        "disk",
        "entry",
        "key",
    )

    def __init__(
        self, entry: str, key: Key, disk: Disk, *, at_rest: bool, archive: Archive | None = None
    ) -> None:
        self.entry = entry
        self.key = key
        self.disk = disk
        #: Whether another change would show in `key`.
        self.at_rest = at_rest
        self._archive = archive
        self._listed: list[str] | None = None
        self._text: str | None = None
        self._by_name: dict[str, list[str]] | None = None
        #: What `merged` has read of the entry points here; forgotten together with the listing.
        self.declared: Declared | None = None

    def children(self) -> list[str]:
        """Return the names of the metadata directories; none where they cannot be listed."""
        return [name for name in self._names() if _is_metadata(name, self.entry)]

    def _names(self) -> list[str]:
        if self._listed is None:
            self._listed = self._look()
        return self._listed

    def _look(self) -> list[str]:
        if self._archive is not None:
            return self._archive.children()
        try:
            return self.disk.listdir(self.entry or ".")
        except OSError as error:
            if is_absent(error):
                return []
            raise

    def find(self, name: str) -> list[Place]:
        """Return the places with metadata of the distribution *name* (normalised)."""
        if self._by_name is None and not self.is_egg:
            found = self._find_one(name)
        else:
            found = self.by_name().get(name, [])
        return [self.place(child) for child in found]

    def _find_one(self, name: str) -> list[str]:
        """Find one name without normalising each: one version() must not pay for all there are.

        All names in one text are normalised at once; what is found there is looked at closer.
        """
        everything = self._names()
        text = self._text
        if text is None:
            self._text = text = names.normalize("\n".join(["", *everything]))
        if text.count("\n") != len(everything):
            return self.by_name().get(name, [])  # File names may have line ends, too.
        found = []
        at = text.find(f"\n{name}_")
        while at >= 0:
            child = everything[text.count("\n", 0, at)]
            if names.is_metadata(child) and self.name_of(child) == name:
                found.append(child)
            at = text.find(f"\n{name}_", at + 1)
        return found

    def by_name(self) -> dict[str, list[str]]:
        """Return the metadata directories of each distribution, by normalised name."""
        if self._by_name is None:
            found: dict[str, list[str]] = {}
            for child in self.children():
                found.setdefault(self.name_of(child), []).append(child)
            self._by_name = found
        return self._by_name

    def places(self) -> Iterator[Place]:
        """Yield the places of all distributions; those of one name come together."""
        for children in self.by_name().values():
            for child in children:
                yield self.place(child)

    def place(self, child: str) -> Place:
        """Return the place of one metadata directory."""
        if self._archive is not None:
            return self._archive.place(child)
        return OnDisk(self.disk.paths.join(self.entry, child), self.disk)

    def name_of(self, child: str) -> str:
        """Return the normalised name of the distribution that *child* is the metadata of."""
        if child.lower() == names.EGG_INFO:
            return names.normalize(names.stem(_last(self.entry)))
        return names.normalize(names.stem(child))

    @property
    def is_egg(self) -> bool:
        """Whether the path entry is an egg: it has one distribution, of its own name."""
        return self.entry.lower().endswith(".egg")


def _is_metadata(child: str, entry: str) -> bool:
    if names.is_metadata(child):
        return True
    return child.lower() == names.EGG_INFO and entry.lower().endswith(".egg")


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


class Shelf:
    """The listings of path entries, kept as long as they are right."""

    __slots__ = ("_disk", "_kept")

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._kept: dict[str, Listing] = {}

    def listings(self, path: Iterable[Any]) -> Iterator[Listing]:
        """Yield the listing of each entry of *path* that is a directory or an archive."""
        for entry in path:
            text = _text(entry)
            listing = None if text is None else self.listing(text)
            if listing is not None:
                yield listing

    def listing(self, entry: str) -> Listing | None:
        """Return the listing of *entry*; None if it is neither a directory nor an archive."""
        try:
            status = self._disk.stat(entry or ".")
        except (OSError, ValueError):
            return None
        key = key_of(status)
        kept = self._kept.get(entry)
        if kept is not None and kept.key == key:
            return kept
        at_rest = is_at_rest(status)
        archive = None
        if status.st_mode & _FORMAT != _DIRECTORY:
            archive = _archive(entry, self._disk)
            if archive is None:
                return None
        listing = Listing(entry, key, self._disk, at_rest=at_rest, archive=archive)
        if at_rest:
            self._kept[entry] = listing
        return listing

    def forget(self) -> None:
        """Forget all listings."""
        self._kept = {}


def _text(entry: Any) -> str | None:
    """Return a path entry as text; None for what is no path (import hooks put what they like)."""
    if isinstance(entry, str):
        return entry
    try:
        path = fspath(entry)
    except TypeError:
        return None
    return path if isinstance(path, str) else None


def _archive(path: str, disk: Disk) -> Archive | None:
    from .archive import Archive

    return Archive.read(path, disk)


def key_of(status: Any) -> Key:
    """Return what of a `stat` tells that a file or directory is as it was."""
    changed = getattr(status, "st_ctime_ns", 0)
    return status.st_dev, status.st_ino, status.st_mtime_ns, changed, status.st_size


def is_at_rest(status: Any) -> bool:
    """Whether the next change will leave another time than the last one did."""
    latest: int = max(status.st_mtime_ns, getattr(status, "st_ctime_ns", 0))
    tick = _TICK if latest % 1_000_000_000 else _COARSE_TICK
    # A time in the future (another machine's clock) tells nothing.
    return host.time_ns() - latest > tick
