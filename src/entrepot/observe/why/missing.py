"""Why a module is not found: every cause that is looked for, in the order in which they are told.

What is nearest to the truth comes first: facts about the search itself, then files that are
almost right, then what installers have left, then other places, and guesses at the name last.
"""

from __future__ import annotations

import os

from . import beside, elsewhere, installs, links, nearby, parents, spelling
from .advice import distributions, listed, pip
from .catalogue import PROBLEM, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .view import View
    from .walk import Stage

    Cause = Callable[[View, Stage], Iterator[Finding]]

#: Facts: all of them are told.
FACTS: tuple[Cause, ...] = (
    spelling.raised,
    nearby.stale_cache,
    nearby.files,
    links.editables,
    links.pth_files,
    installs.broken,
    beside.findings,
    elsewhere.findings,
    spelling.stdlib,
    installs.named_as_distribution,
    installs.not_installed,
)
#: Guesses: told where no fact explains it.
GUESSES: tuple[Cause, ...] = (spelling.misspelt,)
#: What could have to do with it, told where nothing explains it.
POSSIBLE: tuple[Cause, ...] = (links.nowhere,)
#: How many of a package's modules are told.
_MANY = 6
_CHECK = "check the name"


def findings(view: View, stages: list[Stage], name: str) -> Iterator[Finding]:
    """Yield why *name* is not found; *stages* are those of its search, the last one failed."""
    last = stages[-1]
    if last.is_blocked:
        yield Finding("blocked", name=last.name)
        return
    yield from parents.compiled(stages, name)
    if last.name != name and last.module is None and not last.is_imported:
        yield Finding("parent-missing", parent=last.name)
    certain = list(parents.findings(view, stages, name))
    if last.search is not None and last.search.spec is None:
        certain += _causes(view, last, FACTS)
        if not _explains(certain):
            certain += _causes(view, last, GUESSES)
        certain += nearby.unusable_entries(view, last)
        if not _explains(certain):
            certain += [_unknown(view, stages), *_causes(view, last, POSSIBLE)]
    yield from certain


def _unknown(view: View, stages: list[Stage]) -> Finding:
    """Return what is told where nothing explains it."""
    last = stages[-1]
    package, _, tail = last.name.rpartition(".")
    if not package:
        return Finding("unknown", name=last.name, pip=pip())
    names = sorted(spelling.known(view, last))
    others = f"; it has {_some(names)}" if names else ""
    fix = _where_it_could_be(stages[-2], tail)
    return Finding("not-in-package", parent=package, tail=tail, others=others, fix=fix)


def _some(names: list[str]) -> str:
    more = [f"{len(names) - _MANY} more"] if len(names) > _MANY else []
    return listed([*names[:_MANY], *more], "and")


def _where_it_could_be(parent: Stage, tail: str) -> str:
    module = parent.module
    if module is None:
        return _CHECK
    if module.stdlib:
        return f"check the name: {parent.name} is the standard library's"
    if module.owners and not any(owner.editable for owner in module.owners):
        dist = distributions(module.owners)
        return f"check the name, or find out in the release notes of {dist} which version has it"
    places = [place for place in map(str, module.locations or ()) if os.path.isdir(place)]
    return f"check the name, or make {os.path.join(places[0], tail)}.py" if places else _CHECK


def _causes(view: View, stage: Stage, causes: tuple[Cause, ...]) -> list[Finding]:
    found: list[Finding] = []
    for cause in causes:
        known = {each.text for each in found}
        found += [each for each in cause(view, stage) if each.text not in known]
    return found


def _explains(findings: list[Finding]) -> bool:
    return any(each.severity == PROBLEM for each in findings)
