"""What is worth knowing of a module that is found: what it hides, what hides it, its state."""

from __future__ import annotations

import os
import sys
import warnings

from ...host import DISK
from . import bytecode, describe
from .advice import distributions, of, pip
from .builds import built_and_here, extensions_in, is_foreign
from .catalogue import Finding
from .describe import Module
from .namespaces import modules_in, of_namespace
from .search import FOUND, PORTION, alternatives, is_path_finder
from .view import python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .search import Entry, Search
    from .view import View
    from .walk import Stage

_BY_INTERPRETER = (describe.BUILT_IN, describe.FROZEN)


def findings(view: View, stage: Stage) -> Iterator[Finding]:
    """Yield what there is to say of the module that *stage* has found."""
    yield from _imported_before(stage)
    module, search = stage.module, stage.search
    if module is None or search is None:
        return
    yield from _over_stdlib(view, module)
    yield from _hidden(view, module, search)
    yield from _portions(module, search)
    yield from _in_same_directory(module, search)
    yield from _owned_twice(module)
    yield from of_namespace(view, module)
    yield from _built_for_others(module)
    yield from _of_bytecode(module)
    yield from _stale_entries(search)
    yield from does_not_compile("syntax-error", module)


def _imported_before(stage: Stage) -> Iterator[Finding]:
    if not stage.is_imported:
        return
    imported, module = getattr(stage.imported, "__file__", None), stage.module
    if imported and module and module.file and not _same(imported, module.file):
        yield Finding(
            "imported-from-elsewhere", name=stage.name, imported=imported, path=module.file
        )
    else:
        yield Finding("already-imported", name=stage.name)


def _same(one: str, other: str) -> bool:
    try:
        return (
            os.path.samefile(one, other) or os.path.splitext(one)[0] == os.path.splitext(other)[0]
        )
    except OSError:
        return os.path.normcase(one) == os.path.normcase(other)


# --- What hides what


def _over_stdlib(view: View, module: Module) -> Iterator[Finding]:
    if view.program and module.file and _same(module.file, view.program):
        yield Finding("program-itself", name=module.name, path=module.file)
    elif not module.stdlib and module.name in sys.stdlib_module_names and module.file:
        yield Finding("shadows-stdlib", name=module.name, path=module.file)


def _hidden(view: View, winner: Module, search: Search) -> Iterator[Finding]:
    """Tell of what finders, or path entries, behind the winner have."""
    seen = {winner.file}
    for spec in search.others:
        module = Module(spec, view)
        path = module.file or os.pathsep.join(module.locations or ())
        if not path or module.stdlib or (module.file and module.file in seen):
            continue
        seen.add(module.file)
        yield _one_hidden(winner, module, path, search)


def _one_hidden(winner: Module, module: Module, path: str, search: Search) -> Finding:
    name = winner.name
    if winner.kind == describe.SHARED:
        return Finding("hidden-by-shared", name=name, path=path, top=name.partition(".")[0])
    if winner.kind in _BY_INTERPRETER:
        return Finding("shadowed-by-interpreter", name=name, path=path, kind=winner.kind)
    if winner.stdlib:
        return Finding("hidden-by-stdlib", name=name, path=path, of=of(module))
    finder = _foreign_finder(search, module)
    if finder is not None:
        return Finding("masks-finder", name=name, finder=finder, path=path, winner=winner.place)
    names = [{owner.name for owner in each.owners} for each in (winner, module)]
    if all(names) and not names[0] & names[1]:
        both = [*winner.owners, *module.owners]
        return Finding(
            "two-distributions", name=name, first=distributions(winner.owners), path=path,
            second=distributions(module.owners), uninstall=" ".join(sorted(o.name for o in both)),
            pip=pip(),
        )  # fmt: skip
    return Finding("hides", path=path, of=of(module), winner=winner.place)


def _foreign_finder(search: Search, module: Module) -> str | None:
    for step in search.steps:
        if step.spec is module.spec and not is_path_finder(step.finder):
            kind = step.finder if isinstance(step.finder, type) else type(step.finder)
            return kind.__qualname__
    return None


