"""Behind the `import` statement: put entrepot's parts in the place of the interpreter's, and back.

What `install()` changes, and `uninstall()` changes back:

1. `sys.meta_path`: each of the interpreter's own finders by ours, in its place. Other people's
   finders stay where they are.
2. `sys.path_hooks`: the hooks for directories and archives, in their places; what the old ones
   made is dropped from `sys.path_importer_cache`.
3. The functions that the statement's C code looks up at each miss (`STATEMENT` below). A module
   that is in `sys.modules` is still found by C code alone: `builtins.__import__` is not touched,
   so a cached `import x` costs what it always did.

4. The classes in `importlib.machinery`, and those of the specs and loaders of modules that are
   there already (`adoption.exchange`).
5. The module locks in the interpreter's table are ours (`core.locks.InterpreterTable`).

Modules that were imported before keep working; they reload either way.
"""

from __future__ import annotations

import sys

from . import defaults
from .adoption import HOLDERS, PAIRS, exchange, exchange_names
from .core import module as modules, statement
from .core.locks import InterpreterTable
from .core.names import absolute, check, package_of_caller
from .core.system import PROCESS_SYSTEM
from .finders.directory import FileFinder
from .host import RLock, frames, resident, statement_module
from .importers.zip import importers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def _find_and_load(name: str, import_: Any = None, *, lazy_submodule: bool = False) -> Any:
    try:
        module = PROCESS_SYSTEM.find_and_load(name, statement_module)
    except ModuleNotFoundError as error:
        # An attribute of a package may be a submodule that a lazy import has named (PEP 810); if
        # there is none it is no error yet. A None in `sys.modules` always is one.
        if lazy_submodule and error.name == name and name not in sys.modules:
            return None
        raise
    return _adopted(name, module)


def _adopted(name: str, module: Any) -> Any:
    if name in HOLDERS and _originals:
        exchange_names(name, PAIRS)  # Just loaded, with the interpreter's classes.
    return module


def _find_and_load_lazy_submodule(name: str, import_: Any = None) -> Any:
    return _find_and_load(name, import_, lazy_submodule=True)


def _gcd_import(name: str, package: Any = None, level: int = 0) -> Any:
    check(name, package, level)
    fullname = absolute(name, package, level)
    return _adopted(fullname, PROCESS_SYSTEM.find_and_load(fullname))


def _handle_fromlist(
    module: Any, fromlist: Any, import_: Any = None, *, recursive: bool = False
) -> Any:
    statement.import_submodules(PROCESS_SYSTEM, module, fromlist)
    return module


def _lock_unlock_module(name: str) -> None:
    PROCESS_SYSTEM.wait_for(name)


def _calc___package__(globals: Any) -> Any:
    return package_of_caller(globals)


#: The functions of the interpreter that are replaced: how C code, and importlib, get in.
STATEMENT: dict[str, Callable[..., Any]] = {
    "_find_and_load": _find_and_load,
    "_find_and_load_lazy_submodule": _find_and_load_lazy_submodule,
    "_gcd_import": _gcd_import,
    "_handle_fromlist": _handle_fromlist,
    "_lock_unlock_module": _lock_unlock_module,
    "_calc___package__": _calc___package__,
    "_find_spec": PROCESS_SYSTEM.find,
    "_exec": PROCESS_SYSTEM.execute_again,
    "_module_repr": modules.representation,
}
STATEMENT = {name: ours for name, ours in STATEMENT.items() if hasattr(statement_module, name)}
frames.hide(sys.modules[__name__])

_lock = RLock()
_interpreter_locks, _our_locks = PROCESS_SYSTEM.locks, InterpreterTable()
_our_locks.abandon = PROCESS_SYSTEM.abandon
_originals: dict[str, Any] = {}
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


def install() -> Installation:
    """Let this process's import statements go through entrepot from now on.

    Calling it again does nothing. The result is a context manager that uninstalls at its end.
    """
    with _lock:
        if _originals:
            return Installation(did=False)
        for name, function in STATEMENT.items():
            _originals[name] = getattr(statement_module, name)
            setattr(statement_module, name, function)
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
        for name, function in _originals.items():
            setattr(statement_module, name, function)
        PROCESS_SYSTEM.locks = _interpreter_locks
        exchange({ours: theirs for theirs, ours in PAIRS.items()})
        _unbind(_originals)
        _swap_in_place(sys.meta_path, [(ours, theirs) for theirs, ours in _pairs()])
        pairs = [(ours, theirs) for theirs, ours in _archive_pairs()]
        _swap_hooks(sys.path_hooks, pairs, _is_our_hook, _resident_hook())
        _forget_finders(FileFinder, *importers())
        _originals.clear()


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


def _unbind(originals: dict[str, Any]) -> None:
    """Put the originals back where importlib's modules have imported ours by name."""
    for name in ("importlib", "importlib.util", "importlib._bootstrap_external"):
        namespace = vars(sys.modules.get(name, sys))
        for key, value in list(namespace.items()):
            for original, ours in STATEMENT.items():
                if value is ours:
                    namespace[key] = originals[original]
