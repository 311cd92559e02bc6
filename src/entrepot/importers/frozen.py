"""Frozen modules: their bytecode is compiled into the interpreter.

Since Python 3.11 the interpreter tells which module of the standard library a frozen module was
made from; with the library on disk, the module then has a `__file__` and its package a path.
"""

from __future__ import annotations

import sys

from .. import host
from ..core.spec import ModuleSpec
from ..host import DISK, frames, resident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any

_Namespace: Any = type(sys.implementation)
_Module: type[ModuleType] = type(sys)


class FrozenImporter(resident.FrozenImporter):  # type: ignore[misc]
    """The importer of frozen modules; the class itself is used (importlib.machinery)."""

    _ORIGIN = "frozen"

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the frozen module *fullname*, or None."""
        info = host.find_frozen(fullname)
        if info is None:
            return None
        is_package, original = info
        spec = ModuleSpec(fullname, cls, origin=cls._ORIGIN, is_package=is_package)
        if host.features.FROZEN_HAVE_ORIGINALS:
            filename = _filename(fullname, original, is_package=is_package)
            spec.loader_state = _Namespace(filename=filename, origname=original)
            if is_package and filename and original == fullname:
                spec.submodule_search_locations = [DISK.paths.split(filename)[0]]
        return spec

    @classmethod
    def discover(cls, parent: Any = None) -> list[ModuleSpec]:
        """Return no specs: the interpreter keeps no list of its frozen modules."""
        return []

    @staticmethod
    def create_module(spec: Any) -> ModuleType | None:
        """Return a module with a `__file__` where it is known, else ask for an ordinary one."""
        filename = getattr(spec.loader_state, "filename", None)
        if filename is None:
            return None
        module = _Module(spec.name)
        module.__file__ = filename
        return module

    @classmethod
    def exec_module(cls, module: ModuleType) -> None:
        """Execute the frozen code in the module's namespace."""
        spec: Any = module.__spec__
        frames.call(exec, cls.get_code(spec.name), vars(module))

    @classmethod
    def get_code(cls, fullname: str) -> CodeType:
        """Return the frozen code. ImportError for what is not frozen."""
        _require(fullname)
        return host.frozen_code(fullname)

    @classmethod
    def get_source(cls, fullname: str) -> None:
        """Return None: there is no source. ImportError for what is not frozen."""
        _require(fullname)

    @classmethod
    def is_package(cls, fullname: str) -> bool:
        """Whether the frozen module is a package. ImportError for what is not frozen."""
        return _require(fullname)[0]


def _require(name: str) -> tuple[bool, str | None]:
    info = host.find_frozen(name)
    if info is None:
        raise ImportError(f"{name!r} is not a frozen module", name=name)
    return info


def _filename(name: str, original: str | None, *, is_package: bool) -> str | None:
    """Return the file in the standard library that *name* was frozen from, if it is there.

    An *original* of `<package` is the package's `__init__` under a name of its own.
    """
    library = getattr(sys, "_stdlib_dir", None)
    if not library or not original:
        return None
    parts = original.lstrip("<").split(".")
    if original.startswith("<") or (is_package and original == name):
        parts.append("__init__")
    return f"{DISK.paths.join(library, *parts)}.py"
