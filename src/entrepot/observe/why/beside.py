"""Why nothing was found: it is beside the file that imports it, or that file is in it.

Since Python 3 an import does not look beside its own module (PEP 328); and a script in a package
has its own directory on the path, not the package's (documentation of `sys.path`).
"""

from __future__ import annotations

import os

from .catalogue import Finding
from .elsewhere import module_in, on_path
from .view import python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .view import Importer, View
    from .walk import Stage


def findings(view: View, stage: Stage) -> Iterator[Finding]:
    """Yield where the top-level module of *stage* is, seen from who imports it."""
    importer = view.importer
    if importer is None or "." in stage.name:
        return
    file, directory = importer.file, os.path.dirname(importer.file)
    path = module_in(directory, stage.name)
    if path is not None and path != file and not on_path(view, directory):
        why, fix = _from_beside(view, importer, stage.name, directory)
        yield Finding("beside-importer", path=path, importer=file, why=why, fix=fix)
    package = _around(directory, stage.name)
    if package is not None and not on_path(view, os.path.dirname(package)):
        above = os.path.dirname(package)
        fix = f"put {above} in PYTHONPATH, or install the project"
        if importer.is_main:
            name = os.path.relpath(file, above).rpartition(".")[0].replace(os.sep, ".")
            name = name.removesuffix(".__main__")
            fix = f"start it as a module, in {above}: {python()} -m {name}"
        yield Finding("inside-package", importer=file, name=stage.name, directory=above, fix=fix)


def _from_beside(view: View, importer: Importer, name: str, directory: str) -> tuple[str, str]:
    if importer.package:
        return " (PEP 328)", f"from . import {name}, or import {importer.package}.{name}"
    if importer.is_main and view.is_safe:
        return ": -P, -I or PYTHONSAFEPATH keeps its directory off the path", "leave that out"
    return " (PEP 328)", f"put {directory} in PYTHONPATH"


def _around(directory: str, name: str) -> str | None:
    """Return the directory called *name* that *directory* is, or is in."""
    while os.path.dirname(directory) != directory:
        if os.path.basename(directory) == name:
            return directory
        directory = os.path.dirname(directory)
    return None
