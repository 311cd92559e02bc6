"""Which modules there are, found without importing them; packages are imported to go on."""

from __future__ import annotations

import sys
from collections import namedtuple

from ..host import DISK, resident
from ..importers.zip.importer import zipimporter
from ..loaders.suffixes import all_suffixes
from .entries import Importers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    #: A finder, and its modules: their names and whether they are packages.
    Listing = tuple[Any, Iterable[tuple[str, bool]]]

ModuleInfo = namedtuple("ModuleInfo", ("module_finder", "name", "ispkg"))  # noqa: PYI024 - as there
ModuleInfo.__doc__ = "A module: the finder that has it, its name, and whether it is a package."

#: The finders whose modules are not listed, or are listed entry by entry.
_NOT_ASKED = (resident.BuiltinImporter, resident.FrozenImporter, resident.PathFinder)


class Packages(Importers):
    """The modules and packages of one import *system*."""

    def iter_modules(
        self, path: Iterable[Any] | None = None, prefix: str = ""
    ) -> Iterator[ModuleInfo]:
        """Yield a `ModuleInfo` for each module on *path*, or at the top level if it is None.

        *prefix* is put before each name. Raises ValueError for a *path* that is a str.
        (pkgutil.iter_modules)
        """
        if isinstance(path, str):
            text = "path must be None or list of paths to look for modules in"
            raise ValueError(text)
        finders = self.iter_importers() if path is None else map(self.get_importer, path)
        return _merged(_listings(finders, prefix))

    def walk_packages(
        self,
        path: Iterable[Any] | None = None,
        prefix: str = "",
        onerror: Callable[[str], object] | None = None,
    ) -> Iterator[ModuleInfo]:
        """Yield a `ModuleInfo` for each module on *path*, and of each package among them.

        *path* and *prefix* are those of `iter_modules`. Packages, not modules, are imported:
        they know their paths. What is raised then goes to *onerror*, with the package's name;
        without it an ImportError is ignored, and everything else passed on.
        (pkgutil.walk_packages)
        """
        return self._walk(self.iter_modules(path, prefix), onerror, set())

    def _walk(
        self,
        infos: Iterable[ModuleInfo],
        onerror: Callable[[str], object] | None,
        seen: set[str],
    ) -> Iterator[ModuleInfo]:
        for info in infos:
            yield info
            module = self._imported(info.name, onerror) if info.ispkg else None
            if module is None:
                continue
            path = [entry for entry in self._path_of(info, module) if entry not in seen]
            seen.update(path)
            listings = [*_listings(map(self.get_importer, path), f"{info.name}.")]
            listings += self._discovered_in(module)
            yield from self._walk(_merged(listings), onerror, seen)

    def _imported(self, name: str, onerror: Callable[[str], object] | None) -> Any:
        try:
            return self.system.import_module(name)
        except ImportError:
            if onerror is not None:
                onerror(name)
        except Exception:  # Whatever the package raises, as is documented.
            if onerror is None:
                raise
            onerror(name)
        return None

    def _path_of(self, info: ModuleInfo, module: Any) -> list[str]:
        """Return the path of the package that was found, which may not be the one imported.

        A package of the same name, earlier on the path, is imported in its place (gh-80234).
        """
        path = list(getattr(module, "__path__", None) or ())
        finder = info.module_finder
        if any(finder is each for each in self.system.meta_path):
            return path
        spec = finder.find_spec(info.name) if hasattr(finder, "find_spec") else None
        own = getattr(module, "__spec__", None)
        if spec is None or own is None or spec.origin == own.origin:
            return path
        return list(spec.submodule_search_locations or ())

    def _discovered_in(self, module: Any) -> list[Listing]:
        """Return what meta path finders, other than the path's, know to be in a package."""
        spec = getattr(module, "__spec__", None)
        if spec is None or spec.submodule_search_locations is None:
            return []
        finders = (each for each in self.system.meta_path if hasattr(each, "discover"))
        return [(each, _discovered(each, "", spec)) for each in finders if not _is_not_asked(each)]


