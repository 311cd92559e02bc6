"""CPython, and PyPy, which offers the same private modules; each under the door's name."""

from __future__ import annotations

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import _imp
import _io
import _thread
import _warnings
import _weakref
import gc
import marshal
import sys
import time
import zipimport as _zipimport

if sys.platform == "win32":
    import nt as _os
else:
    import posix as _os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

NAME = "cpython"
io, os = _io, _os
#: What this host cannot do, each with the reason: nothing.
CANNOT: dict[str, str] = {}

MAGIC_NUMBER: bytes = _external.MAGIC_NUMBER
marshal_loads = marshal.loads
marshal_dumps = marshal.dumps
RLock = _thread.RLock
allocate_lock = _thread.allocate_lock
get_ident = _thread.get_ident
weak_reference = _weakref.ref
#: The filters of warnings before the module `warnings` is loaded.
warnings_filters: list[Any] = _warnings.filters
time_ns = time.time_ns
warn = _warnings.warn
acquire_import_lock = _imp.acquire_lock
release_import_lock = _imp.release_lock
import_lock_held = _imp.lock_held
is_builtin = _imp.is_builtin
create_builtin = _imp.create_builtin
exec_builtin = _imp.exec_builtin


def _no_library(spec: Any) -> Any:
    """Where the interpreter loads no libraries at all, as on WASI."""
    message = f"this interpreter loads no extension modules, so not {spec.name}"
    raise ImportError(message, name=spec.name, path=spec.origin)


create_dynamic: Any = getattr(_imp, "create_dynamic", _no_library)
exec_dynamic: Any = getattr(_imp, "exec_dynamic", None)
extension_suffixes = _imp.extension_suffixes
_RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, "little")

#: The module whose functions the interpreter's import statement looks up at each miss.
statement_module: Any = _bootstrap
#: Whether the statement calls the `__import__` of the importing module's own `__builtins__`.
HONOURS_BUILTINS = sys.implementation.name != "pypy"
#: C code raises the audit event "import" for a statement's module (CPython, until 3.14).
STATEMENT_AUDITS = sys.implementation.name == "cpython" and sys.version_info < (3, 15)
#: The modules in which the interpreter and importlib keep the names of the resident classes.
CLASS_HOLDERS = (
    "_frozen_importlib",
    "_frozen_importlib_external",
    "importlib.abc",
    "importlib.machinery",
    "importlib.util",
)

DeadlockError: type[Exception] = _bootstrap._DeadlockError  # type: ignore[attr-defined]
#: The directories that `zipimport` has read: path of the archive -> name of a member -> tuple.
zip_directories: dict[str, Any] = getattr(_zipimport, "_zip_directory_cache", {})


def resident_class(*names: str) -> Any:
    """Return the class that the interpreter has under the first of *names* it knows, or None."""
    for holder in (_bootstrap, _external, _zipimport):
        for name in names:
            if hasattr(holder, name):
                return getattr(holder, name)
    return None


# While entrepot is installed, ours have these names.
_SOURCE, _BYTECODE = _external.SourceFileLoader, _external.SourcelessFileLoader
_EXTENSION = _external.ExtensionFileLoader
_FILE_LOADERS = {
    *(_SOURCE, _BYTECODE, _EXTENSION),
    getattr(_external, "AppleFrameworkLoader", _EXTENSION),
}


def is_directory_hook(hook: Any) -> bool:
    """Whether *hook* is the interpreter's own path hook for directories."""
    # Neither its name nor its module's is certain: `import importlib` renames that module.
    if getattr(hook, "__globals__", None) is not vars(_external):
        return False
    # `FileFinder.path_hook()` may also have been called by others, for files of other kinds.
    cells = [cell.cell_contents for cell in hook.__closure__ or ()]
    details = dict(pair for cell in cells if isinstance(cell, tuple) for pair in cell)
    return _FILE_LOADERS.issuperset(details) and (details.get(_SOURCE), details.get(_BYTECODE)) == (
        _external.SOURCE_SUFFIXES,
        _external.BYTECODE_SUFFIXES,
    )


def renamed(code: CodeType, filename: str) -> CodeType:
    """Return *code*, and all code in it, as compiled from *filename*: the same object, changed."""
    _imp._fix_co_filename(code, filename)  # type: ignore[attr-defined]
    return code


