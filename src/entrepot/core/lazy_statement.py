"""The `lazy import` statement of an isolated system (PEP 810, Python 3.15).

The statement calls `__lazy_import__` of the importing module's own `__builtins__`. What the
interpreter's function makes imports by the `__import__` of those `__builtins__` when it is
resolved, and so in the right system. But where the process's filter wants an import eager, that
function imports the module at once and by itself, into the process. So the filter is asked here,
and what it wants eager is imported by the statement of the system.
"""

from __future__ import annotations

import builtins
import sys

from ..host import allocate_lock, frames, get_ident
from . import names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

#: The interpreter's function refuses to be called from within a function.
_AT_MODULE_LEVEL = compile(
    "made = lazy(name, globals, locals, fromlist, level)", frames.FILENAME, "exec"
)
_lock = allocate_lock()
#: What only Python 3.15 has is in them.
_interpreter: Any = sys
_builtins: Any = builtins


def bound_lazy_statement(statement: Callable[..., Any]) -> Callable[..., Any]:
    """Return the `__lazy_import__` of the isolated system with the `__import__` *statement*."""

    def __lazy_import__(  # noqa: N807 - its name, also in tracebacks
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Any = None,
        level: int = 0,
        *_: Any,  # Python 3.15.0rc1 gives the builtins, too.
    ) -> Any:
        caller = sys._getframe(1)  # noqa: SLF001 - what the interpreter's function looks at, too
        scope = caller.f_globals if globals is None else globals
        arguments = (name, scope, locals, fromlist, level)
        if caller.f_locals is not caller.f_globals:
            return _builtins.__lazy_import__(*arguments)  # It says what is wrong.
        may_be_lazy = _interpreter.get_lazy_imports_filter()
        if may_be_lazy is None:
            return _made(arguments, scope)
        package: Any = names.package_of_caller(scope) if level else None
        names.check(name, package, level)
        absolute = names.absolute(name, package, level)
        if not may_be_lazy(scope.get("__name__"), absolute, fromlist):
            return statement(*arguments)
        return _made_unasked(arguments, scope)

    return __lazy_import__


def _made(arguments: tuple[Any, ...], scope: Mapping[str, Any]) -> Any:
    """Return what the interpreter's function makes of *arguments*, for the module of *scope*."""
    keys = ("name", "globals", "locals", "fromlist", "level")
    inside: dict[str, Any] = dict(zip(keys, arguments, strict=True))
    inside.update(lazy=_builtins.__lazy_import__, __builtins__=scope["__builtins__"])
    exec(_AT_MODULE_LEVEL, inside)
    return inside["made"]


def _made_unasked(arguments: tuple[Any, ...], scope: Mapping[str, Any]) -> Any:
    """Return `_made()` without the filter being asked in this thread: it was, and said yes."""
    this = get_ident()

    def answered(*question: Any) -> Any:
        return get_ident() == this or filter_ is None or filter_(*question)

    with _lock:
        filter_ = _interpreter.get_lazy_imports_filter()
        _interpreter.set_lazy_imports_filter(answered)
        try:
            return _made(arguments, scope)
        finally:
            if _interpreter.get_lazy_imports_filter() is answered:
                _interpreter.set_lazy_imports_filter(filter_)
