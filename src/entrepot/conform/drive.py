"""What the process of a case runs: puts the candidate in place, then executes the program.

    python drive.py CANDIDATE ROOT [DIRECTORY ...]

ROOT has the case's tree, its program.py is executed as the main program. The DIRECTORYs are
appended to `sys.path`: where the candidate comes from. What the program raises is its last line,
`Type: message`. With `--probe` for ROOT, what interpreter and candidate can do is printed as JSON.

This file is self-contained, and imports nothing that an interpreter does not hold when it starts:
the program shall find things as they are.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: The exit status when there is no such candidate. What is wrong is on standard error.
NO_CANDIDATE = 70

_HELD = ("modules", "path", "meta_path", "path_hooks", "path_importer_cache")
_VERBS = {
    "import_module": "",
    "reload": "",
    "invalidate_caches": "",
    "__import__": "",
    "find_spec": "util",
}
_PARTS = frozenset(
    {"abc", "machinery", "metadata", "pkgutil", "resources", "runpy", "util", "zipimport"}
)
_Module: Any = type(sys)


class State(_Module):  # type: ignore[misc]
    """The module `conform_state`: the candidate's import system, whichever it is.

    *system* has the state, by the names that `sys` has; *library* is the name of the package with
    the candidate's importlib; *verbs* is an object with functions that come before those.
    """

    def __init__(self, candidate: str, system: Any, library: str, verbs: Any = None) -> None:
        super().__init__("conform_state", "The import system that the case is about.")
        self.candidate = candidate
        self._system = system
        self._library = library
        self._verbs = verbs
        #: The words that start a process of this candidate, as `python` starts one.
        self.python: list[str] = list(getattr(verbs, "python", ()))

    def __getattr__(self, name: str) -> Any:
        if name in _HELD:
            return getattr(self._system, name)
        if hasattr(self._verbs, name):
            own = getattr(self._verbs, name)
            return Either(own, _part(self._library, name)) if name in _PARTS else own
        if name == "importlib":
            return Library(self, _imported(self._library))
        if name in _VERBS:
            return getattr(_part(self._library, _VERBS[name]), name)
        if name in _PARTS:
            return Either(self._verbs_of(name), _part(self._library, name))
        raise AttributeError(name)

    def _verbs_of(self, part: str) -> Any:
        """Return a module with those of the own functions that belong to *part*."""
        own = _Module(part)
        for name, place in _VERBS.items():
            if place == part and hasattr(self._verbs, name):
                setattr(own, name, getattr(self._verbs, name))
        return own


class Library:
    """`importlib` as the documentation has it, with its parts, and *state*'s own functions."""

    def __init__(self, state: State, package: Any) -> None:
        self._state = state
        self._package = package

    def __getattr__(self, name: str) -> Any:
        place = self._state if name in _VERBS or name in _PARTS else self._package
        return getattr(place, name)


class Either:
    """The attributes of the *first*, else those of the *second*."""

    def __init__(self, first: Any, second: Any) -> None:
        self._both = first, second

    def __getattr__(self, name: str) -> Any:
        first, second = self._both
        return getattr(first, name) if hasattr(first, name) else getattr(second, name)


def _part(library: str, name: str) -> Any:
    """Return the part *name* of the package *library*; what it lacks is the stdlib's."""
    if not name:
        return _imported(library)
    for place in (f"{library}.{name}", f"importlib.{name}"):
        try:
            return _imported(place)
        except ModuleNotFoundError as error:
            if error.name != place:
                raise
    return _imported(name)


def _imported(name: str) -> Any:
    __import__(name)
    return sys.modules[name]


# --- The candidates


#: Does `entrepot run` with the words that follow. Nothing but this knows where entrepot is.
_RUN = """\
import sys
sys.path.append({!r})
from entrepot.cli import main
sys.path.pop()
sys.exit(main(["run", *sys.argv[1:]]))
"""


def _interpreter(root: str) -> State:
    sys.path.insert(0, root)
    state = State("interpreter", sys, "importlib")
    state.python = [sys.executable, "-S"]
    return state


def _installed(root: str) -> State:
    entrepot = _imported("entrepot")
    entrepot.install()
    sys.path.insert(0, root)
    state = State("installed", sys, "entrepot")
    state.python = [sys.executable, "-S", "-c", _RUN.format(entrepot.__path__[0] + "/..")]
    return state


