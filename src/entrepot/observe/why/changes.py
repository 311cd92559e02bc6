"""The lines by which a program changes its path when it runs, as far as they are plain to see."""

from __future__ import annotations

import ast
import warnings

from ...host import DISK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .view import View

_METHODS = frozenset(("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"))


def changes(view: View) -> Iterable[tuple[int, str]]:
    """Yield the numbers and texts of the lines by which the program changes its path."""
    if view.program is None:
        return
    try:
        source = DISK.read(view.program)
        with warnings.catch_warnings(module=warnings):  # A program may have lost its own.
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return
    lines = source.decode("utf-8", "replace").splitlines()
    for number in sorted(set(_Changes(tree).lines())):
        yield number, lines[number - 1].strip()


class _Changes:
    """What in a *tree* changes `sys.path`, under whatever name it has there."""

    def __init__(self, tree: ast.Module) -> None:
        self._nodes = list(ast.walk(tree))
        self._systems = set(self._called("sys"))
        self._paths = {
            alias.asname or alias.name
            for node in self._nodes
            if isinstance(node, ast.ImportFrom) and node.module == "sys"
            for alias in node.names
            if alias.name == "path"
        }

    def _called(self, module: str) -> Iterator[str]:
        for node in self._nodes:
            if isinstance(node, ast.Import):
                yield from (each.asname or module for each in node.names if each.name == module)

    def lines(self) -> Iterator[int]:
        """Yield the lines, in no order."""
        for node in self._nodes:
            if isinstance(node, ast.Call) and self._is_change(node.func):
                yield node.lineno
            elif isinstance(node, (ast.Assign, ast.Delete)):
                yield from (node.lineno for each in node.targets if self._is_written(each))
            elif isinstance(node, ast.AugAssign) and self._is_written(node.target):
                yield node.lineno

    def _is_change(self, function: ast.expr) -> bool:
        name = getattr(function, "attr", None) or getattr(function, "id", None)
        if name == "addsitedir":
            return True
        is_method = isinstance(function, ast.Attribute) and function.attr in _METHODS
        return is_method and self._is_path(function.value)  # type: ignore[attr-defined]

    def _is_written(self, target: ast.expr) -> bool:
        if isinstance(target, ast.Subscript):
            return self._is_path(target.value)
        return self._is_path(target) and not isinstance(target, ast.Name)

    def _is_path(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._paths
        owner = node.value if isinstance(node, ast.Attribute) and node.attr == "path" else None
        return isinstance(owner, ast.Name) and owner.id in self._systems
