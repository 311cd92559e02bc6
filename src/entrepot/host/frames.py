"""How the frames of the import system stay out of users' tracebacks and warnings.

The interpreter leaves its own import frames out of a traceback by the file name of their code:
a run of frames of "<frozen importlib._bootstrap>" is cut when an import statement raises
ImportError, or, for any other exception, when the run ends in a frame of the name
`_call_with_frames_removed`. By the same name, `warnings.warn(..., stacklevel=2)` in a module's
body passes over them and reaches the importing module.

So entrepot's frames carry that file name: `hide()` gives it to the functions of whole modules,
and whatever runs a user's code does it through `call()`. With `python -v`, `entrepot run
--verbose` or ENTREPOT_SHOW_FRAMES=1 they are shown as what they are.
"""

from __future__ import annotations

import sys

from .cpython import environment, fix_co_filename

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, ModuleType
    from typing import Any

FILENAME = "<frozen importlib._bootstrap>"
CUT_HERE = "_call_with_frames_removed"

_modules: list[ModuleType] = []


def call(function: Callable[..., Any], *args: Any, **kwds: Any) -> Any:
    """Call what may run a user's code: the traceback of its exceptions starts in that code."""
    return function(*args, **kwds)


# `exec(text)` hands the future features of its caller on to the text: none, here.
_FLAGS = call.__code__.co_flags & ~annotations.compiler_flag
call.__code__ = call.__code__.replace(co_name=CUT_HERE, co_flags=_FLAGS)


def hide(*modules: ModuleType) -> None:
    """Hide the frames of all functions and methods that *modules* define."""
    _modules.extend(modules)
    for module in modules:
        _rename(module)


def show() -> None:
    """Show all frames again, for good."""
    global _shown
    _shown = True
    for module in _modules:
        _rename(module)
    _rename_code(call.__code__, globals())


def is_hidden(module: ModuleType) -> bool:
    """Whether the frames of *module* are hidden."""
    return module in _modules and not _shown


def hide_code(code: CodeType) -> None:
    """Hide the functions and classes in the *code* of a module before it is executed.

    That costs nothing when the module is loaded: `hide()` only looks at its first function.
    """
    for inner in code.co_consts:
        if hasattr(inner, "co_filename"):
            fix_co_filename(inner, FILENAME)


def _rename(module: ModuleType) -> None:
    names = vars(module)
    for value in list(names.values()):
        if getattr(value, "__module__", None) == module.__name__:
            for member in list(vars(value).values()) if isinstance(value, type) else (value,):
                # A function, or what a method or property is made of.
                for part in ("__func__", "fget", "function"):
                    member = getattr(member, part, member)  # noqa: PLW2901
                code = getattr(member, "__code__", None)
                # (What PyPy itself is made of has code without a file.)
                if hasattr(code, "co_filename") and not _rename_code(code, names):
                    return


def _rename_code(code: CodeType, names: dict[str, Any]) -> bool:
    """Give *code*, and functions inside, the file name that it should have; False if it has it."""
    filename = names["__file__"] if _shown else FILENAME
    if code.co_filename == filename:
        return False
    fix_co_filename(code, filename)
    return True


_shown = bool(sys.flags.verbose) or bool(environment("ENTREPOT_SHOW_FRAMES"))
_rename_code(call.__code__, globals())
