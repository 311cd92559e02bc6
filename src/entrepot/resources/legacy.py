"""What older hosts' `importlib.resources` accepts and the newest does not, as a table.

A program that runs on a host runs there with entrepot too. Each row goes with the last version
that has it.
"""

from __future__ import annotations

import sys
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_VERSION = sys.version_info[:2]

#: `files(package=...)`, the parameter's name until 3.11; with a warning until 3.14.
TAKES_PACKAGE = _VERSION < (3, 15)
WARNS_OF_PACKAGE = _VERSION >= (3, 12)
#: `open_text(package, resource, encoding, errors)` and `read_text`, by position, until 3.12.
TAKES_POSITIONAL_ENCODING = _VERSION < (3, 13)

_RENAMED = "First parameter to files is renamed to 'anchor'"
_NEEDS_ENCODING = "'encoding' argument required with multiple path names"


def old_parameter(anchor: Any, given: dict[str, Any]) -> Any:
    """Return the anchor of `files(**given)`; raise TypeError where there is no such parameter."""
    package = given.pop("package", None) if TAKES_PACKAGE else None
    if given or package is None or anchor is not None:
        name = next(iter(given), "package")
        raise TypeError(f"files() got an unexpected keyword argument {name!r}")
    if WARNS_OF_PACKAGE:
        warnings.warn(_RENAMED, DeprecationWarning, stacklevel=3)
    return package


def positional_encoding(names: tuple[Any, ...], errors: str | None) -> tuple[Any, ...]:
    """Return path names, encoding and errors where several names came without an encoding.

    The newest API refuses that (TypeError), so it is free to mean what it meant before.
    """
    if not TAKES_POSITIONAL_ENCODING or len(names) > 3:
        raise TypeError(_NEEDS_ENCODING)
    return names[:1], names[1], names[2] if len(names) == 3 else errors
