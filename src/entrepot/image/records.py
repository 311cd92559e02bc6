"""What an image keeps of one module: where it was, how it was, and its code."""

from __future__ import annotations

import os

from ..bytecode import fresh, header as headers
from ..bytecode.location import cache_from_source
from ..importers.image.format import BY_HASH, EXTENSION, SOURCE
from ..loaders.source import SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from .collect import Found

#: Why a module is left to the ordinary way.
ELSEWHERE = "it is not loaded from a source file or a shared library"
NOT_WHERE_IT_SHOULD = "its file is not where a search for its name would come to it"
VANISHED = "its file cannot be read: {}"
DOES_NOT_COMPILE = "it does not compile: {}"
UNSTEADY = "its file was changed meanwhile"


class LeftOut(Exception):
    """A module cannot be kept in an image; the text says why."""


def kept(found: Found) -> tuple[str, os.stat_result, CodeType | None]:
    """Return the kind of the module *found*, what its file is like, and its code.

    Raises LeftOut when an image cannot have it.
    """
    if found.kind is None:
        raise LeftOut(ELSEWHERE)
    if not found.is_regular or not os.path.isabs(found.path):
        raise LeftOut(NOT_WHERE_IT_SHOULD)
    try:
        stat = os.stat(found.path)
        if found.kind == EXTENSION:
            return EXTENSION, stat, None
        code = code_of(found.name, found.path)
        after = os.stat(found.path)
    except OSError as problem:
        raise LeftOut(VANISHED.format(problem.strerror)) from problem
    if (stat.st_mtime_ns, stat.st_size) != (after.st_mtime_ns, after.st_size):
        raise LeftOut(UNSTEADY)
    return (BY_HASH if _has_pyc_by_hash(found.path) else SOURCE), stat, code


def code_of(name: str, path: str) -> CodeType:
    """Return the code of the source file *path*, from a fresh pyc or compiled.

    Raises LeftOut when it does not compile, OSError when it cannot be read.
    """
    loader: Any = SourceFileLoader(name, path)
    try:
        return loader.get_code(name)  # type: ignore[no-any-return]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise LeftOut(DOES_NOT_COMPILE.format(problem)) from problem


def _has_pyc_by_hash(path: str) -> bool:
    try:
        with open(cache_from_source(path), "rb") as pyc:
            header = headers.parse(pyc.read(fresh.SIZE), "", path)
    except (OSError, ImportError, EOFError, NotImplementedError):
        return False
    return bool(header.flags & headers.HASH_BASED)


def code_of_script(path: str) -> CodeType:
    """Return the code of the script *path*; LeftOut when it does not compile."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        return compile(data, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as problem:
        raise LeftOut(DOES_NOT_COMPILE.format(problem)) from problem
