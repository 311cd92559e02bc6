"""Why nothing was found: the packages that the module should be in."""

from __future__ import annotations

import ast
import os
import warnings

from ...host import DISK
from .catalogue import Finding
from .found import does_not_compile
from .search import PORTION, look_into

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .describe import Module
    from .view import View
    from .walk import Stage

#: What a module does to find more, or else, than its spec says: text in it -> what it changes.
_CHANGES = {
    "extend_path": "its path",
    "declare_namespace": "its path",
    "__path__": "its path",
    "sys.modules[": "sys.modules",
    "sys.modules.": "sys.modules",
    "sys.meta_path": "sys.meta_path",
}


def findings(view: View, stages: list[Stage], name: str) -> Iterator[Finding]:
    """Yield what is wrong with the parents of *name*, whose search ended with *stages*."""
    last = stages[-1]
    parent = last if last.name != name else stages[-2] if len(stages) > 1 else None
    if parent is None:
        return
    tail = name[len(parent.name) + 1 :].partition(".")[0]
    if last is parent and last.path is None and (last.module or last.is_imported):
        yield from _not_package(parent)
    module = parent.module
    if module is not None:
        yield from _defined_in(module, tail)
        yield from _in_portions(view, parent, tail)
    yield from changing(stages, name)


def _not_package(parent: Stage) -> Iterator[Finding]:
    module = parent.module
    if module is None:
        path = getattr(parent.imported, "__file__", None) or "without a file"
        yield Finding("parent-not-package", parent=parent.name, kind="module", path=path)
    else:
        yield Finding("parent-not-package", parent=parent.name, kind=module.kind, path=module.place)


def compiled(stages: list[Stage], name: str) -> Iterator[Finding]:
    """Yield the parents of *name* that cannot be compiled."""
    for stage in stages:
        if stage.name != name and stage.module is not None and not stage.is_imported:
            yield from does_not_compile("parent-fails", stage.module, parent=stage.name)


def _source_of(module: Module) -> bytes:
    if module.file is None or not module.file.endswith(".py"):
        return b""
    try:
        return DISK.read(module.file)
    except OSError:
        return b""


def _defined_in(module: Module, tail: str) -> Iterator[Finding]:
    """Tell of a function, class or variable of that name, which is no module."""
    try:
        with warnings.catch_warnings(module=warnings):  # A program may have lost its own.
            warnings.simplefilter("ignore")
            tree = ast.parse(_source_of(module))
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in tree.body:
        if tail in _bound(node):
            yield Finding(
                "attribute-not-module", tail=tail, path=module.file, line=node.lineno,
                parent=module.name,
            )  # fmt: skip
            return


def _bound(node: ast.stmt) -> set[str]:
    """Return the names that a statement at the top level binds."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    targets = list(getattr(node, "targets", ())) or [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _in_portions(view: View, parent: Stage, tail: str) -> Iterator[Finding]:
    """Tell of the module in a directory that the regular package *parent* has cut off."""
    module = parent.module
    if parent.search is None or module is None or module.kind == "namespace package":
        return
    for entry in parent.search.entries:
        if entry.answer is not PORTION:
            continue
        for directory in entry.spec.submodule_search_locations:
            found = look_into(view, directory, f"{parent.name}.{tail}")
            if found.spec is not None:
                path = found.spec.origin or os.path.join(directory, tail)
                yield Finding(
                    "in-cut-off-portion", path=path, parent=parent.name, winner=module.place
                )


def changing(stages: list[Stage], name: str) -> Iterator[Finding]:
    """Tell of parents that change, when they are executed, what can be found."""
    for stage in stages:
        if stage.name == name or stage.module is None or stage.is_imported:
            continue
        for number, line in enumerate(
            _source_of(stage.module).decode("utf-8", "replace").splitlines(), 1
        ):
            what = next((_CHANGES[text] for text in _CHANGES if text in line), None)
            if what and not line.lstrip().startswith("#"):
                yield Finding(
                    "path-at-run-time", path=stage.module.file, line=number, what=what, name=name
                )
                break
