"""File names to module names, and which names can be imported from a distribution's files."""

from __future__ import annotations

from .. import host

#: What files of modules end with; the longest that fits is the suffix.
SUFFIXES = tuple(sorted((*host.extension_suffixes(), ".py", ".pyc"), key=len, reverse=True))


def module_name(filename: str) -> str:
    """Return the name of the module in the file *filename*, "" if it has none (inspect)."""
    for suffix in SUFFIXES:
        if filename.endswith(suffix) and len(filename) > len(suffix):
            return filename[: -len(suffix)]
    return ""
