"""What would help a start: what it would save, were a module imported lazily.

A module that is put off takes with it whatever nothing else needs, and only that. So the question
is one about the graph of who needs whom:

1. `needs` makes the graph: a module needs what its execution has imported (the trace tells), what
   its source imports when it is executed though another had imported it before (the import graph
   tells, `observe/graph`), and its parent package. The program is the root.
2. Putting a module off (PEP 810, an import in a function, a lazy loader) cuts every *statement*
   that leads to it. What the root no longer reaches is saved: these are the modules that it
   dominates (`dominators`), provided that none of its submodules is needed by somebody else, for
   that one would bring its parent back.
3. `model` adds up the own times of what is saved, and names the statements to change. The same
   is asked of groups: all modules of a package, or of a distribution.

The figures are those of the trace; a machine whose disk is warm saves less than one whose is cold.
Nothing is executed. `docs/trace.md` has an example.
"""

from __future__ import annotations

from ..why.shelter import Shelter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Saving

__all__ = ["savings"]


def savings(trace: Any, *, by: str = "module", sources: bool = True) -> list[Saving]:
    """Return what the start of *trace* would save by each lazy import, the greatest first.

    *trace* is a trace, its document or the path of its file. *by* is what is put off at once: a
    "module", a top-level "package" with all its modules, or a "distribution". *sources* allows the
    sources of the modules to be read, for the imports that a trace does not hold; without them
    the savings are an upper bound. Raises ValueError for another *by*, BadTrace for what is no
    trace.
    """
    with Shelter():
        from ..graph.build import build
        from ..graph.reading import document
        from .model import by_group, by_module
        from .needs import groups, needs

        data = document(trace)
        found = needs(data, build(data, with_sources=sources, executed=True))
    return by_module(found) if by == "module" else by_group(found, groups(data, by))
