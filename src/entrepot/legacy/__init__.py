"""What older hosts still offer and later versions removed: one table, a row a name.

entrepot has the newest API on every host, and never less than the host's own: a program that
runs on a host finds there what it is used to, with the DeprecationWarning of that version. Each
row says in which version the standard library dropped the name; when entrepot drops the last
host before that version, delete the row, and the function that it names.

    METHODS      of the classes below the face      put in place by the front door, `apply()`
    FACE         of the modules of the face         put in place by these, `complete()`
    ATTRIBUTES   of modules, made when asked for    by the modules' `__getattr__`, `attribute()`

The functions are in `methods.py` and `functions.py`, which are not imported before one is used.
What the *engine* still does on older hosts, such as calling `load_module()`, is in
`core/legacy.py`; `host/features.py` says until when.
"""

from __future__ import annotations

import sys

from ..core.namespace import NamespaceLoader
from ..core.system import PROCESS_SYSTEM
from ..finders.directory import FileFinder
from ..finders.path import PathFinder, on_class_too
from ..finders.registry import WindowsRegistryFinder
from ..host import features, warn
from ..importers.builtin import BuiltinImporter
from ..importers.frozen import FrozenImporter
from ..loaders.base import FileLoader
from ..loaders.source import SourceLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Version = tuple[int, int]

NEVER = (99, 0)

#: (removed in, class, name, function in methods.py, what makes a method of it)
METHODS: tuple[tuple[Version, Any, str, str, Any], ...] = (
    ((3, 15), BuiltinImporter, "load_module", "load_module", classmethod),
    ((3, 15), FrozenImporter, "load_module", "load_frozen_module", classmethod),
    ((3, 15), NamespaceLoader, "load_module", "load_module", None),
    ((3, 15), FileLoader, "load_module", "load_own_module", None),
    ((3, 15), SourceLoader, "load_module", "load_module", None),
    ((3, 12), BuiltinImporter, "find_module", "find_module", classmethod),
    ((3, 12), FrozenImporter, "find_module", "find_module", classmethod),
    ((3, 12), PathFinder, "find_module", "find_module", on_class_too),
    ((3, 12), WindowsRegistryFinder, "find_module", "find_module", classmethod),
    ((3, 12), FileFinder, "find_loader", "find_loader_in_entry", None),
    ((3, 12), FileFinder, "find_module", "find_module_in_entry", None),
    ((3, 12), BuiltinImporter, "module_repr", "builtin_repr", staticmethod),
    ((3, 12), FrozenImporter, "module_repr", "frozen_repr", staticmethod),
    ((3, 12), NamespaceLoader, "module_repr", "namespace_repr", staticmethod),
)

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


class Late:
    """A method whose function is imported when it is first asked for, and takes its place."""

    __slots__ = ("cls", "name", "place", "wrap")

    def __init__(self, cls: type, name: str, place: str, wrap: Any) -> None:
        self.cls = cls
        self.name = name
        self.place = place
        self.wrap = wrap

    def __get__(self, instance: object, owner: type) -> Any:
        function = _at(self.place)
        setattr(self.cls, self.name, self.wrap(function) if self.wrap else function)
        return getattr(owner if instance is None else instance, self.name)


def _at(place: str) -> Any:
    module, _, name = place.partition(".")
    return getattr(PROCESS_SYSTEM.import_module(f"{__name__}.{module}"), name)


def apply() -> None:
    """Give the classes below the face the methods that this host's still have."""
    for removed, cls, name, function, wrap in METHODS:
        if removed > features.VERSION:
            setattr(cls, name, Late(cls, name, f"methods.{function}", wrap))


def complete(module: str, namespace: dict[str, Any]) -> None:
    """Give a module of the face, and its classes, what this host's still have."""
    for removed, face, cls, name, place in FACE:
        if face != module.rpartition(".")[2] or removed <= features.VERSION:
            continue
        if cls is None:
            namespace[name] = _at(place)
        else:
            setattr(namespace[cls], name, _at(place))


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
    value = _at(place)(name)
    if place not in _ASKED_EACH_TIME:
        vars(sys.modules[module])[name] = value
    return value
