"""How our classes are those of `importlib.metadata` too, without importing it.

Other people's code asks `isinstance(dist, importlib.metadata.Distribution)` and catches
`importlib.metadata.PackageNotFoundError`. To subclass those classes would cost their import, 40
milliseconds. But nobody can name them before `importlib.metadata` is loaded, so ours get them
as bases when it is: `claim()`, at the beginning of each call that gives out or raises something,
looks into `sys.modules`. All members are overridden; nothing of their behaviour is inherited.

`except` looks at the true bases, not at `__subclasscheck__`, and most of those classes are not
ABCs: that is why bases are exchanged, not classes registered. Where the memory layouts differ
the interpreter refuses: `EntryPoint` is a tuple on 3.10, `EntryPoints` a list before 3.12.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import TypeVar

    Kin = TypeVar("Kin", bound=type)

#: Modules that have a class hierarchy of their own, newest idea of the API first.
_RELATIVES = ("importlib_metadata", "importlib.metadata")

_classes: list[type] = []
_claimed: dict[str, ModuleType] = {}


def of_stdlib(cls: Kin) -> Kin:
    """Class decorator: *cls* becomes a subclass of what importlib.metadata calls the same.

    It needs one base of its own, whose place the others take: the interpreter does not exchange
    bases of classes that derive directly from built-in ones.
    """
    _classes.append(cls)
    for module in _claimed.values():
        _adopt(cls, module)
    return cls


def claim() -> None:
    """Take the relatives that have been loaded since the last call as bases."""
    for name in _RELATIVES:
        module = sys.modules.get(name)
        if module is not None and _claimed.get(name) is not module:
            _claim(name, module)


def _claim(name: str, module: ModuleType) -> None:
    # It may be half executed, or be this package itself, served under that name (`serve.py`).
    if _is_initializing(module) or getattr(module, "PackageNotFoundError", None) in _classes:
        return
    _claimed[name] = module
    for cls in _classes:
        _adopt(cls, module)


def _is_initializing(module: ModuleType) -> bool:
    return bool(getattr(getattr(module, "__spec__", None), "_initializing", False))


def _adopt(cls: type, module: ModuleType) -> None:
    relative = getattr(module, cls.__name__, None)
    if not isinstance(relative, type) or relative in cls.__mro__:
        return
    try:
        # Last, so that everything is looked up in ours first.
        cls.__bases__ = (*cls.__bases__, relative)
    except TypeError:
        return  # Another memory layout, see above.
    register = getattr(relative, "register", None)
    if register is not None:
        register(cls)  # An ABC that has been asked before remembers its answer.
