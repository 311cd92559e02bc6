"""PathFinder: the meta path finder that asks each entry of a path (PEP 302, PEP 420)."""

from __future__ import annotations

import sys

from ..core import errors, legacy
from ..core.namespace import PROCESS_EPOCH, Epoch, NamespacePath
from ..core.spec import ModuleSpec
from ..host import DISK, resident, warn
from .directory import FileFinder
from .hooks import form_by_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import stat_result
    from types import MethodType
    from typing import Any

    from ..host.files import Disk
    from .index import PathIndex

_UNKNOWN: Any = object()
_FIND_SPEC = FileFinder.find_spec

#: How often the directories of a path are looked at: `PathFinder.path_check`.
ALWAYS, ONCE = PATH_CHECKS = "always", "once"


class on_class_too:
    """A method that, called on the class, gets the class: `PathFinder.find_spec(...)`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: object, owner: type) -> MethodType:
        return _Method(self.function, owner if instance is None else instance)


_Method: type[MethodType] = type(on_class_too.__get__.__get__(0))


class PathFinder(resident.PathFinder):  # type: ignore[misc]
    """The finder of modules on a path (importlib.machinery.PathFinder).

    The class itself stands on `sys.meta_path` and works on `sys`. `PathFinder(system)` works on
    another import system: whatever has `path`, `path_hooks`, `path_importer_cache`, `modules`.
    """

    system: Any = sys
    epoch: Epoch = PROCESS_EPOCH
    disk: Disk = DISK
    #: Whether each search looks at each directory (ALWAYS), or the first one only (ONCE).
    path_check = ALWAYS
    #: How it searches ONCE, and what that knows of long paths, by the name of the package whose
    #: path it is. `finders/once.py`, which most programs do without, has to be loaded for it.
    find_once: Any = None
    indexes: dict[str, PathIndex] = {}

    def __init__(self, system: Any = sys, *, epoch: Epoch = PROCESS_EPOCH) -> None:
        self.system = system
        self.epoch = epoch
        self.indexes = {}

    @on_class_too
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of *fullname* on *path* (default: the system's path), or None.

        The first entry with the module wins. If there is none, but directories of its name,
        these are the portions of a namespace package.
        """
        portions: list[str] = []
        entries = self.system.path if path is None else path
        if self.path_check == ALWAYS:
            spec = search(self, entries, fullname, target, portions, FileFinder.looked_at)
        else:
            spec = self.find_once(entries, fullname, target, portions)
        if spec is not None:
            return spec  # type: ignore[no-any-return]
        if not portions:
            return None
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = NamespacePath(
            fullname, portions, self.find_spec, system=self.system, epoch=self.epoch
        )
        return spec

    @on_class_too
    def finder_for(self, entry: str) -> Any:
        """Return the finder for the path entry *entry*, from the cache or a path hook, or None."""
        if not entry:
            try:
                entry = self.disk.getcwd()
            except (FileNotFoundError, PermissionError):
                return None  # Not cached: there may be a current directory again.
        cache = self.system.path_importer_cache
        finder = cache.get(entry, _UNKNOWN)
        if finder is _UNKNOWN:
            finder = cache[entry] = self._hooked(entry)
        return finder

    @on_class_too
    def _hooked(self, entry: str) -> Any:
        hooks = self.system.path_hooks
        if hooks is not None and not hooks:
            warn(errors.EMPTY_PATH_HOOKS, ImportWarning)
        status = _UNKNOWN
        for hook in hooks or ():
            form = form_by_status(hook)
            try:
                if form is None:
                    return hook(entry)
                if status is _UNKNOWN:
                    status = _status(entry)
                finder = form(entry, status)
                if finder is not None:
                    return finder
            except ImportError:
                continue
        return None

    @on_class_too
    def invalidate_caches(self) -> None:
        """Have all path entry finders forget, and namespace paths be computed anew.

        Entries without a finder, and relative ones, are asked of the path hooks again.
        """
        cache, isabs = self.system.path_importer_cache, self.disk.paths.isabs
        for entry, finder in list(cache.items()):
            if finder is None or not isabs(entry):
                cache.pop(entry, None)
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()
        self.epoch.advance()

    @on_class_too
    def discover(self, parent: Any = None) -> Iterable[Any]:
        """Yield the specs of all modules on the path, or in the package of the spec *parent*.

        Raises ValueError when *parent* is no package. (importlib.abc.MetaPathFinder.discover)
        """
        if parent is None:
            path = self.system.path
        elif parent.submodule_search_locations is None:
            raise ValueError(f"{parent} is not a package module")
        else:
            path = parent.submodule_search_locations
        for entry in path:
            finder: Any = self.finder_for(entry) if isinstance(entry, str) else None
            if type(finder) is resident.FileFinder:
                finder = _discovering(finder)
            if hasattr(finder, "discover"):
                yield from finder.discover(parent)


def kind_to_look_into() -> type[FileFinder] | None:
    """Return the class of finders whose lists may be looked into without asking them.

    None, when somebody has replaced what they would answer.
    """
    return FileFinder if FileFinder.find_spec is _FIND_SPEC else None


def search(
    path_finder: Any,
    entries: Iterable[Any],
    fullname: str,
    target: Any,
    portions: list[str],
    names_in: Callable[[FileFinder], Any],
) -> Any:
    """Return the first spec with a loader that one of *entries* has for *fullname*, or None.

    The portions on the way to it are added to *portions*. *names_in*, a method of `FileFinder`,
    returns what the directory holds: looked at now, or known.
    """
    tail = fullname.rpartition(".")[2]
    cache = path_finder.system.path_importer_cache
    ours = kind_to_look_into()
    for entry in entries:
        finder: Any = cache.get(entry, _UNKNOWN) if type(entry) is str and entry else _UNKNOWN
        if finder is _UNKNOWN:
            finder = path_finder.finder_for(entry) if isinstance(entry, str) else None
        if type(finder) is ours and "find_spec" not in finder.__dict__:
            # Most entries do not have it: one system call, and one look at the names.
            listing = names_in(finder) if entry else finder.looked_at()
            if listing is None or tail not in listing.stems:
                continue
            spec = finder.spec_by(listing, fullname, tail)
            if spec is None:
                finder.note_miss(listing)
                continue
        elif finder is None:
            continue
        else:
            spec = _ask(finder, fullname, target)
            if spec is None:
                continue
        if spec.loader is not None:
            return spec
        if spec.submodule_search_locations is None:
            raise ImportError(errors.SPEC_MISSING_LOADER)
        portions.extend(spec.submodule_search_locations)
    return None


def _status(entry: str) -> stat_result | None:
    try:
        return DISK.stat(entry)
    except (OSError, ValueError):
        return None


def _discovering(finder: Any) -> Any:
    """Return ours for the interpreter's *finder*, which discovers since Python 3.15 only."""
    details = [(load, [suffix]) for suffix, load in finder._loaders]  # noqa: SLF001
    return FileFinder(finder.path, *details)


def _ask(finder: Any, fullname: str, target: Any) -> Any:
    find_spec = getattr(finder, "find_spec", None)
    if find_spec is None:
        return legacy.find_in_entry(finder, fullname)
    return find_spec(fullname, target)
