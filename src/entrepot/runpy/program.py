"""What a whole process runs, in the real `__main__`."""

from __future__ import annotations

import sys

from .. import host
from ..core.system import PROCESS_SYSTEM
from ..finders.hooks import entry_finder
from ..loaders.source import SourceFileLoader
from ..loaders.sourceless import SourcelessFileLoader
from . import find
from .execution import MAIN, execute_as_main, file_code, file_globals, module_globals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from ..core.system import ImportSystem


#: Asked for the code of a script, by its absolute path, before it is compiled: None if they have
#: not got it.
KEPT_SCRIPTS: list[Callable[[str], CodeType | None]] = []


class NotRunnable(ImportError):
    """A `Program` that cannot be started: there is nothing under its name that can be run.

    The text is that of `python` after "python: ", *status* the status that it exits with.
    """

    status = 1


class Program:
    """What the process is to run: `python -m NAME` or `python PATH`.

    `entry` is what Python has as `sys.path[0]` for it, and `argv0` is `sys.argv[0]` until it is
    found. Whoever runs it sets both first: ::

        program = Program.of_path("app.py")
        sys.path[0], sys.argv = program.entry, [program.argv0, *arguments]
        program.run()
    """

    __slots__ = ("_prepare", "argv0", "entry", "system")

    def __init__(
        self,
        system: ImportSystem,
        argv0: str,
        entry: str,
        prepare: Callable[[], tuple[CodeType, dict[str, Any]]],
    ) -> None:
        self.system = system
        self.argv0 = argv0
        self.entry = entry
        self._prepare = prepare

    @classmethod
    def of_module(cls, name: str, system: ImportSystem = PROCESS_SYSTEM) -> Program:
        """Return the program of `python -m name`."""

        def prepare() -> tuple[CodeType, dict[str, Any]]:
            found = find.Search(system, NotRunnable).find_module(name)
            sys.argv[0] = found.spec.origin
            return found.code, module_globals(MAIN, found.spec, None)

        return cls(system, "-m", host.DISK.getcwd(), prepare)

    @classmethod
    def of_path(cls, path: str, system: ImportSystem = PROCESS_SYSTEM) -> Program:
        """Return the program of `python path`: a file, or a directory or archive with `__main__`.

        A missing file is found missing only when it runs.
        """
        absolute = host.DISK.paths.absolute(path, host.DISK.getcwd())
        kept = _kept(absolute)
        if kept is None and entry_finder(system, absolute) is not None:

            def prepare_main() -> tuple[CodeType, dict[str, Any]]:
                found = find.Search(system, NotRunnable).find_main(absolute)
                return found.code, module_globals(MAIN, found.spec, None)

            return cls(system, path, absolute, prepare_main)

        def prepare_file() -> tuple[CodeType, dict[str, Any]]:
            code = _code_of_script(absolute) if kept is None else kept
            return code, file_globals(MAIN, absolute, _script_loader(absolute), None)

        return cls(system, path, _script_directory(absolute), prepare_file)

    def run(self) -> None:
        """Run it as `__main__`, for good.

        Raises NotRunnable when there is nothing to run, and whatever the program raises,
        SystemExit included.
        """
        code, globals = self._prepare()
        execute_as_main(self.system, code, globals)


def _kept(path: str) -> CodeType | None:
    for ask in KEPT_SCRIPTS:
        code = ask(path)
        if code is not None:
            return code
    return None


def _code_of_script(path: str) -> CodeType:
    try:
        return file_code(path, MAIN, host.compile_program)
    except OSError as problem:
        error = NotRunnable(f"can't open file {path!r}: [Errno {problem.errno}] {problem.strerror}")
        error.status = 2
        raise error from problem


def _script_loader(path: str) -> Any:
    """Return the `__loader__` of the script *path*, for those who ask it for source."""
    loader = SourcelessFileLoader if path.endswith(".pyc") else SourceFileLoader
    return loader(MAIN, path)


def _script_directory(path: str) -> str:
    """Return the directory of the script *path*, no part of which is a link."""
    import os.path  # Not above: running modules does without.

    return os.path.dirname(os.path.realpath(path))
