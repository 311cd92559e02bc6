"""Circular imports: the chain of files and lines that closes a circle, and what breaks it."""

from __future__ import annotations

import sys

from ..graph import change as changes
from ..graph.model import FIRST, INITIALIZING, Edge, Place
from ..graph.sources import Sources
from . import wanted
from .stack import steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..graph.change import Change
    from .stack import Step
    from .wanted import Wanted

MAIN = "__main__"
#: How many ways out are told.
_WAYS = 3


class Circular:
    """A failed import of `name` from a module that is under construction.

    *lead* are the imports that lead to the circle, *ring* those of the circle, from the module
    that lacks the name to the line that asks for it; both are edges of a graph. `facts` says what
    is wrong, `advice` what to do, the best first.
    """

    def __init__(self, about: Wanted, chain: list[Step], at: int) -> None:
        self.module = chain[at].module
        self.name = about.name
        self._about = about
        self._steps = chain[at:]
        self.sources = Sources(_texts(chain))
        for step in chain:
            file = step.file
            self.sources.know(step.module, file, is_package="__path__" in step.frame.f_globals)
        edges = [self._edge(*pair) for pair in zip(chain, [*chain[1:], None], strict=True)]
        self.lead: list[Edge] = edges[:at]
        self.ring: list[Edge] = edges[at:]
        self.facts = _facts(self)
        self.advice = _advice(self)

    @property
    def key(self) -> object:
        """What tells explanations apart."""
        return [each.importer for each in self.ring].__repr__(), self.name

    @property
    def files(self) -> list[str]:
        """The files of the modules in the circle."""
        return [step.file for step in self._steps]

    @property
    def asks_from(self) -> Step:
        """The module whose body asks for what is not there."""
        return self._steps[-1]

    @property
    def line(self) -> int:
        """The line to which the module that lacks the name has got."""
        return self._steps[0].line

    def bound_in(self) -> tuple[int, int] | None:
        """Return the lines in which the module binds the name, None if it nowhere does so."""
        return self.sources.defined(self._steps[0].file, self.name)

    def _edge(self, step: Step, following: Step | None) -> Edge:
        """Return the import of the module of *following* in *step*; None closes the circle."""
        imported = self.module if following is None else following.module
        kind = FIRST if following is not None else INITIALIZING
        place = Place(step.module, imported, kind, step.asker.f_code.co_filename, step.asker_line)
        place.function = step.function
        place.text = self._text(place, step)
        edge = Edge(step.module, imported)
        edge.add(place)
        return edge

    def _text(self, place: Place, step: Step) -> str | None:
        statement = self.sources.statement(place.file, place.line)
        if statement is not None:
            place.line = statement.line
            return statement.text
        import traceback

        # It finds the lines of `python -c`, where the interpreter keeps them.
        (shown,) = traceback.StackSummary.extract([(step.asker, step.asker_line)])
        return shown.line or None

    def __str__(self) -> str:
        from .text import plain

        return plain([self])

    def __repr__(self) -> str:
        return f"<circular import of {self.name!r} from {self.module!r}>"


def circular(error: BaseException, others: Sequence[BaseException]) -> Circular | None:
    """Return what *error* is about if a circular import has caused it, or None."""
    about = wanted.wanted(error)
    if about is None:
        return None
    chain = steps(error, others)
    for candidate in about.modules:
        for at in range(len(chain) - 1, -1, -1):
            if chain[at].module == candidate:
                return Circular(about, chain, at)
    return None


def _texts(chain: list[Step]) -> dict[str, str]:
    """Return the sources that are in no file, of which `linecache` knows: archives, `-c`."""
    import linecache
    import os

    texts = {}
    for step in chain:
        if not os.path.isfile(step.file):
            lines = linecache.getlines(step.file, step.frame.f_globals)
            if lines:
                texts[step.file] = "".join(lines)
    return texts


def _facts(about: Circular) -> str:
    asker, module, name = about.asks_from.module, about.module, about.name
    if len(about.ring) == 1:
        return f"{module} imports itself: what it gets has no {name} yet"
    bound = about.bound_in()
    if bound is None:
        return f"{asker} wants {name} of {module}, which is still in line {about.line}"
    return (
        f"{asker} wants {name} of {module}, which is still in line {about.line} and binds "
        f"{name} in line {bound[0]}"
    )


def _advice(about: Circular) -> list[str]:
    """Return what to do, the best first."""
    from ..graph.text import where

    found = list(_of_names(about))
    entangled = {each.importer for each in about.ring}
    proposals = [changes.cheapest([edge], about.sources, entangled) for edge in about.ring]
    ranked = sorted(
        enumerate(proposals), key=lambda pair: (changes.CODES.index(pair[1].code), -pair[0])
    )
    easy = [each for _, each in ranked if each.code != changes.SPLIT]
    if len(about.ring) > 1:
        found += [f"{where(each.place)}: {each.advice}" for each in easy[:_WAYS]]
    later = _below(about)
    if later and len(found) < _WAYS:
        found.append(later)
    if not found:
        found.append(_split(ranked[0][1]))
    return found[:_WAYS]


def _split(change: Change) -> str:
    from ..graph.text import where

    return f"{where(change.place)}: {change.advice}"


def _of_names(about: Circular) -> list[str]:
    """Return what is to be said of the names of the modules themselves."""
    from ..graph.text import shown

    found = []
    file = shown(about._steps[0].file)  # noqa: SLF001 - its own
    if about.module in sys.stdlib_module_names and not _is_stdlib(about.files[0]):
        found.append(
            f"rename {file}: it has the name of the standard library's {about.module}, and hides it"
        )
    elif len(about.ring) == 1:
        found.append(
            f"rename {file} if another {about.module} was meant; if not, use the names themselves "
            "in it"
        )
    main = getattr(sys.modules.get(MAIN), "__file__", None)
    twice = [edge.importer for edge, file in zip(about.ring, about.files, strict=True)
             if edge.importer != MAIN and main is not None and file == main]  # fmt: skip
    if twice:
        found.append(
            f"{shown(main)} is the program, and loaded a second time as {twice[0]}: move what "
            "other modules import from it into a module of its own"
        )
    if len(about.ring) > 1 and _is_undefined(about):
        found.append(f"{file} binds no {about.name} at all: check the name first")
    return found


def _is_stdlib(file: str) -> bool:
    from ..why.view import is_stdlib_file

    return is_stdlib_file(file)


def _is_undefined(about: Circular) -> bool:
    """Whether the source shows that the module will never have the name."""
    file = about.files[0]
    if about.sources.tree(file) is None or about.bound_in() is not None:
        return False
    stars = any("*" in each.names for each in about.sources.statements(file))
    dynamic = about.sources.defined(file, "__getattr__") is not None
    return not stars and not dynamic and not _is_submodule(about)


def _is_submodule(about: Circular) -> bool:
    """Whether the name is that of a module in the package."""
    chain = about._steps  # noqa: SLF001 - its own
    full = f"{about.module}.{about.name}"
    return full in sys.modules or any(step.module == full for step in chain)


def _below(about: Circular) -> str | None:
    """Return the advice to import later, where the module can bind the name before it does."""
    from ..graph.text import where

    bound, place = about.bound_in(), about.ring[0].places[0]
    statement = about.sources.statement(place.file, place.line)
    if bound is None or statement is None or bound[0] <= about.line or place.function:
        return None
    usage = about.sources.usage(place.file or "", statement)
    if usage is None or any(line <= bound[1] for line in usage.needed):
        return None
    return f"{where(place)}: move it below line {bound[1]}, where {about.name} is bound"
