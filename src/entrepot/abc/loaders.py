"""The base classes of loaders (PEP 302, PEP 451).

Loader
 |- ResourceLoader     get_data(path)
 `- InspectLoader      get_source(fullname); code, and so execution, follow from it
     `- ExecutionLoader    get_filename(fullname) as well
         |- FileLoader         a file that holds one module; with ResourceLoader
         `- SourceLoader       compiled from source, with pycs; with ResourceLoader
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod

from ..host import features, frames, warn
from ..loaders import base, source as source_loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any


class Loader(metaclass=ABCMeta):  # noqa: B024 - as the stdlib's
    """What a spec's loader is (importlib.abc.Loader).

    A subclass defines `exec_module(module)`, which executes the module in its namespace.
    """

    def create_module(self, spec: Any) -> ModuleType | None:
        """Return the module object for *spec*; None, as here, asks for an ordinary one."""
        return None


class ResourceLoader(Loader):
    """A loader that reads data from where its modules are (importlib.abc.ResourceLoader).

    Superseded by `entrepot.resources.abc.TraversableResources`.
    """

    @abstractmethod
    def get_data(self, path: str) -> bytes:
        """Return the content of *path*; OSError if there is none."""
        raise OSError


class InspectLoader(Loader):
    """A loader that can tell about modules without importing them (importlib.abc.InspectLoader)."""

    def is_package(self, fullname: str) -> bool:
        """Whether the module is a package; ImportError if it cannot be found."""
        raise ImportError

    @abstractmethod
    def get_source(self, fullname: str) -> str | None:
        """Return the source, None if there is none; ImportError if the module is not found."""
        raise ImportError

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code, None if there is none; ImportError if the module is not found."""
        source = self.get_source(fullname)
        return None if source is None else _compiled(self, source, "<string>", fullname)

    @staticmethod
    def source_to_code(data: Any, path: Any = "<string>", fullname: str | None = None) -> CodeType:
        """Return the code of *data*: source as text or bytes, or an AST.

        *path* says where it comes from, *fullname* which module it is (the compiler wants to
        know since Python 3.15). Raises SyntaxError.
        """
        named = {"module": fullname} if features.COMPILES_FOR_MODULE else {}
        code: CodeType = frames.call(compile, data, path, "exec", dont_inherit=True, **named)
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Execute the code in the module's namespace; ImportError if there is none."""
        base.execute(self.get_code(module.__name__), module)


class ExecutionLoader(InspectLoader):
    """A loader whose modules can be run as scripts (importlib.abc.ExecutionLoader)."""

    @abstractmethod
    def get_filename(self, fullname: str) -> str:
        """Return what `__file__` is to be; ImportError if there is none."""
        raise ImportError

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code, which knows its file where there is one."""
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            path = "<string>"
        return _compiled(self, source, path, fullname)


def _compiled(loader: Any, source: str, path: str, fullname: str) -> CodeType:
    """Return what the loader's `source_to_code` makes of *source*.

    One that a subclass defines gets the arguments that this host's importlib gives it.
    """
    own = type(loader).source_to_code
    if features.COMPILES_FOR_MODULE or own is InspectLoader.source_to_code:
        return loader.source_to_code(source, path, fullname)  # type: ignore[no-any-return]
    if path == "<string>":
        return loader.source_to_code(source)  # type: ignore[no-any-return]
    return loader.source_to_code(source, path)  # type: ignore[no-any-return]


class FileLoader(base.FileLoader, ResourceLoader, ExecutionLoader):
    """A loader of one module in one file: *fullname* in *path* (importlib.abc.FileLoader).

    A subclass defines `get_source(fullname)`.
    """


class SourceLoader(source_loader.SourceLoader, ResourceLoader, ExecutionLoader):  # type: ignore[misc]
    """A loader of source, and of pycs that spare compiling it (importlib.abc.SourceLoader).

    A subclass defines `get_data(path)` and `get_filename(fullname)`; with `path_stats(path)`
    pycs are read, with `set_data(path, data)` they are also written.
    """

    get_data = ResourceLoader.get_data
    get_filename = ExecutionLoader.get_filename

    def path_mtime(self, path: str) -> float:
        """Return the modification time (seconds) of *path*; superseded by `path_stats`."""
        if features.VERSION >= (3, 14):
            text = "SourceLoader.path_mtime is deprecated in favour of SourceLoader.path_stats()."
            warn(text, DeprecationWarning, stacklevel=2)
        if type(self).path_stats is SourceLoader.path_stats:
            raise OSError
        return float(self.path_stats(path)["mtime"])

    def path_stats(self, path: str) -> dict[str, Any]:
        """Return `mtime` (seconds) and, if possible, `size` (bytes) of the source *path*.

        OSError, as here, if they are not known: no pycs are used then.
        """
        if type(self).path_mtime is SourceLoader.path_mtime:
            raise OSError
        return {"mtime": self.path_mtime(path)}

    def set_data(self, path: str, data: bytes) -> None:
        """Write *data* to *path*, without raising where that is impossible; here nothing is."""
