"""The driver, with entrepot.resources in the place of importlib.resources.

    python resources_driver.py --output FILE MODULE...

Loaders stay the interpreter's, unless entrepot is installed: its tests make modules with both.
"""

from __future__ import annotations

import importlib
import sys

import driver

#: The stdlib's modules, and what of entrepot.resources is in the place of each.
PLACES = {
    "importlib.resources": "",
    "importlib.resources.abc": ".abc",
    "importlib.resources.readers": ".readers",
    "importlib.resources.simple": ".simple",
    "importlib.resources._adapters": ".adapters",
    "importlib.readers": ".readers",
    "importlib.simple": ".simple",
    "importlib._adapters": ".adapters",
}


def put_in_place() -> None:
    """Replace the modules, in `sys.modules` and in their parents."""
    entrepot = importlib.import_module("entrepot")
    for name, ours in PLACES.items():
        module = importlib.import_module(f"{entrepot.__name__}.resources{ours}")
        parent, _, child = name.rpartition(".")
        sys.modules[name] = module
        if parent == "importlib":
            setattr(importlib, child, module)
    entrepot.install()


if __name__ == "__main__":
    put_in_place()
    sys.exit(driver.main())
