"""The statements that are found without parsing a source are those of its syntax tree."""

from __future__ import annotations

import os
import sysconfig

import pytest

from entrepot.observe.graph.longstrings import Unsure
from entrepot.observe.graph.skim import is_in_function, skim
from entrepot.observe.graph.statements import CONDITIONAL, LOADING, parsed, statements
from tests.capabilities import needs


def told(found):
    return [(each.line, each.module, each.level, each.names, each.stands) for each in found]


def skimmed(source):
    return told(skim(source.encode()))


def of_tree(source):
    found = statements(parsed(source))
    return told(each for each in found if each.stands in (LOADING, CONDITIONAL))


SOURCES = {
    "plain": "import a, b.c as d\nfrom e import f, g as h\nfrom .. import i\nfrom .j.k import *\n",
    "spaced": "import\ta\nfrom . import b\nfrom .import c\nfrom x import(d)\nfrom  y  import  e\n",
    "dots": "from . x import a\nfrom ... import b\n",
    "comments": "import a  # , b\n# import c\nx = 1  # then: import d\nfrom e import f  # noqa\n",
    "brackets": "from a import (\n    b,\n    c as d,\n)\nfrom e import (f, g)\n",
    "comments in brackets": "from a import (  # )\n    b,  # c,\n    d,\n)\nimport e\n",
    "continued": "import a, \\\n    b\nfrom c \\\n    import d\nfrom e import f, \\\n  g\n",
    "one line": (
        "import a; import b\nif x: import c\nx = 1; from d import e\ntry: import f\n"
        "except E: pass\n"
    ),
    "text": '"""\nimport a\nfrom b import c\n"""\nimport d\nx = """for example: import e"""\n',
    "other text": "'''\nimport a\n\"\"\"\n'''\nimport b\n\"\"\"\n'''\nimport c\n\"\"\"\n",
    "quotes in text": "x = '\"\"\"'\nimport a\ny = \"'''\"\nimport b\nz = '\\'\"\"\"'\nimport c\n",
    "quotes in comments": '# """\nimport a\n# don\'t """\nimport b\nx = "#"; """\nimport c\n"""\n',
    "escaped quotes": 'x = """\\"""\nimport a\n"""\nimport b\ny = r"""\\\\"""\nimport c\n',
    "empty text": "x = '', \"\", '''''', \"\"\"\"\"\"\nimport a\n",
    "text with a backslash": "x = 'a\\\nimport b'\nimport c\n",
    "try": (
        "try:\n    import a\nexcept ImportError:\n    a = None\nelse:\n    import b\n"
        "finally:\n    import c\n"
    ),
    "if": "if x:\n    import a\nelif y:\n    import b\nelse:\n    import c\n",
    "deep": (
        "if x:\n  try:\n    with y:\n        for z in w:\n            import a\n"
        "  except E:\n    import b\n"
    ),
    "functions": "def f():\n    import a\nasync def g(\n    x,\n):\n    import b\nimport c\n",
    "one within another": (
        "class A:\n    import a\n    def f(self):\n        import b\n        class B:\n"
        "            import c\n    import d\n"
    ),
    "types": (
        "if TYPE_CHECKING:\n    import a\nelse:\n    import b\nif typing.TYPE_CHECKING:\n"
        "    from c import d\n"
    ),
    "no types": "if not TYPE_CHECKING:\n    import a\nelse:\n    import b\n",
    "types and more": (
        "if TYPE_CHECKING and x:\n    import a\nif (\n    TYPE_CHECKING\n):\n    import b\n"
        "if t.TYPE_CHECKING:  # x\n    import c\n"
    ),
    "types, then a branch": (
        "if x:\n    if TYPE_CHECKING:\n        import a\n    import b\n"
        "elif TYPE_CHECKING:\n    import c\n"
    ),
    "constants": (
        "if False:\n    import a\nif 0:\n    import b\nelse:\n    import c\nif (1):\n"
        "    import d\nwhile 0:\n    import e\n"
    ),
    "main": (
        "if __name__ == '__main__':\n    import a\nelse:\n    import b\n"
        "if '__main__' == __name__:\n    import c\n"
    ),
    "long tests": (
        "if (x and\n        y):\n    import a\nif x and \\\n        y:\n    import b\n"
        "if x == '#':\n    import c\n"
    ),
    "comments at the margin": "def f():\n    x\n# no\n    import a\nif x:\n# yes\n    import b\n",
    "text at the margin": (
        'def f():\n    x = """\nif y:\n"""\n    import a\nif z:\n    """\ndef g():\n"""\n'
        "    import b\n"
    ),
    "decorated": "@x\ndef f(): import a\n@y(\n    z\n)\nclass B:\n    import c\n",
    "match": "match x:\n    case 1:\n        import a\n    case _:\n        import b\nmatch = 1\n",
    "other words": (
        "importlib = 1\nreimport = 2\n__import__('a')\nfrom important import import_x\n"
        "x.import_(y)\n"
    ),
    "module names": "from zipimport import zipimporter\nimport _import\nfrom import_ import x\n",
    "lambda": "x = lambda: 1\nimport a\ny = {'import': 1,\n'from x import': 2}\nimport b\n",
    "tabs": "if x:\n\timport a\ndef f():\n\tif y:\n\t\timport b\n",
    "no last newline": "import a",
    "a form feed": "import a\n\x0cimport b\nif x:\n\x0c    import c\n",
    "windows": "import a\r\nif x:\r\n    from b import (\r\n        c,\r\n    )\r\n",
    "a mark": "\ufeffimport a\nimport b\n",
    "accents": "import é\nfrom ü.ö import ä as a\nx = 'ß'; import b\n",
    "names of underscores": "from a import _\nfrom . import _, __\nimport __future__\n",
    "nothing": "",
}


