"""Serving those who import `importlib.metadata`: opt-in, by `install()`.

`import importlib.metadata` then gives this package, from any module, whether or not the standard
library's was imported before. Modules that have taken functions out of that (`from
importlib.metadata import version`) keep them; those functions find our distributions from then
on, for `sys.meta_path` has our finder in front, and the path finders leave that to it.
"""

from __future__ import annotations

import importlib
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

NAME = "importlib.metadata"
_PACKAGE, _ATTRIBUTE = NAME.split(".")
_MISSING: Any = object()


class Served:
    """What `install()` returns: `uninstall()` takes it back; a context manager does so too."""

    __slots__ = ("_attribute", "_module")

    def __init__(self) -> None:
        self._module: Any = sys.modules.get(NAME, _MISSING)
        self._attribute: Any = getattr(importlib, _ATTRIBUTE, _MISSING)
        ours = sys.modules[__package__ or ""]
        sys.modules[NAME] = ours
        setattr(importlib, _ATTRIBUTE, ours)

    def uninstall(self) -> None:
        """Give `importlib.metadata` back what it was; doing so again does nothing."""
        if sys.modules.get(NAME) is not sys.modules[__package__ or ""]:
            return
        if self._module is _MISSING:
            del sys.modules[NAME]
        else:
            sys.modules[NAME] = self._module
        if self._attribute is _MISSING:
            delattr(importlib, _ATTRIBUTE)
        else:
            setattr(importlib, _ATTRIBUTE, self._attribute)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *exc: object) -> None:
        self.uninstall()


def install() -> Served:
    """Have `importlib.metadata` mean this package, in the whole process, until it is undone."""
    return Served()
