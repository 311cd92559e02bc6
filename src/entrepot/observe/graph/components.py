"""Strongly connected components: sets of modules that all lead to one another.

Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), with a stack of its
own in the place of recursion.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def components(successors: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the components of a graph, one of a single node for each that is in no cycle."""
    walk = _Walk(successors)
    for node in successors:
        if node not in walk.number:
            walk.start(node)
    return walk.found


class _Walk:
    """A depth-first walk: *number* is when a node was met, *low* the earliest it leads back to."""

    __slots__ = ("_open", "_successors", "_waiting", "found", "low", "number")

    def __init__(self, successors: Mapping[str, Sequence[str]]) -> None:
        self._successors = successors
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self._open: list[str] = []
        self._waiting: set[str] = set()
        self.found: list[list[str]] = []

    def start(self, root: str) -> None:
        stack: list[tuple[str, Iterator[str]]] = [self._enter(root)]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                self._leave(node, stack[-1][0] if stack else None)
            elif following not in self.number:
                stack.append(self._enter(following))
            elif following in self._waiting:
                self.low[node] = min(self.low[node], self.number[following])

    def _enter(self, node: str) -> tuple[str, Iterator[str]]:
        self.number[node] = self.low[node] = len(self.number)
        self._open.append(node)
        self._waiting.add(node)
        return node, iter(self._successors[node])

    def _leave(self, node: str, before: str | None) -> None:
        if before is not None:
            self.low[before] = min(self.low[before], self.low[node])
        if self.low[node] != self.number[node]:
            return
        component = [self._open.pop()]
        while component[-1] != node:
            component.append(self._open.pop())
        self._waiting.difference_update(component)
        self.found.append(component)
