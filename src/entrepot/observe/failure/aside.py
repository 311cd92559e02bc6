"""The standard library for ourselves, also after the program's own files have taken its place.

A `Shelter` gives imports the standard library's modules. But when a traceback has been written,
a program's own `ast.py` may be in `sys.modules` already: the interpreter looks for `ast` then.
"""

from __future__ import annotations

import os
import sys

from .. import library
from ..why.shelter import Shelter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LIBRARY = library.DIRECTORY + os.sep


class Aside:
    """A context in which modules that hide the standard library's are not in `sys.modules`."""

    __slots__ = ("_modules", "_shelter")

    def __enter__(self) -> None:
        modules = dict(sys.modules)
        self._modules = {name: each for name, each in modules.items() if _hides(name, each)}
        for name in self._modules:
            del sys.modules[name]
        self._shelter = Shelter()
        self._shelter.__enter__()

    def __exit__(self, *_: object) -> None:
        self._shelter.__exit__()
        sys.modules.update(self._modules)


def _hides(name: str, module: Any) -> bool:
    if name.partition(".")[0] not in sys.stdlib_module_names:
        return False
    file = getattr(getattr(module, "__spec__", None), "origin", None)
    return isinstance(file, str) and os.path.isabs(file) and not file.startswith(_LIBRARY)
