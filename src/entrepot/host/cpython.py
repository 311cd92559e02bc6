"""CPython, and PyPy, which offers the same private modules; each under the door's name."""

from __future__ import annotations

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import _imp
import _thread
import _warnings
import gc
import marshal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

MAGIC_NUMBER: bytes = _external.MAGIC_NUMBER
marshal_loads = marshal.loads
marshal_dumps = marshal.dumps
RLock = _thread.RLock
allocate_lock = _thread.allocate_lock
get_ident = _thread.get_ident
time_ns = time.time_ns
warn = _warnings.warn
acquire_import_lock = _imp.acquire_lock
release_import_lock = _imp.release_lock
import_lock_held = _imp.lock_held
is_builtin = _imp.is_builtin
create_builtin = _imp.create_builtin
exec_builtin = _imp.exec_builtin
create_dynamic: Any = getattr(_imp, "create_dynamic", None)
exec_dynamic: Any = getattr(_imp, "exec_dynamic", None)
extension_suffixes = _imp.extension_suffixes
fix_co_filename: Any = _imp._fix_co_filename  # type: ignore[attr-defined]
_RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, "little")

#: The module whose functions the interpreter's import statement looks up at each miss.
statement_module: Any = _bootstrap


def collector_thresholds() -> tuple[int, ...]:
    """Return the thresholds of the garbage collector; (0,) where it has none."""
    get = getattr(gc, "get_threshold", None)
    return (0,) if get is None else get()


def set_collector_thresholds(*thresholds: int) -> None:
    """Set the thresholds of the garbage collector, which has them."""
    gc.set_threshold(*thresholds)


def environment(name: str) -> str | None:
    """Return the environment variable *name*, or None: also when it is to be ignored (`-E`)."""
    if sys.flags.ignore_environment:
        return None
    if sys.platform == "win32":
        return sys.modules["nt"].environ.get(name)  # type: ignore[no-any-return]
    value = sys.modules["posix"].environ.get(name.encode())
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
    register = getattr(sys.modules.get("posix"), "register_at_fork", None)
    if register is not None:
        register(after_in_child=function)
