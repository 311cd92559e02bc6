"""The base classes of finders (PEP 302, PEP 451, `discover()` of Python 3.15)."""

from __future__ import annotations

from abc import ABCMeta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


class MetaPathFinder(metaclass=ABCMeta):  # noqa: B024 - as the stdlib's
    """What stands on `sys.meta_path` (importlib.abc.MetaPathFinder).

    A subclass defines `find_spec(fullname, path, target=None)`, which returns the module's spec,
    or None to let the next finder look for it.
    """

    def invalidate_caches(self) -> None:  # noqa: B027 - may be left as it is
        """Forget what is remembered of modules; called by `invalidate_caches()` of importlib."""

    def discover(self, parent: Any = None) -> Iterable[Any]:
        """Return specs of modules that might be found: at the top level, or in a package.

        *parent* is the package's spec. By default nothing can be told beforehand.
        """
        return ()


class PathEntryFinder(metaclass=ABCMeta):  # noqa: B024 - as the stdlib's
    """What a path hook makes of a path entry (importlib.abc.PathEntryFinder).

    A subclass defines `find_spec(fullname, target=None)`; a spec without loader tells of a
    portion of a namespace package.
    """

    def invalidate_caches(self) -> None:  # noqa: B027 - may be left as it is
        """Forget what is remembered of the entry; called by `PathFinder.invalidate_caches()`."""

    def discover(self, parent: Any = None) -> Iterable[Any]:
        """Return specs of modules that might be found in this entry; see `MetaPathFinder`."""
        return ()
