"""Which suffix means which loader, in the order in which a directory is searched."""

from __future__ import annotations

import sys

from ..bytecode.location import BYTECODE_SUFFIXES, SOURCE_SUFFIXES
from .extension import EXTENSION_SUFFIXES, AppleFrameworkLoader, ExtensionFileLoader
from .source import SourceFileLoader
from .sourceless import SourcelessFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FRAMEWORKS = [".fwork"] if sys.platform in ("ios", "tvos", "watchos") else []

LOADERS: list[tuple[Any, list[str]]] = [
    *(
        [(AppleFrameworkLoader, [s.replace(".so", ".fwork") for s in EXTENSION_SUFFIXES])]
        if _FRAMEWORKS
        else []
    ),
    (ExtensionFileLoader, EXTENSION_SUFFIXES),
    (SourceFileLoader, SOURCE_SUFFIXES),
    (SourcelessFileLoader, BYTECODE_SUFFIXES),
]


def all_suffixes() -> list[str]:
    """Return all suffixes of files that can be imported (importlib.machinery.all_suffixes)."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
