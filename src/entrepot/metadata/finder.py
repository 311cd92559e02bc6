"""What a finder of distributions is: the protocol, and the one that looks at path entries."""

from __future__ import annotations

import sys
from abc import abstractmethod
from importlib.abc import MetaPathFinder

from . import kinship
from .installed import PathDistribution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .installed import Distribution


class Context:
    """What is looked for: the keywords of the call, as attributes.

    *name* is the name of the distribution, None for all. *path* are the path entries to look at.
    """

    name: str | None = None

    def __init__(self, **kwargs: Any) -> None:
        vars(self).update(kwargs)

    @property
    def path(self) -> list[str]:
        """The path entries that were given, or `sys.path`."""
        found: list[str] = vars(self).get("path", sys.path)
        return found


Context.__qualname__ = "DistributionFinder.Context"


class _Finder(MetaPathFinder):
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class DistributionFinder(_Finder):
    """A meta path finder that finds distributions too (importlib.metadata.DistributionFinder)."""

    Context = Context

    @abstractmethod
    def find_distributions(self, context: Any = Context()) -> Iterable[Distribution]:  # noqa: B008
        """Return the distributions that *context* asks for."""


@kinship.of_stdlib
class MetadataPathFinder(DistributionFinder):
    """Finds the distributions whose metadata directories are on the path."""

    @staticmethod
    def find_spec(*args: Any, **kwargs: Any) -> None:
        """Return None: it finds no modules."""

    @classmethod
    def find_distributions(
        cls,
        context: Any = Context(),  # noqa: B008
    ) -> Iterable[PathDistribution]:
        """Return the distributions on `context.path`, of `context.name` if that is not None."""
        from .environment import PROCESS

        return PROCESS.on_path(context.name, context.path)

    @classmethod
    def invalidate_caches(cls) -> None:
        """Forget what was read of the path entries."""
        from .environment import PROCESS

        PROCESS.invalidate_caches()
