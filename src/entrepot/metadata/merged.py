"""The entry points of all distributions together, and how they are remembered.

Each path entry's `Declared` says which distributions are there and what entry_points.txt of each
has. All of them together, first come first served by distribution name, make the table that
`entry_points()` selects from. It is kept as long as all listings are.

What is in a dist-info is written once, before it is renamed into place or with its directory, so
a change shows in the directory that has it. The egg-info of a source tree is written anew by
each build; its files are looked at each time.
"""

from __future__ import annotations

from . import errors, names, sections
from .entrypoints import EntryPoints, declared_by
from .installed import at_place, has_metadata
from .listing import is_at_rest, key_of
from .places import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .entrypoints import EntryPoint
    from .environment import Metadata
    from .index import Index
    from .installed import Distribution
    from .listing import Key, Listing

    #: Normalised name, metadata directory, and (group, name, value) of each entry point.
    Row = tuple[str, str, tuple[tuple[str, str, str], ...]]

FILE = "entry_points.txt"


class Declared:
    """The entry points that the distributions of one path entry declare.

    *watched* has the paths of files that may change in place, with what `stat` gave of them.
    """

    __slots__ = ("rows", "watched")

    def __init__(self, rows: list[Row], watched: dict[str, Key | None]) -> None:
        self.rows = rows
        self.watched = watched

    @classmethod
    def read(cls, listing: Listing) -> Declared:
        """Read what the distributions of *listing* declare."""
        rows: list[Row] = []
        watched: dict[str, Key | None] = {}
        for name, children in listing.by_name().items():
            for child in children:
                place = listing.place(child)
                if child.lower().endswith(names.EGG_INFO):
                    path = listing.disk.paths.join(place.path, FILE)
                    watched[path] = watch(listing.disk, path)
                rows.append((name, child, _read(place)))
        return cls(rows, watched)

    def is_fresh(self, disk: Any) -> bool:
        """Whether the files that may change in place have not."""
        return all(stat_key(disk, path) == key for path, key in self.watched.items())


def stat_key(disk: Any, path: str) -> Key | None:
    """Return what tells that the file *path* is as it was; None if there is none."""
    try:
        return key_of(disk.stat(path))
    except (OSError, ValueError):
        return None


def watch(disk: Any, path: str) -> Key | None:
    """Return what to remember of a file that is read next, for `stat_key` to give again.

    If another change could leave the same times, that is what it never gives.
    """
    try:
        status = disk.stat(path)
    except (OSError, ValueError):
        return None
    return key_of(status) if is_at_rest(status) else ()


def _read(place: Any) -> tuple[tuple[str, str, str], ...]:
    try:
        data = place.read(FILE)
    except OSError:
        return ()  # One distribution that cannot be read does not hide the others.
    return tuple(sections.pairs(decode(data))) if data else ()


class Merged:
    """The entry points that an import system sees."""

    __slots__ = ("_metadata", "_table", "index")

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata
        self._table: tuple[tuple[Listing, ...], _Groups] | None = None
        #: What is kept between processes, if the user wants that (`index`).
        self.index: Index | None = None

    def forget(self) -> None:
        """Forget what has been read."""
        self._table = None

    def select(self, params: dict[str, Any]) -> EntryPoints:
        """Return the entry points that match, as `EntryPoints.select` does."""
        if "dist" in params:
            raise ValueError(errors.MATCH_DIST)
        groups = self._groups()
        rest = dict(params)
        group = rest.pop("group", None)
        if not isinstance(group, str):
            everything = groups.everything()
            return everything.select(**params) if params else everything
        found = groups.group(group)
        return found.select(**rest) if rest else found

    def _groups(self) -> _Groups:
        listings = self._metadata.listings()
        if listings is None:
            # Who knows what other finders do: they are asked each time.
            return _Groups(self._foreign())
        table = self._table
        if table is None or table[0] != listings or not self._is_fresh(listings):
            rows = self._rows(listings)
            self._table = table = listings, _Groups(self._entry_points(rows))
        return table[1]

    @staticmethod
    def _is_fresh(listings: tuple[Listing, ...]) -> bool:
        return all(each.declared and each.declared.is_fresh(each.disk) for each in listings)

    def _rows(self, listings: Iterable[Listing]) -> Iterable[tuple[Listing, Row]]:
        """Return the rows of the distributions that count: one of each name."""
        chosen: dict[str, tuple[Listing, Row]] = {}
        for listing in listings:
            for row in self._declared(listing).rows:
                known = chosen.get(row[0])
                if known is None or (not _is_readable(*known) and _is_readable(listing, row)):
                    chosen[row[0]] = listing, row
        return chosen.values()

    def _declared(self, listing: Listing) -> Declared:
        declared = listing.declared
        if declared is None or not declared.is_fresh(listing.disk):
            read = Declared.read if self.index is None else self.index.declared
            listing.declared = declared = read(listing)
        return declared

    def _entry_points(self, rows: Iterable[tuple[Listing, Row]]) -> Iterator[EntryPoint]:
        owner = self._metadata.owner
        for listing, (_, child, declared) in rows:
            if declared:
                dist = at_place(listing.place(child), owner)
                for group, name, value in declared:
                    yield declared_by(dist, name, value, group)

    def _foreign(self) -> Iterator[EntryPoint]:
        """Yield the entry points of all distributions, whoever finds them."""
        chosen: dict[str, Distribution] = {}
        for dist in self._metadata.discover():
            name = _name_of(dist)
            known = chosen.get(name)
            if known is None or (not has_metadata(known) and has_metadata(dist)):
                chosen[name] = dist
        for dist in chosen.values():
            yield from self._ours(dist)

    def _ours(self, dist: Distribution) -> list[EntryPoint]:
        owner = self._metadata.owner
        try:
            found = list(dist.entry_points)
        except (OSError, ValueError):
            return []
        return [declared_by(dist, each.name, each.value, each.group, owner) for each in found]


def _is_readable(listing: Listing, row: Row) -> bool:
    return has_metadata(at_place(listing.place(row[1])))


def _name_of(dist: Any) -> str:
    """Return the normalised name of a distribution of any class, "" if it has none."""
    try:
        return str(getattr(dist, "_normalized_name", None) or names.normalize(dist.name))
    except (OSError, ValueError, KeyError):
        return ""


class _Groups:
    """Entry points by group."""

    __slots__ = ("_all", "_groups", "_made")

    def __init__(self, entry_points: Iterable[EntryPoint]) -> None:
        self._all = list(entry_points)
        self._groups: dict[str, list[EntryPoint]] = {}
        for each in self._all:
            self._groups.setdefault(each.group, []).append(each)
        self._made: dict[str | None, EntryPoints] = {}

    def group(self, name: str) -> EntryPoints:
        """Return those of one group."""
        if name not in self._groups:
            return EntryPoints()
        if name not in self._made:
            self._made[name] = EntryPoints(self._groups[name])
        return self._made[name]

    def everything(self) -> EntryPoints:
        """Return all."""
        if None not in self._made:
            self._made[None] = EntryPoints(self._all)
        return self._made[None]
