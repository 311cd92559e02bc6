"""How a module uses what it imports: what decides if an import can be put off.

A name that only the bodies of functions need can be imported there; one that only annotations
need is for type checkers. What the module's own execution needs (a base class, a decorator, a
default, a constant) must be there when it is loaded.
"""

from __future__ import annotations

import ast
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .statements import Statement

#: Where a name is used, from the easiest to put off to what cannot be.
ANNOTATION, FUNCTION, EXPORTED, LOADED = "annotation", "function", "exported", "loaded"

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Whether annotations are not evaluated when they are executed (PEP 649).
_LAZY_ANNOTATIONS = sys.version_info >= (3, 14)


class Use:
    """One use of a name: its *line*, *where* it is, and in which *function*."""

    __slots__ = ("function", "line", "name", "where")

    def __init__(self, name: str, line: int, where: str, function: str | None) -> None:
        self.name = name
        self.line = line
        self.where = where
        self.function = function


class Usage:
    """What becomes of the names that one statement binds."""

    __slots__ = ("evaluates", "names", "uses")

    def __init__(self, names: list[str], uses: list[Use], *, evaluates: bool) -> None:
        self.names = names
        self.uses = uses
        #: Whether the module evaluates its annotations when it is executed.
        self.evaluates = evaluates

    def lines(self, where: str) -> list[int]:
        """Return the lines where a name is used so."""
        return sorted({use.line for use in self.uses if use.where == where})

    @property
    def needed(self) -> list[int]:
        """The lines that need a name while the module is loaded."""
        annotated = self.lines(ANNOTATION) if self.evaluates else []
        return sorted({*self.lines(LOADED), *annotated})

    @property
    def functions(self) -> list[str]:
        """The functions that use the names, in the order of their lines."""
        uses = sorted(self.uses, key=lambda use: use.line)
        return list(dict.fromkeys(use.function for use in uses if use.function))

    @property
    def hardest(self) -> str | None:
        """The use that is hardest to put off; None if there is no use at all."""
        order = (ANNOTATION, FUNCTION, EXPORTED, LOADED)
        return max((use.where for use in self.uses), key=order.index, default=None)


def usage(tree: ast.Module, statement: Statement) -> Usage:
    """Return how the module of *tree* uses what *statement* binds."""
    names = statement.bound
    evaluates = not (_LAZY_ANNOTATIONS or _has_future_annotations(tree))
    if names == ["*"]:
        star = Use("*", statement.line, LOADED, None)
        return Usage(names, [star], evaluates=evaluates)
    found = [use for use in _uses(tree) if use.name in set(names)]
    return Usage(names, found, evaluates=evaluates)


def _has_future_annotations(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


class _Place:
    """Where a node stands: *where* a name in it is used, in which function, under which locals."""

    __slots__ = ("function", "hidden", "where")

    def __init__(
        self, where: str, function: str | None = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        self.where = where
        self.function = function
        self.hidden = hidden

    def annotated(self) -> _Place:
        return _Place(ANNOTATION, self.function, self.hidden)

    def inside(self, node: ast.AST) -> _Place:
        """Return the place of the body of a function or lambda that stands here."""
        name = getattr(node, "name", None)
        within = self.function or name
        if self.function and name:
            within = f"{self.function}.{name}"
        where = ANNOTATION if self.where == ANNOTATION else FUNCTION
        return _Place(where, within, self.hidden | _locals(node))

    def within_class(self, name: str) -> _Place:
        if self.where != LOADED:
            return self
        return _ClassPlace(self, name)


class _ClassPlace(_Place):
    """The body of a class that is executed with its module; its methods are called after it."""

    __slots__ = ("_name",)

    def __init__(self, outer: _Place, name: str) -> None:
        super().__init__(LOADED, None, outer.hidden)
        before = outer._name if isinstance(outer, _ClassPlace) else ""  # noqa: SLF001 - its own kind
        self._name: str = f"{before}{name}."

    def inside(self, node: ast.AST) -> _Place:
        place = super().inside(node)
        place.function = f"{self._name}{place.function or '<lambda>'}"
        return place


def _uses(tree: ast.Module) -> Iterator[Use]:
    """Yield the uses of all names in *tree*."""
    todo: list[tuple[ast.AST, _Place]] = [(tree, _Place(LOADED))]
    while todo:
        node, place = todo.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in place.hidden:
                yield Use(node.id, node.lineno, place.where, place.function)
        elif isinstance(node, ast.Constant):
            if place.where == ANNOTATION and isinstance(node.value, str):
                yield from _quoted(node, place)
        elif isinstance(node, ast.Assign) and _names_all(node):
            yield from _exported(node)
        else:
            todo += _children(node, place)


def _children(node: ast.AST, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
    if isinstance(node, (*_DEFINITIONS, ast.Lambda)):
        yield from _of_function(node, place)
    elif isinstance(node, ast.ClassDef):
        yield from ((each, place) for each in [*node.decorator_list, *node.bases, *node.keywords])
        inner = place.within_class(node.name)
        yield from ((each, inner) for each in node.body)
    elif isinstance(node, ast.AnnAssign):
        yield node.annotation, place.annotated()
        yield from ((each, place) for each in (node.target, node.value) if each is not None)
    else:
        yield from ((each, place) for each in ast.iter_child_nodes(node))


def _of_function(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, place: _Place
) -> Iterator[tuple[ast.AST, _Place]]:
    arguments = node.args
    yield from ((each, place) for each in [*arguments.defaults, *arguments.kw_defaults] if each)
    inner = place.inside(node)
    if isinstance(node, ast.Lambda):
        yield node.body, inner
        return
    yield from ((each, place) for each in node.decorator_list)
    annotations = [each.annotation for each in _arguments(node)] + [node.returns]
    yield from ((each, place.annotated()) for each in annotations if each is not None)
    yield from ((each, inner) for each in node.body)


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.arg]:
    given = node.args
    starred = [each for each in (given.vararg, given.kwarg) if each is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *starred]


def _locals(node: ast.AST) -> frozenset[str]:
    """Return the names that a function binds for itself, those of functions inside aside."""
    if not isinstance(node, (*_DEFINITIONS, ast.Lambda)):
        return frozenset()
    bound = {each.arg for each in _arguments(node)}
    shared: set[str] = set()
    todo = [] if isinstance(node, ast.Lambda) else list[ast.AST](node.body)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            bound.add(each.id)
        elif isinstance(each, (ast.Global, ast.Nonlocal)):
            shared.update(each.names)
        elif isinstance(each, (ast.Import, ast.ImportFrom)):
            bound.update(alias.asname or alias.name.partition(".")[0] for alias in each.names)
        if not isinstance(each, (*_DEFINITIONS, ast.Lambda, ast.ClassDef)):
            todo += ast.iter_child_nodes(each)
    return frozenset(bound - shared)


def _quoted(node: ast.Constant, place: _Place) -> Iterator[Use]:
    """Yield the names in an annotation that is written as text."""
    try:
        inner = ast.parse(str(node.value), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for each in ast.walk(inner):
        if isinstance(each, ast.Name):
            yield Use(each.id, node.lineno, place.where, place.function)


def _names_all(node: ast.Assign) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets)


def _exported(node: ast.Assign) -> Iterator[Use]:
    for each in ast.walk(node.value):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield Use(each.value, each.lineno, EXPORTED, None)
        elif isinstance(each, ast.Name):
            yield Use(each.id, each.lineno, LOADED, None)
