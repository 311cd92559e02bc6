"""The path index: which entries of a path hold which names, for `path_check="once"`.

An index is made from the lists of names that the finders of the entries keep anyway, so it costs
no system call. It names the entries that are worth asking; what they have they say themselves.
So a name too many in it is harmless, and one too few must not be: an index is used only as long
as nothing that it was made from has changed (`PathIndex.fits`).

It covers the path up to the first entry that has no finder yet: path hooks are called when a
search gets there, not before, and one that is added later may want the entry.
"""

from __future__ import annotations

from operator import itemgetter

from ..host import time_ns
from .directory import FileFinder
from .listing import ANYTHING, CHANGES
from .path import kind_to_look_into

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: From this number of entries on, an index is quicker than asking each finder what it knows.
LONG = 12
#: After a look at all directories, the next is this many times as far off as the last has taken.
PAUSE = 100
#: More indexes than these are not kept: somebody searches for other things than packages.
MANY = 64

_UNKNOWN: Any = object()


def have_changed(entries: list[Any], cache: Any, before: object) -> bool:
    """Look at all directories of the path *entries*; whether a list is not what it was *before*.

    *before* is the token of that time. (Another directory's list may be what has changed, in
    another thread: then a search too many is made.)
    """
    for entry in entries:
        finder = cache.get(entry) if isinstance(entry, str) else None
        if type(finder) is FileFinder:
            finder.looked_at()
    return CHANGES.token is not before


class Looks:
    """When all directories of a long path are looked at again, since a name is in none of them.

    That takes a hundredth of the time at most: programs ask in vain more often than one thinks,
    for parts of other platforms or what is optional.
    """

    __slots__ = ("_pause", "_since")

    def __init__(self) -> None:
        self._pause = self._since = 0

    def are_due(self) -> bool:
        """Whether the last look is long enough ago."""
        return not 0 <= time_ns() - self._since < self._pause

    def have_shown_change(self, entries: list[Any], cache: Any, before: object) -> bool:
        """Look at all directories; whether one has changed (see `have_changed`)."""
        start = time_ns()
        changed = have_changed(entries, cache, before)
        self._since = time_ns()
        self._pause = (self._since - start) * PAUSE
        return changed


class PathIndex:
    """What *entries* of a path hold, by their finders in *cache* (`path_importer_cache`).

    *before* is the index of the same path as it was once, whose work is used. An index does not
    change, so that threads can share it.
    """

    __slots__ = (
        "_asked", "_covered", "_entries", "_finders", "_found_in", "_keys", "_kind", "_listings",
        "_order", "_token", "_where", "looks",
    )  # fmt: skip

    def __init__(self, entries: list[Any], cache: Any, before: PathIndex | None = None) -> None:
        self.looks: Looks = Looks() if before is None else before.looks
        self._token = CHANGES.token  # Before anything is read.
        self._kind = kind_to_look_into()
        self._entries = entries[:]
        self._covered = len(entries)
        self._keys: list[str] = []
        #: Places of entries that are asked each time, whatever the name.
        self._asked: list[int] = []
        #: Finders whose lists are known -> their places on the path.
        self._order: dict[Any, int] = {}
        self._finders = tuple(self._read_cache(cache))
        #: Gets the finders for the keys from the cache: a tuple, if there are two and more.
        self._found_in = itemgetter(*self._keys) if len(self._keys) > 1 else None
        self._listings: dict[Any, Any] = {}
        #: What names begin with, up to a dot -> the finders that may have such.
        self._where: dict[str, tuple[Any, ...]] = {}
        # What is left of entries that are gone does no harm, but must not become much.
        if before is not None and len(before._listings) < 2 * len(self._order) + LONG:  # noqa: SLF001
            self._listings, self._where = before._listings, before._where  # noqa: SLF001
        self._enter_names()

    def _read_cache(self, cache: Any) -> list[Any]:
        finders = []
        for place, entry in enumerate(self._entries):
            if not entry or type(entry) is not str:
                self._asked.append(place)  # The current directory; or what is no path entry.
                continue
            finder: Any = cache.get(entry, _UNKNOWN)
            if finder is _UNKNOWN:
                self._covered = place
                break
            self._keys.append(entry)
            finders.append(finder)
            if finder is not None:
                self._take(finder, place)
        return finders

    def _take(self, finder: Any, place: int) -> None:
        """Take note of the *finder* of the entry at a *place*, by its list of names if it has one.

        A finder that is there twice is asked at the second place: portions count twice, too.
        """
        ours = type(finder) is self._kind and "find_spec" not in finder.__dict__
        if ours and finder not in self._order:
            self._order[finder] = place
        else:
            self._asked.append(place)

    def _enter_names(self) -> None:
        new = []
        for finder, place in list(self._order.items()):
            listing = finder.listing
            if listing is None or finder.stems(listing) is ANYTHING:
                del self._order[finder]
                self._asked.append(place)
            elif self._listings.get(finder) is not listing:
                new.append((finder, listing))
        if not new:
            return
        added: dict[str, list[Any]] = {}
        for finder, listing in new:
            for stem in listing.stems:
                if stem in added:
                    added[stem].append(finder)
                else:
                    added[stem] = [finder]
        # Other threads use the former ones.
        self._listings = {**self._listings, **dict(new)}
        self._where = where = dict(self._where)
        for stem, finders in added.items():
            where[stem] = (*where.get(stem, ()), *finders)

    def fits(self, entries: list[Any], cache: Any) -> bool:
        """Whether all is as it was when this index was made."""
        return (
            self._token is CHANGES.token
            and self._entries == entries
            and self._kind is kind_to_look_into()
            and self._has_same_finders(cache)
            and self._ends_at(cache)
        )

    def _has_same_finders(self, cache: Any) -> bool:
        if self._found_in is None:
            return tuple(cache.get(key, _UNKNOWN) for key in self._keys) == self._finders
        try:
            return self._found_in(cache) == self._finders  # type: ignore[no-any-return]
        except KeyError:
            return False

    def _ends_at(self, cache: Any) -> bool:
        """Whether the entry at which this index ends still has no finder."""
        rest = self._entries[self._covered : self._covered + 1]
        return not rest or rest[0] not in cache

    def likely(self, fullname: str) -> list[Any]:
        """Return, in their order, the entries of those covered that may have *fullname*."""
        order, places = self._order, set(self._asked)
        for finder in self._where.get(fullname.rpartition(".")[2], ()):
            if finder in order:
                places.add(order[finder])
        return [self._entries[place] for place in sorted(places)]

    def rest(self) -> list[Any]:
        """Return the entries that this index does not cover."""
        return self._entries[self._covered :]
