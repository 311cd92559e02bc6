"""Chains of imports from one module to another."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Edge, ImportGraph

#: How many chains are told at most, unless another number is asked for.
DEFAULT_PATHS = 20
#: How many steps are tried at most before a search for more chains ends.
_PATIENCE = 200_000


def shortest(graph: ImportGraph, start: str, end: str) -> list[Edge]:
    """Return the edges of the shortest chain, the one that was loaded first; [] if none."""
    successors = graph.successors()
    if end not in successors:
        raise KeyError(end)
    before: dict[str, str] = {}
    todo = deque([start])
    while todo:
        node = todo.popleft()
        for following in successors[node]:
            if following == end:
                return _edges(graph, [*trail(before, start, node), end])
            if following not in before and following != start:
                before[following] = node
                todo.append(following)
    return []


def trail(before: dict[str, str], start: str, node: str) -> list[str]:
    """Return the way from *start* to *node*, each of whose steps is known by the one *before*."""
    chain = [node]
    while chain[-1] != start:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _edges(graph: ImportGraph, chain: list[str]) -> list[Edge]:
    return [graph.edges[pair] for pair in pairwise(chain)]


def every(graph: ImportGraph, start: str, end: str, limit: int) -> list[list[Edge]]:
    """Return the chains without repetition, shortest first, at most *limit*."""
    successors = graph.successors()
    for name in (start, end):
        if name not in successors:
            raise KeyError(name)
    distances = distances_to(graph, end)
    if start == end or start not in distances:
        only = shortest(graph, start, end)
        return [only] if only else []
    found: list[list[Edge]] = []
    patience = [_PATIENCE]
    for length in range(distances[start], len(successors)):
        for chain in _chains(successors, start, end, length, distances, patience):
            found.append(_edges(graph, chain))
            if len(found) == limit:
                return found
        if patience[0] <= 0:
            break
    return found


def distances_to(graph: ImportGraph, end: str) -> dict[str, int]:
    """Return how many steps each node is from *end*, those that do not lead there left out."""
    importers: dict[str, list[str]] = {name: [] for name in graph.nodes}
    for name, following in graph.successors().items():
        for each in following:
            importers[each].append(name)
    return breadth_first(importers, end)


def breadth_first(
    successors: dict[str, list[str]], start: str, bound: int | None = None
) -> dict[str, int]:
    """Return how many steps each node is from *start*, up to *bound*."""
    distances = {start: 0}
    todo = deque([start])
    while todo:
        node = todo.popleft()
        if distances[node] == bound:
            break
        for following in successors[node]:
            if following not in distances:
                distances[following] = distances[node] + 1
                todo.append(following)
    return distances


def _chains(
    successors: dict[str, list[str]],
    start: str,
    end: str,
    length: int,
    distances: dict[str, int],
    patience: list[int],
) -> Iterator[list[str]]:
    """Yield the simple chains of *length* steps; *distances* spare the search dead ends."""
    chain, inside = [start], {start}
    stack = [iter(successors[start])]
    while stack and patience[0] > 0:
        patience[0] -= 1
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            inside.discard(chain.pop())
            continue
        left = length - len(chain)
        if node == end and left == 0:
            yield [*chain, end]
        elif node not in inside and node != end and distances.get(node, length + 1) <= left:
            chain.append(node)
            inside.add(node)
            stack.append(iter(successors[node]))
