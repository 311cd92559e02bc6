"""Modules that are not found: what `why` has to say of them."""

from __future__ import annotations

from ..why import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..why.explanation import Explanation


class Missing:
    """A module that was not found: its *name*, and the `explanation` of why."""

    def __init__(self, name: str, explanation: Explanation) -> None:
        self.name = name
        self.explanation = explanation

    @property
    def key(self) -> object:
        """What tells explanations apart."""
        return self.name

    def __str__(self) -> str:
        from .text import plain

        return plain([self])

    def __repr__(self) -> str:
        return f"<missing module {self.name!r}>"


def missing(error: BaseException) -> Missing | None:
    """Return what *error* is about if a module was not found, or None."""
    if not isinstance(error, ModuleNotFoundError) or not isinstance(error.name, str):
        return None
    try:
        return Missing(error.name, explain(error.name))
    except (ValueError, ImportError):
        return None  # A program that raises such an error itself can name what it likes.
