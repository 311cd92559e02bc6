"""For which interpreter an extension module was built: its suffix tells (PEP 3149)."""

from __future__ import annotations

import os

from ...host import DISK, extension_suffixes

EXTENSIONS = (".so", ".pyd")
#: How the tags of interpreters begin. Other libraries have no such tag.
_TAGS = ("cpython-", "pypy", "graalpy", "cp3")
#: How many directories are looked into.
_MANY = 100


def built_and_here(path: str) -> dict[str, str]:
    """Return for what an extension module was *built*, and what interpreter is *here*."""
    file = os.path.basename(path)
    built = file.partition(".")[2].rpartition(".")[0] or f"another system ({file})"
    here = "an interpreter without extension modules"
    if extension_suffixes():
        here = extension_suffixes()[0].strip(".").rpartition(".")[0]
    return {"built": built, "here": here}


def is_loadable(path: str) -> bool:
    """Whether *path* has a suffix of this interpreter's extension modules."""
    return f".{_suffix(path)}" in extension_suffixes()


def is_foreign(path: str) -> bool:
    """Whether *path* is certainly an extension module, of another interpreter than this one."""
    return _suffix(path).startswith(_TAGS) and not is_loadable(path)


def _suffix(path: str) -> str:
    return os.path.basename(path).partition(".")[2]


def extensions_in(directory: str) -> list[str]:
    """Return the extension modules below *directory*, as far as that is soon done."""
    found, todo = [], [directory]
    for place in todo:
        paths = [os.path.join(place, name) for name in sorted(_listed(place))]
        found += [path for path in paths if path.endswith(EXTENSIONS)]
        packages = [path for path in paths if os.path.basename(path).isidentifier()]
        todo += list(filter(os.path.isdir, packages))[: _MANY - len(todo)]
    return found


def _listed(directory: str) -> list[str]:
    try:
        return DISK.listdir(directory)
    except OSError:
        return []
