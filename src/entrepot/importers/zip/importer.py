"""`zipimporter`: the path hook, finder and loader for archives on the path."""

from __future__ import annotations

import sys

from ...bytecode.source import decode_source
from ...core import readers
from ...core.events import PROCESS
from ...core.spec import ModuleSpec, located_spec
from ...host import DISK, features, frames, resident
from ...loaders.base import CodeLoader
from ..archive import directory, end, member, methods
from . import bytecode, legacy, shared, split
from .shared import ZipImportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import Any

    from ...core.events import Events

#: How a module's name becomes a member's, in the order of preference.
SEARCH_ORDER = ("/__init__.pyc", "/__init__.py", ".pyc", ".py")
#: What a pyc that is no pyc, or damaged, raises.
DAMAGED = (ImportError, EOFError, ValueError, TypeError)
_INIT = "/__init__"
_paths = DISK.paths
_SEP = _paths.sep


class zipimporter(legacy.Protocols, CodeLoader, resident.zipimporter):  # type: ignore[misc]
    """Imports modules from a zip archive, or from a directory in one (zipimport.zipimporter).

    *path* is that of the archive, or that and a directory in it: "/tmp/x.zip/lib". The directory
    need not exist. `archive` is the path of the archive, `prefix` the directory in it, "" or
    ending with a separator. Raises ZipImportError when there is no archive, or a damaged one.
    """

    #: Whom the importer tells what it does.
    events: Events = PROCESS
    #: The suffixes of the members that are modules.
    suffixes: tuple[str, ...] = (".py", ".pyc")

    def __init__(self, path: str) -> None:
        if not isinstance(path, str):
            path = legacy.archive_path(path)
        if not path:
            raise ZipImportError("archive path is empty", path=path)
        for sep in _paths.seps[1:]:
            path = path.replace(sep, _SEP)
        self.archive, self.prefix, status = split(path)
        self._shared = shared.share(self.archive, shared.stamp_of(status))
        # The directory in the archive's own words, and the code that a search has loaded.
        self._directory = self.prefix if _SEP == "/" else self.prefix.replace(_SEP, "/")
        self._ready: tuple[str, str, CodeType | None] | None = None

    def __repr__(self) -> str:
        return f'<zipimporter object "{self.archive}{_SEP}{self.prefix}">'

    def _get_files(self) -> shared.Shared:
        """Return the mapping of members, under the name of the interpreter's own importer."""
        return self._shared

    _files = property(_get_files)  # Its name until Python 3.12.

    # --- Finding

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the module *fullname*, if it is in this directory, or None.

        A directory without `__init__` gives the spec of a portion of a namespace package.
        """
        stem = self._stem(fullname)
        present = self._present(stem)
        if not present:
            return self._find_portion(fullname, stem)
        try:
            path = self._filename(fullname, present)
        except ImportError:
            path = self._path_of(present[0])  # It fails when it is executed, and says why.
        package = [self._path_of(stem)] if _is_package(stem, present[0]) else None
        return located_spec(fullname, self, path, package)

    def _present(self, stem: str) -> list[str]:
        """Return the names of the module's members, in the order of preference."""
        entries = self._shared.archive.entries
        return [stem + suffix for suffix in SEARCH_ORDER if stem + suffix in entries]

    def _find_portion(self, fullname: str, stem: str) -> ModuleSpec | None:
        if f"{stem}/" not in self._shared.archive.directories():
            return None
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations.append(self._path_of(stem))
        return spec

    def invalidate_caches(self) -> None:
        """Read the archive again, if its file has changed; one that has gone has no modules."""
        try:
            self._shared.renew(shared.stamp_of(DISK.stat(self.archive)))
        except (OSError, ZipImportError):
            self._shared.close()
        self._ready = None

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        """Yield the name, after *prefix*, of each module here, and whether it is a package.

        (pkgutil.iter_modules)
        """
        archive = self._shared.archive
        names: dict[str, bool] = {}
        for child in sorted(archive.children(self._directory)):
            is_package = child.endswith("/")
            if is_package:
                name = child[:-1]
                stem = f"{self._directory}{name}{_INIT}"
                if not any(stem + suffix in archive for suffix in self.suffixes):
                    continue
            else:
                name = _module_name(child, self.suffixes)
            if name and name != "__init__" and "." not in name:
                names[name] = names.get(name, False) or is_package
        return ((prefix + name, names[name]) for name in names)

    def discover(self, parent: Any = None) -> Iterator[ModuleSpec]:
        """Yield the specs of the modules that this importer has for the package *parent*.

        *parent* is its spec, None at the top level. (importlib.abc.PathEntryFinder)
        """
        prefix = "" if parent is None else f"{parent.name}."
        found = (self.find_spec(name) for name, _ in self.iter_modules(prefix))
        return (spec for spec in found if spec is not None)

    # --- Loading

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the module *fullname*, from a fresh pyc or else compiled.

        Raises ZipImportError if it is not here, or damaged; SyntaxError as `compile`.
        """
        ready, self._ready = self._ready, None
        if ready is not None and ready[0] == fullname:
            _, name, code = ready
        else:
            name, code = self._choose(fullname, self._present(self._stem(fullname)))
        if code is None:
            code = self._compile(self._read(fullname, name), self._path_of(name), fullname)
        return code

    def _read(self, fullname: str, name: str) -> bytes:
        data = self._shared.data(name)
        if self.events.observers:
            self.events.tell("read", name=fullname, path=self._path_of(name), size=len(data))
        return data

    def get_filename(self, fullname: str) -> str:
        """Return the module's `__file__`, a path in the archive; ZipImportError if not here."""
        return self._filename(fullname, self._present(self._stem(fullname)))

    def _filename(self, fullname: str, present: list[str]) -> str:
        if len(present) == 1 or (present and not _is_bytecode(present[0])):
            return self._path_of(present[0])
        # It depends on the pyc. Its code will be asked for next, and is kept until then.
        name, code = self._choose(fullname, present)
        self._ready = fullname, name, code
        return self._path_of(name)

    def _choose(self, fullname: str, present: list[str]) -> tuple[str, CodeType | None]:
        """Return the first member that has code for *fullname*, and the code if it is a pyc."""
        failure: Exception | None = None
        for name in present:
            if not _is_bytecode(name):
                return name, None
            try:
                code = self._load_pyc(fullname, name)
            except DAMAGED as error:
                failure = error
                continue
            if code is not None:
                return name, code
        if failure is None:
            raise self._not_here(fullname)
        text = f"module load failed: {failure}"
        raise ZipImportError(text, name=fullname, path=self.archive) from failure

    def _load_pyc(self, fullname: str, name: str) -> CodeType | None:
        store, path = self._shared, self._path_of(name)
        place = store.archive.entries.get(name[:-1])
        source = None if place is None else member.Member(store.archive, place)
        code, reason = bytecode.code_of(
            self._read(fullname, name), fullname, path, source, lambda: store.data(name[:-1])
        )
        if self.events.observers:
            details = {"reason": reason} if code is None else {}
            kind = "stale" if code is None else "cached"
            self.events.tell(kind, name=fullname, path=path, **details)
        return code

    def _compile(self, source: bytes, path: str, fullname: str) -> CodeType:
        code: CodeType = frames.call(self.source_to_code, source, path, fullname)
        if self.events.observers:
            self.events.tell("compiled", name=fullname, path=path)
        return code

    def source_to_code(self, data: Any, path: str, fullname: str | None = None) -> CodeType:
        """Return the compiled source *data*; raises SyntaxError (importlib.abc.InspectLoader)."""
        named = {"module": fullname} if features.COMPILES_FOR_MODULE else {}
        code: CodeType = frames.call(compile, data, path, "exec", dont_inherit=True, **named)
        return code

    def get_data(self, pathname: str) -> bytes:
        """Return the content of a member, given its path or its name in the archive.

        A directory has none. Raises OSError if there is no such member, ZipImportError if it is
        damaged.
        """
        for sep in _paths.seps[1:]:
            pathname = pathname.replace(sep, _SEP)
        key = pathname.removeprefix(self.archive + _SEP)
        name = key.replace(_SEP, "/")
        try:
            return self._shared.data(name)
        except KeyError:
            if name in self._shared.archive.directories():
                return b""
            raise OSError(0, "", key) from None

    def get_source(self, fullname: str) -> str | None:
        """Return the source of the module *fullname*, None if only its bytecode is here.

        Raises ZipImportError if the module is not here.
        """
        stem = self._stem(fullname)
        name = f"{stem}{_INIT}.py" if self.is_package(fullname) else f"{stem}.py"
        if name not in self._shared.archive.entries:
            return None
        return decode_source(self._shared.data(name))

    def is_package(self, fullname: str) -> bool:
        """Whether the module *fullname* is a package; ZipImportError if it is not here."""
        stem = self._stem(fullname)
        for name in self._present(stem):
            return _is_package(stem, name)
        raise self._not_here(fullname)

    def get_resource_reader(self, fullname: str) -> Any:
        """Return the reader of the package's resources; ZipImportError if it is not here."""
        self.is_package(fullname)
        return readers.reader_for(self, fullname)

    def _stem(self, fullname: str) -> str:
        """Return the name of the module's members, without their suffixes."""
        return self._directory + fullname.rpartition(".")[2]

    def _path_of(self, name: str) -> str:
        return f"{self.archive}{_SEP}{name if _SEP == '/' else name.replace('/', _SEP)}"

    def _not_here(self, fullname: str) -> ImportError:
        return ZipImportError(f"can't find module {fullname!r}", name=fullname)


def _is_bytecode(name: str) -> bool:
    return name.endswith("c")


def _is_package(stem: str, name: str) -> bool:
    return name[len(stem)] == "/"


def _module_name(filename: str, suffixes: tuple[str, ...]) -> str:
    """Return *filename* without the first of *suffixes* that it has; "" if it has none."""
    for suffix in suffixes:
        if filename.endswith(suffix):
            return filename[: -len(suffix)]
    return ""


# Whatever may be on the stack while a user's module is executed.
frames.hide(directory, end, member, methods, bytecode, legacy, shared, sys.modules[__name__])
