"""`importlib.resources`, for one import system."""

from __future__ import annotations

from .abc import ContainmentError, TraversalError
from .names import split
from .selection import calling_module, reader_of_module, reader_of_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType
    from typing import Any, BinaryIO, TextIO, TypeAlias

    from ..core.system import ImportSystem
    from .abc import StrPath, Traversable

    Package: TypeAlias = ModuleType | str
    Anchor: TypeAlias = ModuleType | str


class _Default(str):
    """A default that can be told from the same text given by the caller."""

    __slots__ = ()


_UTF_8 = _Default("utf-8")


class Resources:
    """The resources of the packages of *system*.

    Its methods are the functions of importlib.resources. An *anchor* is a module of the system
    or the name of one, which is imported; what belongs to it lies in its package's directory.
    *path_names* lead from there, each one name or several with `/` between; a name that leads
    out of the package raises `ContainmentError`, a ValueError.
    """

    __slots__ = ("_system",)

    def __init__(self, system: ImportSystem) -> None:
        self._system = system

    def files(self, anchor: Anchor | None = None, **renamed: Any) -> Traversable:
        """Return the directory of *anchor*'s package, by default of the calling module's.

        Raises what importing raises, TypeError for a module without a spec. For a package on
        disk the result stands for a `pathlib.Path` (importlib.resources.files).
        """
        if renamed:
            anchor = _legacy().old_parameter(anchor, renamed)
        module = calling_module() if anchor is None else anchor
        if isinstance(module, str):
            module = self._system.import_module(module)
        directory: Traversable = reader_of_module(module).files()
        return directory

    def files_of_spec(self, spec: ModuleSpec) -> Traversable:
        """Return the directory of what *spec* describes, which need not be imported."""
        directory: Traversable = reader_of_spec(spec).files()
        return directory

    def _find(self, anchor: Anchor, path_names: tuple[StrPath, ...]) -> Traversable:
        if anchor is None:
            raise TypeError("anchor must be module or string, got None")
        names = ["/".join(split((name,), ContainmentError)) for name in path_names]
        found = self.files(anchor)
        for name in filter(None, names):
            # One by one: not every traversable takes several descendants at once.
            found = found.joinpath(name)
        return found

    def as_file(self, traversable: Traversable) -> AbstractContextManager[Path]:
        """Return a context manager whose value is a real path: see `entrepot.resources.as_file`."""
        from .copies import as_file  # not needed to read

        return as_file(traversable)

    def path(self, anchor: Anchor, *path_names: StrPath) -> AbstractContextManager[Path]:
        """Return `as_file()` of the resource (importlib.resources.path)."""
        return self.as_file(self._find(anchor, path_names))

    def open_binary(self, anchor: Anchor, *path_names: StrPath) -> BinaryIO:
        """Open the resource for reading bytes (importlib.resources.open_binary)."""
        found: Any = self._find(anchor, path_names)
        stream: BinaryIO = found.open("rb")
        return stream

    def open_text(
        self,
        anchor: Anchor,
        *path_names: StrPath,
        encoding: str | None = _UTF_8,
        errors: str | None = "strict",
    ) -> TextIO:
        """Open the resource for reading text (importlib.resources.open_text).

        *encoding* (None: the locale's) and *errors* are those of `open()`. With several
        *path_names* the encoding has to be given (TypeError), since older versions took it as
        the second of them. What cannot be decoded raises UnicodeDecodeError when it is read, an
        unknown encoding or error handler LookupError.
        """
        if encoding is _UTF_8 and len(path_names) > 1:
            path_names, encoding, errors = _legacy().positional_encoding(path_names, errors)
        # Traversables written for older versions may not know of errors.
        optional = {} if errors in (None, "strict") else {"errors": errors}
        found: Any = self._find(anchor, path_names)
        stream: TextIO = found.open("r", encoding=encoding, **optional)
        return stream

    def read_binary(self, anchor: Anchor, *path_names: StrPath) -> bytes:
        """Return the bytes of the resource (importlib.resources.read_binary)."""
        return self._find(anchor, path_names).read_bytes()

    def read_text(
        self,
        anchor: Anchor,
        *path_names: StrPath,
        encoding: str | None = _UTF_8,
        errors: str | None = "strict",
    ) -> str:
        """Return the text of the resource: see `open_text` (importlib.resources.read_text)."""
        with self.open_text(anchor, *path_names, encoding=encoding, errors=errors) as stream:
            return stream.read()

    def is_resource(self, anchor: Anchor, *path_names: StrPath) -> bool:
        """Whether there is a file of that name in the package (importlib.resources.is_resource).

        A name that leads out of the package names nothing in it.
        """
        try:
            return self._find(anchor, path_names).is_file()
        except TraversalError:
            return False

    def contents(self, anchor: Anchor, *path_names: StrPath) -> Iterator[str]:
        """Return the names in a directory of the package (importlib.resources.contents).

        Deprecated: `files(anchor).iterdir()` tells files from directories.
        """
        import warnings  # only for deprecated calls

        text = "importlib.resources.contents is deprecated. Use files(anchor).iterdir() instead."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return (path.name for path in self._find(anchor, path_names).iterdir())


def _legacy() -> Any:
    from . import legacy  # only for calls in an old style

    return legacy
