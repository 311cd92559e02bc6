"""Names: from what stands in the statement to an absolute module name (PEP 328, PEP 366)."""

from __future__ import annotations

from ..host import features, warn
from . import errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def check(name: object, package: object, level: int) -> None:
    """Raise TypeError, ValueError or ImportError unless the arguments can name a module."""
    if not isinstance(name, str):
        raise TypeError(errors.NAME_NOT_STR.format(type(name)))
    if level < 0:
        raise ValueError(errors.LEVEL_NEGATIVE)
    if level > 0:
        if not isinstance(package, str):
            raise TypeError(errors.PACKAGE_NOT_STR)
        if not package:
            raise ImportError(errors.NO_KNOWN_PARENT)
    if not name and level == 0:
        raise ValueError(errors.EMPTY_NAME)


def absolute(name: str, package: str, level: int) -> str:
    """Return the absolute name of what *level* dots before *name* mean in *package*.

    >>> absolute("sibling", "top.inner", 2)
    'top.sibling'

    Raises ImportError when there are more dots than packages.
    """
    if level == 0:
        return name
    base: list[str] = package.rsplit(".", level - 1)
    if len(base) < level:
        raise ImportError(errors.BEYOND_TOP_LEVEL)
    return f"{base[0]}.{name}" if name else base[0]


def lineage(name: str) -> list[str]:
    """Return the packages that *name* is in, from the top, and *name*.

    >>> lineage("a.b.c")
    ['a', 'a.b', 'a.b.c']
    """
    dots = [index for index, char in enumerate(name) if char == "."]
    return [*(name[:dot] for dot in dots), name]


def split_level(name: str) -> tuple[str, int]:
    """Return *name* without its leading dots, and their number."""
    bare = name.lstrip(".")
    return bare, len(name) - len(bare)


def resolve(name: str, package: str | None) -> str:
    """Return the absolute name of a possibly relative *name*, as `importlib.util.resolve_name`.

    Raises ImportError when *name* is relative and *package* is empty or has too few parents.
    """
    bare, level = split_level(name)
    if level == 0:
        return name
    if not package:
        text = f"no package specified for {name!r} (required for relative module names)"
        raise ImportError(text)
    return absolute(bare, package, level)


def parent_of(name: str) -> str:
    """Return the name of the package that *name* is in; the empty string at the top level."""
    return name.rpartition(".")[0]


#: Where the statement stands, seen from `package_of_caller`: above `import_` and `__import__`.
_CLIENT = 4


def package_of_caller(scope: Mapping[str, Any]) -> Any:
    """Return the package that relative names in the module with the globals *scope* start from.

    `__package__` decides if it is set, then `__spec__.parent`; without both, `__name__` and
    whether there is a `__path__` (PEP 366, with its warnings).
    """
    package, spec = scope.get("__package__"), scope.get("__spec__")
    if package is not None:
        if spec is not None and package != spec.parent:
            text = errors.PACKAGE_MISMATCH.format(package, spec.parent)
            warn(text, features.PACKAGE_MISMATCH_WARNING, stacklevel=_CLIENT)
        return package
    if spec is not None:
        return spec.parent
    warn(errors.PACKAGE_UNKNOWN, ImportWarning, stacklevel=_CLIENT)
    name = scope["__name__"]
    return name if "__path__" in scope else parent_of(name)
