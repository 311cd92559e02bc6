"""Import statements in any nesting: what is found without a syntax tree is what has one."""

from __future__ import annotations

import textwrap

from hypothesis import given, strategies as st

from entrepot.observe.graph.skim import skim
from entrepot.observe.graph.statements import CONDITIONAL, LOADING, parsed, statements

SIMPLE = st.sampled_from(
    [
        "import a",
        "from .b import c, d as e",
        "from f import (\n    g,\n    h,\n)",
        "from i import (  # j)\n    k\n)",
        "import l; import m",
        "from n \\\n    import o",
        "x = 1",
        "# import p",
        "#import q\n# '''",
        "'import r'",
        "'''\nimport s\n'''",
        'y = r"""\n    import t\n"""',
        'z = \'"""\'',
        "f(\n    1,\n)",
        "",
    ]
)
HEADERS = st.sampled_from(
    [
        ("if x:", "elif y:", "else:"),
        ("if TYPE_CHECKING:", "else:"),
        ("if not TYPE_CHECKING:  # why", "else:"),
        ("if (\n    x\n):", "else:  # if TYPE_CHECKING:"),
        ("if False:", "elif TYPE_CHECKING:"),
        ('if __name__ == "__main__":', "else:"),
        ("try:", "except (\n    A,\n    B\n):", "else:", "finally:"),
        ("def f(\n    x,\n):",),
        ("async def g(): # :",),
        ("@z\nclass A(B):",),
        ("with x as y:",),
        ("for x in y:", "else:"),
        ("while (x and\n       y):",),
    ]
)


def block(body):
    """A compound statement, each part with some *body*; the first header alone may be there."""

    def write(parts):
        headers, bodies = parts
        pairs = zip(headers, bodies, strict=False)
        return "\n".join(f"{header}\n{textwrap.indent(body, '    ')}" for header, body in pairs)

    bodies = st.lists(body, min_size=4, max_size=4)
    return st.tuples(HEADERS, bodies).map(write)


def lines(of):
    """Some statements, with one at the end that makes a body whole."""
    return st.lists(of, max_size=4).map(lambda found: "\n".join([*found, "pass"]))


SOURCES = lines(st.recursive(SIMPLE, lambda inner: block(lines(inner)), max_leaves=12))


def told(found):
    return [(each.line, each.module, each.level, each.names, each.stands) for each in found]


@given(SOURCES)
def test_as_the_syntax_tree_has_it(source):
    tree = parsed(source)
    assert tree is not None
    executed = [each for each in statements(tree) if each.stands in (LOADING, CONDITIONAL)]
    assert told(skim(source.encode())) == told(executed)
