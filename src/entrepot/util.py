"""What writers of importers need, under the names of `importlib.util`.

`find_spec` is that of the process's import system; an isolated one has its own,
`system.find_spec`. Source of the names: importlib.util of Python 3.15; what older ones have
beyond it comes from `entrepot.legacy`.
"""

from __future__ import annotations

from . import process as _process
from .abc import Loader
from .bytecode import location
from .bytecode.source import decode_source
from .core import module, names
from .core.spec_making import spec_from_loader
from .host import MAGIC_NUMBER, override_multi_interp_extensions_check, source_hash
from .legacy.face import attribute, complete
from .loaders.from_file import spec_from_file_location
from .loaders.lazy import LazyLoader, _LazyModule  # noqa: F401 - tests know it

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from types import ModuleType
    from typing import Any

__all__ = [
    "MAGIC_NUMBER",
    "LazyLoader",
    "Loader",
    "cache_from_source",
    "decode_source",
    "find_spec",
    "module_from_spec",
    "resolve_name",
    "source_from_cache",
    "source_hash",
    "spec_from_file_location",
    "spec_from_loader",
]

find_spec = _process.find_spec


def module_from_spec(spec: Any) -> ModuleType:
    """Return a new module for *spec*, its attributes set, neither executed nor in `sys.modules`.

    The loader's `create_module(spec)` may make it. Raises ImportError for a loader that has
    `exec_module()` without `create_module()`. (importlib.util.module_from_spec)
    """
    return module.create(spec)


def resolve_name(name: str, package: str | None) -> str:
    """Return the absolute name of *name*, which may start with dots, as seen from *package*.

    >>> resolve_name(".sibling", "top.inner")
    'top.inner.sibling'

    Raises ImportError for a relative name without package, or with more dots than packages.
    (importlib.util.resolve_name)
    """
    return names.resolve(name, package)


def cache_from_source(path: str | PathLike[str], *, optimization: object = None) -> str:
    """Return the path of the pyc of the source file *path*; neither need exist (PEP 3147, 488).

    *optimization* defaults to the process's level (`-O`); its text must be alphanumeric, the
    empty string meaning none. Raises NotImplementedError where the interpreter keeps no pycs (no
    cache tag), ValueError for a text that is not alphanumeric. (importlib.util.cache_from_source)
    """
    return location.cache_from_source(path, optimization=optimization)


def source_from_cache(path: str | PathLike[str]) -> str:
    """Return the path of the source file whose pyc would be *path*; neither need exist.

    Raises ValueError for a path that is not in the form of PEP 3147 or 488, NotImplementedError
    where the interpreter keeps no pycs. (importlib.util.source_from_cache)
    """
    return location.source_from_cache(path)


class _incompatible_extension_module_restrictions:
    """A context in which the check for subinterpreters is off, or on, for this thread.

    With *disable_check* extension modules that do not say that they support several interpreters
    are imported in a subinterpreter all the same. Interpreters before 3.12 make no such check,
    and nothing changes. (importlib.util)
    """

    def __init__(self, *, disable_check: bool) -> None:
        self.disable_check = bool(disable_check)

    def __enter__(self) -> _incompatible_extension_module_restrictions:
        self.old = override_multi_interp_extensions_check(self.override)
        return self

    def __exit__(self, *_: object) -> None:
        old = self.old
        del self.old
        override_multi_interp_extensions_check(old)

    @property
    def override(self) -> int:
        """What the interpreter is told: -1 for no check, 1 for a check."""
        return -1 if self.disable_check else 1


complete(__name__, globals())


def __getattr__(name: str) -> Any:
    return attribute(__name__, name)