def _listings(finders: Iterable[Any], prefix: str) -> Iterator[Listing]:
    return ((each, iter_importer_modules(each, prefix)) for each in finders if each is not None)


def _merged(listings: Iterable[Listing]) -> Iterator[ModuleInfo]:
    """Yield each module once: the first of its name is the one that is imported."""
    seen = set()
    for finder, modules in listings:
        for name, is_package in modules:
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(finder, name, is_package)


def _is_not_asked(finder: Any) -> bool:
    kind = finder if isinstance(finder, type) else type(finder)
    return issubclass(kind, _NOT_ASKED)


def _discovered(finder: Any, prefix: str, parent: Any) -> Iterator[tuple[str, bool]]:
    for spec in finder.discover(parent):
        yield prefix + spec.name, spec.submodule_search_locations is not None


class ModuleLister:
    """`iter_importer_modules(importer, prefix="")`: yields (name, whether it is a package).

    Asked in this order: the function registered for the importer's class or a base of it, here
    or with the stdlib's pkgutil; `importer.iter_modules(prefix)`; `importer.discover()`.
    """

    def __init__(self) -> None:
        self.registry: dict[type, Callable[..., Any]] = {}

    def register(self, kind: type, function: Any = None) -> Any:
        """Have *function* `(importer, prefix)` list the modules of importers of class *kind*.

        It can be used as a decorator: `@iter_importer_modules.register(MyImporter)`.
        """
        if function is None:
            return lambda decorated: self.register(kind, decorated)
        self.registry[kind] = function
        return function

    def __call__(self, importer: Any, prefix: str = "") -> Iterable[tuple[str, bool]]:
        """List the modules of *importer*; nothing if there is no way to."""
        for kind in type(importer).__mro__:
            if kind in self.registry:
                return self.registry[kind](importer, prefix)  # type: ignore[no-any-return]
        if hasattr(importer, "iter_modules"):
            return importer.iter_modules(prefix)  # type: ignore[no-any-return]
        others = _registered_elsewhere(importer)
        if others is not None:
            return others(importer, prefix)  # type: ignore[no-any-return]
        if hasattr(importer, "discover") and not _is_not_asked(importer):
            return _discovered(importer, prefix, None)
        return ()


def _registered_elsewhere(importer: Any) -> Any:
    """Return what somebody has registered with the stdlib's pkgutil, if it is loaded, or None."""
    generic = getattr(sys.modules.get("pkgutil"), "iter_importer_modules", None)
    dispatch = getattr(generic, "dispatch", None)
    if dispatch is None:
        return None
    function = dispatch(type(importer))
    return None if function is dispatch(object) else function


def _modules_in_directory(finder: Any, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the modules in the directory of a FileFinder."""
    if finder.path is None:
        return
    seen = set()
    for filename in sorted(_listed(finder.path)):
        name = _module_name(filename)
        is_package = False
        if name is None and "." not in filename:
            # A directory sorts before its module of the same name, which it hides.
            inside = _listed(DISK.paths.join(finder.path, filename))
            is_package = any(_module_name(each) == "__init__" for each in inside)
            name = filename if is_package else None
        if name is None or name == "__init__" or "." in name or name in seen:
            continue
        seen.add(name)
        yield prefix + name, is_package


def _modules_in_archive(importer: Any, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the modules in the archive of an importer, be it the interpreter's own."""
    if not isinstance(importer, zipimporter):
        importer = zipimporter(DISK.paths.join(importer.archive, importer.prefix))
    ours: zipimporter = importer
    return ours.iter_modules(prefix)


def _listed(path: str) -> list[str]:
    try:
        return DISK.listdir(path or DISK.getcwd())
    except OSError:
        return []  # As for imports, what cannot be read is not there.


def _module_name(filename: str) -> str | None:
    for suffix in _SUFFIXES:
        if filename.endswith(suffix):
            return filename[: -len(suffix)]
    return None


_SUFFIXES = sorted(all_suffixes(), key=len, reverse=True)
iter_importer_modules = ModuleLister()
iter_importer_modules.register(resident.FileFinder, _modules_in_directory)
iter_importer_modules.register(resident.zipimporter, _modules_in_archive)
