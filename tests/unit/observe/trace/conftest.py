"""Traces to test with."""

from __future__ import annotations

import pytest

from entrepot.observe.trace.model import Import, Importer, Repeat, Trace


def make_trace(*rows, wall=1000):
    """A trace of the imports in *rows*: (name, parent's name or None, start, own ns).

    The time of an import is all in `execute`; it ends after the imports within it.
    """
    trace = Trace()
    trace.entrepot = "0.1.0"
    trace.interpreter = {"implementation": "cpython", "version": "3.13.0", "executable": "/python"}
    trace.program = {"form": "path", "argv": ["app.py"], "cwd": "/"}
    trace.started = "2026-01-02T03:04:05+00:00"
    trace.wall_ns = wall
    known = {None: None}
    for at, (name, parent, start, own) in enumerate(rows):
        one = Import(at, name, start, start + own)
        one.phases["execute"] = own
        one.importer = Importer("__main__", "app.py", at + 1)
        one.parent = outer = known[parent]
        known[name] = one
        trace.imports.append(one)
        if outer is not None:
            outer.children.append(one)
        while outer is not None:
            outer.end += own
            outer = outer.parent
    return trace


@pytest.fixture
def small():
    """A trace with everything in it that a trace can have."""
    trace = make_trace(
        ("app", None, 10, 100), ("json", "app", 20, 50), ("json.décoder", "json", 30, 5),
        ("no such", "app", 100, 3), ("broken", None, 400, 9),
    )  # fmt: skip
    missing, broken = trace.imports[3:]
    missing.outcome, missing.error, missing.caught = "missing", "ModuleNotFoundError: \udc80", True
    broken.outcome, broken.error, broken.caught = "failed", "ValueError: \n", False
    broken.importer = None
    json = trace.imports[1]
    json.package, json.origin, json.loader = True, "/lib/json/__init__.py", "a.Loader"
    json.distribution, json.bytes, json.memory, json.bytecode = "stdlib", 123, -4096, "fresh"
    trace.repeats.append(Repeat("app", Importer("json", "/lib/json/__init__.py", 3), 25))
    return trace
