"""Where the pyc of a source file is kept, and back (PEP 3147, PEP 488, `sys.pycache_prefix`).

/pkg/m.py    <->    /pkg/__pycache__/m.cpython-313.opt-1.pyc
                        |              |          |
                    directory        tag     optimization level
"""

from __future__ import annotations

import sys

from ..host import DISK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from ..host.files import Disk

PYCACHE = "__pycache__"
SOURCE_SUFFIXES = [".py"] if sys.platform != "win32" else [".py", ".pyw"]
BYTECODE_SUFFIXES = [".pyc"]
OPTIMIZATION = "opt-"
_SOURCE_SUFFIXES, _BYTECODE_SUFFIXES = tuple(SOURCE_SUFFIXES), tuple(BYTECODE_SUFFIXES)


def cache_from_source(
    path: str | PathLike[str], *, optimization: object = None, disk: Disk = DISK
) -> str:
    """Return the path of the pyc of the source file *path*; neither need exist.

    *optimization* defaults to the process's level (`-O`); its text must be alphanumeric, the
    empty string meaning none. Raises NotImplementedError where the interpreter keeps no pycs (no
    cache tag), ValueError for an optimization that is not alphanumeric.
    (importlib.util.cache_from_source)
    """
    if optimization is None and disk is DISK and isinstance(path, str):
        return _cache_of(path)
    return _located(_fspath(path), optimization, disk)


def _cache_of(path: str) -> str:
    """Return the pyc of *path*; once for the spec and the loader, who ask one after the other."""
    global _last
    state = (sys.pycache_prefix, sys.implementation.cache_tag, sys.flags.optimize)
    asked, known, end, pyc = _last
    if path == asked and state == known:
        return pyc
    if state != known:
        end = _end_of(*state)
    directory, _, filename = path.rpartition("/")
    if end and filename[-3:] == ".py" != filename and directory[-1:] not in ("", "/"):
        pyc = f"{directory}/{PYCACHE}/{filename[:-3]}{end}"
    else:
        pyc = _located(path, None, DISK)
    _last = (path, state, end, pyc)
    return pyc


_last: tuple[str, object, str, str] = ("", None, "", "")


def _end_of(prefix: str | None, tag: str | None, level: int) -> str:
    """Return what comes after the stem of each pyc that lies in the directory beside its source.

    Empty where it is not that simple: with a prefix, no tag, or drives.
    """
    if prefix is not None or tag is None or DISK.paths.drives:
        return ""
    return _filename("x.py", _optimization(None))[1:]


def _located(path: str, optimization: object, disk: Disk) -> str:
    directory, filename = disk.paths.split(path)
    cached = _filename(filename, _optimization(optimization))
    if sys.pycache_prefix is None:
        start = path[: len(path) - len(filename)]
        # With the separator that the user wrote, once.
        start = start.rstrip(disk.paths.seps) + start[-1:]
        return f"{start}{PYCACHE}{disk.paths.sep}{cached}"
    return _below_prefix(sys.pycache_prefix, directory, cached, disk)


def _fspath(path: object) -> str:
    if isinstance(path, str):
        return path
    try:
        result = type(path).__fspath__(path)  # type: ignore[attr-defined]
    except AttributeError:
        kind = type(path).__name__
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}") from None
    return result.decode() if isinstance(result, bytes) else result


def _optimization(wanted: object) -> str:
    if wanted is None:
        level = sys.flags.optimize
        return str(level) if level else ""
    text = str(wanted)
    if text and not text.isalnum():
        raise ValueError(f"{text!r} is not alphanumeric")
    return text


def _filename(source: str, optimization: str) -> str:
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    base, dot, rest = source.rpartition(".")
    stem = base or rest
    level = f".{OPTIMIZATION}{optimization}" if optimization else ""
    return f"{stem}{dot}{tag}{level}{BYTECODE_SUFFIXES[0]}"


def _below_prefix(prefix: str, directory: str, cached: str, disk: Disk) -> str:
    """Return the place in a tree of pycs that mirrors the whole file system."""
    paths = disk.paths
    directory = paths.absolute(directory, disk.getcwd())
    if paths.drives and directory[1:2] == ":":
        directory = directory[2:]  # No drive letter within the mirror.
    return paths.join(prefix, directory.lstrip(paths.seps), cached)


def source_from_cache(path: str | PathLike[str], *, disk: Disk = DISK) -> str:
    """Return the path of the source whose pyc would be *path*; neither need exist.

    Raises ValueError for a path that is not in the form of PEP 3147 or 488,
    NotImplementedError where the interpreter keeps no pycs. (importlib.util.source_from_cache)
    """
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    paths, path = disk.paths, _fspath(path)
    directory, filename = paths.split(path)
    _check_cached_name(filename)
    prefix = sys.pycache_prefix
    if prefix is not None:
        stripped = prefix.rstrip(paths.seps)
        if directory.startswith(stripped + paths.sep):
            source = filename.partition(".")[0] + SOURCE_SUFFIXES[0]
            return paths.join(directory[len(stripped) :], source)
    directory, pycache = paths.split(directory)
    if pycache != PYCACHE:
        raise ValueError(f"{PYCACHE} not bottom-level directory in {path!r}")
    return paths.join(directory, filename.partition(".")[0] + SOURCE_SUFFIXES[0])


def _check_cached_name(filename: str) -> None:
    dots = filename.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {filename!r}")
    if dots == 3:
        optimization = filename.rsplit(".", 2)[-2]
        if not optimization.startswith(OPTIMIZATION):
            text = f"optimization portion of filename does not start with {OPTIMIZATION!r}"
            raise ValueError(text)
        if not optimization[len(OPTIMIZATION) :].isalnum():
            text = f"optimization level {optimization!r} is not an alphanumeric value"
            raise ValueError(text)


def cached_path_of(path: str) -> str | None:
    """Return `ModuleSpec.cached` for a module in the file *path*: a pyc, its own or of source."""
    if not path.endswith(_SOURCE_SUFFIXES):
        return path if path.endswith(_BYTECODE_SUFFIXES) else None
    try:
        return _cache_of(path)
    except NotImplementedError:
        return None
