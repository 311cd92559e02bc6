"""What is saved, and by changing what."""

from __future__ import annotations

from .dominators import immediate_dominators, preorder
from .needs import ROOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from typing import Any

    from .needs import Needs, Site


class Saving:
    """What a start would save, were *name* imported lazily.

    `ns` are the nanoseconds saved, `own` those of the module (or group) itself. `modules` are the
    modules that would not be imported, in the order of the graph. Where nothing is saved,
    `kept_by` names a submodule that somebody else needs, and which brings its parent with it.
    `sites` are the statements to change; `unseen` tells that something else asks for it, too: C
    code, or the start of the program.
    """

    __slots__ = ("kept_by", "modules", "name", "ns", "own", "sites", "unseen")

    def __init__(self, name: str, own: int, sites: list[Site]) -> None:
        self.name = name
        self.own = own
        self.sites = sites
        self.unseen = False
        self.ns = 0
        self.modules: list[str] = []
        self.kept_by: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the saving as JSON has it."""
        sites = [{"module": s.module, "file": s.file, "line": s.line} for s in self.sites]
        plain = {key: getattr(self, key) for key in ("name", "ns", "own", "modules", "kept_by")}
        return {**plain, "sites": sites}

    def __repr__(self) -> str:
        return f"<{self.name}: saves {self.ns} ns, {len(self.modules)} modules>"


def by_module(graph: Needs) -> list[Saving]:
    """Return the saving of each module that could be imported lazily, the greatest first."""
    tree = _Tree(graph)
    asked = _asked(graph, tree.place)
    found = []
    for name in tree.order:
        if name in graph.lazy:
            # Those that would not be imported themselves may go on asking.
            others = [each for who, each in asked.get(name, ()) if not tree.dominates(name, who)]
            saving = Saving(name, graph.own[name], [site for sites in others for site in sites])
            saving.unseen = not all(others)
            saving.kept_by = tree.keeper(name)
            if saving.kept_by is None:
                saving.ns = tree.total[name]
                saving.modules = tree.dominated(name)
            found.append(saving)
    return _sorted(found)


class _Tree:
    """The dominator tree of a graph, written in a row: what a name dominates stands behind it."""

    def __init__(self, graph: Needs) -> None:
        names = list(graph.own)
        number = {name: at for at, name in enumerate(names)}
        successors = [[number[after] for after in graph.after(name)] for name in names]
        dominators = immediate_dominators(successors)
        self.order = [names[node] for node in preorder(dominators)]
        self.place = {name: at for at, name in enumerate(self.order)}
        #: How many a name dominates, itself included, and the time of these.
        self.count = dict.fromkeys(self.order, 1)
        self.total = {name: graph.own[name] for name in self.order}
        for name in reversed(self.order):
            above = dominators[number[name]]
            if above is not None:
                self.count[names[above]] += self.count[name]
                self.total[names[above]] += self.total[name]
        self._children: dict[str, list[str]] = {}
        for child, parent in graph.inside.items():
            self._children.setdefault(parent, []).append(child)

    def dominated(self, name: str) -> list[str]:
        """Return what is reached only through *name*, itself first."""
        start = self.place[name]
        return self.order[start : start + self.count[name]]

    def dominates(self, name: str, other: str) -> bool:
        """Whether *other* is *name*, or is reached only through it."""
        return 0 <= self.place[other] - self.place[name] < self.count[name]

    def keeper(self, name: str) -> str | None:
        """Return a submodule that is reached without its parent *name*, if there is one."""
        for child in self._children.get(name, ()):
            if child in self.place and not self.dominates(name, child):
                return child
        return None


def by_group(graph: Needs, groups: Mapping[str, Iterable[str]]) -> list[Saving]:
    """Return the saving of each group of modules, all imported lazily at once."""
    everything = reached(graph, ())
    asked = _asked(graph, everything)
    found = []
    for name, group in groups.items():
        members = set(group) & everything
        if not members & graph.lazy:
            continue
        kept = reached(graph, members & graph.lazy)
        others = [
            each
            for one in sorted(members & graph.lazy)
            for who, each in asked.get(one, ())
            if who not in members
        ]
        own = sum(graph.own[each] for each in members)
        saving = Saving(name, own, [site for sites in others for site in sites])
        saving.unseen = not all(others)
        saving.modules = [each for each in graph.own if each in everything and each not in kept]
        saving.ns = sum(graph.own[each] for each in saving.modules)
        found.append(saving)
    return _sorted(found)


def reached(graph: Needs, put_off: Container[str]) -> set[str]:
    """Return what the program needs, when others do not bring the modules that are *put_off*."""
    seen, todo = {ROOT}, [ROOT]
    while todo:
        name = todo.pop()
        asked = graph.asked.get(name, ())
        after = [each for each in asked if name in put_off or each not in put_off]
        if name in graph.inside:
            after.append(graph.inside[name])
        for each in after:
            if each not in seen:
                seen.add(each)
                todo.append(each)
    return seen


def _asked(graph: Needs, where: Container[str]) -> dict[str, list[tuple[str, list[Site]]]]:
    """Return for each module who of *where* asks for it, and by which statements."""
    found: dict[str, list[tuple[str, list[Site]]]] = {}
    for who, asked in graph.asked.items():
        if who in where:
            for whom, sites in asked.items():
                found.setdefault(whom, []).append((who, sites))
    return found


def _sorted(savings: list[Saving]) -> list[Saving]:
    return sorted(savings, key=lambda saving: (-saving.ns, -saving.own, saving.name))
