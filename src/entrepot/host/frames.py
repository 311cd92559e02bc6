"""How the frames of the import system stay out of users' tracebacks and warnings.

The interpreter leaves its own import frames out of a traceback by the file name of their code:
a run of frames of "<frozen importlib._bootstrap>" is cut when an import statement raises
ImportError, or, for any other exception, when the run ends in a frame of the name
`_call_with_frames_removed`. By the same name, `warnings.warn(..., stacklevel=2)` in a module's
body passes over them and reaches the importing module.

So entrepot's frames carry that file name: `hide()` gives it to the functions of a whole module,
and whatever runs a user's code does it through `call()`. With `python -v`, `entrepot run
--verbose` or ENTREPOT_SHOW_FRAMES=1 they are shown as what they are.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FunctionType, ModuleType
    from typing import Any

FILENAME = "<frozen importlib._bootstrap>"
CUT_HERE = "_call_with_frames_removed"

_originals: list[tuple[FunctionType, CodeType]] = []
_function: type = type(lambda: None)


def call(function: Callable[..., Any], *args: Any, **kwds: Any) -> Any:
    """Call what may run a user's code: the traceback of its exceptions starts in that code."""
    return function(*args, **kwds)


def hide(*modules: ModuleType) -> None:
    """Hide the frames of all functions and methods that *modules* define."""
    for module in modules:
        for value in list(vars(module).values()):
            if getattr(value, "__module__", None) == module.__name__:
                _hide_value(value)


def hide_function(function: FunctionType) -> None:
    """Hide the frames of one function, such as a closure."""
    code = function.__code__
    if code.co_filename != FILENAME and not _shown:
        _originals.append((function, code))
        name = CUT_HERE if function is call else code.co_name
        function.__code__ = code.replace(co_filename=FILENAME, co_name=name)


def show() -> None:
    """Show all frames again, for good."""
    global _shown
    _shown = True
    while _originals:
        function, code = _originals.pop()
        function.__code__ = code


def _hide_value(value: Any) -> None:
    if isinstance(value, _function):
        hide_function(value)  # type: ignore[arg-type]
    elif isinstance(value, type):
        for member in list(vars(value).values()):
            for part in ("__func__", "fget", "function"):
                member = getattr(member, part, member)
            if isinstance(member, _function):
                hide_function(member)  # type: ignore[arg-type]


def _wanted_in_environment() -> bool:
    environ = sys.modules["posix" if "posix" in sys.modules else "nt"].environ
    names: tuple[Any, ...] = (b"ENTREPOT_SHOW_FRAMES", "ENTREPOT_SHOW_FRAMES")
    return not sys.flags.ignore_environment and any(environ.get(name) for name in names)


_shown = bool(sys.flags.verbose) or _wanted_in_environment()
hide_function(call)  # type: ignore[arg-type]
