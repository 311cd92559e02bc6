"""What older hosts still offer and later versions removed: one table, a row a name.

entrepot has the newest API on every host, and never less than the host's own: a program that
runs on a host finds there what it is used to, with the DeprecationWarning of that version. Each
row says in which version the standard library dropped the name; when entrepot drops the last
host before that version, delete the row, and the function that it names.

    METHODS      of the classes below the face      put in place by the front door, `apply()`
    FACE         of the modules of the face         put in place by these, `face.complete()`
    ATTRIBUTES   of modules, made when asked for    by their `__getattr__`, `face.attribute()`

The functions are in `methods.py` and `functions.py`, which are not imported before one is used.
What the *engine* still does on older hosts, such as calling `load_module()`, is in
`core/legacy.py`; `host/features.py` says until when.
"""

from __future__ import annotations

from ..core.namespace import NamespaceLoader
from ..finders.directory import FileFinder
from ..finders.path import PathFinder, on_class_too
from ..finders.registry import WindowsRegistryFinder
from ..host import features
from ..importers.builtin import BuiltinImporter
from ..importers.frozen import FrozenImporter
from ..loaders.base import FileLoader
from ..loaders.source import SourceLoader
from ..startup import loaded

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


class Late:
    """A method whose function is imported when it is first asked for, and takes its place."""

    __slots__ = ("cls", "name", "place", "wrap")

    def __init__(self, cls: type, name: str, place: str, wrap: Any) -> None:
        self.cls = cls
        self.name = name
        self.place = place
        self.wrap = wrap

    def __get__(self, instance: object, owner: type) -> Any:
        function = at(self.place)
        setattr(self.cls, self.name, self.wrap(function) if self.wrap else function)
        return getattr(owner if instance is None else instance, self.name)


def at(place: str) -> Any:
    """Return what *place*, a module of this package and a name in it, leads to."""
    module, _, name = place.partition(".")
    return getattr(loaded(f"{__name__}.{module}", "legacy"), name)


def apply() -> None:
    """Give the classes below the face the methods that this host's still have."""
    for removed, cls, name, function, wrap in METHODS:
        if removed > features.VERSION:
            setattr(cls, name, Late(cls, name, f"methods.{function}", wrap))
