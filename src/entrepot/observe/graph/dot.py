"""The graph in the language of Graphviz (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from .look import Look, label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Edge, ImportGraph, Node

_HEAD = """\
digraph imports {
  graph [rankdir=LR, ranksep=0.9, nodesep=0.18, fontname="Helvetica", bgcolor="white",
         newrank=true, concentrate=false, pad=0.3]
  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11, height=0.3,
        margin="0.1,0.04", color="#8a94a6", penwidth=0.8]
  edge [arrowsize=0.55, penwidth=0.8, color="#6b7688"]"""


def text(graph: ImportGraph, marked: Sequence[Edge] = ()) -> str:
    """Return the graph as DOT; *marked* edges are drawn out, beside those of circles."""
    look = Look(graph, marked)
    lines = [_HEAD]
    for number, (group, nodes) in enumerate(look.groups.items()):
        lines += _group(number, group, nodes, look)
    lines += (_edge(edge, look) for edge in graph.edges.values() if look.is_drawn(edge))
    return "\n".join([*lines, "}", ""])


def _group(number: int, group: str, nodes: list[Node], look: Look) -> Iterator[str]:
    if not group:
        yield from (f"  {_node(node, look)}" for node in nodes)
        return
    yield f"  subgraph cluster_{number} {{"
    yield f'    label={labelled(group)}; labeljust=l; fontsize=12; fontcolor="#4a5568"'
    yield '    style="rounded,filled"; color="#cfd6e0"; fillcolor="#f6f8fb"'
    yield from (f"    {_node(node, look)}" for node in nodes)
    yield "  }"


def _node(node: Node, look: Look) -> str:
    attributes = {
        "label": "\n".join(label(node)),
        "tooltip": node.file or node.name,
        "fillcolor": look.fill(node),
        "fontsize": str(look.size(node)),
    }
    if node.name in look.circular:
        attributes.update(color="#c0392b", penwidth="1.6")
    return f"{quoted(node.name)} [{_listed(attributes)}]"


def _edge(edge: Edge, look: Look) -> str:
    places = "\n".join(place.where for place in edge.places[:5])
    attributes = {"tooltip": places, **_styles(edge, look)}
    return f"  {quoted(edge.importer)} -> {quoted(edge.imported)} [{_listed(attributes)}]"


def _styles(edge: Edge, look: Look) -> dict[str, str]:
    styles: dict[str, str] = {}
    if edge.kind == "conditional":
        styles.update(style="dashed", color="#b9c1cd", penwidth="0.6")
    elif edge.kind != "first":
        styles.update(color="#b9c1cd", penwidth="0.6")
    if look.is_circular(edge):
        styles.update(color="#c0392b", penwidth="1.6")
    if look.is_marked(edge):
        styles.update(color="#1f6feb", penwidth="2.4")
    return styles


def _listed(attributes: dict[str, str]) -> str:
    return ", ".join(f"{name}={labelled(value)}" for name, value in attributes.items())


def labelled(value: str) -> str:
    """Return *value* as a quoted string that, as a label, shows it: "&" begins an entity there."""
    return quoted(value.replace("&", "&amp;"))


def quoted(value: str) -> str:
    r"""Return *value* as a quoted string of DOT.

    In quoted strings only the quote is escaped; in labels, a backslash begins an escape. So there
    are two for each one, and `\n` for the end of a line. NUL ends a string, and is left out.
    """
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "")
    return '"' + value.replace("\n", "\\n").replace("\r", "") + '"'
