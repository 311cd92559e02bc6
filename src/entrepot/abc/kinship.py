"""How our ABCs and those of `importlib.abc` know each other's subclasses.

Both are asked by `isinstance`, so both must answer for the other:

- Theirs answer for ours because ours are registered with them (`_link`).
- Ours answer for theirs by `__subclasshook__`, which asks theirs.

But importing `importlib.abc` takes 40 ms on Python 3.12 and 3.13, and nobody can ask its classes
before. So where it is not there yet it is made a lazy module (`loaders/lazy.py`): whoever first
asks `importlib.abc` for an attribute executes it, and that is when ours are registered.
"""

from __future__ import annotations

import sys

from ..core.system import PROCESS_SYSTEM
from ..host import get_ident
from ..loaders.lazy import LazyLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType
    from typing import Any

_THEIRS = "importlib.abc"

_ours: list[Any] = []
_theirs: dict[Any, Any] = {}
#: The questions that are being asked, as (thread, class here, id of the class in question):
#: theirs ask ours in turn, which must not ask back.
_asking: set[tuple[int, Any, int]] = set()


def introduce(classes: Iterable[Any]) -> None:
    """Make *classes* kin of those of the same names in `importlib.abc`, now or when it loads."""
    _ours.extend(classes)
    for cls in _ours:
        cls.__subclasshook__ = classmethod(_is_kin)
    if _THEIRS in sys.modules:
        _link(PROCESS_SYSTEM.import_module(_THEIRS))
    else:
        _link_later()


def _is_kin(cls: Any, other: Any) -> Any:
    """Whether *other* is a subclass of importlib's namesake of *cls*; NotImplemented if not."""
    theirs, question = _theirs.get(cls), (get_ident(), cls, id(other))
    if theirs is None or question in _asking:
        return NotImplemented
    _asking.add(question)
    try:
        return True if issubclass(other, theirs) else NotImplemented
    finally:
        _asking.discard(question)


def _link(module: ModuleType) -> None:
    relatives = {cls: getattr(module, cls.__name__) for cls in _ours}
    for ours, theirs in relatives.items():
        theirs.register(ours)
    _theirs.update(relatives)


def _link_later() -> None:
    parent, child = PROCESS_SYSTEM.import_module("importlib"), "abc"
    spec = PROCESS_SYSTEM.find(_THEIRS, parent.__path__)
    spec.loader = LazyLoader(Linking(spec.loader))
    with PROCESS_SYSTEM.locks.hold(_THEIRS):
        if _THEIRS not in sys.modules:
            PROCESS_SYSTEM.load(spec, parent, child)
            return
    _link(PROCESS_SYSTEM.import_module(_THEIRS))  # Another thread was faster.


class Linking:
    """The loader of `importlib.abc` that introduces our classes to it."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader

    def create_module(self, spec: Any) -> ModuleType | None:
        """Return what the module's own loader does."""
        return self.loader.create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: Any) -> None:
        """Have its own loader execute the module, and stand behind it."""
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        _link(module)
