"""What starting entrepot has left in the process, and a program must not see.

`python -m entrepot` loads the standard library's `runpy`, the installed command perhaps other
modules. A program that would not find them under `python` shall not find them here: it could
come to depend on them.
"""

from __future__ import annotations

import sys

from .request import MAIN, MODULE, PATH, STDIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .request import Request

#: What `python -m` loads on CPython, by version one or the other, and what entrepot adds.
_LAUNCHER = frozenset(
    {
        "__future__", "_collections", "_functools", "_operator", "_types", "atexit", "collections",
        "contextlib", "functools", "gc", "importlib", "importlib._abc", "importlib._bootstrap",
        "importlib._bootstrap_external", "importlib.machinery", "importlib.util", "io",
        "itertools", "keyword", "operator", "reprlib", "runpy", "types", "warnings",
    }
)  # fmt: skip
_OURS = __name__.partition(".")[0]


def loaded_after(last: str) -> list[str]:
    """Return the names of the modules, but for entrepot, that were loaded after the one *last*.

    `sys.modules` is in the order in which modules got ready.
    """
    names = list(sys.modules)
    later = names[names.index(last) + 1 :]
    return [name for name in later if name.partition(".")[0] != _OURS]


def match_modules(form: str) -> None:
    """Make `sys.modules`, but for entrepot, what it is under `python` for a program of this *form*.

    For modules, directories and archives, `python` itself loads `runpy`. Nothing is removed if
    there is more than the launcher's: a debugger, a profiler or the like has started entrepot, and
    needs what it has loaded.
    """
    with_runpy = form in (MODULE, MAIN)
    # The last module of the interpreter's own start; without `site` there is `-S`.
    last = "site" if "site" in sys.modules else "__main__"
    later = loaded_after("runpy" if with_runpy and "runpy" in sys.modules else last)
    if _LAUNCHER.issuperset(later):
        for name in later:
            del sys.modules[name]
    if with_runpy:
        __import__("runpy")


def set_search_path(entry: str, *, always: bool) -> None:
    """Put *entry* where the path entry of entrepot's own start is: first on `sys.path`.

    With a safe path (`-P`, `-I`, PYTHONSAFEPATH) there is none, and only a directory or an
    archive that is run is put there (*always*).
    """
    if getattr(sys.flags, "safe_path", sys.flags.isolated):
        if always:
            sys.path.insert(0, entry)
    else:
        sys.path[:1] = [entry]


def restart(request: Request, words: list[str]) -> int:
    """Start the interpreter again with the options that only it can honour, and entrepot in it.

    *words* are those after `run`. Returns the exit status where a process cannot be replaced.
    """
    launcher = sys.orig_argv[1 : len(sys.orig_argv) - len(words)]
    program = [request.form, request.program][request.form in (PATH, STDIN) :]
    ours = ["--verbose"] * request.verbose + ["--explain"] * request.explain
    if request.path_check:
        ours.append(f"--path-check={request.path_check}")
    ours += [name if value is None else f"{name}={value}" for name, value in request.own]
    command = [sys.executable, *request.interpreter, *launcher, *ours, *program]
    command += request.arguments
    if sys.platform == "win32":  # There execv() would return to the shell at once.
        import subprocess

        return subprocess.run(command, check=False).returncode
    import os

    return os.execv(sys.executable, command)
