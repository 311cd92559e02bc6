"""What is worth knowing of a namespace package: whether it was meant to be one (PEP 420)."""

from __future__ import annotations

import os

from ...host import DISK
from . import describe
from .advice import distributions, pip
from .catalogue import Finding
from .known_names import provided_by
from .owners import recorders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .describe import Module
    from .view import View

_MODULES = (".py", ".pyc", ".so", ".pyd")
#: What people call an `__init__.py` by mistake, without underscores at the ends.
_INITS = frozenset(
    {"init.py", "init__.py", "init", "init__.py.txt", "__init__.py.txt", "init.py.txt"}
)


def of_namespace(view: View, module: Module) -> Iterator[Finding]:
    """Yield why the namespace package *module* is perhaps no regular package by mistake."""
    if module.kind != describe.NAMESPACE:
        return
    places = [str(directory) for directory in module.locations or ()]
    for directory in places:
        yield from _misnamed(module, directory)
        yield from _lost(view, module, directory)
    if not any(map(modules_in, places)):
        _, names = provided_by(module.name)
        provided = f" ({' or '.join(names)} provides it)" if names else ""
        path = os.pathsep.join(places)
        yield Finding("namespace-empty", name=module.name, path=path, provided=provided)


def _misnamed(module: Module, directory: str) -> Iterator[Finding]:
    for name in sorted(_listed(directory)):
        if name != "__init__.py" and name.strip("_").lower() in _INITS:
            yield Finding("misnamed-init", path=os.path.join(directory, name), name=module.name)


def _lost(view: View, module: Module, directory: str) -> Iterator[Finding]:
    """Tell of an `__init__.py` that a distribution has installed, and that is gone.

    Whoever uninstalls one of two distributions with the same package takes the file along.
    """
    path = os.path.join(directory, "__init__.py")
    owners = recorders(view, path)
    if owners:
        yield Finding(
            "init-gone", path=path, dist=distributions(owners), name=module.name, pip=pip(),
            projects=" ".join(owner.name for owner in owners),
        )  # fmt: skip


def modules_in(directory: str, depth: int = 3) -> list[str]:
    """Return the paths of what could be modules or packages in *directory*, *depth* levels deep.

    A directory without any module below it is none.
    """
    paths = [os.path.join(directory, name) for name in _listed(directory) if name != "__pycache__"]
    found = [path for path in paths if path.endswith(_MODULES)]
    if depth:
        found += [path for path in paths if os.path.isdir(path) and modules_in(path, depth - 1)]
    return found


def _listed(directory: str) -> list[str]:
    try:
        return DISK.listdir(directory)
    except (OSError, ValueError):
        return []
