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

from .chosen import interpreter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, ModuleType, TracebackType
    from typing import Any

FILENAME = "<frozen importlib._bootstrap>"
CUT_HERE = "_call_with_frames_removed"

_modules: list[ModuleType] = []
_Function = type(lambda: None)
_Module: type[ModuleType] = type(sys)


def call(function: Callable[..., Any], *args: Any, **kwds: Any) -> Any:
    """Call what may run a user's code: the traceback of its exceptions starts in that code."""
    return function(*args, **kwds)


# `exec(text)` hands the future features of its caller on to the text: none, here. (The name
# `annotations`, of the first statement here, is not there when this is loaded from a bundle.)
_FLAGS = call.__code__.co_flags & ~0x1000000  # __future__.annotations.compiler_flag
call.__code__ = call.__code__.replace(co_name=CUT_HERE, co_flags=_FLAGS)


def hide(*modules: ModuleType) -> None:
    """Hide the frames of all functions and methods that *modules* define."""
    _modules.extend(modules)
    for module in modules:
        # (What is late comes from a bundle, and is not asked for anything yet; `startup.py`.)
        if _shown or type(module) is _Module:
            _rename(module)


def show() -> None:
    """Show all frames again, for good."""
    global _shown
    _shown = True
    for module in _modules:
        _rename(module)
    _rename_function(call, globals())


def cut(error: BaseException) -> TracebackType | None:
    """Return the traceback of *error* without import frames, by the interpreter's rules above.

    For hosts whose `__import__` is ours, and which cut nothing then. The frame that calls this,
    of the name `__import__`, comes back when the exception is raised again: it alone shows.
    """
    ends = None if isinstance(error, ImportError) else (CUT_HERE, "__import__")
    kept: list[TracebackType] = []
    run: list[TracebackType] = []
    entry = error.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        if _shown or code.co_filename != FILENAME:
            kept += [*run, entry]
            run = []
        elif ends is not None and code.co_name in ends:
            run = []
        elif ends is not None:
            run.append(entry)
        entry = entry.tb_next
    return _chained(kept + run)


def _chained(entries: list[TracebackType]) -> TracebackType | None:
    first = None
    for entry in reversed(entries):
        entry.tb_next = first
        first = entry
    return first


def is_hidden(module: ModuleType) -> bool:
    """Whether the frames of *module* are hidden, unless all are shown."""
    return module in _modules


def hide_code(code: CodeType) -> None:
    """Hide the functions and classes in the *code* of a module before it is executed.

    That costs nothing when the module is loaded: `hide()` only looks at its first function.
    """
    for inner in code.co_consts:
        if hasattr(inner, "co_filename"):
            interpreter.renamed(inner, FILENAME)


def _rename(module: ModuleType) -> None:
    """Give all functions of *module* the file name that they should have, if the first lacks it."""
    names = vars(module)
    for value in reversed(names.values()):
        if type(value) is _Function and value.__globals__ is names:
            if not _shown and value.__code__.co_filename == FILENAME:
                return  # It comes from a bundle.
            break
    functions = _functions_in(module.__name__, names)
    first = next(functions, None)
    if first is not None and _rename_function(first, names):
        for function in functions:
            _rename_function(function, names)


def _functions_in(name: str, names: dict[str, Any]) -> Iterator[Any]:
    """Yield the functions that the module *name* defines, some of them twice."""
    # What a module defines comes after what it imports.
    for value in reversed(list(names.values())):
        if getattr(value, "__module__", None) == name:
            for member in list(vars(value).values()) if isinstance(value, type) else (value,):
                # A function, or what a method or property is made of.
                for part in ("__func__", "fget", "function"):
                    member = getattr(member, part, member)  # noqa: PLW2901
                # (What PyPy itself is made of has code without a file.)
                if hasattr(getattr(member, "__code__", None), "co_filename"):
                    yield member


def _rename_function(function: Any, names: dict[str, Any]) -> bool:
    """Give *function*, and those inside, the file name that it should have; False if it has it."""
    filename, code = names["__file__"] if _shown else FILENAME, function.__code__
    if code.co_filename == filename:
        return False
    renamed = interpreter.renamed(code, filename)
    if renamed is not code:
        function.__code__ = renamed
    return True


_shown = bool(sys.flags.verbose) or bool(interpreter.environment("ENTREPOT_SHOW_FRAMES"))
_rename_function(call, globals())


#: Slots (words) of a frame that makes room: somewhat over a quarter of 1 MiB.
_ROOM = 33_000


def make_room(function: Any) -> None:
    """Have each call of *function* find room on the stack for some 1,600 frames above it.

    CPython has the frames of Python functions in chunks of 16 KiB, and lets go of a chunk when
    its first frame ends. So where a chunk happens to be full, each and every call costs a
    system call to get memory and one to give it back: more than a hundred times the price of a
    call. A frame that would need much room gets one large chunk, the rest of which is for those
    above it. What is not used of it is never touched.
    """
    if sys.implementation.name == "cpython" and sys.version_info >= (3, 11):
        function.__code__ = function.__code__.replace(co_stacksize=_ROOM)
