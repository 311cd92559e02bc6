"""Which modules an image is made of: all that a program imports, or all of an environment."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile

from ..importers.image.format import EXTENSION, SOURCE
from ..loaders.suffixes import LOADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

_LOADERS = {"ExtensionFileLoader": EXTENSION, "SourceFileLoader": SOURCE, "ImageLoader": SOURCE}
#: Directories of a whole environment that no program imports from.
_LEFT_OUT = frozenset({"__pycache__", "test", "tests", "idlelib", "turtledemo", "site-packages"})
_OURS = __name__.partition(".")[0]
_SUFFIXES = [(suffix, _LOADERS.get(load.__name__)) for load, all_ in LOADERS for suffix in all_]


class CollectError(Exception):
    """Nothing can be collected; the text says why."""


class Found:
    """A module that was found in a file: its name, the *path* of the file, and its *kind*.

    *kind* is "source", "extension", or None for what an image leaves alone.
    """

    __slots__ = ("is_package", "kind", "name", "path")

    def __init__(self, name: str, path: str, kind: str | None, *, is_package: bool) -> None:
        self.name = name
        self.path = path
        self.kind = kind
        self.is_package = is_package

    def __repr__(self) -> str:
        return f"Found({self.name!r}, {self.path!r}, {self.kind!r})"

    @property
    def directory(self) -> str:
        """The path entry in which it was found: the parent of a package's own directory."""
        head = os.path.dirname(self.path)
        return os.path.dirname(head) if self.is_package else head

    @property
    def is_regular(self) -> bool:
        """Whether it lies where a search for its name in its directory comes to it."""
        tail = self.name.rpartition(".")[2]
        stem = f"{tail}{os.sep}__init__" if self.is_package else tail
        rest = self.path[len(os.path.join(self.directory, stem)) :]
        whole = self.path == os.path.join(self.directory, stem) + rest
        return whole and rest in {suffix for suffix, _ in _SUFFIXES}


def of_program(launcher: str, words: Sequence[str]) -> tuple[list[Found], int]:
    """Run the program that *words* name as after `entrepot run`; return what it imports.

    And its exit status, negative for a signal. The module *launcher* runs it, and writes a line
    for each module that is found: a tuple of name, path, kind, and whether it is a package. It
    has this process's standard streams; a KeyboardInterrupt ends it, and what it has imported
    till then counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record")
        with open(record, "wb"):
            pass
        options = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined] # noqa: SLF001
        command = [sys.executable, *options, "-m", launcher, record, *words]
        with subprocess.Popen(command) as child:
            while child.poll() is None:
                try:
                    child.wait()
                except KeyboardInterrupt:
                    continue  # The child gets it, too.
        with open(record, encoding="ascii") as lines:
            found = [_of_line(ast.literal_eval(line)) for line in lines if line.endswith("\n")]
    return _once(found), child.returncode


def _of_line(line: tuple[str, str | None, str | None, bool]) -> Found:
    name, path, kind, is_package = line
    return Found(name, path or "", kind, is_package=is_package)


def of_trace(path: str) -> list[Found]:
    """Return what was imported according to the file *path* of `entrepot trace`.

    Raises CollectError when it is not such a file.
    """
    try:
        with open(path, encoding="utf-8") as file:
            trace = json.load(file)
    except OSError as problem:
        raise CollectError(f"cannot read {path!r}: {problem.strerror}") from problem
    except ValueError as problem:
        raise CollectError(f"{path!r} is not JSON: {problem}") from problem
    if not isinstance(trace, dict) or trace.get("format") != "entrepot-trace":
        raise CollectError(f"{path!r} is not a trace: make one with `entrepot trace`")
    if trace.get("version") != 1:
        raise CollectError(f"{path!r} has version {trace.get('version')} of the format, not 1")
    try:
        return _once(_of_import(each) for each in trace["imports"] if each.get("origin"))
    except (AttributeError, KeyError, TypeError) as problem:
        raise CollectError(f"{path!r} is a damaged trace") from problem


def _of_import(each: dict[str, Any]) -> Found:
    kind = _LOADERS.get((each.get("loader") or "").rpartition(".")[2])
    return Found(each["name"], each["origin"], kind, is_package=bool(each.get("package")))


def _once(found: Iterable[Found]) -> list[Found]:
    """Return each module once, where it was found last, in the order in which they came.

    entrepot's own are not the program's, and mostly there before an image can serve them.
    """
    last = {each.name: each for each in found if each.name.partition(".")[0] != _OURS}
    return list(last.values())


def of_environment(path: Iterable[str]) -> list[Found]:
    """Return all modules in the directories of *path*; of one name, the first."""
    first: dict[str, Found] = {}
    for entry in path:
        if os.path.isabs(entry) and os.path.isdir(entry):
            for each in _below(entry, ""):
                first.setdefault(each.name, each)
    return list(first.values())


def _below(directory: str, prefix: str) -> Iterator[Found]:
    try:
        names = sorted(os.listdir(directory))
    except OSError:
        return
    for name in names:
        path = os.path.join(directory, name)
        if name.isidentifier() and name not in _LEFT_OUT and os.path.isdir(path):
            yield from _package(path, prefix + name)
        else:
            yield from _module(path, prefix, name)


def _package(directory: str, name: str) -> Iterator[Found]:
    for suffix, kind in _SUFFIXES:
        path = os.path.join(directory, f"__init__{suffix}")
        if os.path.isfile(path):
            yield Found(name, path, kind, is_package=True)
            break
    yield from _below(directory, f"{name}.")


def _module(path: str, prefix: str, name: str) -> Iterator[Found]:
    for suffix, kind in _SUFFIXES:
        stem = name[: -len(suffix)]
        if name.endswith(suffix) and stem.isidentifier() and stem != "__init__":
            if not os.path.isdir(path[: -len(suffix)]):  # A package would be found before it.
                yield Found(prefix + stem, path, kind, is_package=False)
            return
