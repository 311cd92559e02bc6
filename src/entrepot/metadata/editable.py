"""What an editable install (PEP 660) is imported from, read from what its installer left.

RECORD of an editable install lists no source file, but the file that makes them importable:

    *.pth                       lines that are directories: those are put on sys.path. Written by
                                hatchling, flit, pdm, poetry, and setuptools in simple layouts
    __editable__*_finder.py     a module of setuptools with `MAPPING: ... = {name: path}`

Other import hooks say nothing that could be read without executing them; then nothing is found.
"""

from __future__ import annotations

import os

from .installed import PathDistribution, place_in
from .modules import module_name
from .places import decode
from .recorded import recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .installed import Distribution

_FINDER = ("__editable__", "_finder.py")


def top_level(dist: Distribution) -> dict[str, str]:
    """Return each importable top-level name of an editable *dist*, and its file or directory."""
    found: dict[str, str] = {}
    for path, _, _ in recorded(dist) or ():
        name = path.rpartition("/")[2]
        if path.endswith(".pth"):
            for directory in _directories(_read(dist, path)):
                found.update(_importable(directory))
        elif name.startswith(_FINDER[0]) and name.endswith(_FINDER[1]):
            found.update(_mapping(_read(dist, path)))
    return found


def source_files(dist: Distribution) -> Iterator[str]:
    """Yield the paths of the source files of an editable *dist*, absolute, with `/`."""
    for path in top_level(dist).values():
        if os.path.isdir(path):
            yield from _walk(path)
        elif os.path.exists(path):
            yield path.replace(os.sep, "/")


def _walk(top: str) -> Iterator[str]:
    for directory, subdirectories, names in os.walk(top):
        subdirectories[:] = sorted(name for name in subdirectories if name != "__pycache__")
        for name in sorted(names):
            yield os.path.join(directory, name).replace(os.sep, "/")


def _read(dist: Distribution, path: str) -> str:
    if not isinstance(dist, PathDistribution):
        return ""
    try:
        return decode(place_in(dist).read_beside(path) or b"")
    except OSError:
        return ""


def _directories(text: str) -> list[str]:
    """Return the lines of a .pth file that are directories (documentation of `site`)."""
    lines = (line.strip() for line in text.splitlines())
    code = ("#", "import ", "import\t")
    return [line for line in lines if line and not line.startswith(code) and os.path.isabs(line)]


def _importable(directory: str) -> Iterator[tuple[str, str]]:
    """Yield the packages and modules that *directory* has, with their paths."""
    try:
        names = sorted(os.listdir(directory))
    except OSError:
        return
    for name in names:
        path = os.path.join(directory, name)
        if name.isidentifier() and os.path.isfile(os.path.join(path, "__init__.py")):
            yield name, path
        elif module_name(name) and os.path.isfile(path):
            yield module_name(name), path


def _mapping(text: str) -> dict[str, str]:
    """Return MAPPING of a finder module of setuptools; its packages without `__init__.py`."""
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and name.partition(":")[0].strip() == "MAPPING":
            return {key: _file(path) for key, path in _literal(value).items() if "." not in key}
    return {}


def _literal(text: str) -> dict[str, str]:
    import ast

    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    strings = (str,)
    return {k: v for k, v in value.items() if isinstance(k, strings) and isinstance(v, strings)}


def _file(path: str) -> str:
    """Return the file that *path* of a MAPPING means: modules stand there without suffix."""
    return path if os.path.isdir(path) or not os.path.isfile(path + ".py") else path + ".py"
