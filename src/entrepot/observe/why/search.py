"""One search, told in full: each finder that is asked, and its answer.

The meta path finders are asked in their order, without importing anything (PEP 451). For the
path finder the search goes entry by entry, as PEP 302 and PEP 420 have it: the first entry with
a module or a regular package wins; if there is none, directories of that name are the portions
of a namespace package. Those behind the winner are asked too: what it hides is worth knowing.
"""

from __future__ import annotations

import os

from ... import host
from ...core import legacy
from ...core.isolated import SharingFinder
from ...core.spec import ModuleSpec
from ...core.system import PROCESS_SYSTEM
from ...loaders.suffixes import all_suffixes
from .view import HookError, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

#: Answers of finders and of path entries.
FOUND, PORTION, NOTHING, RAISED = "found", "portion", "nothing", "raised"
#: Answers of path entries that nobody could look into.
ABSENT, NOT_ARCHIVE, NO_HOOK, IGNORED = "absent", "not an archive", "no hook", "ignored"
_DIRECTORY, _FORMAT = 0o040000, 0o170000


class Entry:
    """One path entry in a search.

    *answer* is one of those above, *spec* what was found. *names* are the names in the directory
    that have to do with the module. *stale* is the spec that a new finder has, where the one that
    is remembered has none. *finder* is who was asked, or the path hook that has raised *error*.
    """

    __slots__ = ("answer", "directory", "entry", "error", "finder", "names", "spec", "stale")

    def __init__(self, entry: Any, directory: str, answer: str) -> None:
        self.entry = entry
        self.directory = directory
        self.answer = answer
        self.spec: Any = None
        self.stale: Any = None
        self.error: BaseException | None = None
        self.finder: Any = None
        self.names: list[str] = []


class Step:
    """One meta path finder in a search: its *answer*, and the path entries it went through."""

    __slots__ = ("answer", "entries", "error", "finder", "spec")

    def __init__(self, finder: Any) -> None:
        self.finder = finder
        self.answer = NOTHING
        self.spec: Any = None
        self.error: BaseException | None = None
        self.entries: list[Entry] = []


