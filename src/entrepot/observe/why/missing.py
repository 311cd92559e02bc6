"""Why a module is not found: every cause that is looked for, in the order in which they are told.

What is nearest to the truth comes first: facts about the search itself, then files that are
almost right, then what installers have left, then other places, and guesses at the name last.
"""

from __future__ import annotations

from . import elsewhere, installs, nearby, parents, spelling
from .advice import pip
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
    installs.editables,
    installs.pth_files,
    installs.broken,
    elsewhere.findings,
    spelling.stdlib,
    installs.named_as_distribution,
    installs.not_installed,
)
#: Guesses: told where no fact explains it.
GUESSES: tuple[Cause, ...] = (spelling.misspelt,)


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
            certain.append(Finding("unknown", name=last.name, pip=pip()))
    yield from certain


def _causes(view: View, stage: Stage, causes: tuple[Cause, ...]) -> list[Finding]:
    found: list[Finding] = []
    for cause in causes:
        known = {each.text for each in found}
        found += [each for each in cause(view, stage) if each.text not in known]
    return found


def _explains(findings: list[Finding]) -> bool:
    return any(each.severity == PROBLEM for each in findings)
