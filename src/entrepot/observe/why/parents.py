"""Why nothing was found: the packages that the module should be in."""

from __future__ import annotations

import ast
import os
import warnings

from ...host import DISK
from ...importers.zip import split
from ...importers.zip.importer import zipimporter
from .. import library
from .catalogue import Finding
from .found import does_not_compile
from .namespaces import of_namespace
from .search import PORTION, look_into

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

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
    missing = last if last.module is None and not last.is_imported else None
    parent = last if missing is None else stages[-2] if len(stages) > 1 else None
    if parent is None:
        return
    tail = (missing.name if missing else name)[len(parent.name) + 1 :].partition(".")[0]
    if missing is None:
        yield from _not_package(parent)
    yield from _defined_in(parent, tail)
    if parent.module is not None:
        yield from _in_portions(view, parent, tail)
        yield from of_namespace(view, parent.module)
    yield from changing(stages, name)


def making(stages: list[Stage], name: str) -> Finding | None:
    """Return that the parent puts the module *name* into `sys.modules` when it is executed.

    Only if it is certain: by an assignment at the top level, to a name that stands there.
    """
    last, parent = stages[-1], stages[-2] if len(stages) > 1 else stages[-1]
    if parent.name == name:
        return None
    if last.name == name and (last.module or last.is_imported or last.is_blocked):
        return None
    parent = parent if last.name == name else last
    if parent.name != name.rpartition(".")[0] or parent.is_imported:
        return None
    file = _file_of(parent)
    for node in _tree_of(file).body:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if _module_in(target, parent.name) == name:
                details = {"parent": parent.name, "path": file, "line": node.lineno}
                return Finding("made-by-parent", name=name, **details)
    return None


def _module_in(target: ast.expr, here: str) -> str | None:
    """Return the name whose place in `sys.modules` *target* is, in the module *here*, or None."""
    if not isinstance(target, ast.Subscript):
        return None
    of, key = target.value, target.slice
    is_modules = isinstance(of, ast.Attribute) and of.attr == "modules"
    if not is_modules and getattr(of, "id", None) != "modules":
        return None
    parts = key.values if isinstance(key, ast.JoinedStr) else [key]
    if isinstance(key, ast.BinOp) and isinstance(key.op, ast.Add):
        parts = [key.left, key.right]
    return "".join(_text(part, here) for part in parts)


def _text(node: ast.expr, here: str) -> str:
    node = node.value if isinstance(node, ast.FormattedValue) else node
    if isinstance(node, ast.Name) and node.id == "__name__":
        return here
    return str(node.value) if isinstance(node, ast.Constant) else "\0"


def _not_package(parent: Stage) -> Iterator[Finding]:
    kind = "module" if parent.module is None else parent.module.kind
    file = _file_of(parent)
    where = f": {file}" if file else ""
    yield Finding("parent-not-package", parent=parent.name, kind=kind, where=where)


def _file_of(stage: Stage) -> str | None:
    """Return the file of a module that was found, or is imported; None if it has none."""
    file = getattr(stage.imported, "__file__", None) if stage.module is None else stage.module.file
    return file if isinstance(file, str) else None


def compiled(stages: list[Stage], name: str) -> Iterator[Finding]:
    """Yield the parents of *name* that cannot be compiled."""
    for stage in stages:
        if stage.name != name and stage.module is not None and not stage.is_imported:
            yield from does_not_compile("parent-fails", stage.module, parent=stage.name)


def _source_of(file: str | None) -> bytes:
    if file is None or not file.endswith(".py"):
        return b""
    for place in dict.fromkeys((file, library.real(file))):
        try:
            return DISK.read(place)
        except OSError:
            pass  # It may be in an archive.
        try:
            archive, _, _ = split(place)
            return zipimporter(archive).get_data(place)
        except (OSError, ImportError):
            continue
    return b""


def _defined_in(parent: Stage, tail: str) -> Iterator[Finding]:
    """Tell of a function, class or variable of that name, which is no module."""
    for node in _tree_of(_file_of(parent)).body:
        if tail in _bound(node):
            yield Finding(
                "attribute-not-module", tail=tail, path=_file_of(parent), line=node.lineno,
                parent=parent.name,
            )  # fmt: skip
            return


def _tree_of(file: str | None) -> ast.Module:
    """Return the syntax tree of the source *file*, an empty one if it has none."""
    try:
        with warnings.catch_warnings(module=warnings):  # A program may have lost its own.
            warnings.simplefilter("ignore")
            return ast.parse(_source_of(file))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


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
            _source_of(stage.module.file).decode("utf-8", "replace").splitlines(), 1
        ):
            what = next((_CHANGES[text] for text in _CHANGES if text in line), None)
            if what and not line.lstrip().startswith("#"):
                yield Finding(
                    "path-at-run-time", path=stage.module.file, line=number, what=what, name=name
                )
                break
