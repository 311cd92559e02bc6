"""Steps 2 and 3: a namespace, and the code that is executed in it."""

from __future__ import annotations

import sys

from .. import host
from ..bytecode import fresh
from ..host import features, frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType, ModuleType
    from typing import Any

    from ..core.system import ImportSystem

#: The name of the module that a program is.
MAIN = "__main__"
_ModuleClass: type[ModuleType] = type(sys)


def execute(
    system: ImportSystem,
    code: CodeType,
    namespace: dict[str, Any],
    globals: Mapping[str, Any],
    init_globals: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Execute *code* of *system* in *namespace*, which is returned.

    It starts with *init_globals* and, over these, *globals*.
    """
    if init_globals is not None:
        namespace.update(init_globals)
    namespace.update(globals)
    if system.builtins is not None:
        namespace["__builtins__"] = system.builtins
    frames.call(exec, code, namespace)
    return namespace


def execute_as_main(system: ImportSystem, code: CodeType, globals: Mapping[str, Any]) -> None:
    """Execute *code* in a new `__main__` module of *system*, which stays."""
    module = _ModuleClass(MAIN)
    namespace: dict[str, Any] = {}
    if sys.version_info < (3, 14):  # Then on they are made when they are asked for (PEP 749).
        namespace["__annotations__"] = {}
    # In __main__ it is the module itself, on CPython and PyPy; elsewhere its dict.
    namespace["__builtins__"] = sys.modules["builtins"]
    system.modules[MAIN] = module
    execute(system, code, vars(module), globals, namespace)


# Imports nest deeply, and so do the frames of the program that this one is below of.
frames.make_room(execute_as_main)


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


def compiled(source: bytes, filename: str, **options: Any) -> CodeType:
    """Return the code of *source*, whose future features are its own."""
    return compile(source, filename, "exec", dont_inherit=True, **options)  # type: ignore[no-any-return]


def file_code(path: str, name: str, compiler: Callable[..., CodeType] = compiled) -> CodeType:
    """Return the code of a file of bytecode, known by its magic number, or of source.

    *name* is that of the module, by which 3.15 filters the compiler's warnings.
    """
    data = host.DISK.read_code(host.DISK.paths.absolute(path, host.DISK.getcwd()))
    if data.startswith(host.MAGIC_NUMBER):
        return host.marshal_loads(data[fresh.SIZE :])  # type: ignore[no-any-return]
    named = {"module": name} if features.COMPILES_FOR_MODULE else {}
    return compiler(data, path, **named)
