"""The protocols of the API, for `isinstance` and type checkers; importing them needs `typing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike
    from typing import Any


@runtime_checkable
class SimplePath(Protocol):
    """The part of `pathlib.Path` that metadata needs; `zipfile.Path` has it too."""

    def joinpath(self, other: str | PathLike[str], /) -> SimplePath:
        """Return the path *other* below this one."""

    def __truediv__(self, other: str | PathLike[str], /) -> SimplePath:
        """Return the path *other* below this one."""

    @property
    def parent(self) -> Any:
        """The directory above."""

    def read_text(self, encoding: Any = None) -> str:
        """Return the content as text."""

    def read_bytes(self) -> bytes:
        """Return the content as bytes."""

    def exists(self) -> bool:
        """Whether there is such a file."""


@runtime_checkable
class PackageMetadata(Protocol):
    """Core metadata: a mapping in which a key may occur more than once."""

    def __len__(self) -> int: ...

    def __contains__(self, item: str) -> bool: ...

    def __getitem__(self, key: str) -> str: ...

    def __iter__(self) -> Iterator[str]: ...

    def get(self, name: str, failobj: Any = None) -> Any:
        """Return the first value, or *failobj*."""

    def get_all(self, name: str, failobj: Any = None) -> Any:
        """Return all values as a list, or *failobj*."""

    @property
    def json(self) -> dict[str, str | list[str]]:
        """The metadata as JSON data (PEP 566)."""


@runtime_checkable
class IPackagePath(Protocol):
    """A file of a distribution, of whichever of the metadata packages."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The components of the path."""

    def read_text(self, encoding: str = "utf-8") -> str:
        """Return the content as text."""

    def read_binary(self) -> bytes:
        """Return the content as bytes."""

    def locate(self) -> SimplePath:
        """Return where the file is."""


@runtime_checkable
class IDistribution(Protocol):
    """A distribution, of whichever of the metadata packages (importlib_metadata 10.0)."""

    def read_text(self, filename: str) -> str | None:
        """Return the content of a metadata file."""

    def locate_file(self, path: str | PathLike[str]) -> SimplePath:
        """Return where a file is."""

    @classmethod
    def from_name(cls, name: str) -> IDistribution:
        """Return the distribution called *name*."""

    @classmethod
    def discover(cls, *, context: Any = None, **kwargs: Any) -> Iterable[IDistribution]:
        """Return all distributions."""

    @staticmethod
    def at(path: str | PathLike[str]) -> IDistribution:
        """Return the distribution with the metadata directory *path*."""

    @property
    def metadata(self) -> PackageMetadata:
        """The core metadata."""

    @property
    def name(self) -> str:
        """The field Name."""

    @property
    def version(self) -> str:
        """The field Version."""

    @property
    def entry_points(self) -> Any:
        """The entry points."""

    @property
    def files(self) -> Any:
        """The files, or None."""

    @property
    def requires(self) -> list[str] | None:
        """The requirements, or None."""

    @property
    def origin(self) -> Any:
        """What direct_url.json says."""
