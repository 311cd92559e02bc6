"""The import statement as a function: `__import__`, its fromlist and its level.

The compiler turns each statement into one call and, for `from`, attribute reads:

    import a.b.c             __import__("a.b.c", globals, locals, None, 0)      binds `a`
    import a.b.c as m        the same, then reads `.b.c` of the result
    from a.b import x, y     __import__("a.b", globals, locals, ("x", "y"), 0)  reads `x`, `y`
    from ..p import *        __import__("p", globals, locals, ("*",), 2)

So without a fromlist the result is the first package of the name, with one the module itself,
whose submodules named there are imported first. ("The import statement" in the reference.)
"""

from __future__ import annotations

import sys

from ..host import frames
from . import errors, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .system import ImportSystem

_MISSING: Any = object()
_Module: type = type(sys)


def import_(
    system: ImportSystem,
    name: str,
    scope: Mapping[str, Any] | None,
    fromlist: Any,
    level: int,
) -> Any:
    """Carry out one import statement in *system*; the arguments are those of `__import__`."""
    if level == 0:
        names.check(name, None, 0)
        fullname = name
    else:
        package = names.package_of_caller(scope or {})
        names.check(name, package, level)
        fullname = names.absolute(name, package, level)
    module = system.find_and_load(fullname)
    if fromlist:
        if hasattr(module, "__path__"):
            import_submodules(system, module, fromlist)
        return module
    if level == 0:
        first = name.partition(".")[0]
        return module if first == name else system.find_and_load(first)
    return _first_of_relative(system, module, name)


def _first_of_relative(system: ImportSystem, module: Any, name: str) -> Any:
    """Return what `__import__("a.b", level=1)` gives: the package `a` beside the caller."""
    rest = name.partition(".")[2]
    if not rest:
        return module
    fullname: str = module.__name__
    return system.modules[fullname[: -len(rest) - 1]]


def import_submodules(
    system: ImportSystem, package: Any, fromlist: Iterable[Any], *, where: str = "``from list''"
) -> None:
    """Import those names in *fromlist* that *package* has no attribute for.

    `*` stands for the names in `__all__`. A name that is no submodule either is left to the
    statement, which then cannot import it. Raises TypeError for names that are not str.
    """
    for name in fromlist:
        if not isinstance(name, str):
            raise TypeError(errors.FROMLIST_ITEM.format(where, type(name).__name__))
        if name != "*":
            if not _has(system, package, name):
                _import_submodule(system, f"{package.__name__}.{name}")
        elif where.startswith("`") and hasattr(package, "__all__"):
            inner = f"{package.__name__}.__all__"
            import_submodules(system, package, package.__all__, where=inner)


def _has(system: ImportSystem, package: Any, name: str) -> bool:
    """Whether *package* has the attribute *name*; a submodule bound early does not count."""
    early = system.bound_early and f"{package.__name__}.{name}" in system.bound_early
    return has_attribute(system, package, name) and not early


def has_attribute(system: ImportSystem, module: Any, name: str) -> bool:
    """Whether *module* has the attribute *name*.

    For a name that it lacks, but a lazy import has named as a submodule (PEP 810), the interpreter
    looks for a submodule by itself: in the process, which is wrong for an isolated system.
    """
    if system.builtins is None or type(module) is not _Module:
        return hasattr(module, name)
    namespace = vars(module)
    if name in namespace or hasattr(_Module, name):
        return True
    if "__getattr__" not in namespace:  # PEP 562.
        return False
    try:
        namespace["__getattr__"](name)
    except AttributeError:
        return False
    return True


def _import_submodule(system: ImportSystem, fullname: str) -> None:
    try:
        frames.call(system.find_and_load, fullname)
    except ModuleNotFoundError as error:
        # Only when it is this module that does not exist, and not forbidden by a None.
        if error.name != fullname or system.modules.get(fullname, _MISSING) is None:
            raise
