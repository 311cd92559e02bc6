"""`entrepot resources PACKAGE`: what a package ships, as a tree."""

from __future__ import annotations

import argparse
import json
import os
import sys

from .. import find_spec, resources
from ..resources.multiplexed import MultiplexedPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..resources.abc import Traversable

SUMMARY = "list what a package ships, with sizes and where each file comes from"

_HIDDEN = frozenset({"__pycache__"})
_UNITS = ("kB", "MB", "GB", "TB")


class _Entry:
    """One line of the tree; the path of a directory ends in `/`."""

    __slots__ = ("origin", "path", "size")

    def __init__(self, path: str, size: int | None, origin: str) -> None:
        self.path = path
        self.size = size  # bytes; None for a directory, and for a file that cannot be read
        self.origin = origin


def main(argv: list[str]) -> int:
    """Run the command with the arguments *argv*; return 0, or 1 if there is no such package."""
    options = _parser().parse_args(argv)
    try:
        root = _root(options.package)
        entries = list(_entries(root, ""))
        if options.glob:
            entries = _matching(entries, root, options.glob)
    except (ImportError, ValueError, TypeError, OSError) as error:
        print(f"entrepot resources: {error}", file=sys.stderr)
        return 1
    write = _write_json if options.json else _write_tree
    write(options.package, entries, [str(base) for base in _bases(root)])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="entrepot resources", description=SUMMARY)
    parser.add_argument("package", help="the package's name; it is not imported, its parents are")
    parser.add_argument("--glob", metavar="PATTERN", help="only files such as '**/*.json'")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a tree")
    return parser


def _root(package: str) -> Traversable:
    spec = find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return resources.files_of_spec(spec)


def _bases(root: Traversable) -> tuple[Traversable, ...]:
    """Return the directories that the package consists of."""
    return root.paths if isinstance(root, MultiplexedPath) else (root,)


def _entries(directory: Traversable, prefix: str) -> Iterator[_Entry]:
    for child in sorted(directory.iterdir(), key=lambda child: child.name):
        if child.name in _HIDDEN:
            continue
        path = prefix + child.name
        if child.is_dir():
            yield _Entry(path + "/", None, "")
            yield from _entries(child, path + "/")
        else:
            yield _Entry(path, _size(child), str(child))


def _size(file: Traversable) -> int | None:
    try:
        if isinstance(file, os.PathLike):
            return os.stat(file).st_size
        return len(file.read_bytes())
    except OSError:  # such as a link to nothing
        return None


def _matching(entries: list[_Entry], root: Traversable, pattern: str) -> list[_Entry]:
    found = {str(path) for path in resources.glob(root, pattern)}
    return [entry for entry in entries if entry.origin in found]


def _write_json(package: str, entries: list[_Entry], bases: list[str]) -> None:
    files = [
        {"path": entry.path, "size": entry.size, "origin": entry.origin}
        for entry in entries
        if entry.origin
    ]
    print(json.dumps({"package": package, "bases": bases, "files": files}, indent=2))


def _write_tree(package: str, entries: list[_Entry], bases: list[str]) -> None:
    """Write a line for each entry; with several bases, the number of the one it is from."""
    numbered = len(bases) > 1
    for number, base in enumerate(bases, 1):
        print(f"{package}  {f'[{number}] ' if numbered else ''}{base}")
    seen: set[str] = set()
    for entry in entries:
        for line in _missing_parents(entry.path, seen):
            print(line)
        size = _human(entry.size) if entry.origin else ""
        mark = f"  [{_number(entry.origin, bases)}]" if numbered and entry.origin else ""
        print(f"{_indented(entry.path):<48} {size:>10}{mark}".rstrip())
    sizes = [entry.size or 0 for entry in entries if entry.origin]
    print(f"{len(sizes)} file{'s' * (len(sizes) != 1)}, {_human(sum(sizes))}")


def _missing_parents(path: str, seen: set[str]) -> Iterator[str]:
    """Yield the lines of directories above *path* that a pattern has left out."""
    end = path.find("/")
    while end >= 0:
        parent = path[: end + 1]
        if parent not in seen:
            seen.add(parent)
            if parent != path:
                yield _indented(parent)
        end = path.find("/", end + 1)


def _indented(path: str) -> str:
    bare = path.rstrip("/")
    return "  " * (bare.count("/") + 1) + path[bare.rfind("/") + 1 :]


def _number(origin: str, bases: list[str]) -> int:
    """Return the number of the base that *origin* lies in."""
    matching = (n for n, base in enumerate(bases, 1) if origin.startswith(os.path.join(base, "")))
    return next(matching)


def _human(size: int | None) -> str:
    """Return a number of bytes as people write it, in powers of 1000."""
    if size is None:
        return "unreadable"
    if size < 1000:
        return f"{size} B"
    power = min((len(str(size)) - 1) // 3, len(_UNITS))
    return f"{size / 1000**power:.1f} {_UNITS[power - 1]}"
