"""What the import system of this language version does that others do not, as a table.

entrepot follows the newest documented semantics everywhere and adds what the host's own version
still does (`docs/architecture.md`, "Newest everywhere, never less than the host"). Each row is
deleted together with the last version that needs it.
"""

from __future__ import annotations

import sys

from .chosen import interpreter
from .resident import ModuleSpec

VERSION = sys.version_info[:2]

#: There are methods that later versions removed (`entrepot.legacy`; the last went with 3.14).
HAS_LEGACY = VERSION < (3, 15)
#: `find_module()` of finders and `find_loader()` of path entry finders are called (until 3.11).
CALLS_FIND_MODULE = VERSION < (3, 12)
#: `load_module()` is called on loaders without `exec_module()` (until 3.14).
CALLS_LOAD_MODULE = VERSION < (3, 15)
#: `__cached__` is set on modules (until 3.14).
SETS_CACHED = VERSION < (3, 15)
#: `repr(module)` asks the loader's `module_repr()`, for a module without spec (until 3.11).
CALLS_MODULE_REPR = VERSION < (3, 12)
#: The category of "__package__ != __spec__.parent" (ImportWarning until 3.11).
PACKAGE_MISMATCH_WARNING: type[Warning] = ImportWarning if VERSION < (3, 12) else DeprecationWarning
#: C code asks a parent's spec which submodules are being imported (since 3.13, and in later
#: releases of 3.11 and 3.12).
TRACKS_SUBMODULES = hasattr(ModuleSpec("", None), "_uninitialized_submodules")
#: `compile()` is told the module's name, and `source_to_code()` gets it (since 3.15).
COMPILES_FOR_MODULE = VERSION >= (3, 15)
#: C code raises the audit event "import" for a statement's module.
STATEMENT_AUDITS = interpreter.STATEMENT_AUDITS
#: The statement calls the `__import__` of the module's own `__builtins__` (not PyPy's).
HONOURS_BUILTINS = interpreter.HONOURS_BUILTINS
#: The interpreter knows what its frozen modules were made from (since CPython 3.11).
FROZEN_HAVE_ORIGINALS = VERSION >= (3, 11)
#: The interpreter itself says of a missing name whether a file shadows a library (since 3.14).
ADVISES_RENAMING = VERSION >= (3, 14)
