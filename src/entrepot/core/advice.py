"""The newest texts for names that a module does not have, on hosts whose C code has older ones.

`from m import x` and `m.x` are carried out by the interpreter; when `x` is not there, it words
the error. Since Python 3.14 it tells a circular import from a file that shadows the library that
was meant. On older hosts such an error gets that text when it leaves the module it was raised
in; who catches it within that module still sees the host's own.
"""

from __future__ import annotations

import sys

from ..host import DISK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHADOWS_STDLIB = (
    " (consider renaming {origin!r} since it has the same name as the standard library module "
    "named {name!r} and prevents importing that standard library module)"
)
MAY_SHADOW = (
    " (consider renaming {origin!r} if it has the same name as a library you intended to import)"
)
CIRCULAR = " (most likely due to a circular import)"

#: What the hosts' own texts start with.
_IMPORT = "cannot import name {!r} from "
_ATTRIBUTE = ("module {!r} has no attribute ", "partially initialized module {!r} ")


def modernise(error: BaseException, modules: dict[str, Any], path: list[str]) -> None:
    """Give *error* the newest text, if it says that a module lacks a name; else leave it.

    *modules* and *path* are those of the import system in which it was raised.
    """
    if type(error) is ImportError and error.name in modules and isinstance(error.msg, str):
        for missing in _quoted(error.msg, _IMPORT):
            error.msg = cannot_import(modules[error.name], missing, path)
            error.args = (error.msg,)
    elif type(error) is AttributeError and isinstance(getattr(error, "obj", None), type(sys)):
        text, name = str(error), str(getattr(error.obj, "__name__", None))
        if text.startswith(tuple(start.format(name) for start in _ATTRIBUTE)):
            error.args = (has_no_attribute(error.obj, str(error.name), path),)


def _quoted(text: str, pattern: str) -> list[str]:
    """Return, in a list or none, the quoted name that fits the `{!r}` of *pattern* in *text*."""
    before, after = pattern.split("{!r}")
    end = text.find("'" + after, len(before) + 1)
    return [text[len(before) + 1 : end]] if text.startswith(before + "'") and end > 0 else []


def cannot_import(module: Any, missing: str, path: list[str]) -> str:
    """Return why `from module import missing` fails, where *path* is the search path."""
    name, spec = module.__name__, _spec_of(module)
    text, origin = f"cannot import name {missing!r} from ", getattr(spec, "origin", None)
    advice = _advice(name, spec, path)
    if advice:
        return f"{text}{name!r}{advice}"
    where = getattr(module, "__file__", None) or "unknown location"
    if getattr(spec, "_initializing", False):
        return f"{text}partially initialized module {name!r}{CIRCULAR} ({origin or where})"
    return f"{text}{name!r} ({where})"


def has_no_attribute(module: Any, missing: str, path: list[str]) -> str:
    """Return why `module.missing` fails, where *path* is the search path."""
    name, spec = module.__name__, _spec_of(module)
    advice = _advice(name, spec, path)
    if advice:
        return f"module {name!r} has no attribute {missing!r}{advice}"
    if getattr(spec, "_initializing", False):
        origin = spec.origin if getattr(spec, "has_location", False) else None
        source = f" from {origin!r}" if origin else ""
        return (
            f"partially initialized module {name!r}{source} has no attribute {missing!r}{CIRCULAR}"
        )
    if missing in getattr(spec, "_uninitialized_submodules", ()):
        return f"cannot access submodule {missing!r} of module {name!r}{CIRCULAR}"
    return f"module {name!r} has no attribute {missing!r}"


def _spec_of(module: Any) -> Any:
    return getattr(module, "__spec__", None)


def _advice(name: str, spec: Any, path: list[str]) -> str:
    """Return the advice to rename the module's file, if it may shadow what was meant."""
    if not may_shadow(spec, path):
        return ""
    if name in sys.stdlib_module_names:
        return SHADOWS_STDLIB.format(origin=spec.origin, name=name)
    if getattr(spec, "_initializing", False):
        return MAY_SHADOW.format(origin=spec.origin)
    return ""


def may_shadow(spec: Any, path: list[str]) -> bool:
    """Whether the module lies in the script's directory, the first of *path*.

    With a safe path (`-P`, `-I`) that directory is not there.
    """
    origin = getattr(spec, "origin", None)
    if not getattr(spec, "has_location", False) or not isinstance(origin, str) or not path:
        return False
    if getattr(sys.flags, "safe_path", sys.flags.isolated) or not isinstance(path[0], str):
        return False
    directory, filename = DISK.paths.split(origin)
    if filename == "__init__.py":
        directory = DISK.paths.split(directory)[0]
    try:
        return directory == (path[0] or DISK.getcwd())
    except OSError:
        return False
