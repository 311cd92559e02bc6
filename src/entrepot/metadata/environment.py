"""`Metadata`: what is installed, as one import system sees it.

Finding goes along the system's `meta_path`. A finder with `find_distributions(context)` is asked;
the path finder, whoever's it is - the interpreter's, entrepot's, that of importlib_metadata -
stands for our own look at the path entries, once.
"""

from __future__ import annotations

import sys

from .. import host
from ..startup import Section
from . import errors, kinship
from .installed import at_place, has_metadata
from .listing import Shelf
from .names import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from .entrypoints import EntryPoints
    from .installed import Distribution, PathDistribution
    from .listing import Listing
    from .merged import Merged
    from .paths import PackagePath
    from .protocols import PackageMetadata

#: Finders that look at path entries as we do, by the names of class and top-level package.
_PATH_FINDERS = frozenset({"PathFinder", "MetadataPathFinder"})
_THEIR_PACKAGES = frozenset(
    {host.resident.PathFinder.__module__, "importlib", "importlib_metadata", "entrepot"}
)
_CORE = "entrepot.core.system"


class Metadata:
    """The metadata of the distributions that an import system sees.

    *system* has `path` and `meta_path`, and imports what entry points load; the module `sys`
    stands for the process's own. The methods are those of the module `importlib.metadata`.
    """

    def __init__(self, system: Any, disk: host.Disk = host.DISK) -> None:
        self._system = system
        self._shelf = Shelf(disk)
        self._merged: Merged | None = None
        self._listens = system is not sys
        if self._listens:
            system.on_invalidate.append(self.invalidate_caches)

    def invalidate_caches(self) -> None:
        """Forget what was read of path entries (importlib.invalidate_caches)."""
        self._shelf.forget()
        if self._merged is not None:
            self._merged.forget()

    def _listen(self) -> None:
        """Have the process's system say when its caches are invalidated, once it is loaded.

        Metadata alone does not need the machine that imports. What was remembered before is
        forgotten, for it may have been said already.
        """
        core = sys.modules.get(_CORE)
        process = getattr(core, "PROCESS_SYSTEM", None)
        if process is not None:
            self._listens = True
            process.on_invalidate.append(self.invalidate_caches)
            self.invalidate_caches()

    # --- Finding

    def distribution(self, distribution_name: str) -> Distribution:
        """Return the distribution of this name; one that has metadata goes before others.

        Raises PackageNotFoundError, and ValueError for an empty name.
        """
        if not distribution_name:
            raise ValueError(errors.NAME_REQUIRED)
        unreadable = None
        for dist in self.discover(name=distribution_name):
            if has_metadata(dist):
                return dist
            unreadable = unreadable or dist
        if unreadable is None:
            kinship.claim()
            raise errors.PackageNotFoundError(distribution_name)
        return unreadable

    def distributions(self, **kwargs: Any) -> Iterable[Distribution]:
        """Return all distributions; keywords are those of `DistributionFinder.Context`."""
        return self.discover(**kwargs)

    def discover(self, *, context: Any = None, **kwargs: Any) -> Iterator[Distribution]:
        """Return the distributions for a `DistributionFinder.Context`, or keywords for one.

        Raises ValueError if both are given.
        """
        if context is not None and kwargs:
            raise ValueError(errors.CONTEXT_AND_KWARGS)
        kinship.claim()
        if context is None:
            return self._discover(None, **kwargs)
        if self._system is not sys and context.path is sys.path:
            # What a context has by default is `sys.path`; this system has its own path.
            return self._discover(None, **{**vars(context), "name": context.name})
        return self._discover(context, name=context.name, path=context.path)

    def _discover(self, context: Any, **wanted: Any) -> Iterator[Distribution]:
        for find in self._finders():
            if find is None:
                yield from self.on_path(wanted.get("name"), wanted.get("path", self._path))
                continue
            if context is None:
                context = self._context(wanted)
            yield from find(context)

    def _context(self, wanted: dict[str, Any]) -> Any:
        from .finder import Context

        return Context(**wanted if self._system is sys else {"path": self._path, **wanted})

    def listings(self) -> tuple[Listing, ...] | None:
        """Return the listings of the path, if nothing but path entries is asked; else None."""
        if not self._listens:
            self._listen()
        if self._finders() != [None]:
            return None
        return tuple(self._shelf.listings(self._path))

    @property
    def _path(self) -> list[Any]:
        path: list[Any] = self._system.path
        return path

    def _finders(self) -> list[Callable[[Any], Iterable[Distribution]] | None]:
        """Return `find_distributions` of all finders; None is our own."""
        found: list[Callable[[Any], Iterable[Distribution]] | None] = []
        for finder in self._system.meta_path:
            if _is_path_finder(finder):
                if None not in found:
                    found.append(None)
                continue
            find = getattr(finder, "find_distributions", None)
            if find is not None:
                found.append(find)
        return found

    def on_path(self, name: str | None, path: Iterable[Any]) -> Iterator[PathDistribution]:
        """Yield the distributions on path entries, all or those called *name*."""
        system = self.owner
        for listing in self._shelf.listings(path):
            places = listing.places() if name is None else listing.find(normalize(name))
            for place in places:
                yield at_place(place, system)

    @property
    def owner(self) -> Any:
        """The system that entry points import with; None is the process's."""
        return None if self._system is sys else self._system

    # --- What one distribution says

    def version(self, distribution_name: str) -> str:
        """Return the version. Raises PackageNotFoundError."""
        return self.distribution(distribution_name).version

    def metadata(self, distribution_name: str) -> PackageMetadata:
        """Return the core metadata. Raises PackageNotFoundError, MetadataNotFound."""
        return self.distribution(distribution_name).metadata

    def files(self, distribution_name: str) -> list[PackagePath] | None:
        """Return the files, or None if they are not recorded. Raises PackageNotFoundError."""
        return self.distribution(distribution_name).files

    def requires(self, distribution_name: str) -> list[str] | None:
        """Return the requirements, or None. Raises PackageNotFoundError."""
        return self.distribution(distribution_name).requires

    def installer(self, distribution_name: str) -> str | None:
        """Return the name of the tool that installed it, or None (PEP 376)."""
        text = self.distribution(distribution_name).read_text("INSTALLER")
        return (text or "").strip() or None

    def requested(self, distribution_name: str) -> bool:
        """Whether the user asked for it, not for what requires it (PEP 376)."""
        return self.distribution(distribution_name).read_text("REQUESTED") is not None

    # --- What all distributions say

    def packages_distributions(self) -> Mapping[str, list[str]]:
        """Return, for each importable top-level name, the distributions that provide it."""
        from .toplevel import packages_distributions

        return packages_distributions(self.discover())

    def entry_points(self, **params: Any) -> EntryPoints:
        """Return the entry points of all distributions, or those that match (`select`).

        Of distributions of the same name, the one that `distribution()` returns counts.
        """
        return self._all_entry_points().select(params)

    def use_index(self, directory: str | None = None) -> None:
        """Keep entry points between processes (see `index`).

        *directory* is where; by default the user's cache directory. It is made if need be, and
        not used if anyone but the user could.
        """
        with Section("entry_point_index"):
            from .index import Index

        self._all_entry_points().index = Index(directory)

    def _all_entry_points(self) -> Merged:
        if self._merged is None:
            with Section("entry_points"):
                from .merged import Merged

            self._merged = Merged(self)
        return self._merged


def _is_path_finder(finder: Any) -> bool:
    kind = finder if isinstance(finder, type) else type(finder)
    package = kind.__module__.partition(".")[0]
    return kind.__name__ in _PATH_FINDERS and package in _THEIR_PACKAGES


#: What the process's own import system sees.
PROCESS = Metadata(sys)
