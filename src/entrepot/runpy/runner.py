"""Steps 2 and 3: a namespace, and the code that is executed in it."""

from __future__ import annotations

import sys

from .. import host
from ..bytecode import header as headers
from ..host import features, frames
from ..pkgutil.entries import entry_finder
from .find import MAIN, Search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType, ModuleType
    from typing import Any

    from ..core.system import ImportSystem

_ModuleClass: type[ModuleType] = type(sys)


class Runner:
    """Runs modules and files in one import *system*."""

    def __init__(self, system: ImportSystem) -> None:
        self.system = system

    def run_module(
        self,
        mod_name: str,
        init_globals: Mapping[str, Any] | None = None,
        run_name: str | None = None,
        alter_sys: bool = False,
    ) -> dict[str, Any]:
        """Execute the code of the module *mod_name* and return its globals, a new dict.

        A package is run through its `__main__`. The code starts with *init_globals* and the
        import-related attributes, `__name__` being *run_name* or else the module's own. With
        *alter_sys*, `sys.argv[0]` is the module's file and `modules[__name__]` a temporary module
        while it runs; no other thread may run code then.

        Raises ImportError when there is nothing to run, and whatever the code or the import of
        its parents raises. (runpy.run_module)
        """
        found = Search(self.system).find_module(mod_name)
        run_name = found.name if run_name is None else run_name
        globals = module_globals(run_name, found.spec, None)
        if alter_sys:
            return self._run_temporarily(found.code, globals, init_globals, found.spec.origin)
        return self._execute(found.code, {}, globals, init_globals)

    def run_path(
        self,
        path_name: Any,
        init_globals: Mapping[str, Any] | None = None,
        run_name: str | None = None,
    ) -> dict[str, Any]:
        """Execute the file *path_name* and return its globals, a new dict.

        The file holds source or bytecode; or *path_name* is what has a place on `sys.path`, a
        directory or an archive, whose `__main__` is run with *path_name* as `sys.path[0]`.
        `__name__` is *run_name*, or else "<run_path>". `sys.argv[0]` is *path_name* and
        `modules[__name__]` a temporary module while it runs; no other thread may run code then.

        Raises ImportError when there is no `__main__`, OSError when the file cannot be read, and
        whatever the code raises. (runpy.run_path)
        """
        path = _decoded(path_name)
        run_name = "<run_path>" if run_name is None else run_name
        package = run_name.rpartition(".")[0]
        if entry_finder(self.system, path) is None:
            globals = file_globals(run_name, path, None, package)
            return self._run_temporarily(file_code(path, run_name), globals, init_globals, path)
        search_path = self.system.path
        search_path.insert(0, path)
        try:
            found = Search(self.system).find_main(path)
            globals = module_globals(run_name, found.spec, package)
            return self._run_temporarily(found.code, globals, init_globals, path)
        finally:
            if path in search_path:
                search_path.remove(path)

    def _execute(
        self,
        code: CodeType,
        namespace: dict[str, Any],
        globals: Mapping[str, Any],
        init_globals: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        if init_globals is not None:
            namespace.update(init_globals)
        namespace.update(globals)
        if self.system.builtins is not None:
            namespace["__builtins__"] = self.system.builtins
        frames.call(exec, code, namespace)
        return namespace

    def _run_temporarily(
        self,
        code: CodeType,
        globals: Mapping[str, Any],
        init_globals: Mapping[str, Any] | None,
        argv0: str,
    ) -> dict[str, Any]:
        """Execute in a module of its own, which is in `modules` just as long."""
        name, modules = globals["__name__"], self.system.modules
        module, module_before, argv0_before = _ModuleClass(name), modules.get(name), sys.argv[0]
        modules[name], sys.argv[0] = module, argv0
        try:
            # A copy: the module's own dict is cleared when the module goes.
            return self._execute(code, vars(module), globals, init_globals).copy()
        finally:
            sys.argv[0] = argv0_before
            if module_before is None:
                modules.pop(name, None)
            else:
                modules[name] = module_before

    def execute_as_main(self, code: CodeType, globals: Mapping[str, Any]) -> None:
        """Execute *code* in a new `__main__` module, which stays."""
        module = _ModuleClass(MAIN)
        namespace: dict[str, Any] = {}
        if sys.version_info < (3, 14):  # Then on they are made when they are asked for (PEP 749).
            namespace["__annotations__"] = {}
        # In __main__ it is the module itself, on CPython and PyPy; elsewhere its dict.
        namespace["__builtins__"] = sys.modules["builtins"]
        self.system.modules[MAIN] = module
        self._execute(code, vars(module), globals, namespace)


# Imports nest deeply, and so do the frames of the program that this one is below of.
frames.make_room(Runner.execute_as_main)


# --- Namespaces: the import-related attributes


def module_globals(name: str, spec: Any, package: str | None) -> dict[str, Any]:
    """Return the attributes of what has a spec; *package* defaults to the spec's."""
    attributes = {
        "__name__": name,
        "__doc__": None,
        "__package__": spec.parent if package is None else package,
        "__loader__": spec.loader,
        "__spec__": spec,
        "__file__": spec.origin,
    }
    if features.SETS_CACHED:
        attributes["__cached__"] = spec.cached
    return attributes


def file_globals(name: str, path: str, loader: Any, package: str | None) -> dict[str, Any]:
    """Return the attributes of a file that is no module."""
    attributes = {
        "__name__": name,
        "__doc__": None,
        "__package__": package,
        "__loader__": loader,
        "__spec__": None,
        "__file__": path,
    }
    if features.SETS_CACHED:
        attributes["__cached__"] = None
    return attributes


# --- Files


def _decoded(path: Any) -> str:
    """Return a path given as str, bytes or os.PathLike as str (os.fsdecode)."""
    if hasattr(path, "__fspath__"):
        path = path.__fspath__()
    if isinstance(path, bytes):
        return path.decode(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
    if isinstance(path, str):
        return path
    kind = type(path).__name__
    raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}")


def compiled(source: bytes, filename: str, **options: Any) -> CodeType:
    """Return the code of *source*, whose future features are its own."""
    return compile(source, filename, "exec", dont_inherit=True, **options)  # type: ignore[no-any-return]


def file_code(path: str, name: str, compiler: Callable[..., CodeType] = compiled) -> CodeType:
    """Return the code of a file of bytecode, known by its magic number, or of source.

    *name* is that of the module, by which 3.15 filters the compiler's warnings.
    """
    data = host.DISK.read_code(host.DISK.paths.absolute(path, host.DISK.getcwd()))
    if data.startswith(host.MAGIC_NUMBER):
        return host.marshal_loads(data[headers.SIZE :])  # type: ignore[no-any-return]
    named = {"module": name} if features.COMPILES_FOR_MODULE else {}
    return compiler(data, path, **named)
