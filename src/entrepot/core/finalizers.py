"""Whether anybody would notice if what a process has left at its end were never finalized.

The interpreter's end walks over all objects several times, to find that hardly any is in use once
the modules are gone, and takes the cycles apart. For most programs all that this does is to free
memory which the process gives back anyway. Where more is to happen, something has been left that

- has a `__del__` (PEP 442), as the interpreter's files, sockets, generators and coroutines have;
- is a weak reference with a callback;
- may have a destructor in C, which nobody can see: an object of an extension module.

What is none of these cannot act, whatever it is, and nothing can be told of it.
"""

from __future__ import annotations

import gc
import sys
from _io import BytesIO, StringIO
from _weakref import CallableProxyType, ProxyType, ReferenceType

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_Builtin, _Function, _Module = type(len), type(lambda: None), type(sys)
#: What most objects are, so that there is little to look at: none of these acts. (The last two
#: have a `__del__` that frees their memory.)
_COMMON = {
    dict, frozenset, list, set, tuple,
    type, classmethod, property, staticmethod, type(str.join), type(str.__add__),
    _Module, _Function, _Builtin,
    BytesIO, StringIO,
}  # fmt: skip
#: Modules of the standard library whose objects do something when they go, and have no `__del__`.
_DESTRUCTIVE = {"_dbm", "_gdbm", "_tkinter"}
if sys.version_info < (3, 12):
    _DESTRUCTIVE.add("_sqlite3")
#: Callbacks of weak references that only tidy up a collection, and are made for the end: the
#: module and the name of the function or the class; for functions in C, what they are bound to.
_TIDYING = {
    ("_ctypes", "DictRemover"),
    ("_weakrefset", "_remove"),
    ("logging", "_removeHandlerRef"),
    ("weakref", "finalize"),
    ("weakref", "remove"),
}
_TIDIED = (list, set, tuple, ReferenceType)
_PROXIES = (ProxyType, CallableProxyType)
#: So many blocks of memory are too many to look at: the list alone would take tens of MiB.
_MANY = 5_000_000
#: Whether the collector knows the instances of a class (Py_TPFLAGS_HAVE_GC).
_HAVE_GC = 1 << 14

_namespace_of: Callable[[object], dict[str, Any]] = vars(_Module)["__dict__"].__get__
_callback_of: Callable[[object], Any] = vars(ReferenceType)["__callback__"].__get__


def are_left() -> bool:
    """Return whether something may have to be finalized, of what the collector has in sight.

    No code of the program is called to find out, as looking up an attribute might, but for its
    audit hooks (PEP 578): they are told of `gc.get_objects` and `gc.get_referents`.
    """
    if sys.getallocatedblocks() > _MANY:
        return True
    if any(_is_unknown(str(name), module) for name, module in list(sys.modules.items())):
        return True
    return _are_among(None)


def are_young() -> bool:
    """Return whether objects that are not old have a `__del__`, or are told of the end of others.

    As `are_left()`, but for what is in C.
    """
    return _are_among(0) or _are_among(1)


def _are_among(generation: int | None) -> bool:
    objects = _asked(gc.get_objects, generation)
    if objects is None:
        return True
    rarer = [each for each in objects if type(each) not in _COMMON]
    kinds = set(map(type, rarer))
    finalized = {kind for kind in kinds if _has_finalizer(kind)}
    standard = _standard_streams()
    for each in [each for each in rarer if type(each) in finalized]:
        if not any(each is stream for stream in standard):
            return True
    references = {kind for kind in kinds if issubclass(kind, ReferenceType)}
    callbacks = [_callback_of(each) for each in rarer if type(each) in references]
    # What the collector finds behind a proxy is its callback.
    behind = _asked(gc.get_referents, *[each for each in rarer if type(each) in _PROXIES])
    if behind is None:
        return True
    if any(callback is not None and _acts(callback) for callback in callbacks + behind):
        return True
    return any(map(_has_finalizer, _unseen(object)))


def _asked(question: Callable[..., list[Any]], *arguments: object) -> list[Any] | None:
    """Return what the collector answers; None if an audit hook does not let it."""
    try:
        return question(*arguments)
    except Exception:  # noqa: BLE001 - whatever the hook has chosen to raise
        return None


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


def _acts(callback: Any) -> bool:
    """Return whether the callback of a weak reference does something that can be told."""
    kind = type(callback)
    if kind is _Function:
        return (callback.__globals__.get("__name__"), callback.__name__) not in _TIDYING
    if kind is _Builtin:
        return type(callback.__self__) not in _TIDIED
    # (Those of `weakref.finalize` have been called, or never are, when the process ends.)
    return (_module_of(kind), type.__getattribute__(kind, "__name__")) not in _TIDYING


def _module_of(kind: type) -> str:
    try:
        return str(type.__getattribute__(kind, "__module__"))
    except AttributeError:
        return ""  # It was made where there is no `__name__`.


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
            if _module_of(each).partition(".")[0] not in sys.stdlib_module_names:
                found.append(each)
            found += _unseen(each)
    return found
