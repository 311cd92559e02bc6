"""Traces and graphs to test with."""

from __future__ import annotations

from entrepot.observe.graph import graph
from entrepot.observe.graph.model import FIRST, ImportGraph, Place
from entrepot.observe.graph.sources import Sources

PHASES = dict.fromkeys(
    ("search", "create", "read", "unmarshal", "compile", "write", "execute", "other"), 0
)


def record(at, name, importer=None, **more):
    """An import in a trace; *importer* is (module, file, line)."""
    asked = importer and dict(zip(("module", "file", "line"), importer, strict=True))
    return {
        "id": at,
        "parent": None,
        "name": name,
        "start": at,
        "end": at + 5,
        "phases": {**PHASES, "execute": 5},
        "importer": asked,
        "thread": {"id": 1, "name": "MainThread"},
        "pid": 1,
        "outcome": "loaded",
        "error": None,
        "caught": None,
        "origin": None,
        "loader": None,
        "package": False,
        "bytecode": "none",
        "bytes": 0,
        "memory": None,
        "distribution": None,
        **more,
    }


def document(imports=(), repeats=(), **more):
    return {
        "format": "entrepot-trace",
        "version": 1,
        "entrepot": "0",
        "interpreter": {"implementation": "cpython", "version": "3", "executable": "python"},
        "program": {"form": "path", "argv": ["app.py"], "cwd": "/"},
        "started": "2026-01-01T00:00:00+00:00",
        "wall_ns": 9,
        "ended": {"how": "returned", "status": 0, "error": None},
        "imports": list(imports),
        "repeats": list(repeats),
        **more,
    }


def repeat(module, importer):
    asked = dict(zip(("module", "file", "line"), importer, strict=True))
    return {"module": module, "importer": asked, "state": "initializing", "at": 1}


def of_files(folder, files, main=None):
    """The graph of modules in files, of which each was loaded in the order given.

    Nothing is executed, so all is known from the sources; *main* is the file of the program.
    """
    imports = []
    for at, (name, text) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name == main:
            continue
        module = name.removesuffix(".py").replace("/", ".")
        is_package = module.endswith("__init__")
        module = module.removesuffix(".__init__")
        asked = ("__main__", str(folder / main), 1) if main else None
        imports.append(record(at, module, asked, origin=str(path), package=is_package))
    return graph(document(imports))


def of_edges(edges, nodes=(), own=None):
    """A graph of (importer, imported) pairs, without sources."""
    made = ImportGraph(Sources())
    for name in nodes:
        made.node(name)
    for importer, imported in edges:
        made.node(importer)
        made.node(imported)
    for line, (importer, imported) in enumerate(edges, 1):
        if importer != imported:
            place = Place(importer, imported, FIRST, f"/{importer}.py", line)
            made.add(place, importer, imported)
    for name, value in (own or {}).items():
        made.nodes[name].own_ns = value
    return made


def pairs(graph, *kinds):
    """The edges of these kinds as pairs, sorted."""
    return sorted(pair for pair, edge in graph.edges.items() if edge.kind in kinds)
