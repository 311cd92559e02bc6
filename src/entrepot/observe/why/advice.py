"""Words that several findings have in common."""

from __future__ import annotations

from .view import python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .describe import Module
    from .owners import Owner


def pip() -> str:
    """Return how pip is called for this interpreter."""
    return f"{python()} -m pip"


def distributions(owners: Iterable[Owner]) -> str:
    """Return distributions as users read them."""
    return " and ".join(map(str, owners))


def of(module: Module) -> str:
    """Return whose *module* is, for behind its file."""
    return f" of {distributions(module.owners)}" if module.owners else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words with commas, and *last* before the last one."""
    words = list(words)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