def _isolated(root: str) -> State:
    system = _imported("entrepot").ImportSystem([root])
    return State("isolated", system, "entrepot", system)


def _other(name: str, root: str) -> State:
    module = _imported(name)
    sys.path.insert(0, root)
    words = getattr(module, "python", [])
    if not isinstance(words, (list, tuple)) or not all(isinstance(word, str) for word in words):
        raise TypeError(f"its `python` is no list of words but {words!r}")
    library = getattr(module, "importlib", None)
    return State(name, sys, getattr(library, "__name__", "importlib"), module)


_CANDIDATES: dict[str, Callable[[str], State]] = {
    "interpreter": _interpreter,
    "installed": _installed,
    "isolated": _isolated,
    "portable": _installed,
}


def put_in_place(candidate: str, root: str) -> State:
    """Put *candidate* behind the import statement; ROOT is then first on its path."""
    make = _CANDIDATES.get(candidate)
    state = make(root) if make else _other(candidate, root)
    state.candidate = candidate
    return state


# --- The program


def execute(state: State, root: str) -> None:
    """Execute the program in *root* as the main program of what *state* is about."""
    path = f"{root}/program.py"
    main = _Module("__main__")
    main.__file__ = path
    builtins = getattr(state._system, "builtins", None)  # noqa: SLF001 - this file's own
    main.__builtins__ = vars(sys.modules["builtins"]) if builtins is None else builtins
    state.modules["__main__"] = sys.modules["__main__"] = main
    state.modules["conform_state"] = state
    state.root = root
    sys.argv[:] = [path]
    with open(path, "rb") as file:
        source = file.read()
    try:
        exec(compile(source, path, "exec", dont_inherit=True), vars(main))
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is printed
        print(f"{type(error).__name__}: {error}")


# --- What interpreter and candidate can do


def _has(module: str) -> bool:
    try:
        _imported(module)
    except ImportError:
        return False
    return True


def _starts_threads() -> bool:
    import threading  # noqa: PLC0415 - once, in a process that does nothing else

    try:
        threading.Thread(target=len, args=("",)).start()
    except RuntimeError:
        return False
    return True


def _starts_processes() -> bool:
    import subprocess  # noqa: PLC0415

    try:
        return subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def _loads_extensions() -> bool:
    """Whether one of the stdlib's modules is an extension that has a file of its own."""
    from importlib.machinery import ExtensionFileLoader  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    specs = map(find_spec, ("_queue", "_zoneinfo", "_lsprof", "_struct"))
    return any(spec and isinstance(spec.loader, ExtensionFileLoader) for spec in specs)


def _has_symlinks() -> bool:
    import os  # noqa: PLC0415

    return hasattr(os, "symlink") and os.name == "posix"


_CAPABILITIES: dict[str, Callable[[], bool]] = {
    "bytecode": lambda: sys.implementation.cache_tag is not None,
    "extensions": _loads_extensions,
    "lazy": lambda: hasattr(sys, "set_lazy_imports"),
    "subprocess": _starts_processes,
    "symlinks": _has_symlinks,
    "threads": _starts_threads,
    "zlib": lambda: _has("zlib"),
}


def probe(candidate: str, root: str) -> str:
    """Return what interpreter and *candidate* can do, as a line of JSON."""
    import json  # noqa: PLC0415

    # Before the candidate is in place: it may be unable to import what is asked for here.
    able = [name for name, can in _CAPABILITIES.items() if can()]
    state = put_in_place(candidate, root)
    if state._system is sys:  # noqa: SLF001
        able.append("process")
    if state.python and "subprocess" in able:
        able.append("program")
    answer = {
        "implementation": sys.implementation.name,
        "version": list(sys.version_info[:3]),
        "platform": sys.platform,
        "capabilities": sorted(able),
    }
    return json.dumps(answer)


def main() -> int:
    """Do what the words of the command line say; returns the exit status."""
    candidate, root, *support = sys.argv[1:]
    if not sys.flags.isolated:
        del sys.path[0]  # This directory.
    sys.path[:] = [*filter(None, sys.path), *support]
    sys.dont_write_bytecode = "-B" in getattr(sys, "orig_argv", ())
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    try:
        if root == "--probe":
            print(probe(candidate, root))
            return 0
        state = put_in_place(candidate, root)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is somebody else's module
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return NO_CANDIDATE
    execute(state, root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
