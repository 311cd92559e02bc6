"""The exceptions that the traceback of an exception shows."""

from __future__ import annotations

#: How many exceptions are looked at. More are no traceback that anybody reads.
_MOST = 200


def shown(error: BaseException) -> list[BaseException]:
    """Return *error* and what its traceback shows with it, in the order in which it does.

    That is its cause, or else its context unless it is suppressed (PEP 409, 415), and the
    exceptions of a group (PEP 654).
    """
    found: list[BaseException] = []
    met: set[int] = set()
    todo: list[tuple[BaseException, bool]] = [(error, False)]
    while todo and len(found) < _MOST:
        each, is_ready = todo.pop()
        if is_ready:
            found.append(each)
        elif id(each) not in met:
            met.add(id(each))
            todo += [(inner, False) for inner in reversed(_inside(each))]
            todo.append((each, True))
            before = each.__cause__
            if before is None and not each.__suppress_context__:
                before = each.__context__
            if before is not None:
                todo.append((before, False))
    return found


def _inside(error: BaseException) -> tuple[BaseException, ...]:
    """Return the exceptions of a group, also of one of the backport `exceptiongroup`."""
    inside = getattr(error, "exceptions", ())
    if not isinstance(inside, (tuple, list)):
        return ()
    return tuple(each for each in inside if isinstance(each, BaseException))
