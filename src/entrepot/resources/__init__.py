"""Data that packages ship beside their code: `importlib.resources`, per import system.

A resource is a file of a package, wherever the package came from. What flows through:

1. An **anchor**, a module or its name, says whose resources (`selection.py`). None is the
   calling module.
2. The module's loader gives a **reader** (`get_resource_reader`, PEP 451's loaders extended by
   importlib.resources.abc): `FileReader`, `ZipReader`, `NamespaceReader` (`readers.py`), or
   somebody else's, old or new (`adapters.py`, `simple.py`).
3. The reader's `files()` is the package's directory as a **traversable** (`abc.py`): a
   `DiskPath` (`disk.py`, which is a `pathlib.Path` to its users), a `ZipPath` (`archive.py`),
   a `MultiplexedPath` of several (`multiplexed.py`), ...
4. From there one reads, or asks for a real path with **`as_file`** (`copies.py`, `reaper.py`),
   or looks around with `glob`, `rglob`, `walk` (`search.py`).

The functions are the methods of `Resources` for the process's import system; `Resources(system)`
has them for another. API and behaviour are those of importlib_resources 7.1 (Python 3.15), with
two differences (docs/resources.md): names that lead out of a package are refused, and a package
on disk gives a `DiskPath`.

Only what reading a file takes is imported here; the rest when it is first used. Importing
pathlib, tempfile, zipfile and contextlib is what makes the stdlib's module slow to start.
"""

from __future__ import annotations

import os
import sys

from .. import process
from .abc import ContainmentError, ResourceReader, TraversalError
from .api import Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .api import Anchor as Anchor, Package as Package
    from .copies import local_path as local_path
    from .disk import DiskPath as DiskPath
    from .multiplexed import MultiplexedPath as MultiplexedPath
    from .search import glob as glob, rglob as rglob, walk as walk
    from .within import within as within

__all__ = [
    "Anchor",
    "ContainmentError",
    "Package",
    "ResourceReader",
    "Resources",
    "TraversalError",
    "as_file",
    "contents",
    "files",
    "files_of_spec",
    "glob",
    "is_resource",
    "local_path",
    "open_binary",
    "open_text",
    "path",
    "read_binary",
    "read_text",
    "rglob",
    "walk",
    "within",
]

_process = Resources(process)
as_file = _process.as_file
contents = _process.contents
files = _process.files
files_of_spec = _process.files_of_spec
is_resource = _process.is_resource
open_binary = _process.open_binary
open_text = _process.open_text
path = _process.path
read_binary = _process.read_binary
read_text = _process.read_text

#: Names that are defined in modules which not every program needs.
_LATER = {
    "DiskPath": "disk",
    "MultiplexedPath": "multiplexed",
    "glob": "search",
    "local_path": "copies",
    "rglob": "search",
    "walk": "search",
    "within": "within",
}


def __getattr__(name: str) -> Any:
    if name in ("Anchor", "Package"):
        return _anchor_type()
    if name == "Resource" and sys.version_info < (3, 13):
        return os.PathLike[str] | str
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"{__name__}.{_LATER[name]}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value


def _anchor_type() -> Any:
    """Return the type of an anchor, `str | ModuleType`, for other people's annotations."""
    return type(sys) | str


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
