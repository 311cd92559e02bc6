"""`python -m entrepot.cli.image_child FILE WORD ...`: `entrepot run WORD ...`, and a list in FILE.

Each module that is found gets its line at once, so that a program that is killed has told what it
had imported till then. A line is a Python literal: name, path of the file, kind of loader,
whether it is a package.
"""

from __future__ import annotations

import os
import sys

from .. import process
from ..loaders.extension import ExtensionFileLoader
from ..loaders.source import SourceFileLoader
from . import main as entrepot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.observers import Event

#: Loader -> its kind; all others are none of an image's business.
KINDS = {SourceFileLoader: "source", ExtensionFileLoader: "extension"}


def recorder(path: str) -> Callable[[Event], None]:
    """Return an observer that writes the modules that are found to the existing file *path*."""
    fd = os.open(path, os.O_WRONLY | os.O_APPEND)
    _line((path,))  # On PyPy this imports a codec, which must not be observed.

    def observe(event: Event) -> None:
        if event.kind == "found":
            spec = event.spec
            package = spec.submodule_search_locations is not None
            line = (event.name, spec.origin, KINDS.get(type(spec.loader)), package)
            os.write(fd, _line(line))

    return observe


def _line(values: tuple[object, ...]) -> bytes:
    return f"{values!a}\n".encode()


if __name__ == "__main__":
    process.events.subscribe(recorder(sys.argv[1]))
    sys.exit(entrepot(["run", *sys.argv[2:]]))