@pytest.mark.parametrize("what", SOURCES)
def test_as_the_syntax_tree_has_it(what):
    assert skimmed(SOURCES[what]) == of_tree(SOURCES[what].encode())


def test_something_is_found_without_a_tree(monkeypatch):
    monkeypatch.setattr("entrepot.observe.graph.skim.parsed", None)
    for what in ("plain", "brackets", "text", "functions", "if", "deep", "try"):
        assert skimmed(SOURCES[what])


@pytest.mark.parametrize(
    "source", ['x = """\nimport a\n', "if x:\n  from a import (b\n", "  import a\n"]
)
def test_what_is_no_whole_source(source):
    with pytest.raises(Unsure):
        skimmed(source)


def test_a_lazy_statement_is_executed_later():
    assert skimmed("lazy import a\nlazy from b import c\nimport d\n") == [
        (3, None, 0, ["d"], LOADING)
    ]


def test_which_lines_are_in_functions():
    lines = {
        "import a": False,
        "if __name__ == '__main__':": False,
        "    import b": False,
        "def f(x): # :": True,
        "    if x:": True,
        "        import c": True,
        "class A:": False,
        "    async def g(self,": True,
        "                y):": True,
        "        import d": True,
        "    import e": False,
        "": False,
    }
    source = "\n".join(lines).encode()
    found = [is_in_function(source, number) for number in range(1, len(lines) + 1)]
    assert found == list(lines.values())
    assert not is_in_function(source, 0)
    assert not is_in_function(source, 99)


#: Of the standard library, what is big enough to have everything and small enough to be parsed.
PARTS = ("asyncio", "concurrent", "email", "json", "logging", "multiprocessing", "xml")


@needs("library on disk")
@pytest.mark.parametrize("part", PARTS)
def test_the_standard_library(part):
    top = os.path.join(sysconfig.get_path("stdlib"), part)
    files = [os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names]
    sources = [file for file in files if file.endswith(".py")]
    assert sources
    for file in sources:
        with open(file, "rb") as opened:
            source = opened.read()
        assert told(skim(source)) == of_tree(source), file
