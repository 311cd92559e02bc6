"""Why nothing was found: distributions, their records, and what they require."""

from __future__ import annotations

from unicodedata import normalize as unicode_form

from ...metadata.names import normalize
from ...metadata.toplevel import top_level
from .advice import listed, pip
from .catalogue import Finding
from .known_names import DISTRIBUTIONS, REQUIREMENTS, provided_by
from .owners import UNREADABLE, Owner, providing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .view import View
    from .walk import Stage


def provided_names(dist: Any) -> set[str]:
    """Return the top-level names of *dist*; none if its metadata cannot be read."""
    try:
        return {name for name in top_level(dist) if name.isidentifier()}
    except UNREADABLE:
        return set()


def broken(view: View, stage: Stage) -> Iterator[Finding]:
    """Distributions whose records have the module, whose files are gone."""
    top = stage.name.partition(".")[0]
    for owner, is_there in providing(view, top):
        if not is_there and not owner.editable:
            yield Finding("files-gone", dist=owner, name=top, project=owner.name, pip=pip())


def named_as_distribution(view: View, stage: Stage) -> Iterator[Finding]:
    """An installed distribution of that name, whose modules are called otherwise."""
    wanted = normalize(stage.name)
    for dist in view.metadata.distributions():
        try:
            if normalize(dist.name) != wanted:
                continue
            names = sorted(name for name in provided_names(dist) if not name.startswith("_"))
        except UNREADABLE:
            continue
        if names and stage.name not in names:
            yield Finding(
                "distribution-name", name=stage.name, dist=str(Owner(dist)), first=names[0],
                modules=listed(names, "and"),
            )  # fmt: skip
            return


def not_installed(view: View, stage: Stage) -> Iterator[Finding]:
    """The distribution that would provide the module, as far as it is known."""
    module, known = provided_by(stage.wanted)
    top = stage.name.partition(".")[0]
    required = _required(view, {normalize(each) for each in (*known, top)})
    project: str | None = next(iter(required), None) or (known[0] if known else None)
    here = installed(view)
    if project is None:
        yield from _by_its_distribution(stage.name)
        return
    name = module or top
    wanted, by = required.get(project, (REQUIREMENTS.get(name, project), ""))
    if normalize(project) not in here:
        by = f" ({by} requires it)" if by else ""
        quoted = wanted if by else quoted_requirement(wanted)
        yield Finding(
            "not-installed", name=name, project=project, required=by, quoted=quoted, pip=pip()
        )
    elif name not in stage.found:
        fix = "find out in its release notes which version has it, and {pip} install that one"
        if name in REQUIREMENTS:
            fix = "{pip} install " + quoted_requirement(REQUIREMENTS[name])
        dist = here[normalize(project)]
        yield Finding("not-in-distribution", name=name, dist=dist, fix=fix.format(pip=pip()))


def installed(view: View) -> dict[str, Owner]:
    """Return the distributions on the path by their normalised names."""
    found: dict[str, Owner] = {}
    for dist in view.metadata.distributions():
        try:
            found.setdefault(normalize(dist.name), Owner(dist))
        except UNREADABLE:
            continue
    return found


def _is_called(distributions: tuple[str, ...], top: str) -> bool:
    return normalize(top) in map(normalize, distributions)


def _by_its_distribution(name: str) -> Iterator[Finding]:
    """Tell of a distribution, not installed, that was taken for the module."""
    top = name.partition(".")[0]
    modules = [each for each, names in DISTRIBUTIONS.items() if _is_called(names, top)]
    if modules:
        project = next(each for each in DISTRIBUTIONS[modules[0]] if _is_called((each,), top))
        dist = f"{project} (not installed)"
        yield Finding(
            "distribution-name", name=name, dist=dist, first=modules[0],
            modules=listed(modules, "and"),
        )  # fmt: skip


def _required(view: View, wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Return what installed distributions require of *wanted*: name -> (requirement, by whom)."""
    found: dict[str, tuple[str, str]] = {}
    for dist in view.metadata.distributions():
        try:
            for requirement in dist.requires or ():
                name = requirement_name(requirement)
                if normalize(name) in wanted:
                    found.setdefault(name, _what_to_install(dist, requirement))
        except UNREADABLE:
            continue
    return found


def _what_to_install(dist: Any, requirement: str) -> tuple[str, str]:
    """Return what to install for a requirement of *dist*, and who requires it."""
    text, _, marker = requirement.partition(";")
    text = quoted_requirement(text.strip().replace(" (", "").replace(")", ""))
    extra = marker.partition("extra")[2].strip(" =\"')(").replace("'", '"').partition('"')[0]
    if not extra:
        return text, str(Owner(dist))
    whole = f"'{dist.name}[{extra}]'"
    return f"{text} (or all of that extra: {whole})", f"the extra {extra} of {Owner(dist)}"


def requirement_name(requirement: str) -> str:
    """Return the name of the distribution in a requirement (PEP 508)."""
    text = unicode_form("NFC", requirement).strip()
    end = next((at for at, c in enumerate(text) if not (c.isalnum() or c in "-_.")), len(text))
    return text[:end]


def quoted_requirement(requirement: str) -> str:
    """Return a requirement as a shell takes it."""
    plain = all(c.isalnum() or c in "-_.=" for c in requirement)
    return requirement if plain else f"'{requirement}'"
