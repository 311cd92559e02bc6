"""Which class of ours stands for which of the interpreter's, and how a process changes over.

Programs compare types: `isinstance(spec.loader, importlib.machinery.SourceFileLoader)`,
`type(spec.loader) is ...`, `spec.loader is BuiltinImporter`. Our classes subclass the
interpreter's, which serves the first. For the others, the names in the interpreter's modules
(and so in `importlib.machinery`) lead to our classes while entrepot is installed, and the specs
and loaders of modules that were imported before become ours. `exchange()` does both, in either
direction, so that going back leaves no trace.
"""

from __future__ import annotations

import sys

from .core import namespace, spec
from .defaults import META_PATH
from .finders import directory, registry
from .host import CLASS_HOLDERS
from .loaders import extension, source, sourceless

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OURS: list[Any] = [
    *META_PATH,
    registry.WindowsRegistryFinder,
    directory.FileFinder,
    source.SourceFileLoader,
    sourceless.SourcelessFileLoader,
    extension.ExtensionFileLoader,
    extension.AppleFrameworkLoader,
    namespace.NamespaceLoader,
    namespace.NamespacePath,
    spec.ModuleSpec,
]

#: The interpreter's class -> ours.
PAIRS: dict[Any, Any] = {}
for _class in _OURS:
    # Of the classes that we derive from, the first that is not ours is the one we stand for.
    _theirs = next(base for base in _class.__mro__ if not base.__module__.startswith(__package__))
    if _theirs is not object:  # The host has none to stand for.
        PAIRS.setdefault(_theirs, _class)

#: Where the interpreter and importlib keep the names of these classes.
HOLDERS = CLASS_HOLDERS
_ABCS = (
    "ExecutionLoader",
    "FileLoader",
    "InspectLoader",
    "Loader",
    "MetaPathFinder",
    "PathEntryFinder",
    "SourceLoader",
)


def exchange_names(holder: str, old_to_new: dict[Any, Any]) -> None:
    """Let the names in the module *holder* lead from the old classes to the new ones."""
    module = sys.modules.get(holder)
    for key, value in list(vars(module).items()) if module is not None else ():
        if isinstance(value, type) and value in old_to_new:
            setattr(module, key, old_to_new[value])
    if holder == "importlib.abc" and module is not None:
        _register_all(module)


def _register_all(abc: Any) -> None:
    """Register the interpreter's classes too: importlib.abc registers those that it finds."""
    for name in _ABCS:
        base = getattr(abc, name)
        for theirs, ours in PAIRS.items():
            if issubclass(ours, base) and not issubclass(theirs, base):
                base.register(theirs)


def exchange(old_to_new: dict[Any, Any]) -> None:
    """Let names, specs and loaders of the old classes be of the new ones."""
    for holder in HOLDERS:
        exchange_names(holder, old_to_new)
    new_of = old_to_new.get
    for module in list(sys.modules.values()):
        found: Any = getattr(module, "__spec__", None)
        new = new_of(type(found))
        if new is None:
            continue
        found.__class__ = new
        loader = found.loader
        new = new_of(type(loader))
        if new is not None:
            loader.__class__ = new
        elif isinstance(loader, type) and loader in old_to_new:
            # The built-in and frozen importers are their own loaders.
            found.loader = module.__loader__ = old_to_new[loader]
    # Under `-c`, and from standard input, it has a loader but no spec.
    main = vars(sys.modules.get("__main__", sys))
    if isinstance(main.get("__loader__"), type):
        main["__loader__"] = old_to_new.get(main["__loader__"], main["__loader__"])
