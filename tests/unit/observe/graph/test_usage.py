"""What a module does with what it imports decides whether the import can move."""

from __future__ import annotations

import ast
import sys

import pytest

from entrepot.observe.graph.statements import statements
from entrepot.observe.graph.usage import usage


def judged(text, statement="from m import X"):
    tree = ast.parse(f"{statement}\n{text}\n")
    return usage(tree, statements(tree)[0])


@pytest.mark.parametrize(
    ("text", "hardest"),
    [
        ("", None),
        ("def f(): X", "function"),
        ("async def f(): X", "function"),
        ("f = lambda: X", "function"),
        ("class A:\n    def f(self): X", "function"),
        ("def f():\n    def g(): X", "function"),
        ("def f():\n    class A(X): pass", "function"),
        ("X", "loaded"),
        ("f(X)", "loaded"),
        ("class A(X): pass", "loaded"),
        ("class A(metaclass=X): pass", "loaded"),
        ("class A:\n    x = X", "loaded"),
        ("@X\ndef f(): pass", "loaded"),
        ("@X\nclass A: pass", "loaded"),
        ("def f(a=X): pass", "loaded"),
        ("def f(*, a=X): pass", "loaded"),
        ("f = lambda a=X: a", "loaded"),
        ("[X for x in y]", "loaded"),
        ("if X: pass", "loaded"),
        ("try: pass\nexcept X: pass", "loaded"),
        ("a: X", "annotation"),
        ("a: 'X'", "annotation"),
        ("a: 'list[X]'", "annotation"),
        ("a: X = None", "annotation"),
        ("a: int = X", "loaded"),
        ("def f(a: X) -> X: pass", "annotation"),
        ("def f(*a: X, **b: 'X'): pass", "annotation"),
        ("def f():\n    a: X = 1", "annotation"),
        ("class A:\n    a: X", "annotation"),
        ("a = 'X'", None),
        ("a: 'not a type ('", None),
        ("__all__ = ['X']", "exported"),
        ("__all__ = [X]", "loaded"),
        ("def f(X): X", None),
        ("def f():\n    X = 1\n    X", None),
        ("def f():\n    global X\n    X = 1\n    X", "function"),
        ("def f():\n    from n import X\n    X", None),
        ("def f():\n    for X in y: X", None),
        ("def f(a: X):\n    X", "function"),
    ],
)
def test_the_hardest_use(text, hardest):
    assert judged(text).hardest == hardest


def test_star_imports_cannot_be_told():
    assert judged("", "from m import *").hardest == "loaded"


def test_a_dotted_import_binds_its_first_name():
    assert judged("def f(): a.b.c", "import a.b").functions == ["f"]


def test_functions_and_methods_are_named_in_their_order():
    text = "class A:\n    def g(self): X\n    class B:\n        def h(self): X\ndef f(): X"
    assert judged(text).functions == ["A.g", "A.B.h", "f"]


def test_annotations_that_are_evaluated():
    assert judged("a: X").evaluates == (sys.version_info < (3, 14))
    assert judged("a: X").needed == ([2] if sys.version_info < (3, 14) else [])
    tree = ast.parse("from __future__ import annotations\nfrom m import X\na: X\n")
    assert not usage(tree, statements(tree)[1]).evaluates
