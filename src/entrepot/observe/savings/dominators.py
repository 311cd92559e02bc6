"""The dominators of a graph: what cannot be reached but through a given node.

The iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001):
the nodes in reverse postorder, each dominated by the nearest common dominator of its
predecessors, until nothing changes. Import graphs are shallow and nearly trees: two or three
rounds do.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def immediate_dominators(successors: Sequence[Sequence[int]], root: int = 0) -> list[int | None]:
    """Return for each node its immediate dominator; None for the root and for what it cannot reach.

    *successors* has for each node those that edges lead to from it.
    """
    order = reverse_postorder(successors, root)
    rank = {node: at for at, node in enumerate(order)}
    before: dict[int, list[int]] = {node: [] for node in order}
    for node in order:
        for after in successors[node]:
            before[after].append(node)
    found: dict[int, int] = {root: root}
    changed = True
    while changed:
        changed = False
        for node in order[1:]:
            best = _nearest([each for each in before[node] if each in found], found, rank)
            if found.get(node) != best:
                found[node] = best
                changed = True
    del found[root]
    return [found.get(node) for node in range(len(successors))]


def _nearest(nodes: list[int], found: dict[int, int], rank: dict[int, int]) -> int:
    """Return the nearest node that dominates all of *nodes*, as far as is known."""
    nearest = nodes[0]
    for node in nodes[1:]:
        other = node
        while nearest != other:
            if rank[nearest] > rank[other]:
                nearest = found[nearest]
            else:
                other = found[other]
    return nearest


def reverse_postorder(successors: Sequence[Sequence[int]], root: int = 0) -> list[int]:
    """Return what *root* reaches: but for cycles, each node before those that it leads to."""
    order: list[int] = []
    seen = {root}
    stack = [(root, iter(successors[root]))]
    while stack:
        node, rest = stack[-1]
        for after in rest:
            if after not in seen:
                seen.add(after)
                stack.append((after, iter(successors[after])))
                break
        else:
            order.append(node)
            stack.pop()
    return order[::-1]


def preorder(dominators: Sequence[int | None], root: int = 0) -> list[int]:
    """Return the nodes of the dominator tree, each before those that it dominates."""
    below: list[list[int]] = [[] for _ in dominators]
    for node, above in enumerate(dominators):
        if above is not None:
            below[above].append(node)
    order, todo = [], [root]
    while todo:
        node = todo.pop()
        order.append(node)
        todo += reversed(below[node])
    return order
