"""The files of a distribution as paths: where they are, what their hashes say."""

from __future__ import annotations

from pathlib import PurePosixPath

from . import kinship
from .recorded import existence, recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .installed import Distribution
    from .protocols import SimplePath
    from .recorded import Row


class _FileHash:
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class FileHash(_FileHash):
    """A recorded hash: *mode* is the algorithm, *value* the digest (urlsafe base64, unpadded)."""

    def __init__(self, spec: str) -> None:
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self) -> str:
        return f"<FileHash mode: {self.mode} value: {self.value}>"

    def matches(self, data: bytes) -> bool | None:
        """Whether *data* has this hash; None if the algorithm is not known here."""
        import base64
        import hashlib

        if self.mode not in hashlib.algorithms_available or self.mode.startswith("shake"):
            return None
        digest = hashlib.new(self.mode, data, usedforsecurity=False).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.value.rstrip("=")


class _PackagePath(PurePosixPath):
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class PackagePath(_PackagePath):
    """A file of a distribution, as it is recorded (importlib.metadata.PackagePath).

    *hash* and *size* (bytes) are None where they are not recorded; *dist* is the distribution.
    """

    hash: FileHash | None = None
    size: int | None = None
    dist: Distribution

    def locate(self) -> SimplePath:
        """Return where the file is."""
        return self.dist.locate_file(self)

    def read_text(self, encoding: str = "utf-8") -> str:
        """Return the content as text. Raises OSError, UnicodeDecodeError."""
        return self.locate().read_text(encoding=encoding)

    def read_binary(self) -> bytes:
        """Return the content as bytes. Raises OSError."""
        return self.locate().read_bytes()

    def verify(self) -> bool | None:
        """Whether the file is as recorded; None where no hash is, or none that we can compute.

        Raises OSError if the file cannot be read.
        """
        return self.hash.matches(self.read_binary()) if self.hash else None


def files_of(dist: Distribution) -> list[PackagePath] | None:
    """Return the files of *dist* that exist, or None where nothing records them."""
    kinship.claim()
    found = recorded(dist)
    if found is None:
        return None
    exists = existence(dist)
    paths = [_path(row, dist) for row in found if exists(row[0])]
    if dist.editable:
        from .editable import source_files

        known = {str(path) for path in paths}
        sources = (path for path in source_files(dist) if path not in known)
        paths.extend(_path((path, None, None), dist) for path in sources)
    return paths


def _path(row: Row, dist: Distribution) -> PackagePath:
    name, digest, size = row
    path = PackagePath(name)
    path.hash = FileHash(digest) if digest else None
    path.size = size
    path.dist = dist
    return path