def opens_code_plainly() -> bool:
    """Whether `io.open_code(path)` is just `io.open(path, "rb")`, as it is without a hook.

    An embedding application may verify what is executed by a hook of its own (PEP 578), which
    cannot be asked for. But without one, and only then, the interpreter calls `_io.open` with
    these two arguments and returns what that returns.
    """
    probe, answer, plain = "entrepot: is there a hook?", object(), io.open

    def answering(*arguments: object, **options: object) -> object:
        if arguments == (probe, "rb") and not options:
            return answer
        return plain(*arguments, **options)  # type: ignore[call-overload]  # Another thread's.

    setattr(io, "open", answering)  # noqa: B010 - which a type checker would not accept
    try:
        return io.open_code(probe) is answer
    except OSError:
        return False
    finally:
        setattr(io, "open", plain)  # noqa: B010


def collector_thresholds() -> tuple[int, ...]:
    """Return the thresholds of the garbage collector; (0,) where it has none."""
    get = getattr(gc, "get_threshold", None)
    return (0,) if get is None else get()


def set_collector_thresholds(*thresholds: int) -> None:
    """Set the thresholds of the garbage collector, which has them."""
    gc.set_threshold(*thresholds)


def is_certainly_alone() -> bool:
    """Whether no other thread was started; False, too, where that cannot be told cheaply."""
    return _thread._count() == 0  # threading's active_count() is all of threading


def environment(name: str) -> str | None:
    """Return the environment variable *name*, or None: also when it is to be ignored (`-E`)."""
    if sys.flags.ignore_environment:
        return None
    if sys.platform == "win32":
        return os.environ.get(name)  # type: ignore[no-any-return]
    value = os.environ.get(name.encode())
    return None if value is None else value.decode("utf-8", "surrogateescape")


class without_import_lock:
    """The context in which a finder may import: other threads may search meanwhile.

    The interpreter holds its one import lock while it asks a finder. A thread that waits for a
    module in that state may wait for a thread that waits for the import lock.
    """

    __slots__ = ("_depth",)

    def __enter__(self) -> None:
        self._depth = 0
        try:
            while True:
                _imp.release_lock()
                self._depth += 1
        except RuntimeError:
            pass  # This thread does not hold it, or not any more.

    def __exit__(self, *_: object) -> None:
        for _each in range(self._depth):
            _imp.acquire_lock()


def source_hash(source: bytes) -> bytes:
    """Return the 8 bytes by which a hash-based pyc knows its source (PEP 552)."""
    return _imp.source_hash(_RAW_MAGIC_NUMBER, source)


def check_hash_based_pycs() -> str:
    """Return the policy of `--check-hash-based-pycs`: "default", "always" or "never"."""
    return _imp.check_hash_based_pycs


def module_lock(name: str) -> Any:
    """Return the interpreter's own lock of the module *name*, which its C code waits for.

    The lock has `acquire()`, which raises `resident.DeadlockError`, and `release()`.
    """
    return _bootstrap._get_module_lock(name)  # type: ignore[attr-defined]


#: The table behind it: name -> what, called, returns the lock, or None if it is gone.
module_locks: dict[str, Any] = _bootstrap._module_locks  # type: ignore[attr-defined]


def find_frozen(name: str) -> tuple[bool, str | None] | None:
    """Return whether the frozen module *name* is a package, and its original name; or None."""
    find = getattr(_imp, "find_frozen", None)
    if find is not None:
        info = find(name)
        return None if info is None else (info[1], info[2])
    if not _imp.is_frozen(name):  # CPython 3.10 keeps no original names.
        return None
    return _imp.is_frozen_package(name), name


def frozen_code(name: str) -> CodeType:
    """Return the code of the frozen module *name*; ImportError if it is not frozen."""
    return _imp.get_frozen_object(name)


def override_multi_interp_extensions_check(override: int) -> int:
    """Set whether this subinterpreter refuses old extension modules; return what it was.

    -1 is never, 1 always, 0 what the interpreter was made with. Raises RuntimeError in the main
    interpreter. Interpreters before 3.12 have no such check: 0, and nothing changes.
    """
    set_override = getattr(_imp, "_override_multi_interp_extensions_check", None)
    return 0 if set_override is None else set_override(override)


def call_in_child_after_fork(function: Callable[[], object]) -> None:
    """Have *function* called in each child that forks from this process."""
    register = getattr(os, "register_at_fork", None)
    if register is not None:
        register(after_in_child=function)
