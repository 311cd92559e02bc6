"""The graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

from .look import Look, label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Edge, ImportGraph, Node

#: How many edges Mermaid draws, unless it is configured otherwise (maxEdges).
MAX_EDGES = 500
#: What is written as an entity code: the quote that ends a label, what begins a code or a tag or
#: Markdown, and what the lexer takes for the end of a statement.
_CODED = frozenset('"#;<>&`|[](){}\\*_~%')


def text(graph: ImportGraph, marked: Sequence[Edge] = ()) -> str:
    """Return the graph as a flowchart; *marked* edges are drawn out, beside those of circles."""
    look = Look(graph, marked)
    numbers = {name: f"n{at}" for at, name in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    for at, (group, nodes) in enumerate(look.groups.items()):
        lines += _group(at, group, nodes, numbers)
    drawn = [edge for edge in graph.edges.values() if look.is_drawn(edge)]
    lines += (_edge(edge, numbers) for edge in drawn)
    lines += _colours(drawn, look, numbers)
    return "\n".join([*lines, ""])


def _group(at: int, group: str, nodes: list[Node], numbers: dict[str, str]) -> Iterator[str]:
    indent = "  "
    if group:
        yield f'  subgraph g{at}["{coded(group)}"]'
        indent = "    "
    for node in nodes:
        yield f'{indent}{numbers[node.name]}["{"<br/>".join(map(coded, label(node)))}"]'
    if group:
        yield "  end"


def _edge(edge: Edge, numbers: dict[str, str]) -> str:
    arrow = "-.->" if edge.kind == "conditional" else "-->"
    return f"  {numbers[edge.importer]} {arrow} {numbers[edge.imported]}"


def _colours(drawn: list[Edge], look: Look, numbers: dict[str, str]) -> Iterator[str]:
    circular = [numbers[name] for name in numbers if name in look.circular]
    if circular:
        yield "  classDef circular stroke:#c0392b,stroke-width:2px"
        yield f"  class {','.join(circular)} circular"
    for colour, holds in (("#c0392b", look.is_circular), ("#1f6feb", look.is_marked)):
        at = [str(number) for number, edge in enumerate(drawn) if holds(edge)]
        if at:
            yield f"  linkStyle {','.join(at)} stroke:{colour},stroke-width:2px"


def coded(value: str) -> str:
    """Return *value* for a quoted label; special characters as entity codes, `#35;`."""
    return "".join(
        f"#{ord(char)};" if char in _CODED or not char.isprintable() else char for char in value
    )
