"""What older hosts' `importlib.metadata` still does, for those who are served in its place.

entrepot.metadata is the newest API everywhere. But a program that runs on a host must run there
with `install()` too, so while that holds these rows, as far as the host has them, are added to
our classes. Each gives the host's DeprecationWarning; delete a row with its last host.
"""

from __future__ import annotations

import sys

from .. import host
from .entrypoints import EntryPoint, EntryPoints
from .message import Headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def _deprecated(what: str) -> None:
    host.warn(f"{what} is deprecated", DeprecationWarning, 3)


def _missing_is_none(self: Headers, name: str) -> Any:
    if name not in self:
        _deprecated("Implicit None on return values")
    return self.get(name)


def _name_and_self(self: EntryPoint) -> Iterator[Any]:
    _deprecated("Construction of dict of EntryPoints")
    return iter((self.name, self))


def _item(self: EntryPoint, index: int) -> Any:
    _deprecated("EntryPoint tuple interface")
    return self._key()[index]


def _is_all(self: EntryPoints) -> bool:
    """Whether *self* is what `entry_points()` gives, which used to be a dict of groups."""
    return len(self.groups) > 1


def _index_or_group(self: EntryPoints, item: Any) -> Any:
    if isinstance(item, int):
        _deprecated("Accessing entry points by index")
        return tuple(self)[item]
    if _is_all(self) and item in self.groups:
        _deprecated("SelectableGroups dict interface")
        return self.select(group=item)
    return _by_name(self, item)


def _get(self: EntryPoints, group: str, default: Any = ()) -> Any:
    _deprecated("SelectableGroups dict interface")
    return self.select(group=group) if group in self.groups else default


def _values(self: EntryPoints) -> list[EntryPoints]:
    _deprecated("SelectableGroups dict interface")
    return [self.select(group=group) for group in sorted(self.groups)]


def _items(self: EntryPoints) -> list[tuple[str, EntryPoints]]:
    _deprecated("SelectableGroups dict interface")
    return [(group, self.select(group=group)) for group in sorted(self.groups)]


_by_name = EntryPoints.__getitem__

#: The first version without it, the class, the attribute, and what it does.
_ROWS: tuple[tuple[tuple[int, int], type, str, Callable[..., Any]], ...] = (
    ((3, 15), Headers, "__getitem__", _missing_is_none),
    ((3, 13), EntryPoint, "__getitem__", _item),
    ((3, 12), EntryPoint, "__iter__", _name_and_self),
    ((3, 12), EntryPoints, "__getitem__", _index_or_group),
    ((3, 12), EntryPoints, "get", _get),
    # No "keys": dict(entry_points(group=...)) would take them for a mapping.
    ((3, 12), EntryPoints, "values", _values),
    ((3, 12), EntryPoints, "items", _items),
)


class Legacy:
    """The rows of one host, put in and taken out."""

    __slots__ = ("_before",)

    def __init__(self, version: tuple[int, int] = sys.version_info[:2]) -> None:
        rows = [row[1:] for row in _ROWS if version < row[0]]
        self._before = [(cls, name, cls.__dict__.get(name)) for cls, name, _ in rows]
        for cls, name, function in rows:
            setattr(cls, name, function)

    def remove(self) -> None:
        """Put the classes back as they were."""
        for cls, name, before in self._before:
            if before is None:
                delattr(cls, name)
            else:
                setattr(cls, name, before)
        self._before = []
