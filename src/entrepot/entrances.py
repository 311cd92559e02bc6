"""The functions by which import statements, and importlib, get into the process's import system.

`install()` puts each of `ENTRANCES` in the place of the interpreter's own. Which these are is up
to the host:

- Where the interpreter's statement looks its functions up in a module (`host.statement_module`),
  they are put there. A module that is in `sys.modules` is still found by C code alone:
  `builtins.__import__` is not touched, so a cached `import x` costs what it always did.
- Elsewhere the documented functions are replaced: `builtins.__import__`, and what importlib
  offers. Nothing more is public (see "replace the statement" in `host.CANNOT`).
"""

from __future__ import annotations

import builtins
import sys

from .adoption import HOLDERS, PAIRS, exchange_names
from .core import module as modules, statement
from .core.names import absolute, check, package_of_caller
from .core.system import PROCESS_SYSTEM
from .host import frames, statement_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

#: Whether classes that importlib's modules bring when they are loaded are to be exchanged.
adopts = [False]


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
    if name in HOLDERS and adopts[0]:
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


def __import__(  # noqa: N807 - its name, also in tracebacks
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: Any = (),
    level: int = 0,
) -> Any:
    try:
        result = statement.import_(PROCESS_SYSTEM, name, globals, fromlist, level)
    except BaseException as error:  # noqa: BLE001 - which goes on
        raise error.with_traceback(frames.cut(error))  # noqa: B904
    if _late_holders:
        _adopt_late_holders()
    return result


#: Modules with classes to be exchanged that are not loaded yet.
_late_holders = {name for name in HOLDERS if name not in sys.modules}


def _adopt_late_holders() -> None:
    for name in [name for name in _late_holders if name in sys.modules]:
        if not modules.is_under_construction(sys.modules[name]):
            _late_holders.discard(name)
            _adopted(name, sys.modules[name])


#: What a host's statement may look up in its module: how C code, and importlib, get in.
_STATEMENT: dict[str, Callable[..., Any]] = {
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
_IMPORTLIB: dict[str, Callable[..., Any]] = {
    "__import__": PROCESS_SYSTEM.__import__,
    "import_module": PROCESS_SYSTEM.import_module,
    "reload": PROCESS_SYSTEM.reload,
}


def _entrances() -> list[tuple[Any, str, Callable[..., Any]]]:
    if statement_module is not None:
        names = [name for name in _STATEMENT if hasattr(statement_module, name)]
        return [(statement_module, name, _STATEMENT[name]) for name in names]
    importlib = sys.modules["importlib"]
    public = [(importlib, name, function) for name, function in _IMPORTLIB.items()]
    return [(builtins, "__import__", __import__), *public]


#: (module, name in it, the function of ours)
ENTRANCES = _entrances()
frames.hide(sys.modules[__name__])
