"""Whose the modules are: a distribution's, the standard library's, or the program's own."""

from __future__ import annotations

import os
import sys

from ...core.system import PROCESS_SYSTEM
from ...metadata import Metadata
from ...metadata.editable import top_level as editable_names
from ...metadata.installed import PathDistribution
from ...metadata.recorded import recorded
from ...metadata.toplevel import top_level
from .. import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .model import Import, Trace

STDLIB, PROGRAM = "stdlib", "program"
_UNREADABLE = (OSError, ValueError, KeyError)


class Owners:
    """Tells whose a module is, by its name and its file.

    *dists* are the distributions to choose from; default: those on the process's path.
    """

    def __init__(self, dists: Iterable[Any] | None = None) -> None:
        self._dists = Metadata(PROCESS_SYSTEM).distributions() if dists is None else dists
        self._by_top: dict[str, list[Installed]] | None = None
        self._library = tuple(f"{place}{os.sep}" for place in _library())

    def owner(self, name: str, origin: str | None) -> str | None:
        """Return "NAME VERSION", "stdlib", "program", or None if that is not known."""
        top = name.partition(".")[0]
        if origin is None:  # A namespace package, mostly.
            found = self._candidates(top)
            is_library = top in sys.stdlib_module_names
            return found[0].label if len(found) == 1 else STDLIB if is_library else None
        if origin in ("built-in", "frozen") or self._is_library(origin):
            return STDLIB
        candidates = [one for one in self._candidates(top) if one.could_have(origin)]
        if len(candidates) > 1:
            candidates = [one for one in candidates if one.has(origin)]
        if candidates:
            return candidates[0].label
        return PROGRAM if os.path.isabs(origin) and "-packages" not in origin else None

    def _is_library(self, origin: str) -> bool:
        return origin.startswith(self._library) and "-packages" not in origin

    def _candidates(self, top: str) -> list[Installed]:
        if self._by_top is None:
            self._by_top = {}
            for dist in self._dists:
                try:
                    one = Installed(dist)
                    names = {*top_level(dist), *one.mapped}
                except _UNREADABLE:
                    continue
                for name in names:
                    self._by_top.setdefault(name, []).append(one)
        return self._by_top.get(top, [])


def _library() -> set[str]:
    """Return the directories of the standard library, or the archive that it is in.

    (`sysconfig` knows them, too, and takes as long to load as all of this.)
    """
    level = "python{}.{}".format(*sys.version_info)
    beside = {os.path.dirname(path) for path in sys.path if path.endswith("lib-dynload")}
    nominal = os.path.join(sys.base_exec_prefix, sys.platlibdir, level)
    return {library.DIRECTORY, nominal, *beside}


def _place(dist: Any) -> str:
    """Return the directory that *dist* is installed in."""
    if getattr(type(dist), "locate_file", None) is PathDistribution.locate_file:
        return os.path.dirname(str(dist))  # The same, without `pathlib`.
    return str(dist.locate_file(""))


class Installed:
    """A distribution and where its modules are: below *base*, or *mapped* if it is editable."""

    __slots__ = ("_dist", "_files", "base", "label", "mapped")

    def __init__(self, dist: Any) -> None:
        self._dist = dist
        self._files: frozenset[str] | None = None
        self.label = f"{dist.name} {dist.version}"
        self.base = os.path.join(_place(dist), "")
        self.mapped: dict[str, str] = editable_names(dist) if dist.editable else {}

    def could_have(self, origin: str) -> bool:
        """Whether *origin* is where it is installed: not a file of the same name elsewhere."""
        return origin.startswith(self.base) or self._has_mapped(origin)

    def has(self, origin: str) -> bool:
        """Whether the file *origin* is one of its own."""
        if self._files is None:
            rows = recorded(self._dist) or ()
            self._files = frozenset(os.path.normpath(self.base + row[0]) for row in rows)
        return origin in self._files or self._has_mapped(origin)

    def _has_mapped(self, origin: str) -> bool:
        return any(
            origin == place or origin.startswith(os.path.join(place, ""))
            for place in self.mapped.values()
        )


def assign(trace: Trace, owners: Owners | None = None) -> None:
    """Set whose each import of *trace* is, and the size of what only the system has read."""
    owners = Owners() if owners is None else owners
    known: dict[tuple[str, str | None], str | None] = {}
    for one in trace.imports:
        if one.loader is None:
            continue  # It was not found, or never got that far.
        key = one.name, one.origin
        if key not in known:
            known[key] = owners.owner(*key)
        one.distribution = known[key]
        if not one.bytes and one.loader.endswith("ExtensionFileLoader"):
            one.bytes = _size(one)


def _size(one: Import) -> int:
    try:
        return os.stat(one.origin or "").st_size
    except OSError:
        return 0
