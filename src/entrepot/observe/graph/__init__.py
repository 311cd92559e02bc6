"""The import graph that really happened: `entrepot graph`, `entrepot.graph(trace)`.

1. `build` makes the graph from a trace. Its events tell who has loaded whom, and who has met a
   module under construction; the import statements of the modules that were executed tell the
   rest (`statements`, kept by `sources`), since an import of what is there leaves no event. `skim`
   finds what loading a module may execute without parsing all of it.
2. `model` is the graph: nodes, edges, and the lines where each import stands, with its kind.
3. `components` finds what leads to itself, `cycles` the circles that must be told, and `change`
   the line of each that is the cheapest to put off; `usage` knows what a module does with what it
   imports. `paths` finds why one module leads to another.
4. `collapse` and `selection` make smaller graphs.
5. `text`, `jsonable`, `dot`, `mermaid`, `picture` (SVG, by Graphviz) and `page` (HTML) show it.
"""

from __future__ import annotations

from ..why.shelter import Shelter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .model import ImportGraph

__all__ = ["graph"]


def graph(
    trace: Any,
    *,
    sources: bool = True,
    executed: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> ImportGraph:
    """Return the graph of *trace*: a `Trace`, the path of its file, or its document (a dict).

    The source files that the trace names are read for imports that leave no event, but not
    executed; with *sources* false they are not. With *executed* only the statements are looked for
    that loading a module may execute, which is many times faster. *progress* is called with how
    many were read, and of how many. Raises BadTrace for what is no trace of a version that can be
    read.
    """
    with Shelter():
        from .build import build
        from .reading import document

        return build(document(trace), with_sources=sources, executed=executed, progress=progress)
