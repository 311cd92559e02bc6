"""What the search would be inside a program, without running it.

A program's path begins with the directory of its script, with the archive or directory that is
run, or with the current directory (`-m`, `-c`, standard input); then come the entries that each
program of this interpreter has (documentation of `sys.path`). What the program does to its path
itself is not known before it runs, but often plain to see (`changes`).
"""

from __future__ import annotations

import os
import subprocess
import sys

from ...host import DISK
from .view import Importer, View, python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

#: The forms of a program, as on the command line.
COMMAND, MODULE, SCRIPT, STDIN = "-c", "-m", "path", "-"


class NoProgram(Exception):
    """There is no such program; the text says what is missing."""


def view_of(
    system: Any,
    form: str,
    program: str,
    *,
    options: Sequence[str] = (),
) -> View:
    """Return the view of a program of this *form*, started with the interpreter's *options*.

    Raises NoProgram.
    """
    first, file, always = _first_entry(form, program)
    rest, safe = _inherited(system, options)
    path = [*rest] if safe and not always else [first, *rest]
    modules = modules_at_start()
    view = View(system, path=path, modules=modules, program=file, fresh=True)
    view.is_safe = safe
    if form == MODULE:
        view.program = _file_of_module(view, program)
    if view.program is not None:
        view.importer = Importer(view.program, _package(form, program, view.program), is_main=True)
    return view


def _package(form: str, program: str, file: str) -> str:
    """Return the package that the program is in, "" for none."""
    is_main = os.path.basename(file).partition(".")[0] == "__main__"
    return "" if form != MODULE else program if is_main else program.rpartition(".")[0]


def _first_entry(form: str, program: str) -> tuple[str, str | None, bool]:
    """Return the first path entry, the program's file, and whether `-P` leaves the entry there."""
    if form == MODULE:
        return DISK.getcwd(), None, False
    if form in (COMMAND, STDIN):
        return "", None, False
    if not os.path.exists(program):
        raise NoProgram(f"can't open {program!r}: there is no such file")
    file = os.path.abspath(program)
    if os.path.isdir(file):
        main = os.path.join(file, "__main__.py")
        if not os.path.exists(main):
            raise NoProgram(f"can't find '__main__' in {program!r}")
        return file, main, True
    if _is_archive(file):
        return file, None, True
    return os.path.dirname(os.path.realpath(file)), os.path.realpath(file), False


def _is_archive(file: str) -> bool:
    from zipfile import is_zipfile

    return is_zipfile(file)


def _file_of_module(view: View, name: str) -> str | None:
    """Return the file that `-m name` runs. Raises NoProgram if it is not found."""
    from .walk import walk

    stages = walk(view, name)
    if stages[-1].name != name or stages[-1].module is None:
        raise NoProgram(f"no module named {name!r} that -m could run")
    if stages[-1].module.locations is None:
        return stages[-1].module.file
    main = walk(view, f"{name}.__main__")[-1]
    if main.name == name or main.module is None:
        raise NoProgram(f"{name!r} is a package without __main__: -m cannot run it")
    return main.module.file


def _inherited(system: Any, options: Sequence[str]) -> tuple[list[Any], bool]:
    """Return the path behind the first entry, and whether the path is safe (no first entry)."""
    safe = bool(getattr(sys.flags, "safe_path", sys.flags.isolated))
    if not options:
        return list(system.path if safe else system.path[1:]), safe
    # Options change what an interpreter starts with; only a start can tell. It runs nothing
    # but that start: no program.
    script = (
        "import sys; f = sys.flags; print(int(getattr(f, 'safe_path', f.isolated)));"
        "print(*sys.path, sep='\\n')"
    )
    command = [python(), *options, "-B", "-c", script]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise NoProgram(answer.stderr.strip().rpartition("\n")[2])
    first, *path = answer.stdout.split("\n")[:-1]
    return (path if first == "1" else path[1:]), first == "1"


def modules_at_start() -> dict[str, Any]:
    """Return the modules that are there when a program starts, not those of a running tool.

    `sys.modules` is in the order in which modules got ready: `site` is the last of the
    interpreter's own start, or `__main__` where there is no `site` (`-S`).
    """
    names = list(sys.modules)
    end = names.index("site" if "site" in sys.modules else "__main__") + 1
    ours = __name__.partition(".")[0]
    modules = {name: sys.modules[name] for name in names[:end] if name.partition(".")[0] != ours}
    return {**modules, "__main__": type(sys)("__main__")}
