"""PathFinder's way to search with `path_check="once"`; see docs/architecture.md, "The path index".

Loading this module gives it to the class: the front doors do when somebody wants it.
"""

from __future__ import annotations

import sys

from ..host import frames
from . import index as indexes
from .directory import FileFinder
from .index import LONG, MANY, PathIndex, have_changed
from .listing import CHANGES
from .path import PathFinder, on_class_too, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def find_once(self: Any, path: Any, fullname: str, target: Any, portions: list[str]) -> Any:
    """Find the module without looking at directories that have been looked at before.

    Unless there is no module and no regular package of that name: then all are looked at, and
    when one of them has changed the search begins anew, as it is always done. *self* is the
    PathFinder, or the class; the rest is what `finders.path.search` takes.
    """
    before = CHANGES.token  # Another thread may look, and find a change, before we do.
    cache = self.system.path_importer_cache
    entries = path if type(path) is list else [*path]
    if len(entries) < LONG:
        spec = search(self, entries, fullname, target, portions, FileFinder.known)
        if spec is not None or not have_changed(entries, cache, before):
            return spec
    else:
        index = _index_of(self, fullname.rpartition(".")[0], entries, cache)
        for some in index.likely(fullname), index.rest():
            spec = search(self, some, fullname, target, portions, FileFinder.known)
            if spec is not None:
                return spec
        looks = index.looks
        if not looks.are_due() or not looks.have_shown_change(entries, cache, before):
            return None
    portions.clear()
    return search(self, entries, fullname, target, portions, FileFinder.looked_at)


def _index_of(path_finder: Any, package: str, entries: list[Any], cache: Any) -> PathIndex:
    index: PathIndex | None = path_finder.indexes.get(package)
    if index is None or not index.fits(entries, cache):
        if len(path_finder.indexes) > MANY:
            path_finder.indexes.clear()
        index = path_finder.indexes[package] = PathIndex(entries, cache, index)
    return index


PathFinder.find_once = on_class_too(find_once)
frames.hide(indexes, sys.modules[__name__])
