"""What `zipimporter` still is on older hosts; each part is deleted with the last of them."""

from __future__ import annotations

import sys

from ...core.system import PROCESS_SYSTEM
from ...host import features, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

_DEPRECATED = (
    "zipimport.zipimporter.{}() is deprecated and slated for removal in Python {}; use {}() instead"
)


def archive_path(path: Any) -> str:
    """Return a path that is not a str as one, which Python 3.10 does; TypeError since."""
    if features.VERSION >= (3, 11):
        raise TypeError(f"expected str, not {type(path)!r}")
    if hasattr(path, "__fspath__"):
        path = path.__fspath__()
    if isinstance(path, bytes):
        return path.decode(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
    if not isinstance(path, str):
        kind = type(path).__name__
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}")
    return path


class Protocols:
    """The protocols of PEP 302 that PEP 451 replaced."""

    if features.CALLS_LOAD_MODULE:

        def load_module(self, fullname: str) -> ModuleType:
            """Return the module *fullname*, loaded or, if it is there, executed again."""
            text = _DEPRECATED.format("load_module", "3.15", "exec_module")
            warn(text, DeprecationWarning, stacklevel=2)
            spec = self.find_spec(fullname)  # type: ignore[attr-defined]
            if spec is None or spec.loader is None:
                self.get_code(fullname)  # type: ignore[attr-defined]  # It says that it is not here.
            if fullname in sys.modules:
                return PROCESS_SYSTEM.execute_again(spec, sys.modules[fullname])  # type: ignore[no-any-return]
            return PROCESS_SYSTEM.load(spec)  # type: ignore[no-any-return]

    if features.CALLS_FIND_MODULE:

        def find_loader(self, fullname: str, path: Any = None) -> tuple[Any, list[str]]:
            """Return the loader of *fullname*, or None, and the portions of its namespace."""
            text = _DEPRECATED.format("find_loader", "3.12", "find_spec")
            warn(text, DeprecationWarning, stacklevel=2)
            spec = self.find_spec(fullname)  # type: ignore[attr-defined]
            if spec is None:
                return None, []
            if spec.loader is None:
                return None, spec.submodule_search_locations
            return self, []

        def find_module(self, fullname: str, path: Any = None) -> Any:
            """Return the loader of *fullname*, or None."""
            text = _DEPRECATED.format("find_module", "3.12", "find_spec")
            warn(text, DeprecationWarning, stacklevel=2)
            spec = self.find_spec(fullname)  # type: ignore[attr-defined]
            return None if spec is None else spec.loader
