"""Which import of a circle is the cheapest to put off, and how.

An import that nothing needs while the module is loaded can move: under TYPE_CHECKING, into the
functions that use it, or to the module that really defines the name. Where each of them is needed
at once, only another division into modules helps.
"""

from __future__ import annotations

import sys

from . import usage as uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from .model import Edge, Place
    from .sources import Sources
    from .statements import Statement
    from .usage import Usage

#: What to do with an import, the cheapest first.
CODES = (TYPING, DIRECT, LOCAL, UNUSED, EXPORTED, UNKNOWN, EFFECT, CALLED, SPLIT) = (
    "typing", "direct", "local", "unused", "exported", "unknown", "effect", "called", "split",
)  # fmt: skip

_BY_HARDEST = {
    None: UNUSED,
    uses.ANNOTATION: TYPING,
    uses.FUNCTION: LOCAL,
    uses.EXPORTED: EXPORTED,
    uses.LOADED: SPLIT,
}
_TEXTS = {
    TYPING: "put it under `if TYPE_CHECKING:`{future}: {names} {is_} used in annotations only",
    DIRECT: "import {names} from {definers}, where {it_is} defined, not from {imported}",
    LOCAL: "move it into {functions}, which alone {use} {names}{whole}{lazy}",
    UNUSED: "remove it if nothing else gets {names} from {importer}, which does not use {it}",
    EXPORTED: "let a module's `__getattr__` import {names} when asked (PEP 562): {importer} only "
    "hands {it} on",
    UNKNOWN: "move it into the functions that use it, if none is called while {importer} is loaded",
    EFFECT: "{importer} imports it for what it does: have a function do that, and call it when "
    "all is loaded",
    CALLED: "call {function}() when all is loaded, not while {importer} is: it needs {imported}",
    SPLIT: "{importer} needs {names} while it is loaded (line {lines}), and so with each import of "
    "the circle: move what they share into a module that imports none of them",
}
#: How many functions or lines are named.
_NAMED = 3


class Change:
    """What breaks a circle: the *edge* to go, the *place* of its import, a *code*, an *advice*.

    *others* are further places of the same import, with the same advice.
    """

    __slots__ = ("advice", "code", "edge", "others", "place")

    def __init__(self, edge: Edge, place: Place, code: str, advice: str) -> None:
        self.edge = edge
        self.place = place
        self.code = code
        self.advice = advice
        self.others = [each for each in edge.places if each is not place and _counts(each)]

    def __repr__(self) -> str:
        return f"<change {self.code} {self.place.where}>"


def cheapest(edges: Sequence[Edge], sources: Sources, entangled: Container[str]) -> Change:
    """Return the cheapest change that takes one of *edges* out of a circle.

    *entangled* are modules that lead to one another: to import one of them in the place of
    another is no way out.
    """
    proposals = [_proposal(edge, sources, entangled) for edge in edges]
    # Of equally cheap ones, what closes the circle; of those, what comes last.
    order = [(CODES.index(each.code), len(each.others), -at) for at, each in enumerate(proposals)]
    return proposals[order.index(min(order))]


def _counts(place: Place) -> bool:
    from .model import LOADING

    return place.kind in LOADING and not place.late


def _proposal(edge: Edge, sources: Sources, entangled: Container[str]) -> Change:
    """Return what to do with one edge: the hardest of what its places ask for."""
    places = [place for place in edge.places if _counts(place)] or edge.places
    judged = [_judged(place, sources, entangled) for place in places]
    code, advice, place = max(judged, key=lambda each: CODES.index(each[0]))
    return Change(edge, place, code, advice)


def _judged(place: Place, sources: Sources, entangled: Container[str]) -> tuple[str, str, Place]:
    """Return a code, an advice, and the place of the statement that is to be changed."""
    statement = sources.statement(place.file, place.line)
    function = place.function or (statement.function if statement else None)
    if function:
        return CALLED, _TEXTS[CALLED].format(**_names(place, function)), place
    if statement is None:  # The line uses what was imported in another.
        statement = sources.statement_for(place.importer, place.imported)
        place = _moved(place, statement)
    found = sources.usage(place.file, statement) if statement and place.file else None
    if statement is None or found is None:
        return UNKNOWN, _TEXTS[UNKNOWN].format(**_names(place)), place
    code = _BY_HARDEST[found.hardest]
    if code in (UNUSED, EXPORTED) and _is_for_effect(place, statement):
        code = EFFECT
    elif code == UNUSED and (place.file or "").endswith("__init__.py"):
        code = EXPORTED  # What a package imports without need is there for others.
    definers = _definers(place, statement, sources, entangled)
    if definers and CODES.index(code) > CODES.index(DIRECT):
        code = DIRECT
    return code, _TEXTS[code].format(**_details(place, found, code, definers)), place


def _is_for_effect(place: Place, statement: Statement) -> bool:
    """Whether it is an `import a.b` in `a` or below, which binds `a`: nobody wants that there."""
    return statement.module is None and set(statement.bound) == {place.importer.partition(".")[0]}


def _moved(place: Place, statement: Statement | None) -> Place:
    if statement is None:
        return place
    moved = type(place)(place.importer, place.imported, place.kind, place.file, statement.line)
    moved.text = statement.text
    return moved


def _names(place: Place, function: str = "") -> dict[str, str]:
    return {"importer": place.importer, "imported": place.imported, "function": function}


def _definers(
    place: Place, statement: Statement, sources: Sources, entangled: Container[str]
) -> list[str]:
    """Return the modules that define what is imported, if none of them is part of the circle."""
    if statement.module is None:
        return []
    found = [sources.definer(place.imported, name) for name in statement.names]
    if any(each in entangled or each == place.imported for each in found):
        return []
    return list(dict.fromkeys(found))


def _details(place: Place, found: Usage, code: str, definers: list[str]) -> dict[str, str]:
    used = {use.name for use in found.uses}
    names = [name for name in found.names if name in used] or found.names
    if code == DIRECT:
        names = found.names
    many, functions = len(names) > 1, found.functions
    return {
        "names": _listed(names),
        "is_": "are" if many else "is",
        "it_is": "they are" if many else "it is",
        "it": "them" if many else "it",
        "future": " with `from __future__ import annotations`" if found.evaluates else "",
        "functions": _listed([f"{each}()" for each in functions]),
        "use": "use" if len(functions) > 1 else "uses",
        "whole": _whole(place, found),
        "lazy": ", or make it `lazy` (PEP 810)" if sys.version_info >= (3, 15) else "",
        "lines": _listed([str(line) for line in found.lines(uses.LOADED)]),
        **_names(place),
        "definers": _listed(definers),
    }


def _whole(place: Place, found: Usage) -> str:
    """Return that the module can be imported instead of a name, where that would be enough."""
    by_name = (place.text or "").startswith("from ")
    if place.kind != "initializing" or not by_name or _is_module(place, found):
        return ""
    return f", or import {place.imported} itself and write {place.imported}.{found.names[0]} there"


def _is_module(place: Place, found: Usage) -> bool:
    """Whether one of the names is the module itself: `from package import module`."""
    return any(place.imported.endswith(f".{name}") for name in found.names)


def _listed(words: list[str]) -> str:
    if len(words) > _NAMED + 1:
        words = [*words[:_NAMED], f"{len(words) - _NAMED} more"]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
