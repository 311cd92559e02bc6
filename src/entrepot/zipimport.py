"""Import from zip archives: the stdlib's `zipimport`, and beyond it (see docs/zipimport.md)."""

from __future__ import annotations

from .importers.zip.importer import zipimporter
from .importers.zip.shared import ZipImportError

__all__ = ["ZipImportError", "zipimporter"]
