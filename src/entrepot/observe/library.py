"""Where the standard library is: its directory, or the archive that it is in (WebAssembly)."""

from __future__ import annotations

import encodings
import os

# `os` is frozen, and says where it would be. This package is not, and is always there.
_file: str | None = getattr(encodings, "__file__", None)
DIRECTORY = os.path.dirname(os.path.dirname(_file)) if _file else os.path.dirname(os.__file__)
_NOMINAL = os.path.dirname(os.__file__)


def real(path: str) -> str:
    """Return where the *path* really is that a frozen module says it was made of."""
    inside = path.removeprefix(_NOMINAL + os.sep)
    return path if inside == path else os.path.join(DIRECTORY, inside)
