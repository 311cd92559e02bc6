"""Behind the `import` statement: put entrepot's parts in the place of the interpreter's, and back.

What `install()` changes, and `uninstall()` changes back:

1. `sys.meta_path`: each of the interpreter's own finders by ours, in its place. Other people's
   finders stay where they are.
2. `sys.path_hooks`: the hooks for directories and archives, in their places; what the old ones
   made is dropped from `sys.path_importer_cache`.
3. The functions by which import statements get in (`entrances.py`).
4. The classes in `importlib.machinery`, and those of the specs and loaders of modules that are
   there already (`adoption.exchange`).
5. The module locks in the interpreter's table are ours, if the host has that table
   (`core.interpreter_locks`).

Modules that were imported before keep working; they reload either way.
"""

from __future__ import annotations

import sys

from . import defaults
from .adoption import PAIRS, exchange
from .core.system import LOCKS, PROCESS_SYSTEM
from .entrances import ENTRANCES, adopts
from .finders.directory import FileFinder
from .finders.path import ALWAYS, ONCE, PATH_CHECKS, PathFinder
from .host import RLock, environment, resident, warn
from .importers.zip import importers
from .startup import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


#: The environment variable with the default of `install(path_check=...)`.
PATH_CHECK_VARIABLE = "ENTREPOT_PATH_CHECK"

_lock = RLock()
_interpreter_locks, _our_locks = LOCKS
_our_locks.abandon = PROCESS_SYSTEM.abandon
#: The interpreter's functions in the places of `ENTRANCES`, while entrepot is installed.
_originals: list[Any] = []
_entered: list[Installation] = []


class Installation:
    """What `install()` returns: as a context manager, it uninstalls at the end.

    Only the call that did install undoes it: an inner `with install():` leaves an outer alone.
    Where contexts overlap, as in threads, the last to end undoes it.
    """

    __slots__ = ("did",)

    def __init__(self, *, did: bool) -> None:
        self.did = did

    def __enter__(self) -> Installation:
        with _lock:
            _entered.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        with _lock:
            _entered.remove(self)
            if self.did and _entered:
                self.did, _entered[-1].did = False, True
            elif self.did:
                self.did = False
                uninstall()


def install(path_check: str | None = None) -> Installation:
    """Let this process's import statements go through entrepot from now on.

    *path_check* is "always" or "once": how often an import looks whether a directory on its path
    has changed (docs/architecture.md, "The path index"). By default the environment's
    ENTREPOT_PATH_CHECK says so, or else it is "always". Raises ValueError for other values.

    Calling it again only changes *path_check*, if one is given. The result is a context manager
    that uninstalls at its end.
    """
    with _lock:
        if path_check is not None or not _originals:
            PathFinder.path_check = _wanted_path_check(path_check)
        if _originals:
            return Installation(did=False)
        for holder, name, function in ENTRANCES:
            _originals.append(getattr(holder, name))
            setattr(holder, name, function)
        adopts[0] = True
        PROCESS_SYSTEM.locks = _our_locks
        exchange(PAIRS)
        _swap_in_place(sys.meta_path, _pairs())
        _swap_hooks(
            sys.path_hooks, _archive_pairs(), resident.is_directory_hook, defaults.DIRECTORY_HOOK
        )
        _forget_finders(resident.FileFinder, resident.zipimporter)
    return Installation(did=True)


def uninstall() -> None:
    """Give the import statement back to the interpreter; nothing happens if it has it."""
    with _lock:
        if not _originals:
            return
        adopts[0] = False
        for (holder, name, _), original in zip(ENTRANCES, _originals, strict=True):
            setattr(holder, name, original)
        PROCESS_SYSTEM.locks = _interpreter_locks
        exchange({ours: theirs for theirs, ours in PAIRS.items()})
        _unbind()
        _swap_in_place(sys.meta_path, [(ours, theirs) for theirs, ours in _pairs()])
        pairs = [(ours, theirs) for theirs, ours in _archive_pairs()]
        _swap_hooks(sys.path_hooks, pairs, _is_our_hook, _resident_hook())
        _forget_finders(FileFinder, *importers())
        PathFinder.path_check = ALWAYS
        PathFinder.indexes.clear()
        _originals.clear()


def ready_path_check(path_check: str) -> str:
    """Return *path_check* when what it needs is loaded; ValueError if there is no such."""
    if path_check not in PATH_CHECKS:
        raise ValueError(f"path_check is 'always' or 'once', not {path_check!r}")
    if path_check == ONCE:
        loaded(f"{__package__}.finders.once", "once")  # Gives it to the PathFinder.
    return path_check


def _wanted_path_check(given: str | None) -> str:
    """Return what is *given*, or else what the environment says; ValueError for what is neither.

    The environment's nonsense is only warned of: it may be meant for another version.
    """
    if given is not None:
        return ready_path_check(given)
    said = environment(PATH_CHECK_VARIABLE)
    try:
        return ready_path_check(said or ALWAYS)
    except ValueError as problem:
        warn(f"{PATH_CHECK_VARIABLE} is ignored: {problem}", RuntimeWarning, 3)
        return ALWAYS


def is_installed() -> bool:
    """Whether this process's import statements go through entrepot."""
    return bool(_originals)


def _pairs() -> list[tuple[Any, Any]]:
    """Return the interpreter's meta path finders with ours."""
    return [(getattr(resident, ours.__name__), ours) for ours in defaults.META_PATH]


def _archive_pairs() -> list[tuple[Any, Any]]:
    return [(resident.zipimporter, ours) for ours in defaults.ARCHIVE_HOOKS]


def _swap_in_place(entries: list[Any], pairs: list[tuple[Any, Any]]) -> None:
    for index, entry in enumerate(entries):
        for old, new in pairs:
            if entry is old:
                entries[index] = new


def _swap_hooks(
    hooks: list[Any], pairs: list[tuple[Any, Any]], is_old: Callable[[Any], bool], new: Any
) -> None:
    _swap_in_place(hooks, pairs)
    for index, hook in enumerate(hooks):
        if is_old(hook):
            _resident_hooks[:] = [hook] if new is defaults.DIRECTORY_HOOK else _resident_hooks
            hooks[index] = new


_resident_hooks: list[Any] = []


def _is_our_hook(hook: Any) -> bool:
    return hook is defaults.DIRECTORY_HOOK


def _resident_hook() -> Any:
    return _resident_hooks[0] if _resident_hooks else defaults.DIRECTORY_HOOK


def _forget_finders(*kinds: type) -> None:
    cache = sys.path_importer_cache
    for entry, finder in list(cache.items()):
        if type(finder) in kinds:
            cache.pop(entry, None)


def _unbind() -> None:
    """Put the originals back where importlib's modules have imported ours by name."""
    for name in ("importlib", "importlib.util", "importlib._bootstrap_external"):
        namespace = vars(sys.modules.get(name, sys))
        for key, value in list(namespace.items()):
            for (_, _, ours), original in zip(ENTRANCES, _originals, strict=True):
                if value is ours:
                    namespace[key] = original
