"""What a process has imported, as JSON: executed by `python -c` and by `entrepot run -c`.

The caller puts `NAMES`, the modules to import, and `OUTPUT`, a file, before this text. Whatever is
imported below the snapshot is not in it.
"""

for name in NAMES:  # noqa: F821
    __import__(name)

import sys  # noqa: E402, RUF100

snapshot = dict(sys.modules)

import json  # noqa: E402, RUF100

ABSENT = "absent"
FIELDS = ("name", "origin", "cached", "parent", "has_location")


def kind(loader):
    """The name of a loader's class; some loaders are classes."""
    return loader.__name__ if isinstance(loader, type) else type(loader).__name__


def plain(value):
    return value if isinstance(value, (str, bool, type(None))) else repr(value)


def locations(value):
    return None if value is None else list(value)


def of_spec(spec):
    if spec is None:
        return None
    said = {field: plain(getattr(spec, field, ABSENT)) for field in FIELDS}
    said["loader"] = kind(spec.loader)
    said["submodule_search_locations"] = locations(spec.submodule_search_locations)
    return said


def of_module(module):
    """The import attributes, without waking a module that makes its attributes on demand."""
    try:
        held = object.__getattribute__(module, "__dict__")
    except AttributeError:
        return {"type": type(module).__name__}
    said = {
        field: plain(held.get(field, ABSENT))
        for field in ("__name__", "__file__", "__package__", "__cached__")
    }
    said["__path__"] = locations(held.get("__path__"))
    said["__loader__"] = kind(held["__loader__"]) if "__loader__" in held else ABSENT
    said["__spec__"] = of_spec(held["__spec__"]) if "__spec__" in held else ABSENT
    return said


with open(OUTPUT, "w", encoding="utf-8") as file:  # noqa: F821
    json.dump({name: of_module(module) for name, module in snapshot.items()}, file)