def _portions(winner: Module, search: Search) -> Iterator[Finding]:
    """Tell of directories of that name which are no part of a regular package."""
    if winner.kind == describe.NAMESPACE or winner.stdlib:
        return
    if search.winner is None or not search.winner.entries:
        return  # It was not found on the path.
    before = True
    for entry in search.entries:
        if entry.answer is FOUND:
            before = False
        directory = _portion_with_modules(entry)
        if directory is None:
            continue
        if before:
            yield Finding("directory-without-init", path=directory, winner=winner.place)
        elif winner.locations is not None:
            yield Finding("portion-cut-off", path=directory, name=winner.name, winner=winner.place)


def _portion_with_modules(entry: Entry) -> str | None:
    if entry.answer is not PORTION:
        return None
    directory: str = next(iter(entry.spec.submodule_search_locations))
    return directory if modules_in(directory) else None


def _in_same_directory(winner: Module, search: Search) -> Iterator[Finding]:
    if winner.file is None:
        return
    for entry in search.entries:
        if entry.answer is not FOUND or entry.spec is not winner.spec:
            continue
        for path in alternatives(entry, search.tail):
            beside = os.path.dirname(path) == os.path.dirname(winner.file)
            if path != winner.file and not (beside and path.endswith(".pyc")):
                yield Finding("same-directory", path=path, winner=winner.file)


def _owned_twice(module: Module) -> Iterator[Finding]:
    if len(module.owners) > 1 and module.file:
        yield Finding(
            "two-owners", path=module.file, owners=distributions(module.owners),
            uninstall=" ".join(sorted(owner.name for owner in module.owners)), pip=pip(),
        )  # fmt: skip


# --- Its state


def _built_for_others(module: Module) -> Iterator[Finding]:
    """Tell of a package whose extension modules are all for another interpreter."""
    if module.kind != describe.PACKAGE or module.stdlib:
        return
    paths = extensions_in(os.path.dirname(module.file or ""))
    foreign = [path for path in paths if is_foreign(path)]
    if foreign and len(foreign) == len(paths):
        more = f" and {len(foreign) - 1} more were" if len(foreign) > 1 else " was"
        install = next((owner.name for owner in module.owners), module.name.partition(".")[0])
        yield Finding(
            "foreign-inside", path=foreign[0], more=more, install=install,
            pip=pip(), **built_and_here(foreign[0]),
        )  # fmt: skip


def _of_bytecode(module: Module) -> Iterator[Finding]:
    pyc = module.bytecode
    if pyc is None:
        return
    unkept = "" if pyc.kept else ", each time, since no pyc can be written"
    if pyc.state == bytecode.STALE:
        yield Finding("bytecode-stale", name=module.name, reason=pyc.reason, unkept=unkept)
    elif pyc.state == bytecode.DAMAGED:
        yield Finding("bytecode-damaged", name=module.name, reason=pyc.reason, unkept=unkept)
    elif pyc.state == bytecode.UNCHECKED and pyc.differs:
        yield Finding("bytecode-unchecked", path=pyc.path, source=module.file, python=python())
    elif pyc.state == bytecode.MISSING and not pyc.kept:
        why, fix = _why_not_kept()
        yield Finding("bytecode-not-kept", name=module.name, why=why, fix=fix)


def _why_not_kept() -> tuple[str, str]:
    if sys.dont_write_bytecode:
        text = " (-B, PYTHONDONTWRITEBYTECODE or sys.dont_write_bytecode)"
        return text, "unset PYTHONDONTWRITEBYTECODE, leave out -B"
    return (
        ", its directory cannot be written to",
        "compile it once as who may: python -m compileall",
    )


def _stale_entries(search: Search) -> Iterator[Finding]:
    """Tell of files, before the one that is found, which a stale cache hides."""
    for entry in search.entries:
        if entry.answer is FOUND:
            return
        if entry.stale is not None and entry.stale.loader is not None:
            path = entry.stale.origin
            yield Finding("stale-cache", path=path, directory=entry.directory)


def does_not_compile(code: str, module: Module, **details: str) -> Iterator[Finding]:
    """Tell whether the source of *module* would have to be compiled, and cannot be."""
    pyc = module.bytecode
    if pyc is None or pyc.state in (bytecode.FRESH, bytecode.UNCHECKED) or module.file is None:
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(DISK.read(module.file), module.file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        text = getattr(error, "msg", None) or str(error)
        yield Finding(code, path=module.file, line=line, error=text, python=version, **details)
    except OSError as error:
        yield Finding(code, path=module.file, line=1, error=str(error), python=version, **details)
