"""Import from zip archives: the stdlib's `zipimport`, and beyond it (see docs/zipimport.md)."""

from __future__ import annotations

from . import process as _process  # noqa: F401 - brings all parts, from one file
from .importers.zip.importer import zipimporter
from .importers.zip.shared import ZipImportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .importers.zip.extensions import extension_hook as extension_hook  # noqa: PLC0414

__all__ = ["ZipImportError", "zipimporter"]


def __getattr__(name: str) -> Any:
    if name != "extension_hook":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Here, for it needs hashlib and os, and most users of archives do not.
    from .importers.zip.extensions import extension_hook  # noqa: PLC0415

    return extension_hook