class Search:
    """The search for the module *name* on *path* (the parent's; None at the top level).

    *spec* is what an import would get, None if it would fail; *others* are the specs behind it.
    """

    __slots__ = ("name", "others", "path", "spec", "steps", "winner")

    def __init__(self, name: str, path: list[Any] | None) -> None:
        self.name = name
        self.path = path
        self.steps: list[Step] = []
        self.spec: Any = None
        self.winner: Step | None = None
        self.others: list[Any] = []

    @property
    def tail(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def entries(self) -> list[Entry]:
        """The path entries that were looked into."""
        return [entry for step in self.steps for entry in step.entries]


def search(view: View, name: str, path: list[Any] | None) -> Search:
    """Return the search for *name* on *path*, the parent's, or None at the top level."""
    result = Search(name, path)
    for finder in view.meta_path:
        step = _through_path(view, finder, result) if is_path_finder(finder) else None
        step = step or _ask(finder, name, path)
        result.steps.append(step)
        if step.spec is not None:
            if result.winner is None:
                result.spec, result.winner = step.spec, step
            else:
                result.others.append(step.spec)
        elif step.answer is RAISED and result.winner is None:
            break  # An import ends here, with that error.
    return result


def is_path_finder(finder: Any) -> bool:
    """Whether *finder* searches the path as PEP 302 has it, be it the interpreter's or ours."""
    kind = finder if isinstance(finder, type) else type(finder)
    names = (host.resident.PathFinder.__module__, "importlib._bootstrap_external")
    ours = kind.__module__.startswith("entrepot.")
    return issubclass(kind, host.resident.PathFinder) and (ours or kind.__module__ in names)


def _ask(finder: Any, name: str, path: list[Any] | None) -> Step:
    step = Step(finder)
    if isinstance(finder, SharingFinder):
        step.spec = _shared(finder, name, path)
    elif hasattr(finder, "find_spec"):
        step.spec, step.error = _answer(finder.find_spec, name, path, None)
    else:
        step.spec, step.error = _answer(legacy.find_module, finder, name, path)
    step.error = step.error or _unusable(step.spec)
    if step.error is not None:
        step.answer, step.spec = RAISED, None
    elif step.spec is not None:
        step.answer = FOUND
    return step


def _answer(ask: Callable[..., Any], *arguments: Any) -> tuple[Any, BaseException | None]:
    """Return what a finder, be it a stranger's, answers, and what it raises."""
    try:
        return ask(*arguments), None
    except Exception as error:  # noqa: BLE001 - whatever it raises is its answer, and is shown
        return None, error


def _unusable(spec: Any) -> BaseException | None:
    """Return what an import raises that gets *spec*, if it is no module spec, or has no loader."""
    try:
        is_empty = spec is not None and spec.loader is spec.submodule_search_locations is None
        return ImportError("missing loader") if is_empty and spec.name else None
    except AttributeError as error:
        return error


def _shared(finder: SharingFinder, name: str, path: list[Any] | None) -> Any:
    """Return the spec of a module that an isolated system takes from the process.

    The finder itself would import the module's parents.
    """
    if name.partition(".")[0] not in finder.names:
        return None
    theirs = search(View(PROCESS_SYSTEM), name, path).spec
    if theirs is None:
        return None
    spec = ModuleSpec(name, finder, origin="shared")
    spec.submodule_search_locations = theirs.submodule_search_locations
    return spec


# --- The path finder


def _through_path(view: View, finder: Any, result: Search) -> Step:
    step = Step(finder)
    path = view.path if result.path is None else result.path
    step.entries = [look_into(view, entry, result.name) for entry in path]
    for entry in step.entries:
        if entry.answer is RAISED and step.spec is None:
            step.answer, step.error = RAISED, entry.error
            return step  # An import ends here, with that error.
        if entry.answer is FOUND and step.spec is None:
            step.spec = entry.spec
        elif entry.answer is FOUND:
            result.others.append(entry.spec)
    if step.spec is None:
        step.spec = _namespace(result.name, step.entries)
    step.answer = NOTHING if step.spec is None else FOUND
    return step


def _namespace(name: str, entries: list[Entry]) -> Any:
    """Return the spec of the namespace package that the portions among *entries* make, or None."""
    found = [each.spec.submodule_search_locations for each in entries if each.answer is PORTION]
    if not found:
        return None
    spec = ModuleSpec(name, None)
    spec.submodule_search_locations = [portion for portions in found for portion in portions]
    return spec


def look_into(view: View, entry: Any, name: str) -> Entry:
    """Return what the path entry *entry* has for the module *name*."""
    if not isinstance(entry, str):
        return Entry(entry, "", IGNORED)
    directory = view.directory(entry)
    result = Entry(entry, directory, NOTHING)
    try:
        finder, cached = view.remembered(entry)
        result.finder = finder
    except HookError as raised:
        result.answer, result.error, result.finder = RAISED, raised.error, raised.hook
        return result
    if finder is None:
        result.answer = _why_no_finder(view, directory)
    else:
        result.spec, result.error = _spec_in(finder, name)
        result.names = related(view.listing(directory), name.rpartition(".")[2])
    if result.spec is not None:
        result.answer = FOUND if result.spec.loader is not None else PORTION
    elif result.error is not None:
        result.answer = RAISED
    elif cached:
        result.stale = _newer(view, entry or directory, name)
    return result


def _newer(view: View, entry: str, name: str) -> Any:
    """Return the spec that a new finder for *entry* has, or None."""
    try:
        finder = view.hooked(entry)
    except HookError:
        return None  # Nobody asks it: an import takes the finder that is remembered.
    return None if finder is None else _spec_in(finder, name)[0]


def _spec_in(finder: Any, name: str) -> tuple[Any, BaseException | None]:
    if hasattr(finder, "find_spec"):
        spec, error = _answer(finder.find_spec, name)
        error = error or _unusable(spec)
        return (None if error else spec), error
    spec, error = _answer(legacy.find_in_entry, finder, name)
    is_there = spec is not None and (spec.loader or spec.submodule_search_locations)
    return (spec if is_there else None), error


def _why_no_finder(view: View, directory: str) -> str:
    try:
        mode = view.disk.stat(directory).st_mode
    except (OSError, ValueError):
        return ABSENT
    return NO_HOOK if mode & _FORMAT == _DIRECTORY else NOT_ARCHIVE


def related(names: list[str], tail: str) -> list[str]:
    """Return those of *names* that could be the module *tail*, or were meant to be."""
    wanted = folded(tail)
    return [each for each in names if folded(each).partition(".")[0] == wanted]


def folded(name: str) -> str:
    """Return *name* without the differences of case and of Unicode's forms."""
    from unicodedata import normalize

    return normalize("NFKC", name).casefold()


def alternatives(entry: Entry, tail: str) -> Iterator[str]:
    """Yield the paths in a directory that could serve the module *tail*, best first."""
    package = os.path.join(entry.directory, tail)
    suffixes = sorted(all_suffixes(), key=_rank)
    candidates = [os.path.join(package, f"__init__{suffix}") for suffix in suffixes]
    candidates += [package + suffix for suffix in suffixes]
    if tail in entry.names or any(name.startswith(f"{tail}.") for name in entry.names):
        yield from filter(os.path.isfile, candidates)


def _rank(suffix: str) -> int:
    """Return the place of *suffix* in the order of preference: extension, source, bytecode."""
    return {".py": 1, ".pyw": 1, ".pyc": 2}.get(suffix, 0)
