"""Modules that are not found: what `why` has to say of them."""

from __future__ import annotations

import os
import sys

from ... import process
from ..why import explain
from ..why.view import Importer, View
from .stack import steps
from .wanted import wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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


def missing(error: BaseException, others: Sequence[BaseException] = ()) -> Missing | None:
    """Return what *error* is about if a module was not found, or None.

    *others* are the exceptions that the traceback shows.
    """
    if not isinstance(error, ModuleNotFoundError):
        return _submodule(error)
    if not isinstance(error.name, str):
        return None
    view = View(process, modules=dict(sys.modules), importer=_importer(error, others))
    try:
        return Missing(error.name, explain(error.name, system=view))
    except (ValueError, ImportError):
        return None  # A program that raises such an error itself can name what it likes.


#: What says nothing more of a name that a package lacks than the error itself.
_EMPTY = frozenset(
    {"attribute-not-module", "misspelt", "not-in-package", "parent-not-package", "path-at-run-time"}
)


def _submodule(error: BaseException) -> Missing | None:
    """Return what is wrong with the submodule that `from package import name` did not get."""
    about = wanted(error) if isinstance(error, ImportError) else None
    package = sys.modules.get(about.modules[0]) if about else None
    if about is None or not hasattr(package, "__path__"):
        return None
    name = f"{about.modules[0]}.{about.name}"
    explanation = explain(name)
    is_told = explanation.found or set(explanation.codes()) <= _EMPTY
    return None if is_told else Missing(name, explanation)


def _importer(error: BaseException, others: Sequence[BaseException]) -> Importer | None:
    """Return who has imported what is missing, None if it is no file."""
    chain = steps(error, others)
    if not chain:
        return None
    frame = chain[-1].asker
    file, package = frame.f_code.co_filename, frame.f_globals.get("__package__")
    if not os.path.isfile(file):
        return None
    is_main = frame.f_globals.get("__name__") == "__main__"
    return Importer(os.path.abspath(file), package or "", is_main=is_main)
