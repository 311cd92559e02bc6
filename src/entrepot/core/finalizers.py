"""Whether anybody would notice if what a process has left at its end were never finalized.

The interpreter's end walks over all objects several times, to find that hardly any is in use once
the modules are gone, and takes the cycles apart. For most programs all that this does is to free
memory which the process gives back anyway. Where more is to happen, something has been left that

- has a `__del__` (PEP 442), as the interpreter's files, sockets, generators and coroutines have;
- is a weak reference with a callback;
- may have a destructor in C, which nobody can see: an object of an extension module.

What is in none of these cannot act, whatever it is, and nothing can be told of it.
"""

from __future__ import annotations

import gc
import sys
from _weakref import CallableProxyType, ProxyType, ReferenceType

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Modules of the standard library whose objects do something when they go, and have no `__del__`.
_DESTRUCTIVE = {"_dbm", "_gdbm", "_tkinter"}
if sys.version_info < (3, 12):
    _DESTRUCTIVE.add("_sqlite3")
#: Callbacks of weak references that only tidy up a collection, and are made for the end: the
#: module and the name of the function.
_TIDYING = {
    ("_weakrefset", "_remove"),
    ("logging", "_removeHandlerRef"),
    ("weakref", "remove"),
}
_PROXIES = (ProxyType, CallableProxyType)
#: Whether the collector knows the instances of a class (Py_TPFLAGS_HAVE_GC).
_HAVE_GC = 1 << 14

_Builtin, _Function, _Module = type(len), type(lambda: None), type(sys)
_namespace_of: Callable[[object], dict[str, Any]] = vars(_Module)["__dict__"].__get__
_callback_of: Callable[[object], Any] = vars(ReferenceType)["__callback__"].__get__


def are_left() -> bool:
    """Return whether something may have to be finalized, of what the collector has in sight.

    No code of the program is called to find out, as looking up an attribute might.
    """
    if any(_is_unknown(name, module) for name, module in list(sys.modules.items())):
        return True
    objects = gc.get_objects()
    kinds = set(map(type, objects))
    finalized = {kind for kind in kinds if _has_finalizer(kind)}
    references = {kind for kind in kinds if issubclass(kind, (ReferenceType, *_PROXIES))}
    suspects = finalized | references
    standard = _standard_streams()
    for each in objects:
        kind = type(each)
        if kind in suspects:
            if kind in references and _calls_back(each):
                return True
            if kind in finalized and not any(each is stream for stream in standard):
                return True
    return any(map(_has_finalizer, _unseen(object)))


def _is_unknown(name: str, module: object) -> bool:
    """Return whether *module* may have objects that are finalized in C."""
    if name in _DESTRUCTIVE:
        return True
    if name.partition(".")[0] in sys.stdlib_module_names or module is None:
        return False
    if name in sys.builtin_module_names or not issubclass(type(module), _Module):
        return True
    file: object = _namespace_of(module).get("__file__")
    return type(file) is str and file.endswith(tuple(host.extension_suffixes()))


def _has_finalizer(kind: type) -> bool:
    return any("__del__" in type.__getattribute__(base, "__dict__") for base in _mro(kind))


def _mro(kind: type) -> tuple[type, ...]:
    mro: tuple[type, ...] = type.__getattribute__(kind, "__mro__")
    return mro


def _calls_back(reference: Any) -> bool:
    """Return whether a weak reference or proxy calls something of the program's."""
    if issubclass(type(reference), _PROXIES):
        return bool(gc.get_referents(reference))
    callback = _callback_of(reference)
    kind = type(callback)
    if kind is _Function:
        return (callback.__globals__.get("__name__"), callback.__name__) not in _TIDYING
    # (Those of `weakref.finalize` have been called, or never are, when the process ends.)
    finalize = getattr(sys.modules.get("weakref"), "finalize", None)
    return callback is not None and kind is not _Builtin and kind is not finalize


def _standard_streams() -> list[object]:
    """Return the streams that the interpreter has made, which it flushes itself."""
    streams: list[object] = []
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        try:
            buffer = getattr(stream, "buffer", None)
            streams += (stream, buffer, getattr(buffer, "raw", None))
        except ValueError:
            pass  # It has been detached: its parts are somebody else's.
    return streams


def _unseen(kind: type) -> list[type]:
    """Return the program's classes whose instances the collector does not know."""
    found = []
    below: list[type] = type.__subclasses__(kind)
    for each in below:
        # (A class below one that it knows is known as well.)
        if not type.__getattribute__(each, "__flags__") & _HAVE_GC:
            module = str(type.__getattribute__(each, "__module__"))
            if module.partition(".")[0] not in sys.stdlib_module_names:
                found.append(each)
            found += _unseen(each)
    return found
