"""The stdlib's functions: what they run is forgotten when it ends."""

from __future__ import annotations

import sys

from ..finders.hooks import entry_finder
from .execution import execute, file_code, file_globals, module_globals
from .find import Search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
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
        return execute(self.system, found.code, {}, globals, init_globals)

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
            return execute(self.system, code, vars(module), globals, init_globals).copy()
        finally:
            sys.argv[0] = argv0_before
            if module_before is None:
                modules.pop(name, None)
            else:
                modules[name] = module_before


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
