"""The interpreter that entrepot runs on, behind one door.

Everything above this package is plain Python: only here may `_imp`, `_thread`, `marshal`,
`posix`/`nt`, `_io` or `_frozen_importlib` be named, so that porting entrepot to another
interpreter means to write one file beside `cpython.py` (docs/porting.md). `portable.py` is the
one that needs nothing but documented modules; `chosen.py` decides. The door offers:

- code objects and bytecode: `compile_program`, `marshal_loads`, `MAGIC_NUMBER`, `source_hash`, ...
- built-in, frozen and extension modules: `is_builtin`, `find_frozen`, `create_dynamic`, ...
- threads: `allocate_lock`, `RLock`, `get_ident`, `register_at_fork`, and `module_lock`, the
  interpreter's own lock of a module, which its C code waits for (`core.interpreter_locks`)
- `statement_module`, whose functions the statement calls, or None (see `entrepot.entrances`)
- `CANNOT`: what this host has no way to do, and the reason
- `DISK`, the file system (`files.py`); `memory.py` has another one, for tests; `mapping.py`, files
  in memory; `signals.py`, signals without what `signal` costs
- `resident`: the classes that the interpreter itself uses for importing; ours subclass them
- `frames`: how import frames are kept out of users' tracebacks
- `features`: which rules of the import system this language version has
"""

from __future__ import annotations

from . import features, frames, resident
from .capture import compile_program
from .chosen import interpreter
from .files import DISK, Disk

CANNOT = interpreter.CANNOT
CLASS_HOLDERS = interpreter.CLASS_HOLDERS
MAGIC_NUMBER = interpreter.MAGIC_NUMBER
NAME = interpreter.NAME
RLock = interpreter.RLock
acquire_import_lock = interpreter.acquire_import_lock
allocate_lock = interpreter.allocate_lock
call_in_child_after_fork = interpreter.call_in_child_after_fork
check_hash_based_pycs = interpreter.check_hash_based_pycs
collector_thresholds = interpreter.collector_thresholds
create_builtin = interpreter.create_builtin
create_dynamic = interpreter.create_dynamic
environment = interpreter.environment
exec_builtin = interpreter.exec_builtin
exec_dynamic = interpreter.exec_dynamic
extension_suffixes = interpreter.extension_suffixes
find_frozen = interpreter.find_frozen
frozen_code = interpreter.frozen_code
get_ident = interpreter.get_ident
import_lock_held = interpreter.import_lock_held
is_builtin = interpreter.is_builtin
marshal_dumps = interpreter.marshal_dumps
marshal_loads = interpreter.marshal_loads
module_lock = interpreter.module_lock
module_locks = interpreter.module_locks
override_multi_interp_extensions_check = interpreter.override_multi_interp_extensions_check
release_import_lock = interpreter.release_import_lock
renamed = interpreter.renamed
set_collector_thresholds = interpreter.set_collector_thresholds
source_hash = interpreter.source_hash
statement_module = interpreter.statement_module
time_ns = interpreter.time_ns
warn = interpreter.warn
weak_reference = interpreter.weak_reference
without_import_lock = interpreter.without_import_lock
register_at_fork = call_in_child_after_fork

__all__ = [
    "CANNOT",
    "CLASS_HOLDERS",
    "DISK",
    "MAGIC_NUMBER",
    "NAME",
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
    "renamed",
    "resident",
    "set_collector_thresholds",
    "source_hash",
    "statement_module",
    "time_ns",
    "warn",
    "weak_reference",
    "without_import_lock",
]
