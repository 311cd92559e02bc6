"""Circles of imports, and the few of them that must be told.

A component of n modules can hold more than 2^n elementary cycles: nobody can read them all. So
`minimal` takes the shortest one, proposes the change that breaks it at the least cost, and goes
on with the graph as it would be after that change. What it tells, carried out, leaves no circle.
`every` counts the elementary cycles out, shortest first, as far as its bound.
"""

from __future__ import annotations

from . import change
from .components import components
from .paths import breadth_first, trail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from .change import Change
    from .model import Edge, ImportGraph

    Successors = dict[str, list[str]]

DEFAULT_LIMIT = 20
#: Up to which length all circles are looked for, however long that takes.
_SHORT = 6
#: How many steps a search for elementary cycles makes at most.
_PATIENCE = 2_000_000


class Cycle:
    """A circle of imports: *modules* in their order, the *edges* between them, the *change*.

    It starts with the module that was loaded first; the last edge leads back to it. *entangled*
    are the modules in any circle.
    """

    __slots__ = ("change", "edges", "modules")

    def __init__(self, graph: ImportGraph, modules: list[str], entangled: Container[str]) -> None:
        first = min(range(len(modules)), key=lambda at: graph.nodes[modules[at]].order)
        self.modules = modules[first:] + modules[:first]
        ring = zip(self.modules, [*self.modules[1:], self.modules[0]], strict=True)
        self.edges: list[Edge] = [graph.edges[pair] for pair in ring]
        self.change: Change = change.cheapest(self.edges, graph.sources, entangled)

    def __len__(self) -> int:
        return len(self.modules)

    def __str__(self) -> str:
        from .text import cycle

        return "\n".join("".join(text for _, text in line) for line in cycle(self))

    def __repr__(self) -> str:
        return f"<cycle {' -> '.join(map(repr, self.modules))}>"


def minimal(graph: ImportGraph, limit: int) -> list[Cycle]:
    """Return the fewest cycles whose changes leave none, shortest first, up to *limit*.

    Those within the standard library come last: nobody is going to change them.
    """
    left = _in_cycles(graph.successors(circular=True))
    entangled = frozenset(left)
    order = {name: node.order for name, node in graph.nodes.items()}
    found: list[Cycle] = []
    for ring in _rings(left, order):
        found.append(Cycle(graph, ring, entangled))
        edge = found[-1].change.edge
        left[edge.importer].remove(edge.imported)
        if len(found) >= limit:
            break
    return sorted(found, key=lambda each: (_is_stdlib(graph, each), len(each)))


def _rings(left: Successors, order: dict[str, int]) -> Iterator[list[str]]:
    """Yield circles in *left*, shortest first; an edge of each is removed before the next one.

    Up to some length, all nodes are asked for circles of that length. Longer ones are rare, and
    asking all nodes takes long then; so the search for the shortest one ends with its patience.
    """
    for length in range(1, _SHORT + 1):
        part = _in_cycles(left)
        for node in sorted(part, key=order.__getitem__):
            while ring := _shortest(left, node, length, [_PATIENCE]):
                yield ring
    while part := _in_cycles(left):
        patience = [_PATIENCE // 10]
        best: list[str] = []
        for node in sorted(part, key=order.__getitem__):
            best = _shortest(part, node, len(best) - 1 if best else len(part), patience) or best
            if best and patience[0] <= 0:
                break
        yield best


def _is_stdlib(graph: ImportGraph, cycle: Cycle) -> bool:
    return all(graph.nodes[name].distribution == "stdlib" for name in cycle.modules)


def _in_cycles(successors: Successors) -> Successors:
    """Return the part of a graph in which each node and each edge is in a cycle."""
    number = {node: index for index, part in enumerate(components(successors)) for node in part}
    inside = {
        node: [each for each in following if number[each] == number[node]]
        for node, following in successors.items()
    }
    return {node: following for node, following in inside.items() if following}


def _shortest(successors: Successors, start: str, bound: int, patience: list[int]) -> list[str]:
    """Return a shortest cycle through *start* of at most *bound* steps, [] if there is none.

    The steps that this takes are taken off *patience*.
    """
    before: dict[str, str] = {}
    level = [start]
    for _ in range(bound):
        after: list[str] = []
        patience[0] -= len(level)
        for node in level:
            for following in successors[node]:
                if following == start:
                    return trail(before, start, node)
                if following not in before:
                    before[following] = node
                    after.append(following)
        level = after
    return []


def every(graph: ImportGraph, limit: int) -> list[Cycle]:
    """Return the elementary cycles, shortest first, up to *limit*."""
    successors = _in_cycles(graph.successors(circular=True))
    order = {name: node.order for name, node in graph.nodes.items()}
    patience = [_PATIENCE]
    found: list[Cycle] = []
    for length in range(1, len(successors) + 1):
        for start in sorted(successors, key=order.__getitem__):
            for ring in _elementary(successors, start, length, order, patience):
                found.append(Cycle(graph, ring, successors))
                if len(found) == limit:
                    return found
        if patience[0] <= 0:
            break
    return found


def _elementary(
    successors: Successors, start: str, length: int, order: dict[str, int], patience: list[int]
) -> Iterator[list[str]]:
    """Yield the elementary cycles of *length* in which *start* is the first of *order*."""
    later = {
        node: [each for each in following if order[each] >= order[start]]
        for node, following in _around(successors, start, length).items()
        if order[node] >= order[start]
    }
    home = breadth_first(_turned(later), start, length)
    patience[0] -= len(later)
    chain, inside = [start], {start}
    stack = [iter(later[start])]
    while stack and patience[0] > 0:
        patience[0] -= 1
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            inside.discard(chain.pop())
        elif node == start:
            if len(chain) == length:
                yield list(chain)
        elif node not in inside and home.get(node, length) <= length - len(chain):
            chain.append(node)
            inside.add(node)
            stack.append(iter(later[node]))


def _around(successors: Successors, start: str, length: int) -> Successors:
    """Return what can be reached from *start* in *length* steps."""
    return {node: successors[node] for node in breadth_first(successors, start, length)}


def _turned(successors: Successors) -> Successors:
    turned: Successors = {node: [] for node in successors}
    for node, following in successors.items():
        for each in following:
            if each in turned:
                turned[each].append(node)
    return turned
