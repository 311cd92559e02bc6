"""The interpreter that entrepot runs on, behind one door.

Everything above this package is plain Python: only here may `_imp`, `_thread`, `marshal`,
`posix`/`nt`, `_io` or `_frozen_importlib` be named, so that porting entrepot to another
interpreter means to write one file beside `cpython.py`. The door offers:

- code objects and bytecode: `compile_program`, `marshal_loads`, `MAGIC_NUMBER`, `source_hash`, ...
- built-in, frozen and extension modules: `is_builtin`, `find_frozen`, `create_dynamic`, ...
- threads: `allocate_lock`, `RLock`, `get_ident`, `register_at_fork`, and `module_lock`, the
  interpreter's own lock of a module, which its C code waits for (see `entrepot.core.locks`)
- `DISK`, the file system (`files.py`); `memory.py` has another one, for tests
- `resident`: the classes that the interpreter itself uses for importing; ours subclass them
- `frames`: how import frames are kept out of users' tracebacks
- `features`: which rules of the import system this language version has
"""

from __future__ import annotations

from . import features, frames, resident
from .capture import compile_program
from .cpython import (
    MAGIC_NUMBER,
    RLock,
    acquire_import_lock,
    allocate_lock,
    call_in_child_after_fork,
    check_hash_based_pycs,
    collector_thresholds,
    create_builtin,
    create_dynamic,
    environment,
    exec_builtin,
    exec_dynamic,
    extension_suffixes,
    find_frozen,
    fix_co_filename,
    frozen_code,
    get_ident,
    import_lock_held,
    is_builtin,
    marshal_dumps,
    marshal_loads,
    module_lock,
    module_locks,
    override_multi_interp_extensions_check,
    release_import_lock,
    set_collector_thresholds,
    source_hash,
    statement_module,
    time_ns,
    warn,
    without_import_lock,
)
from .files import DISK, Disk

register_at_fork = call_in_child_after_fork

__all__ = [
    "DISK",
    "MAGIC_NUMBER",
    "Disk",
    "RLock",
    "acquire_import_lock",
    "allocate_lock",
    "call_in_child_after_fork",
    "check_hash_based_pycs",
    "collector_thresholds",
    "compile_program",
    "create_builtin",
    "create_dynamic",
    "environment",
    "exec_builtin",
    "exec_dynamic",
    "extension_suffixes",
    "features",
    "find_frozen",
    "fix_co_filename",
    "frames",
    "frozen_code",
    "get_ident",
    "import_lock_held",
    "is_builtin",
    "marshal_dumps",
    "marshal_loads",
    "module_lock",
    "module_locks",
    "override_multi_interp_extensions_check",
    "register_at_fork",
    "release_import_lock",
    "resident",
    "set_collector_thresholds",
    "source_hash",
    "statement_module",
    "time_ns",
    "warn",
    "without_import_lock",
]
