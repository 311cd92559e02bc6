"""An explanation as JSON, in a schema with a version (docs/why.md)."""

from __future__ import annotations

import sys

from ..jsonable import attributes, headed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .bytecode import Bytecode
    from .describe import Module
    from .explanation import Explanation
    from .search import Entry, Step
    from .walk import Stage

SCHEMA, VERSION = "entrepot.why", 1


def explanation(about: Explanation) -> dict[str, Any]:
    """Return an explanation as a dict of what JSON has."""
    return headed(
        SCHEMA,
        VERSION,
        **attributes(about, "name given found ok"),
        imported=_imported(about),
        module=_module(about.module),
        searches=[_stage(stage) for stage in about.stages],
        findings=[attributes(each, "code severity text advice") for each in about.findings],
        program=about.view.program,
        python={
            "executable": sys.executable,
            "implementation": sys.implementation.name,
            "version": ".".join(map(str, sys.version_info[:3])),
            "prefix": sys.prefix,
        },
    )


def _imported(about: Explanation) -> dict[str, Any] | None:
    """Return what is told of a module that was imported before, None of any other."""
    if not about.is_imported:
        return None
    return {"file": getattr(about.last.imported, "__file__", None)}


def _module(module: Module | None) -> dict[str, Any] | None:
    if module is None:
        return None
    return {
        **attributes(module, "kind file loader"),
        "locations": None if module.locations is None else [str(each) for each in module.locations],
        "stdlib": module.stdlib,
        "bytecode": _bytecode(module.bytecode),
        "distributions": [attributes(owner, "name version editable") for owner in module.owners],
    }


def _bytecode(pyc: Bytecode | None) -> dict[str, Any] | None:
    if pyc is None:
        return None
    return {"state": pyc.state, "path": pyc.path, "reason": pyc.reason or None, "kept": pyc.kept}


def _stage(stage: Stage) -> dict[str, Any]:
    search = stage.search
    return {
        "name": stage.name,
        "imported": stage.is_imported,
        "blocked": stage.is_blocked,
        "found": stage.module.place if stage.module else None,
        "finders": [_step(step) for step in search.steps] if search else [],
    }


def _step(step: Step) -> dict[str, Any]:
    kind = step.finder if isinstance(step.finder, type) else type(step.finder)
    return {
        "finder": f"{kind.__module__}.{kind.__qualname__}",
        "answer": step.answer,
        "error": None if step.error is None else f"{type(step.error).__name__}: {step.error}",
        "entries": [_entry(entry) for entry in step.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.entry if isinstance(entry.entry, str) else repr(entry.entry),
        "directory": entry.directory,
        "answer": entry.answer,
        "names": entry.names,
        "stale": entry.stale is not None,
        "error": None if entry.error is None else f"{type(entry.error).__name__}: {entry.error}",
    }
