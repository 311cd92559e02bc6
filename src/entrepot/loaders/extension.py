"""Extension modules: shared libraries, single- or multi-phase (PEP 489).

What a library does when it is initialised is the interpreter's business: `create_module` loads
it, `exec_module` runs the second phase where it has one.
"""

from __future__ import annotations

import sys

from .. import host
from ..core.spec import located_spec
from ..host import frames, resident
from .base import FileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

EXTENSION_SUFFIXES = host.extension_suffixes()


class ExtensionFileLoader(FileLoader, resident.ExtensionFileLoader):  # type: ignore[misc]
    """The loader of the extension module *name* in the shared library *path*.

    (importlib.machinery.ExtensionFileLoader)
    """

    _reads_code = True

    def __init__(self, name: str, path: str) -> None:
        self.name = name
        self.path = path

    def create_module(self, spec: Any) -> ModuleType:
        """Return the module that the library creates; ImportError if it cannot be loaded."""
        return frames.call(host.create_dynamic, spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        """Run the library's second phase of initialisation, if it has one."""
        frames.call(host.exec_dynamic, module)

    def is_package(self, fullname: str) -> bool:
        """Whether the file is `__init__` with a suffix of extension modules."""
        filename = self.disk.paths.split(self.path)[1]
        return any(filename == f"__init__{suffix}" for suffix in EXTENSION_SUFFIXES)

    def get_code(self, fullname: str) -> None:
        """Return None: it is machine code."""

    def get_source(self, fullname: str) -> None:
        """Return None: there is no source."""


class AppleFrameworkLoader(ExtensionFileLoader, resident.AppleFrameworkLoader):  # type: ignore[misc]
    """The loader of an extension module in a framework, as iOS demands it.

    In the place of the library stands a text file `*.fwork`, which names the library within the
    application's bundle; beside the library, `*.origin` names the `.fwork` file. The module's
    `__file__` is the `.fwork` file. (importlib.machinery.AppleFrameworkLoader)
    """

    def create_module(self, spec: Any) -> ModuleType:
        """Return the module that the framework's library creates."""
        origin = spec.origin
        if origin.endswith(".fwork"):
            library = self._bundled(self._line(origin))
        else:
            library, origin = origin, self._bundled(self._line(f"{origin}.origin"))
        module: Any = frames.call(
            host.create_dynamic, located_spec(spec.name, spec.loader, library)
        )
        spec.origin = module.__file__ = origin
        return module  # type: ignore[no-any-return]

    def _line(self, path: str) -> str:
        return self.disk.read(path).decode().strip()

    def _bundled(self, path: str) -> str:
        return self.disk.paths.join(self.disk.paths.split(sys.executable)[0], path)
