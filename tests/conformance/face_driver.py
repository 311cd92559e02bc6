"""The driver, with entrepot's zipimport, pkgutil and runpy in the places of the stdlib's.

    python face_driver.py --output FILE MODULE...

The stdlib's modules stay, for the tests import private names of them; whatever entrepot has
under a public name is entrepot's.
"""

from __future__ import annotations

import importlib
import os
import sys

import driver

#: Public names that are not in `__all__`.
MORE = {
    "pkgutil": ("find_loader", "get_loader", "iter_importer_modules", "resolve_name"),
    "runpy": (),
    "zipimport": (),
}


def put_in_place() -> None:
    """Replace the public names of the three modules."""
    entrepot = importlib.import_module("entrepot")
    hook = importlib.import_module("zipimport").zipimporter
    for name, more in MORE.items():
        theirs = importlib.import_module(name)
        ours = importlib.import_module(f"{entrepot.__name__}.{name}")
        for each in (*ours.__all__, *more):
            if hasattr(theirs, each):
                setattr(theirs, each, getattr(ours, each))
    # Without install(): the tests compare loaders with the classes that importlib had before.
    sys.path_hooks[sys.path_hooks.index(hook)] = sys.modules["zipimport"].zipimporter
    sys.path_importer_cache.clear()


def leave_out_what_takes_long() -> None:
    """Have the tests skipped that the interpreter's own test runner skips unless it is told not to.

    With ENTREPOT_LONG_TESTS they run: archives of gigabytes take minutes.
    """
    if not os.environ.get("ENTREPOT_LONG_TESTS"):
        importlib.import_module("test.support").use_resources = {}


if __name__ == "__main__":
    put_in_place()
    leave_out_what_takes_long()
    sys.exit(driver.main())
