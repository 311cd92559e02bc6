"""What the JSON of the answers has in common: a schema with a version, attributes by name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def headed(schema: str, version: int, **content: Any) -> dict[str, Any]:
    """Return *content* below the schema's name and version."""
    return {"schema": schema, "version": version, **content}


def attributes(about: object, names: str) -> dict[str, Any]:
    """Return the attributes of *about* with the *names*, which stand in one string."""
    return {name: getattr(about, name) for name in names.split()}
