"""Import errors that explain themselves: `entrepot run --explain`.

When an uncaught exception ends a program, its traceback tells where an import has failed, and
seldom why. `explain_error` does so for three kinds of failure:

1. `causes` goes through the exceptions that the traceback shows: causes, contexts, groups.
2. `missing`: a module that is not found is what `why` is for; its findings are told. So are those
   of `from package import name`, if there is something wrong with a submodule of that name.
3. `circular`: a name that a module does not have yet, since it is still being executed. `stack`
   takes the chain of modules from the frames of the traceback, which has what no event tells: an
   import of a module under construction ends in the interpreter's C code. The chain from that
   module back to it is the circle; `graph.change` knows the line that breaks it.
4. `relative`: a relative import without a package to start from, or out of it.
5. `report` writes it down, with the standard library's own modules (`aside`).

Nothing is executed for that. Other errors have no explanation.
"""

from __future__ import annotations

from .aside import Aside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from .circular import Circular
    from .missing import Missing
    from .relative import Relative

__all__ = ["explain_error", "report"]


def explain_error(error: BaseException) -> list[Circular | Missing | Relative]:
    """Return the explanations of *error*, and of what it came from; [] if it needs none.

    The order is that in which a traceback shows the errors. `str()` of an explanation is a text.
    """
    with Aside():
        from .causes import shown
        from .circular import circular
        from .missing import missing
        from .relative import relative

        everything = shown(error)
        found = (
            circular(each, everything) or missing(each, everything) or relative(each, everything)
            for each in everything
        )
        return _distinct([each for each in found if each is not None])


def _distinct(found: list[Circular | Missing | Relative]) -> list[Circular | Missing | Relative]:
    """Return each explanation once: what is tried in turns often fails for one reason."""
    return list({each.key: each for each in found}.values())


def report(error: BaseException, stream: TextIO) -> None:
    """Write the explanations of *error* to *stream*, nothing if there are none."""
    found = explain_error(error)
    if found:
        with Aside():
            from ..drawing import write
            from .text import lines

            write(lines(found, stream), stream)
