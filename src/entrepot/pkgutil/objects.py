"""Data, code and objects, given their names."""

from __future__ import annotations

from ..host import DISK, MAGIC_NUMBER, marshal_loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import IO, Any

    from ..core.system import ImportSystem

_REST_OF_HEADER = 12


class Objects:
    """The data and the objects of the modules of one import *system*."""

    def __init__(self, system: ImportSystem) -> None:
        self.system = system

    def get_data(self, package: str, resource: str) -> bytes | None:
        """Return the content of the file *resource* in *package*, which is imported.

        *resource* is relative, with "/". None if the package is not found, or has no `__file__`,
        or its loader no `get_data()`. Raises ValueError for a name that leads out of the package,
        which is not allowed; OSError if there is no such file. (pkgutil.get_data)
        """
        parts = resource.split("/")
        rooted = resource.startswith("/") or DISK.paths.isabs(resource)
        if rooted or ".." in parts or "\0" in resource:
            raise ValueError(f"resource {resource!r} is not within the package {package!r}")
        spec = self.system.find_spec(package)
        loader = None if spec is None else spec.loader
        if loader is None or not hasattr(loader, "get_data"):
            return None
        module = self.system.modules.get(package)
        if module is None:
            module = self.system.import_module(package)
        file = getattr(module, "__file__", None)
        if file is None:
            return None
        path = DISK.paths.join(DISK.paths.split(file)[0], *parts)
        return loader.get_data(path)  # type: ignore[no-any-return]

    def resolve_name(self, name: str, *, strict: bool = False) -> Any:
        """Return the object that *name* names: "module:object.attribute" or "module:".

        Without a colon, "module.object", as many parts are imported as can be. With *strict* there
        must be a colon and something behind it. Raises ValueError for any other form, ImportError
        when importing fails, AttributeError when an attribute is missing. (pkgutil.resolve_name)
        """
        if not isinstance(name, str):
            kind = type(name).__name__
            raise TypeError(f"expected string or bytes-like object, got {kind!r}")
        module, colon, attributes = name.partition(":")
        if not _is_dotted(module) or (attributes and not _is_dotted(attributes)):
            raise ValueError(f"invalid format: {name!r}")
        if strict and not attributes:
            raise ValueError(f"invalid format: {name!r}")
        if colon:
            result: Any = self.system.import_module(module)
            rest = attributes.split(".") if attributes else []
        else:
            result, rest = _import_most(self.system, module.split("."))
        for attribute in rest:
            result = getattr(result, attribute)
        return result


def read_code(stream: IO[bytes]) -> CodeType | None:
    """Return the code in an open pyc; None if it is another interpreter's (pkgutil.read_code).

    Raises EOFError, ValueError or TypeError for a damaged one.
    """
    if stream.read(len(MAGIC_NUMBER)) != MAGIC_NUMBER:
        return None
    stream.read(_REST_OF_HEADER)
    return marshal_loads(stream.read())  # type: ignore[no-any-return]


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _import_most(system: ImportSystem, parts: list[str]) -> tuple[Any, list[str]]:
    """Return the longest start of *parts* that is a module, and the parts that are left."""
    name, rest = parts[0], parts[1:]
    module: Any = system.import_module(name)
    while rest:
        name = f"{name}.{rest[0]}"
        try:
            module = system.import_module(name)
        except ImportError:
            break
        del rest[0]
    return module, rest
