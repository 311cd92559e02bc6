"""Functions and classes of importlib's modules that later versions dropped."""

from __future__ import annotations

import sys

from ..bytecode import location
from ..core.system import PROCESS_SYSTEM
from ..host import warn
from .methods import USE_INSTEAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Any

AUTOMATIC = (
    "The import system now takes care of this automatically; "
    "this decorator is slated for removal in Python 3.12"
)


def find_loader(name: str, path: Any = None) -> Any:
    """Return the loader of the module *name*, which is on *path* if that is given, or None.

    Raises ValueError for a module in `sys.modules` without a loader, ImportError for a namespace
    package. (importlib.find_loader)
    """
    text = (
        "Deprecated since Python 3.4 and slated for removal in Python 3.12; "
        "use importlib.util.find_spec() instead"
    )
    warn(text, DeprecationWarning, stacklevel=2)
    if name in sys.modules:
        loader = getattr(sys.modules[name], "__loader__", sys)
        if loader is None or loader is sys:
            state = "None" if loader is None else "not set"
            raise ValueError(f"{name}.__loader__ is {state}")
        return loader
    spec = PROCESS_SYSTEM.find(name, path)
    if spec is None or spec.loader is not None:
        return None if spec is None else spec.loader
    if spec.submodule_search_locations is None:
        raise ImportError(f"spec for {name} missing loader", name=name)
    raise ImportError("namespace packages do not have loaders", name=name)


def _like(wrapper: Any, function: Any) -> Any:
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(function, name):
            setattr(wrapper, name, getattr(function, name))
    wrapper.__dict__.update(getattr(function, "__dict__", {}))
    wrapper.__wrapped__ = function
    return wrapper


def set_package(fxn: Callable[..., Any]) -> Callable[..., Any]:
    """Have `__package__` set on the module that *fxn* returns, unless it is (importlib.util)."""

    def set_package_wrapper(*args: Any, **kwargs: Any) -> Any:
        warn(AUTOMATIC, DeprecationWarning, stacklevel=2)
        module = fxn(*args, **kwargs)
        if getattr(module, "__package__", None) is None:
            is_package = hasattr(module, "__path__")
            name = module.__name__
            module.__package__ = name if is_package else name.rpartition(".")[0]
        return module

    return _like(set_package_wrapper, fxn)  # type: ignore[no-any-return]


def set_loader(fxn: Callable[..., Any]) -> Callable[..., Any]:
    """Have `__loader__` set on the module that *fxn* returns, unless it is (importlib.util)."""

    def set_loader_wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        warn(AUTOMATIC, DeprecationWarning, stacklevel=2)
        module = fxn(self, *args, **kwargs)
        if getattr(module, "__loader__", None) is None:
            module.__loader__ = self
        return module

    return _like(set_loader_wrapper, fxn)  # type: ignore[no-any-return]


def module_for_loader(fxn: Callable[..., Any]) -> Callable[..., Any]:
    """Have *fxn* called with the module to load, new or reloaded, not its name (importlib.util).

    A new module that fails is taken out of `sys.modules`.
    """
    warn(AUTOMATIC, DeprecationWarning, stacklevel=2)

    def module_for_loader_wrapper(self: Any, fullname: str, *args: Any, **kwargs: Any) -> Any:
        is_new = fullname not in sys.modules
        module: Any = sys.modules.setdefault(fullname, type(sys)(fullname))
        module.__initializing__ = True
        try:
            module.__loader__ = self
            if hasattr(self, "is_package"):
                is_package = self.is_package(fullname)
                module.__package__ = fullname if is_package else fullname.rpartition(".")[0]
            return fxn(self, module, *args, **kwargs)
        except BaseException:
            if is_new:
                sys.modules.pop(fullname, None)
            raise
        finally:
            module.__initializing__ = False

    return _like(module_for_loader_wrapper, fxn)  # type: ignore[no-any-return]


def cache_from_source(
    path: str | PathLike[str], debug_override: bool | None = None, *, optimization: object = None
) -> str:
    """Return the path of the pyc of the source *path*; see `entrepot.util.cache_from_source`.

    *debug_override* is the old way to choose between no optimization (true) and level 1.
    """
    if debug_override is not None:
        text = "the debug_override parameter is deprecated; use 'optimization' instead"
        warn(text, DeprecationWarning, stacklevel=2)
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    return location.cache_from_source(path, optimization=optimization)


def bytecode_suffixes(name: str) -> list[str]:
    """Return the suffixes of pycs, which once differed by optimization."""
    return location.BYTECODE_SUFFIXES


def machinery(name: str) -> Any:
    """Return `entrepot.machinery`: importlib's is an attribute of its `abc`, if not by intent."""
    return PROCESS_SYSTEM.import_module("entrepot.machinery")


def resource_class(name: str) -> Any:
    """Return a class of `entrepot.resources.abc`."""
    return getattr(PROCESS_SYSTEM.import_module("entrepot.resources.abc"), name)


def finder(name: str) -> Any:
    """Return importlib.abc.Finder; made when asked for, since hardly anybody does."""
    from abc import ABCMeta, abstractmethod  # noqa: PLC0415 - hosts before 3.12 alone pay for it

    class Finder(metaclass=ABCMeta):
        """The base class of finders before there were specs (importlib.abc.Finder)."""

        def __init__(self) -> None:
            text = USE_INSTEAD.format("the Finder ABC", "3.12", "MetaPathFinder or PathEntryFinder")
            warn(text, DeprecationWarning, stacklevel=2)

        @abstractmethod
        def find_module(self, fullname: str, path: Any = None) -> Any:
            """Return the loader of *fullname*, or None."""

    Finder.__module__ = "entrepot.abc"
    Finder.__qualname__ = "Finder"
    return Finder


def find_loader_function(name: str) -> Any:
    """Return importlib.find_loader."""
    return find_loader
