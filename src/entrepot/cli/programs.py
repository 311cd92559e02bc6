"""Programs that are neither a module nor a file: `-c CODE`, and standard input."""

from __future__ import annotations

import sys

from .. import host
from ..core.system import PROCESS_SYSTEM
from ..host import features
from ..importers.builtin import BuiltinImporter
from ..runpy.program import Program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

_COMMAND_FILE, _STDIN_FILE = "<string>", "<stdin>"


def of_command(text: str) -> Program:
    """Return the program of `python -c text`."""
    text = (dedented(text) if sys.version_info >= (3, 14) else text) + "\n"

    def prepare() -> tuple[CodeType, dict[str, Any]]:
        code = host.compile_program(text, _COMMAND_FILE)
        if SHOWS_LINES:
            register_source(code, text)
        return code, _globals()

    return Program(PROCESS_SYSTEM, "-c", "", prepare)


def of_stdin(argv0: str = "-") -> Program:
    """Return the program of `python -`: all of standard input."""

    def prepare() -> tuple[CodeType, dict[str, Any]]:
        source = b"" if sys.stdin is None else sys.stdin.buffer.read()
        code = host.compile_program(source, _STDIN_FILE)
        more: dict[str, Any] = {"__file__": _STDIN_FILE}
        if features.SETS_CACHED:
            more["__cached__"] = None
        return code, {**_globals(), **more}

    return Program(PROCESS_SYSTEM, argv0, "", prepare)


def _globals() -> dict[str, Any]:
    return {
        "__name__": "__main__",
        "__doc__": None,
        "__package__": None,
        "__loader__": BuiltinImporter,
        "__spec__": None,
    }


def dedented(text: str) -> str:
    """Return *text* without the indentation that all its lines have in common.

    `python -c` does so since 3.14. Lines of nothing but blanks do not count, and become empty.
    """
    lines = [line if line.strip(" \t") else "" for line in text.split("\n")]
    starts = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if line]
    if not starts:
        return text
    first, last = min(starts), max(starts)
    common = next((i for i, c in enumerate(first) if last[i : i + 1] != c), len(first))
    return "\n".join(line[common:] for line in lines)


#: Whether the interpreter shows the lines of `-c` in tracebacks.
SHOWS_LINES = sys.version_info >= (3, 13) and sys.implementation.name == "cpython"


def register_source(code: CodeType, source: str) -> None:
    """Let tracebacks show the lines of *source*, whose code is *code*."""
    import linecache

    register: Any = getattr(linecache, "_register_code", None)
    if register is not None:
        # The first releases of 3.13 keep the source by the file's name, later ones by the code.
        by_code = hasattr(linecache, "_interactive_cache")
        register(code if by_code else _COMMAND_FILE, source, _COMMAND_FILE)
