"""What older hosts still offer in the modules of the face, and as attributes of modules."""

from __future__ import annotations

import sys

from ..host import features, warn
from . import NEVER, at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import Version

#: (removed in, module of the face, class in it or None, name, where in this package)
FACE: tuple[tuple[Version, str, str | None, str, str], ...] = (
    ((3, 15), "abc", "Loader", "load_module", "methods.load_with_exec_module"),
    ((3, 15), "abc", "InspectLoader", "load_module", "methods.load_module"),
    ((3, 15), "util", "LazyLoader", "load_module", "methods.load_module"),
    ((3, 15), "util", None, "cache_from_source", "functions.cache_from_source"),
    ((3, 12), "abc", "Loader", "module_repr", "methods.no_module_repr"),
    ((3, 12), "util", "LazyLoader", "module_repr", "methods.no_module_repr"),
    ((3, 12), "abc", "MetaPathFinder", "find_module", "methods.find_module_if_specs"),
    ((3, 12), "abc", "PathEntryFinder", "find_loader", "methods.find_loader_in_entry"),
    ((3, 12), "abc", "PathEntryFinder", "find_module", "methods.find_module_in_entry"),
    ((3, 12), "util", None, "module_for_loader", "functions.module_for_loader"),
    ((3, 12), "util", None, "set_loader", "functions.set_loader"),
    ((3, 12), "util", None, "set_package", "functions.set_package"),
)

_SUFFIXES = (
    "importlib.machinery.{} is deprecated; use importlib.machinery.BYTECODE_SUFFIXES instead."
)
_MOVED = "'importlib.abc.{}' is deprecated and slated for removal in Python 3.14"

#: (module, name): (warns since, removed in, its warning, what makes it, given the name)
ATTRIBUTES: dict[tuple[str, str], tuple[Version, Version, str, str]] = {
    ("entrepot", "find_loader"): (NEVER, (3, 12), "", "functions.find_loader_function"),
    ("abc", "machinery"): (NEVER, NEVER, "", "functions.machinery"),
    ("abc", "Finder"): (NEVER, (3, 12), "", "functions.finder"),
    ("abc", "ResourceReader"): ((3, 12), (3, 14), _MOVED, "functions.resource_class"),
    ("abc", "Traversable"): ((3, 12), (3, 14), _MOVED, "functions.resource_class"),
    ("abc", "TraversableResources"): ((3, 12), (3, 14), _MOVED, "functions.resource_class"),
    ("machinery", "DEBUG_BYTECODE_SUFFIXES"): (
        (3, 14), NEVER, _SUFFIXES, "functions.bytecode_suffixes",
    ),
    ("machinery", "OPTIMIZED_BYTECODE_SUFFIXES"): (
        (3, 14), NEVER, _SUFFIXES, "functions.bytecode_suffixes",
    ),
}  # fmt: skip
#: What warns at each access; the others become ordinary attributes with the first.
_ASKED_EACH_TIME = {"functions.bytecode_suffixes"}


def complete(module: str, namespace: dict[str, Any]) -> None:
    """Give a module of the face, and its classes, what this host's still have."""
    for removed, face, cls, name, place in FACE:
        if face != module.rpartition(".")[2] or removed <= features.VERSION:
            continue
        if cls is None:
            namespace[name] = at(place)
        else:
            setattr(namespace[cls], name, at(place))


def attribute(module: str, name: str) -> Any:
    """Return the attribute *name* of *module* on hosts that have it; AttributeError elsewhere.

    To be called by the module's `__getattr__`, whose caller gets the warning.
    """
    key = module.rpartition(".")[2], name
    warns, removed, text, place = ATTRIBUTES.get(key, (NEVER, (0, 0), "", ""))
    if removed <= features.VERSION:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    if warns <= features.VERSION:
        warn(text.format(name), DeprecationWarning, stacklevel=3)
    value = at(place)(name)
    if place not in _ASKED_EACH_TIME:
        vars(sys.modules[module])[name] = value
    return value
