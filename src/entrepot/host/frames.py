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

_hidden: list[tuple[CodeType, str]] = []


def call(function: Callable[..., Any], *args: Any, **kwds: Any) -> Any:
    """Call what may run a user's code: the traceback of its exceptions starts in that code."""
    return function(*args, **kwds)


# `exec(text)` hands the future features of its caller on to the text: none, here.
_FLAGS = call.__code__.co_flags & ~annotations.compiler_flag
call.__code__ = call.__code__.replace(co_name=CUT_HERE, co_flags=_FLAGS)


def hide(*modules: ModuleType) -> None:
    """Hide the frames of all functions and methods that *modules* define."""
    for module in modules:
        for value in list(vars(module).values()):
            if getattr(value, "__module__", None) == module.__name__:
                for member in list(vars(value).values()) if isinstance(value, type) else (value,):
                    hide_function(member)


def hide_function(function: Any) -> None:
    """Hide the frames of one function, or of what a method or property is made of."""
    for part in ("__func__", "fget", "function"):
        function = getattr(function, part, function)
    code: Any = getattr(function, "__code__", None)
    if not _shown and getattr(code, "co_filename", FILENAME) != FILENAME:
        _hidden.append((code, code.co_filename))
        fix_co_filename(code, FILENAME)  # With the functions inside, such as closures.


def show() -> None:
    """Show all frames again, for good."""
    global _shown
    _shown = True
    while _hidden:
        code, filename = _hidden.pop()
        fix_co_filename(code, filename)


_shown = bool(sys.flags.verbose) or bool(environment("ENTREPOT_SHOW_FRAMES"))
hide_function(call)
