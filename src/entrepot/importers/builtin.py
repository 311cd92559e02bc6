"""Built-in modules: compiled into the interpreter."""

from __future__ import annotations

import sys

from .. import host
from ..core.spec import ModuleSpec
from ..host import frames, resident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any


class BuiltinImporter(resident.BuiltinImporter):  # type: ignore[misc]
    """The importer of built-in modules; the class itself is used (importlib.machinery)."""

    _ORIGIN = "built-in"

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the built-in module *fullname*, or None."""
        if not host.is_builtin(fullname):
            return None
        return ModuleSpec(fullname, cls, origin=cls._ORIGIN, is_package=False)

    @classmethod
    def discover(cls, parent: Any = None) -> list[ModuleSpec]:
        """Return the specs of all built-in modules; none of them is in a package."""
        if parent is not None:
            return []
        found = [cls.find_spec(name) for name in sys.builtin_module_names]
        return [spec for spec in found if spec is not None]

    @staticmethod
    def create_module(spec: Any) -> ModuleType:
        """Return the new module; ImportError if *spec* names no built-in one."""
        _require(spec.name, sys.builtin_module_names)
        return frames.call(host.create_builtin, spec)  # type: ignore[no-any-return]

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        """Initialise the module."""
        frames.call(host.exec_builtin, module)

    @classmethod
    def get_code(cls, fullname: str) -> None:
        """Return None: it is machine code. ImportError for what is not built-in."""
        _require(fullname, sys.builtin_module_names)

    @classmethod
    def get_source(cls, fullname: str) -> None:
        """Return None: there is no source. ImportError for what is not built-in."""
        _require(fullname, sys.builtin_module_names)

    @classmethod
    def is_package(cls, fullname: str) -> bool:
        """Return False: packages are not built-in. ImportError for what is not built-in."""
        _require(fullname, sys.builtin_module_names)
        return False


def _require(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise ImportError(f"{name!r} is not a built-in module", name=name)
