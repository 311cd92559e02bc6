"""The import statement of an isolated system, and how it keeps the interpreter's code out.

The interpreter's code for `import p.a as a` and `from p import a` falls back on `sys.modules`
where it does not find an attribute: the wrong dictionary for modules that belong to a system of
their own. So it must find them.
"""

from __future__ import annotations

import sys

from .module import is_under_construction
from .statement import has_attribute, import_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .system import ImportSystem

_MISSING: Any = object()


def bound_statement(system: ImportSystem) -> Callable[..., Any]:
    """Return the `__import__` of an isolated *system*, quick where nothing is to be imported."""
    modules = system.modules

    def __import__(  # noqa: N807 - its name, also in tracebacks
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        if not fromlist and not level:
            try:
                module = modules[name]
                if not module.__spec__._initializing and "." not in name:  # noqa: SLF001
                    return module
            except (KeyError, AttributeError, TypeError):
                pass  # The long way knows what to do.
        module = import_(system, name, globals, fromlist, level)
        if fromlist:
            return _with_partial(system, module, fromlist)
        if "." in name and not level:
            _bind_early(system, name)
        return module

    return __import__


def _bind_early(system: ImportSystem, name: str) -> None:
    """Bind the parts of *name* that are under construction in this thread in their parents.

    `import p.a as a` reads the attribute `a` of `p`; while `p.a` is under construction, and so
    not bound yet, the interpreter's code falls back on `sys.modules`: the wrong dictionary.
    """
    while "." in name:
        parent, _, child = name.rpartition(".")
        package, module = system.modules.get(parent), system.modules.get(name)
        if is_under_construction(module) and not hasattr(package, child):
            system.bound_early.add(name)
            setattr(package, child, module)
        name = parent


def _with_partial(system: ImportSystem, module: Any, fromlist: Any) -> Any:
    """Return *module*, or a stand-in where the statement would look into `sys.modules`.

    `from p import a`, while `p.a` is under construction and not yet bound in `p`, falls back on
    `sys.modules["p.a"]` in the interpreter's code: the wrong dictionary for an isolated system.
    What is not here, but there, must not be found: the stand-in has no name to look for.
    """
    partial: dict[str, Any] = {}
    for name in fromlist:
        if isinstance(name, str) and name != "*" and not has_attribute(system, module, name):
            fullname = f"{getattr(module, '__name__', '')}.{name}"
            found = system.modules.get(fullname)
            if found is not None:
                partial[name] = found
            elif fullname in sys.modules:
                partial["__name__"] = _MISSING
    if not partial:
        return module
    return _StandIn(module, partial)


class _StandIn:
    """A module with some attributes more, for the reads of one statement."""

    __slots__ = ("_module", "_partial")

    def __init__(self, module: Any, partial: dict[str, Any]) -> None:
        self._module = module
        self._partial = partial

    def __getattr__(self, name: str) -> Any:
        if name not in self._partial:
            return getattr(self._module, name)
        if self._partial[name] is _MISSING:
            raise AttributeError(name)
        return self._partial[name]
