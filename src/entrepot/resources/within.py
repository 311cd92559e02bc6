"""Containment on request, for names that come from outside."""

from __future__ import annotations

import os

from .abc import ContainmentError
from .names import split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .abc import StrPath, Traversable


def within(root: Traversable, *names: StrPath, links: bool = False) -> Traversable:
    """Return the descendant of *root* that *names* lead to, which lies in *root* for certain.

    Raises ContainmentError, a ValueError, for a name that is absolute, has a drive letter, a NUL
    or a part `..`; and, where *root* is a real directory and unless *links* are trusted, for
    one that leads out by a symbolic link. (Links in a package are often there on purpose: build
    tools make them. So only this function looks at them.)
    """
    found = root
    for name in split(names, ContainmentError):
        found = found.joinpath(name)
    if not links and hasattr(type(root), "__fspath__"):
        _check_links(os.fspath(root), os.fspath(found))  # type: ignore[call-overload]
    return found


def _check_links(root: str, found: str) -> None:
    real_root, real = os.path.realpath(root), os.path.realpath(found)
    if real != real_root and not real.startswith(os.path.join(real_root, "")):
        raise ContainmentError(f"{found!r} leads out of the resources by a link")
