"""One module of each kind is imported; who has found it, who has loaded it, and how?

    entrepot run examples/tour.py

With plain `python examples/tour.py` the tour installs entrepot itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile

import entrepot

HERE = os.path.dirname(os.path.abspath(__file__))

#: Extension modules of the standard library; which of them are built in differs.
EXTENSIONS = ("_decimal", "_lsprof", "_sqlite3", "_ctypes", "mmap", "_testcapi", "readline")
HEADINGS = ("what", "module", "found by", "loaded by", "how", "from")


class Log:
    """What entrepot tells of each module: the finder that had it, what became of its bytecode."""

    def __init__(self) -> None:
        self.finders: dict[str, str] = {}
        self.how: dict[str, str] = {}

    def __call__(self, event: entrepot.core.observers.Event) -> None:
        if event.kind == "search":
            self.finders[event.name] = class_of(event.finder)  # The last one asked had it.
        elif event.kind in ("cached", "compiled"):
            self.how[event.name] = event.kind


def class_of(thing: object) -> str:
    """The name of a class, or of an object's class; Python 3.10 has `_NamespaceLoader`."""
    return (thing if isinstance(thing, type) else type(thing)).__name__.lstrip("_")


def extension() -> str:
    """The name of an extension module that is a file, or the empty string."""
    for name in EXTENSIONS:
        spec = entrepot.util.find_spec(name)
        loader = spec and spec.loader
        if name not in sys.modules and isinstance(loader, entrepot.machinery.ExtensionFileLoader):
            return name
    return ""


def archive(directory: str) -> str:
    """A zip file, made in *directory*, with the module `ledger`."""
    path = os.path.join(directory, "archive.zip")
    with zipfile.ZipFile(path, "w") as file:
        file.write(os.path.join(HERE, "archived", "ledger.py"), "ledger.py")
    return path


def stops(directory: str) -> list[tuple[str, str]]:
    """What is imported: the kind and the name of each module."""
    from database import example

    sys.path += [os.path.join(HERE, part) for part in ("parts", "north", "south")]
    sys.path.append(archive(directory))
    sys.meta_path.append(example())
    return [
        ("a package", "harbour"),
        ("a relative submodule", "harbour.crane"),
        ("a namespace package", "coast"),
        ("its first portion", "coast.lighthouse"),
        ("its second portion", "coast.jetty"),
        ("an extension module", extension()),
        ("a built-in module", "faulthandler" if "faulthandler" not in sys.modules else "atexit"),
        ("in a zip archive", "ledger"),
        ("by the tour's importer", "manifest"),
    ]


def row(what: str, name: str, log: Log) -> tuple[str, ...]:
    """The line of the table for one module, which is imported for that."""
    if not name:
        return (what, "none", *4 * ("-",))
    entrepot.import_module(name)
    spec = sys.modules[name].__spec__
    how = {"cached": "fresh bytecode", "compiled": "source, compiled"}.get(log.how.get(name, ""))
    if how is None:
        how = HOW.get(class_of(spec.loader), "in its own way")
    return what, name, log.finders[name], class_of(spec.loader), how, origin(spec)


#: How it is loaded where there is no bytecode of which entrepot would tell.
HOW = {
    "NamespaceLoader": "nothing to execute",
    "ExtensionFileLoader": "shared library",
    "BuiltinImporter": "machine code",
    "FrozenImporter": "frozen bytecode",
    "zipimporter": "member of the archive",
    "DatabaseImporter": "source, compiled",
}


def origin(spec: object) -> str:
    """Where the module is from, short enough for a table."""
    if spec.origin is None:
        return " + ".join(short(path) for path in spec.submodule_search_locations)
    return short(spec.origin)


def short(path: str) -> str:
    inside = path.startswith(HERE)
    parts = (os.path.relpath(path, HERE) if inside else path).split(os.sep)
    return (
        path
        if len(parts) < 2
        else os.path.join(*parts)
        if inside
        else os.path.join("...", *parts[-2:])
    )


def main() -> None:
    log = Log()
    with entrepot.install(), tempfile.TemporaryDirectory() as directory:
        stop_telling = entrepot.process.events.subscribe(log)
        rows = [HEADINGS, *(row(*stop, log) for stop in stops(directory))]
        stop_telling()
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for line in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
    lift = sys.modules["harbour"].lift
    print()
    print(lift(", ".join(sys.modules["ledger"].ENTRIES + sys.modules["manifest"].CARGO)))


if __name__ == "__main__":
    main()
