"""The one thing that importing offers to resources: a loader's resource reader.

Resources are a layer above, and only named here: they are loaded with the first reader.
"""

from __future__ import annotations

from ..startup import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOME = f"{__name__.partition('.')[0]}.resources.readers"


def reader_for(loader: Any, fullname: str) -> Any:
    """Return the resource reader of *loader* for the package *fullname*; None if it has none."""
    return loaded(_HOME, "readers").reader_for(loader, fullname)
