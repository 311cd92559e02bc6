"""Serving those who import `importlib.metadata`: opt-in, by `install()`.

`import importlib.metadata` then gives this package, from any module, whether or not the standard
library's was imported before; and what the host's module still does, but the newest no longer,
works here too (`legacy`). Modules that have taken functions out of the standard library's (`from
importlib.metadata import version`) keep those: nothing of it is changed.
"""

from __future__ import annotations

import importlib
import sys

from .kinship import claim
from .legacy import Legacy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "importlib.metadata"
_ATTRIBUTE = NAME.rpartition(".")[2]
_MISSING: Any = object()
_active: list[Served] = []


class Served:
    """What `install()` returns; a context manager that uninstalls at its end."""

    __slots__ = ("_attribute", "_legacy", "_module")

    def __init__(self) -> None:
        self._module: Any = sys.modules.get(NAME, _MISSING)
        self._attribute: Any = getattr(importlib, _ATTRIBUTE, _MISSING)
        self._legacy: Legacy | None = None
        if not _active:
            claim()  # While the other is still there under its name.
            _active.append(self)
            self._legacy = Legacy()
            sys.modules[NAME] = sys.modules[str(__package__)]
            setattr(importlib, _ATTRIBUTE, sys.modules[NAME])

    def uninstall(self) -> None:
        """Give `importlib.metadata` back. Only the call that did install undoes it, once."""
        if self._legacy is None:
            return
        self._legacy.remove()
        self._legacy = None
        _active.remove(self)
        if sys.modules.get(NAME) is not sys.modules[str(__package__)]:
            return  # Someone else has put something there since.
        del sys.modules[NAME]
        delattr(importlib, _ATTRIBUTE)
        if self._module is not _MISSING:
            sys.modules[NAME] = self._module
        if self._attribute is not _MISSING:
            setattr(importlib, _ATTRIBUTE, self._attribute)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *exc: object) -> None:
        self.uninstall()


def install() -> Served:
    """Have `importlib.metadata` mean this package, in the whole process, until it is undone.

    Calling it again does nothing.
    """
    return Served()
