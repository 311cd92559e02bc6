"""Packages as a whole: which modules they have, their data, their paths (stdlib: `pkgutil`).

    entries.py    the finders of path entries: get_importer, iter_importers
    walk.py       what modules there are: iter_modules, walk_packages, ModuleInfo
    extend.py     a package in several directories: extend_path
    objects.py    data and objects by name: get_data, read_code, resolve_name
    legacy.py     what older hosts still have

All of these belong to an import system: they are methods of classes that take one, and the
functions here are those of the process's own. Each file is loaded when it is first needed.
"""

from __future__ import annotations

import sys

from .. import process as _process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .entries import Importers
    from .extend import Extender
    from .objects import Objects, read_code as read_code
    from .walk import (
        ModuleInfo as ModuleInfo,
        Packages as Packages,
        iter_importer_modules as iter_importer_modules,
    )

    extend_path = Extender(_process).extend_path
    get_data = Objects(_process).get_data
    get_importer = Importers(_process).get_importer
    iter_importers = Importers(_process).iter_importers
    iter_modules = Packages(_process).iter_modules
    resolve_name = Objects(_process).resolve_name
    walk_packages = Packages(_process).walk_packages

__all__ = [
    "ModuleInfo",
    "extend_path",
    "get_data",
    "get_importer",
    "iter_importers",
    "iter_modules",
    "read_code",
    "resolve_name",
    "walk_packages",
]

#: Where each name comes from: (file, the class whose method it is or "").
_HOMES = {
    "ModuleInfo": ("walk", ""),
    "Packages": ("walk", ""),
    "extend_path": ("extend", "Extender"),
    "get_data": ("objects", "Objects"),
    "get_importer": ("entries", "Importers"),
    "iter_importer_modules": ("walk", ""),
    "iter_importers": ("entries", "Importers"),
    "iter_modules": ("walk", "Packages"),
    "read_code": ("objects", ""),
    "resolve_name": ("objects", "Objects"),
    "walk_packages": ("walk", "Packages"),
}


def __getattr__(name: str) -> Any:
    home, owner = _HOMES.get(name, ("legacy", ""))
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    __import__(f"{__name__}.{home}")
    module = sys.modules[f"{__name__}.{home}"]
    try:
        value = getattr(getattr(module, owner)(_process) if owner else module, name)
    except AttributeError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
