"""Any interpreter, through nothing but documented modules: the floor that a new one starts from.

Built-in, frozen and extension modules are loaded by the interpreter's public importers
(`importlib.machinery`). What has no public way is in `CANNOT`, with what happens instead: the
tests skip what needs it, and docs/porting.md tells users. ENTREPOT_HOST=portable chooses this
host where there is a better one.
"""

from __future__ import annotations

import gc
import io as _io
import marshal
import os as _os
import sys
import threading
import time
import warnings
import weakref
import zipimport
from importlib import machinery, util

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

NAME = "portable"
io, os = _io, _os
CANNOT = {
    "replace the statement": "install() replaces builtins.__import__ and importlib's functions; "
    "C code, and who holds the old ones, reach the interpreter's engine, with our finders in it",
    "share module locks": "the interpreter's module locks have no public name: its own engine "
    "does not wait for modules that entrepot is loading, nor the other way round",
    "leave no frame": "the interpreter cuts frames only out of what its own statement raises: "
    "a traceback that is caught shows a frame of entrepot's __import__",
    "share archives": "zipimport's table of archives has no public name",
    "lift restrictions": "the check of extension modules in subinterpreters has no public name",
    "load little": "threading, importlib.util and what these import are loaded at the start",
    "find frozen modules itself": "the interpreter's public importers find and load them, and "
    "built-in and extension modules",
    "write module reprs": "repr(module) asks a private function of the interpreter",
    "use bundles": "entrepot's own start-up file is made for hosts whose loader is known",
}

MAGIC_NUMBER: bytes = util.MAGIC_NUMBER
marshal_loads = marshal.loads
marshal_dumps = marshal.dumps
RLock = threading.RLock
allocate_lock = threading.Lock
get_ident = threading.get_ident
time_ns = time.time_ns
warn = warnings.warn
weak_reference = weakref.ref
warnings_filters: list[Any] = warnings.filters  # type: ignore[assignment]
source_hash = util.source_hash
statement_module: Any = None
module_lock: Any = None
module_locks: Any = None
STATEMENT_AUDITS = False  # `builtins.__import__` is ours: the engine raises the event.
CLASS_HOLDERS = ("importlib.abc", "importlib.machinery", "importlib.util")
zip_directories: dict[str, Any] = {}

# While entrepot is installed, importlib.machinery has ours under these names.
_BuiltinImporter: Any = machinery.BuiltinImporter
_FrozenImporter: Any = machinery.FrozenImporter
_ExtensionFileLoader: Any = machinery.ExtensionFileLoader
_FileFinder: Any = machinery.FileFinder
_FILE_LOADERS = {
    machinery.ExtensionFileLoader: list(machinery.EXTENSION_SUFFIXES),
    machinery.SourceFileLoader: list(machinery.SOURCE_SUFFIXES),
    machinery.SourcelessFileLoader: list(machinery.BYTECODE_SUFFIXES),
}


class DeadlockError(RuntimeError):
    """Waiting for a module would close a circle of waiting threads."""


# --- Classes


def _classes() -> dict[str, Any]:
    """Return the interpreter's classes, by their names."""
    named: list[Any] = [vars(machinery)[name] for name in dir(machinery) if name[0].isupper()]
    named = [each for each in named if isinstance(each, type)]
    # What has no name of its own is known from what is made, or derived, of it.
    named += [base for base in machinery.SourceFileLoader.__mro__ if base is not object]
    named += [zipimport.zipimporter, zipimport.ZipImportError, *_namespace_classes()]
    return {each.__name__: each for each in reversed(named)}


class _Portion:
    """A path entry finder that has a portion of each namespace package."""

    @staticmethod
    def find_spec(name: str, target: Any = None) -> Any:
        spec = machinery.ModuleSpec(name, None)
        spec.submodule_search_locations = [""]
        return spec


def _namespace_classes() -> tuple[type, type]:
    """Return the classes of a namespace package's loader and path (PEP 420)."""
    entry = "<entrepot asks what a namespace package is made of>"
    sys.path_importer_cache[entry] = _Portion
    try:
        spec: Any = machinery.PathFinder.find_spec("entrepot_portion", [entry])
    finally:
        del sys.path_importer_cache[entry]
    return type(util.module_from_spec(spec).__loader__), type(spec.submodule_search_locations)


_CLASSES = _classes()


def resident_class(*names: str) -> Any:
    """Return the class that the interpreter has under the first of *names* it knows, or None."""
    return next((_CLASSES[name] for name in names if name in _CLASSES), None)


