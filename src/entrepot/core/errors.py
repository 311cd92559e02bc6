"""Every message of the import statement, once, in the words of the newest CPython.

Each entry is the text that users see and search the web for, so it is the same on every host.
The functions return exceptions; raising them is the business of whoever found the fault.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME_NOT_STR = "module name must be str, not {!r}"
LEVEL_NEGATIVE = "level must be >= 0"
EMPTY_NAME = "Empty module name"
PACKAGE_NOT_STR = "__package__ not set to a string"
NO_KNOWN_PARENT = "attempted relative import with no known parent package"
BEYOND_TOP_LEVEL = "attempted relative import beyond top-level package"
NO_MODULE = "No module named {!r}"
PARENT_NOT_PACKAGE = "No module named {!r}; {!r} is not a package"
HALTED = "import of {} halted; None in sys.modules"
MISSING_LOADER = "missing loader"
SPEC_MISSING_LOADER = "spec missing loader"
NO_CREATE_MODULE = "loaders that define exec_module() must also define create_module()"
SHUTTING_DOWN = "sys.meta_path is None, Python is likely shutting down"
EMPTY_META_PATH = "sys.meta_path is empty"
EMPTY_PATH_HOOKS = "sys.path_hooks is empty"
CANNOT_BIND = "Cannot set an attribute on {!r} for child module {!r}"
FROMLIST_ITEM = "Item in {} must be str, not {}"
PACKAGE_MISMATCH = "__package__ != __spec__.parent ({!r} != {!r})"
PACKAGE_UNKNOWN = (
    "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__"
)
NO_FIND_SPEC = "{}.find_spec() not found; falling back to {}()"
NO_EXEC_MODULE_WARNING = "{}.exec_module() not found; falling back to load_module()"
RELOAD_NOT_MODULE = "reload() argument must be a module"
NOT_IN_MODULES = "module {} not in sys.modules"
PARENT_NOT_IN_MODULES = "parent {!r} not in sys.modules"
RELOAD_NO_SPEC = "spec not found for the module {!r}"
SPEC_NOT_SET = "{}.__spec__ is not set"
SPEC_IS_NONE = "{}.__spec__ is None"
NO_PATH_ON_PARENT = "__path__ attribute not found on {!r} while trying to find {!r}"
RELATIVE_WITHOUT_PACKAGE = (
    "the 'package' argument is required to perform a relative import for {!r}"
)
DEADLOCK = "deadlock detected by {!r}"


def not_found(name: str, message: str = NO_MODULE, *details: Any) -> ModuleNotFoundError:
    """Return the error for a module of which there is no trace."""
    return ModuleNotFoundError(message.format(name, *details), name=name)


def import_error(message: str, name: str, *details: Any, path: str | None = None) -> ImportError:
    """Return an ImportError about the module *name*; `{}` in *message* is filled from *details*."""
    return ImportError(message.format(*details), name=name, path=path)


def halted(name: str) -> ModuleNotFoundError:
    """Return the error for a module that None in `modules` forbids to import."""
    return ModuleNotFoundError(HALTED.format(name), name=name)
