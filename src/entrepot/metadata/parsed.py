"""Versions and requirements as objects, by the package `packaging` (the extra of that name).

entrepot gives them as the strings that stand in the metadata; what they mean is `packaging`'s
business (PEP 440, PEP 508). Importing this module raises ImportError without it.
"""

from __future__ import annotations

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["InvalidRequirement", "InvalidVersion", "requirements", "version"]


def version(dist: Any) -> Version:
    """Return the version of a distribution. Raises InvalidVersion, a ValueError."""
    return Version(dist.version)


def requirements(dist: Any, extras: Iterable[str] | None = None) -> list[Requirement]:
    """Return the requirements of a distribution. Raises InvalidRequirement, a ValueError.

    With *extras* only those that hold in this environment with one of these extras, or without
    any; by default all that are declared.
    """
    found = [Requirement(text) for text in dist.requires or ()]
    if extras is None:
        return found
    wanted = ["", *extras]
    return [each for each in found if _holds(each, wanted)]


def _holds(requirement: Requirement, extras: list[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
