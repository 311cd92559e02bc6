"""What looking for metadata raises."""

from __future__ import annotations

from . import kinship

NAME_REQUIRED = "A distribution name is required."
CONTEXT_AND_KWARGS = "cannot accept context and kwargs"
NOT_FOUND = "No package metadata was found for {}"
NO_METADATA = "No package metadata was found."
NO_FIELD = "Metadata field {} not present in {}"
BAD_REFERENCE = (
    "Invalid object reference. "
    "See https://packaging.python.org/en/latest/specifications/entry-points/#data-model"
)
MATCH_DIST = (
    '"dist" is not suitable for matching. '
    "Instead, use Distribution.entry_points.select() on a located distribution."
)
IMMUTABLE = "{} objects are immutable."


class _NotFound(ModuleNotFoundError):
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class PackageNotFoundError(_NotFound):
    """No distribution of this name is installed (importlib.metadata.PackageNotFoundError)."""

    def __str__(self) -> str:
        return NOT_FOUND.format(self.name)

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name that was looked for."""
        (name,) = self.args
        return str(name)


class _NoMetadata(FileNotFoundError):
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class MetadataNotFound(_NoMetadata):
    """A distribution is there, but has no METADATA or PKG-INFO that says anything (3.15)."""
