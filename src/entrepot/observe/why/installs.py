"""Why nothing was found: distributions, their records, .pth files and editable installs."""

from __future__ import annotations

import os
from unicodedata import normalize as unicode_form

from ...metadata import editable
from ...metadata.names import normalize
from ...metadata.toplevel import top_level
from .advice import listed, pip
from .catalogue import Finding
from .known_names import DISTRIBUTIONS
from .owners import UNREADABLE, Owner, providing, recorded_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .view import View
    from .walk import Stage


def provided_by(top: str) -> tuple[str, ...]:
    """Return the distributions that are known to provide the module *top*, best first."""
    return DISTRIBUTIONS.get(top, ())


def editables(view: View, stage: Stage) -> Iterator[Finding]:
    """Editable installs of a distribution that has, or is called as, the module."""
    top = stage.name.partition(".")[0]
    for dist in view.metadata.distributions():
        try:
            yield from _of_editable(view, dist, top)
        except UNREADABLE:
            continue


def _of_editable(view: View, dist: Any, top: str) -> Iterator[Finding]:
    pths = [path for path in recorded_paths(dist, ".pth") if path.endswith(".pth")]
    if pths and (normalize(dist.name) == normalize(top) or top in provided_names(dist)):
        for path in pths:
            for target in missing_targets(view, str(dist.locate_file(path))):
                yield _nowhere(dist, target)
    mapped = editable.top_level(dist).get(top) if dist.editable else None
    if mapped and not os.path.exists(mapped) and not os.path.exists(f"{mapped}.py"):
        yield _nowhere(dist, mapped)


def _nowhere(dist: Any, target: str) -> Finding:
    described = str(Owner(dist))
    return Finding("editable-nowhere", dist=described, target=target, pip=pip(), project=dist.name)


def provided_names(dist: Any) -> set[str]:
    """Return the top-level names of *dist*; none if its metadata cannot be read."""
    try:
        return {name for name in top_level(dist) if name.isidentifier()}
    except UNREADABLE:
        return set()


def _targets(text: str, directory: str) -> list[str]:
    """Return the directories that the lines of a .pth file add (documentation of `site`)."""
    lines = (line.strip() for line in text.splitlines())
    code = ("#", "import ", "import\t")
    return [os.path.join(directory, line) for line in lines if line and not line.startswith(code)]


def _targets_of(view: View, file: str) -> list[str]:
    try:
        text = view.disk.read(file).decode("utf-8", "replace")
    except OSError:
        return []
    return _targets(text.lstrip("\ufeff"), os.path.dirname(file))


def missing_targets(view: View, file: str) -> list[str]:
    """Return the directories that the .pth file *file* adds and that are not there."""
    return [target for target in _targets_of(view, file) if not os.path.exists(target)]


def pth_files(view: View, stage: Stage) -> Iterator[Finding]:
    """The .pth and .egg-link files that lead nowhere, or are not read."""
    top = stage.name.partition(".")[0]
    if top != stage.name:
        return
    known = {
        os.path.normcase(view.directory(entry)) for entry in view.path if isinstance(entry, str)
    }
    for directory in sorted(known):
        for name in view.listing(directory):
            file = os.path.join(directory, name)
            if name.endswith(".pth"):
                yield from _of_pth(view, file, top, known)
            elif name.endswith(".egg-link"):
                yield from _of_egg_link(view, file, top)


def _of_pth(view: View, file: str, top: str, known: set[str]) -> Iterator[Finding]:
    for target in _targets_of(view, file):
        if not os.path.exists(target):
            if _mentions(file, top) or _mentions(target, top):
                again = f"{pip()} install -e DIRECTORY"
                fix = f"correct or remove that line; an editable install is made again by {again}"
                yield Finding("pth-nowhere", path=file, target=target, fix=fix)
        elif os.path.normcase(target) not in known and _has_module(target, top):
            directory = os.path.dirname(file)
            yield Finding("pth-not-read", path=file, target=target, name=top, directory=directory)


def _of_egg_link(view: View, file: str, top: str) -> Iterator[Finding]:
    stem = os.path.basename(file).rpartition(".")[0]
    targets = _targets_of(view, file)[:1]
    if normalize(stem) == normalize(top) and targets and not os.path.exists(targets[0]):
        fix = f"{pip()} uninstall {stem}; then {pip()} install -e DIRECTORY"
        yield Finding("pth-nowhere", path=file, target=targets[0], fix=fix)


def _mentions(path: str, top: str) -> bool:
    """Whether one of the last parts of *path* has to do with the module *top*."""
    parts = path.replace("\\", "/").split("/")[-3:]
    return any(normalize(top) in normalize(part) for part in parts)


def _has_module(directory: str, top: str) -> bool:
    package = os.path.join(directory, top)
    return os.path.isfile(f"{package}.py") or os.path.isdir(package)


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
    top = stage.name.partition(".")[0]
    known = [*provided_by(stage.name), *provided_by(top)]
    required = _required(view, {normalize(each) for each in (*known, top)})
    project: str | None = next(iter(required), None) or (known[0] if known else None)
    here = installed(view)
    if project is None:
        yield from _by_its_distribution(stage.name)
    elif normalize(project) in here:
        dist = here[normalize(project)]
        yield Finding("not-in-distribution", name=stage.name, dist=dist, pip=pip())
    else:
        wanted, by = required.get(project, (project, ""))
        by = f" ({by} requires it)" if by else ""
        yield Finding(
            "not-installed", name=stage.name, project=project, required=by, quoted=wanted,
            pip=pip(),
        )  # fmt: skip


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
    text = _quoted(text.strip().replace(" (", "").replace(")", ""))
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


def _quoted(requirement: str) -> str:
    plain = all(c.isalnum() or c in "-_.=" for c in requirement)
    return requirement if plain else f"'{requirement}'"
