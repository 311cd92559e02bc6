"""Step 1: what is to be run, found without running it."""

from __future__ import annotations

from .. import host
from .execution import MAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from ..core.system import ImportSystem

_RELATIVE = "Relative module names not supported"
_FIND_FAILED = "Error while finding module specification for {!r} ({}: {})"
_TRY_WITHOUT_SUFFIX = ". Try using {!r} instead of {!r} as the module name."
_NO_MODULE = "No module named {}"
_PACKAGE_AS_MAIN = "Cannot use package as __main__ module"
_PACKAGE_ALONE = "{}; {!r} is a package and cannot be directly executed"
_NAMESPACE = "{!r} is a namespace package and cannot be executed"
_NO_CODE = "No code object available for {}"
_NO_MAIN = "can't find {!r} module in {!r}"
_RUN_TWICE = (
    "{0!r} found in sys.modules after import of package {1!r}, but prior to execution of {0!r}; "
    "this may result in unpredictable behaviour: its body is executed twice, as {0!r} and again "
    "now, so its classes and globals exist twice. Do not import it in {1}/__init__.py, or move "
    "what {1} needs of it to another module"
)


class Found:
    """What is to be run: the module's full *name*, its *spec* and its *code*."""

    __slots__ = ("code", "name", "spec")

    def __init__(self, name: str, spec: Any, code: CodeType) -> None:
        self.name = name
        self.spec = spec
        self.code = code


class Search:
    """Finds what is to be run in *system*; raises *error* when there is no such thing."""

    __slots__ = ("error", "system")

    def __init__(self, system: ImportSystem, error: type[ImportError] = ImportError) -> None:
        self.system = system
        self.error = error

    def find_module(self, name: str) -> Found:
        """Return what `-m name` runs: the module, or the `__main__` of the package."""
        if name.startswith("."):
            raise self.error(_RELATIVE, name=name)
        self._import_parents(name)
        spec = self._find_spec(name)
        if spec is None:
            raise self.error(_NO_MODULE.format(name), name=name)
        if spec.submodule_search_locations is not None:
            return self._find_main_of_package(name)
        if spec.loader is None:
            raise self.error(_NAMESPACE.format(name), name=name)
        try:
            code = spec.loader.get_code(name)
        except ImportError as problem:
            raise self.error(str(problem), name=name) from problem
        if code is None:
            raise self.error(_NO_CODE.format(name), name=name)
        return Found(name, spec, code)

    def find_main(self, path: str) -> Found:
        """Return the `__main__` that is found first, which is that of *path*, put first before."""
        modules = self.system.modules
        current = modules.pop(MAIN, None)  # Or else it would be what is found.
        try:
            return self.find_module(MAIN)
        except self.error as problem:
            if MAIN in str(problem):
                raise self.error(_NO_MAIN.format(MAIN, path), name=MAIN) from problem
            raise
        finally:
            if current is not None:
                modules[MAIN] = current

    def _import_parents(self, name: str) -> None:
        parent = name.rpartition(".")[0]
        if not parent:
            return
        try:
            self.system.import_module(parent)
        except ImportError as problem:
            # That the parent is missing is for the search to say; that it fails is not.
            if problem.name is None or not f"{parent}.".startswith(f"{problem.name}."):
                raise
        loaded = self.system.modules.get(name)
        if loaded is not None and not hasattr(loaded, "__path__"):
            host.warn(_RUN_TWICE.format(name, parent), RuntimeWarning)

    def _find_spec(self, name: str) -> Any:
        try:
            return self.system.find_spec(name)
        except (ImportError, AttributeError, TypeError, ValueError) as problem:
            message = _FIND_FAILED.format(name, type(problem).__name__, problem)
            if name.endswith(".py"):
                message += _TRY_WITHOUT_SUFFIX.format(name[:-3], name)
            raise self.error(message, name=name) from problem

    def _find_main_of_package(self, name: str) -> Found:
        if name == MAIN or name.endswith(f".{MAIN}"):
            raise self.error(_PACKAGE_AS_MAIN, name=name)
        try:
            return self.find_module(f"{name}.{MAIN}")
        except self.error as problem:
            if name not in self.system.modules:
                raise  # The package itself could not be imported.
            raise self.error(_PACKAGE_ALONE.format(problem, name), name=name)  # noqa: B904 - both show
