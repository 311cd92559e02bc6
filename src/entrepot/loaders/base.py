"""What loaders have in common: executing code, and being bound to one name and one path."""

from __future__ import annotations

from ..core import readers
from ..core.events import PROCESS
from ..host import DISK, frames, resident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any

    from ..core.events import Events
    from ..host.files import Disk


def execute(code: CodeType | None, module: ModuleType) -> None:
    """Execute *code*, which `get_code()` has returned, in the namespace of *module*."""
    if code is None:
        text = f"cannot load module {module.__name__!r} when get_code() returns None"
        raise ImportError(text)
    frames.call(exec, code, vars(module))


class CodeLoader:
    """A loader that has code: `get_code(fullname)`, which the module's namespace executes."""

    #: What the finder has seen of the file. Good for the import that it was found for, at once;
    #: whoever keeps the loader for later (`find_spec()`, a lazy module) must look again.
    found_stat: Any = None
    _is_import = False

    def is_package(self, fullname: str) -> bool:
        """Whether the file is a package's `__init__`. Raises ImportError if it is not known."""
        filename = DISK.paths.split(self.get_filename(fullname))[1]
        return filename.rsplit(".", 1)[0] == "__init__" != fullname.rpartition(".")[2]

    def create_module(self, spec: Any) -> ModuleType | None:
        """Ask for an ordinary module."""

    def exec_module(self, module: ModuleType) -> None:
        """Execute the code in the module's namespace; ImportError if there is none."""
        if self.found_stat is not None:
            spec = getattr(module, "__spec__", None)
            self._is_import = getattr(spec, "_initializing", False)
        code = self.get_code(module.__name__)
        if code is None:
            execute(code, module)  # Which raises.
        frames.call(exec, code, vars(module))  # Here, to nest one frame less.

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of the module."""
        raise ImportError(f"{type(self).__name__} has no code", name=fullname)

    def get_filename(self, fullname: str) -> str:
        """Return the path of the module's file."""
        raise ImportError(f"{type(self).__name__} has no file", name=fullname)


class FileLoader(resident.FileLoader):  # type: ignore[misc]
    """A loader of the module *fullname* in the file *path*, and of no other.

    (importlib.abc.FileLoader)
    """

    #: Whom the loader tells what it does; finders of an isolated system set their own.
    events: Events = PROCESS
    disk: Disk = DISK
    #: Whether `get_data` reads what is to be executed (PEP 578).
    _reads_code = False

    def __init__(self, fullname: str, path: str) -> None:
        self.name = fullname
        self.path = path

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
        return bool(self.name == other.name and self.path == other.path)

    def __hash__(self) -> int:
        return hash(self.name) ^ hash(self.path)

    def get_filename(self, name: str | None = None) -> str:
        """Return the path; ImportError for another module's *name*."""
        if name is not None and name != self.name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)
        return self.path

    def get_data(self, path: str) -> bytes:
        """Return the content of the file *path*; OSError if it cannot be read."""
        read = self.disk.read_code if self._reads_code else self.disk.read
        return read(str(path))  # py_compile passes on what it is given, such as a Path

    def get_resource_reader(self, name: str | None = None) -> Any:
        """Return the reader of the package's resources (importlib.resources)."""
        self.get_filename(name)
        return readers.reader_for(self, self.name)