def is_directory_hook(hook: Any) -> bool:
    """Whether *hook* is the interpreter's own path hook for directories."""
    cells = [cell.cell_contents for cell in getattr(hook, "__closure__", None) or ()]
    if not any(cell is _FileFinder for cell in cells):
        return False
    # `FileFinder.path_hook()` may also have been called by others, for files of other kinds.
    details = [pair for cell in cells if isinstance(cell, tuple) for pair in cell]
    return {kind: list(suffixes) for kind, suffixes in details} == _FILE_LOADERS


# --- Code


def renamed(code: CodeType, filename: str) -> CodeType:
    """Return *code*, and all code in it, as compiled from *filename*."""
    if code.co_filename == filename:
        return code
    constants = tuple(
        renamed(each, filename) if isinstance(each, type(code)) else each for each in code.co_consts
    )
    return code.replace(co_filename=filename, co_consts=constants)


def check_hash_based_pycs() -> str:
    """Return the policy of `--check-hash-based-pycs`: "default", "always" or "never"."""
    option, policy = "--check-hash-based-pycs", "default"
    words = iter(sys.orig_argv[1 : len(sys.orig_argv) - len(sys.argv) + 1])
    for word in words:
        if word == option:
            policy = next(words, policy)
        elif word.startswith(f"{option}="):
            policy = word.partition("=")[2]
    return policy


# --- Built-in, frozen and extension modules


def is_builtin(name: str) -> int:
    """Return whether *name* is a built-in module."""
    return int(name in sys.builtin_module_names)


def create_builtin(spec: Any) -> Any:
    """Return the new built-in module *spec.name*."""
    return _BuiltinImporter.create_module(spec)


def exec_builtin(module: Any) -> None:
    """Initialise a built-in module."""
    _BuiltinImporter.exec_module(module)


def create_dynamic(spec: Any) -> Any:
    """Return the module that the shared library *spec.origin* creates."""
    return _ExtensionFileLoader(spec.name, spec.origin).create_module(spec)


def exec_dynamic(module: Any) -> None:
    """Run the second phase of an extension module's initialisation, if it has one."""
    _ExtensionFileLoader(module.__name__, "").exec_module(module)


def extension_suffixes() -> list[str]:
    """Return the suffixes of extension modules."""
    return list(machinery.EXTENSION_SUFFIXES)


def find_frozen(name: str) -> tuple[bool, str | None] | None:
    """Return whether the frozen module *name* is a package, and its original name; or None."""
    spec = _FrozenImporter.find_spec(name)
    if spec is None:
        return None
    is_package = spec.submodule_search_locations is not None
    return is_package, getattr(spec.loader_state, "origname", name)


def frozen_code(name: str) -> CodeType:
    """Return the code of the frozen module *name*; ImportError if it is not frozen."""
    return _FrozenImporter.get_code(name)  # type: ignore[no-any-return]


def override_multi_interp_extensions_check(override: int) -> int:
    """Return 0: what an interpreter refuses in a subinterpreter stays as it is."""
    return 0


# --- The process


def is_certainly_alone() -> bool:
    """Whether no other thread was started that `threading` knows."""
    return threading.active_count() == 1


def environment(name: str) -> str | None:
    """Return the environment variable *name*, or None: also when it is to be ignored (`-E`)."""
    return None if sys.flags.ignore_environment else os.environ.get(name)


def opens_code_plainly() -> bool:
    """Return False: whether there is a hook behind `io.open_code` cannot be asked."""
    return False


def call_in_child_after_fork(function: Callable[[], object]) -> None:
    """Have *function* called in each child that forks from this process."""
    register = getattr(os, "register_at_fork", None)
    if register is not None:
        register(after_in_child=function)


def collector_thresholds() -> tuple[int, ...]:
    """Return the thresholds of the garbage collector; (0,) where it has none."""
    get = getattr(gc, "get_threshold", None)
    return (0,) if get is None else get()


def set_collector_thresholds(*thresholds: int) -> None:
    """Set the thresholds of the garbage collector, which has them."""
    gc.set_threshold(*thresholds)


def acquire_import_lock() -> None:
    """Do nothing: finders are called by several threads at once."""


release_import_lock = acquire_import_lock


def import_lock_held() -> bool:
    """Return False: there is no import lock."""
    return False


class without_import_lock:
    """The context in which a finder may import: there is no lock to be given up."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def _honours_builtins() -> bool:
    """Whether the statement calls the `__import__` of the module's own `__builtins__`."""
    asked: list[object] = []
    exec("def f():\n import sys\nf()", {"__builtins__": {"__import__": lambda *_: asked.append(_)}})
    return bool(asked)


HONOURS_BUILTINS = _honours_builtins()
