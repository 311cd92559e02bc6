"""Why nothing was found: the name itself, or the history of the standard library."""

from __future__ import annotations

import sys

from ...pkgutil.walk import iter_importer_modules
from . import links
from .advice import distributions, listed, pip
from .catalogue import Finding
from .history import ADDED, APART, PLATFORMS, PYTHON_2, REMOVED
from .owners import Owner, installers
from .search import folded, is_path_finder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .view import View
    from .walk import Stage

_HERE = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
#: How alike names must be (difflib's ratio) to be taken for one another.
_ALIKE = 0.75
#: How many letters too many, or too few, are a typing error.
_FEW = 2


def stdlib(view: View, stage: Stage) -> Iterator[Finding]:
    """What the standard library had, has since, or has without this installation."""
    name, top = stage.name, stage.name.partition(".")[0]
    removed, added = REMOVED.get(top), ADDED.get(name)
    if removed and sys.version_info[:2] >= removed[0]:
        version, fix = _dotted(removed[0]), removed[1]
        yield Finding("removed-from-stdlib", name=top, version=version, here=_HERE, fix=fix)
    elif added and sys.version_info[:2] < added[0]:
        fix = (
            f"install {added[1]}, and import that"
            if added[1]
            else "use that version, or another module"
        )
        yield Finding("new-in-stdlib", name=name, version=_dotted(added[0]), here=_HERE, fix=fix)
    elif name in PYTHON_2:
        yield Finding("python-2", name=name, fix=PYTHON_2[name])
    elif name in sys.stdlib_module_names:
        default = f"install the package of your system that has it, or a complete {_HERE}"
        fix = PLATFORMS.get(name) or APART.get(name, default)
        yield Finding("stdlib-missing", name=name, fix=fix)


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def misspelt(view: View, stage: Stage) -> Iterator[Finding]:
    """Names that are there and much like the one that is not."""
    prefix = stage.name[: -len(stage.name.rpartition(".")[2])]
    near = [prefix + name for name in closest(stage.name[len(prefix) :], known(view, stage))]
    if near:
        yield Finding("misspelt", name=stage.name, closest=listed(near), first=near[0])


def closest(name: str, names: set[str]) -> list[str]:
    """Return up to three of *names* that *name* could have been meant to be, best first.

    >>> closest("reqeusts", {"requests", "queue"})
    ['requests']
    """
    from difflib import get_close_matches

    # Of those that differ by underscores only, the public one counts.
    by_publicity = sorted(names, key=lambda each: (not each.startswith("_"), each))
    plain = {_plain(each): each for each in by_publicity}
    wanted = _plain(name)
    near = get_close_matches(wanted, plain, len(plain) or 1, _ALIKE)
    return [plain[each] for each in near if _is_as_long(wanted, each)][:3]


def _is_as_long(one: str, other: str) -> bool:
    """Whether no more letters are missing than typing errors, or an abbreviation, leave out."""
    return abs(len(one) - len(other)) <= _FEW or one.startswith(other) or other.startswith(one)


def _plain(name: str) -> str:
    return folded(name).replace("-", "").replace("_", "")


def known(view: View, stage: Stage) -> set[str]:
    """Return the names of the modules where the search of *stage* has looked."""
    search = stage.search
    if search is None:
        return set()
    found: set[str] = set()
    for entry in search.entries:
        if entry.finder is not None and entry.error is None:
            found |= {name for name, _ in iter_importer_modules(entry.finder)}
    if search.path is None:
        found |= set(sys.stdlib_module_names) | set(sys.builtin_module_names)
    others = (step.finder for step in search.steps if not is_path_finder(step.finder))
    for finder in others:
        found |= _discovered(finder) if search.path is None else set()
    return {name for name in found if not name.startswith("_") or stage.name.startswith("_")}


def _discovered(finder: Any) -> set[str]:
    """Return the top-level names that a meta path finder tells of (`discover()`, Python 3.15)."""
    discover = getattr(finder, "discover", None)
    specs = discover(None) if discover is not None else ()
    return {spec.name for spec in specs or ()}


def raised(view: View, stage: Stage) -> Iterator[Finding]:
    """A finder that raises ends the import."""
    for step in stage.search.steps if stage.search else ():
        broken = next((entry for entry in step.entries if entry.error is step.error), None)
        if step.error is not None:
            finder = broken.finder if broken else step.finder
            yield from _raised(view, finder, step.error)


def _raised(view: View, finder: Any, error: BaseException) -> Iterator[Finding]:
    kind = finder if hasattr(finder, "__qualname__") else type(finder)
    file = getattr(sys.modules.get(kind.__module__), "__file__", None)
    dists = installers(view, file) if file else []
    for dist in dists:
        yield from links.leading_nowhere(view, dist)
    fix = "repair or remove that finder; it stands on sys.meta_path or was made by a path hook"
    projects = " ".join(dist.name for dist in dists)
    if projects:
        fix = f"install {projects} again, which has put it there, or {pip()} uninstall {projects}"
    of = f" of {distributions(map(Owner, dists))}" if dists else ""
    described, text = f"{kind.__module__}.{kind.__qualname__}", f"{type(error).__name__}: {error}"
    yield Finding("finder-raised", finder=described, of=of, error=text, fix=fix)
