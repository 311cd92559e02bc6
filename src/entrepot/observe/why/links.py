"""Why nothing was found: editable installs and .pth files that lead nowhere, or are not read."""

from __future__ import annotations

import os

from ...metadata import editable
from ...metadata.names import normalize
from .advice import pip
from .catalogue import Finding
from .installs import provided_names
from .owners import UNREADABLE, Owner, recorded_paths, source_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .view import View
    from .walk import Stage


def editables(view: View, stage: Stage) -> Iterator[Finding]:
    """Editable installs of a distribution that has, or is called as, the module."""
    top = stage.name.partition(".")[0]
    for dist in view.metadata.distributions():
        try:
            yield from _of_editable(view, dist, top)
        except UNREADABLE:
            continue


def _of_editable(view: View, dist: Any, top: str) -> Iterator[Finding]:
    is_meant = _plain(dist.name) == _plain(top) or top in provided_names(dist)
    targets = gone(view, dist) if is_meant else []
    mapped = editable.top_level(dist).get(top) if dist.editable else None
    if mapped and not os.path.exists(mapped) and not os.path.exists(f"{mapped}.py"):
        targets = targets or [mapped]
    yield from (_nowhere(dist, target) for target in targets)


def _plain(name: str) -> str:
    """Return a name without what tells a module's from that of its distribution."""
    return normalize(name).replace("_", "").replace("-", "")


def gone(view: View, dist: Any) -> list[str]:
    """Return the directories that *dist* is imported from, and that are not there."""
    pths = [path for path in recorded_paths(dist, ".pth") if path.endswith(".pth")]
    found = [each for path in pths for each in missing_targets(view, str(dist.locate_file(path)))]
    source = source_directory(dist) if dist.editable else None
    if not found and source is not None and not os.path.exists(source):
        found.append(source)
    return found


def leading_nowhere(view: View, dist: Any) -> list[Finding]:
    """Return findings for the directories that *dist* is imported from, if they are gone."""
    try:
        return [_nowhere(dist, target) for target in gone(view, dist)]
    except UNREADABLE:
        return []


def nowhere(view: View, stage: Stage) -> Iterator[Finding]:
    """All that leads nowhere: nobody can tell which modules it would lead to."""
    if "." in stage.name:
        return
    told: set[str] = set()
    for dist in view.metadata.distributions():
        try:
            targets = gone(view, dist)
        except UNREADABLE:
            continue
        told.update(map(os.path.normpath, targets))
        yield from (_nowhere(dist, target) for target in targets)
    for file in _files(view, ".pth"):
        for target in missing_targets(view, file):
            if os.path.normpath(target) not in told:
                yield _pth_nowhere(file, target)


def _nowhere(dist: Any, target: str) -> Finding:
    described = str(Owner(dist))
    return Finding("editable-nowhere", dist=described, target=target, pip=pip(), project=dist.name)


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
    known = _directories(view)
    for file in _files(view, ".pth"):
        yield from _of_pth(view, file, top, known)
    for file in _files(view, ".egg-link"):
        yield from _of_egg_link(view, file, top)


def _directories(view: View) -> set[str]:
    """Return the path's directories, to be compared with others."""
    entries = (entry for entry in view.path if isinstance(entry, str))
    return {os.path.normcase(view.directory(entry)) for entry in entries}


def _files(view: View, suffix: str) -> Iterator[str]:
    """Yield the files with *suffix* in the directories of the path."""
    for directory in sorted(_directories(view)):
        for name in view.listing(directory):
            if name.endswith(suffix):
                yield os.path.join(directory, name)


def _of_pth(view: View, file: str, top: str, known: set[str]) -> Iterator[Finding]:
    for target in _targets_of(view, file):
        if not os.path.exists(target):
            if _mentions(file, top) or _mentions(target, top):
                yield _pth_nowhere(file, target)
        elif os.path.normcase(target) not in known and _has_module(target, top):
            directory = os.path.dirname(file)
            yield Finding("pth-not-read", path=file, target=target, name=top, directory=directory)


def _pth_nowhere(file: str, target: str) -> Finding:
    again = f"{pip()} install -e DIRECTORY"
    fix = f"correct or remove that line; an editable install is made again by {again}"
    return Finding("pth-nowhere", path=file, target=target, fix=fix)


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
