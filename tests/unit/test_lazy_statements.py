"""Lazy import statements (PEP 810, Python 3.15) while entrepot is installed, and isolated."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading

import pytest

import entrepot
from tests.capabilities import needs
from tests.conftest import clean_environment

pytestmark = pytest.mark.skipif(
    not hasattr(sys, "get_lazy_imports"), reason="the lazy statement came with Python 3.15"
)

STATEMENTS = """\
import sys
lazy import decimal
lazy from lazypackage import thing, part
lazy import lazypackage.other
lazy import not_there
lazy import lazypackage.not_there_either as q

print("decimal" in sys.modules, "lazypackage" in sys.modules, type(globals()["thing"]).__name__)
print(decimal.Decimal(1), thing, part.__name__, lazypackage.other.value)
for name in ("not_there", "q", "broken"):
    try:
        eval(name)
    except Exception as error:
        print(name, type(error).__name__, error, repr(error.__cause__), type(error.__context__))
print(sorted(name for name in sys.lazy_modules if name.startswith("lazypackage")))
"""

MODE_ALL = """\
import json, email.message, xml.dom.minidom as dom, sys
from lazypackage import thing
print("json" in sys.modules, "lazypackage" in sys.modules, sys.get_lazy_imports())
print(json.dumps(1), email.message.Message().as_string(), dom.__name__, thing)
try:
    import json.not_there as q
    q.x
except ImportError as error:
    print(error, repr(error.__cause__))
"""

FILTER = """\
import sys
asked = []
sys.set_lazy_imports_filter(lambda importer, name, names: asked.append((importer, name, names)))
lazy import decimal
print("decimal" in sys.modules)
sys.set_lazy_imports_filter(None)
print([each for each in asked if each[0] == "__main__"])
"""


#: PAINS 21: what a dotted name binds, an error within a submodule.
DOTTED = """\
import sys
lazy import lazypackage.inner.leaf as leaf
lazy import lazypackage.raising
lazy from lazypackage.inner import leaf as again
print(sorted(name for name in sys.modules if name.startswith("lazypackage")))
print(leaf.__name__, again is leaf, sys.modules["lazypackage"].inner.leaf is leaf)
try:
    lazypackage.raising
except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__))
print(sorted(name for name in sys.lazy_modules if name.startswith("lazypackage")))
lazy import decimal, lazypackage.part as part
import decimal as eager, lazypackage.part
print("decimal" in sys.lazy_modules, "lazypackage.part" in sys.lazy_modules)
"""

#: A submodule that is gone from `sys.modules` but bound in its package: whether it is imported
#: again depends on whether `builtins.__import__` is the interpreter's own.
GONE = """\
import sys
import lazypackage.inner.leaf
del sys.modules["lazypackage.inner.leaf"]
lazy import lazypackage.inner.leaf
print(lazypackage.inner.leaf.__name__, "lazypackage.inner.leaf" in sys.modules)
"""

#: What the statement calls, called by hand; and a name that a module says is to be lazy.
CALLED = """\
import sys
made = __lazy_import__("lazypackage.other", globals(), locals(), ("value",), 0)
print(type(made).__name__, "lazypackage" in sys.modules)
import declared
print("lazypackage.part" in sys.modules)
print(declared.lazypackage.part.__name__, "lazypackage.part" in sys.modules)
"""

#: Some imports are eager after all: by a filter, by the place where they stand, by the mode.
EAGER = """\
import sys
sys.set_lazy_imports_filter(lambda importer, name, names: name != "lazypackage.other")
lazy import lazypackage.other
lazy import lazypackage.part as part
print(sorted(name for name in sys.modules if name.startswith("lazypackage")))
print(part.__name__, sys.get_lazy_imports())
sys.set_lazy_imports_filter(None)
sys.set_lazy_imports("all")
import decimal
print("decimal" in sys.modules)
try:
    import fractions
except ImportError:
    pass
print("fractions" in sys.modules)
def function():
    import colorsys
    return "colorsys" in sys.modules
print(function())
sys.set_lazy_imports("normal")
import wave
print("wave" in sys.modules, decimal.Decimal(2))
"""

#: Finders are asked when a name is used, in whichever thread, and once.
REIFIED = """\
import sys, threading
asked = []
class Finder:
    def find_spec(name, path=None, target=None):
        asked.append((name, threading.current_thread().name))
sys.meta_path.insert(0, Finder)
lazy import lazypackage.other
lazy from lazypackage import thing
print(asked)
results = []
def use():
    results.append((lazypackage.other.value, thing))
threads = [threading.Thread(target=use, name="T") for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(asked, results)
"""


@pytest.fixture
def tree(tmp_path):
    package = tmp_path / "lazypackage"
    package.mkdir()
    (package / "__init__.py").write_text("thing = 42\n")
    (package / "part.py").write_text("")
    (package / "other.py").write_text("value = 'other'\n")
    (package / "raising.py").write_text("raise LookupError('inside')\n")
    (package / "inner").mkdir()
    (package / "inner" / "__init__.py").write_text("")
    (package / "inner" / "leaf.py").write_text("")
    declared = "__lazy_modules__ = ['lazypackage.part']\nimport lazypackage.part\n"
    (tmp_path / "declared.py").write_text(declared)
    return tmp_path


def run(tree, source, *command):
    (tree / "program.py").write_text(source)
    done = subprocess.run(
        [sys.executable, *command, "program.py"], cwd=tree, env=clean_environment(),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


PROGRAMS = {
    "statements": (STATEMENTS, ()),
    "all": (MODE_ALL, ("-X", "lazy_imports=all")),
    "filter": (FILTER, ()),
    "dotted": (DOTTED, ()),
    "gone": pytest.param(GONE, (), marks=needs("replace the statement")),
    "called": (CALLED, ()),
    "eager": (EAGER, ()),
    "reified": (REIFIED, ()),
}


@pytest.mark.parametrize(("source", "options"), PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_is_as_under_python(tree, source, options):
    plain = run(tree, source, *options)
    assert run(tree, source, *options, "-m", "entrepot", "run") == plain
    assert plain[0] == 0, plain[2]


def test_an_isolated_system_gets_its_own_module(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("lazy from lazypackage import thing\nlazy import lazypackage\n")
    client = system.import_module("client")
    assert "lazypackage" not in system.modules
    assert client.thing == 42
    assert client.lazypackage is system.modules["lazypackage"]
    assert "lazypackage" not in sys.modules


def test_a_relative_import_in_an_isolated_system_does_not_ask_the_process(tree):
    system = entrepot.ImportSystem([str(tree)])
    lines = "lazy from . import part\nlazy from .other import value\n"
    (tree / "lazypackage" / "client.py").write_text(lines)
    client = system.import_module("lazypackage.client")
    assert client.part is system.modules["lazypackage.part"]
    assert client.value == "other"
    assert "lazypackage" not in sys.modules


@needs("lazy imports in one piece")
def test_a_filter_that_puts_imports_off_in_an_isolated_system(tree):
    system, asked = entrepot.ImportSystem([str(tree)]), []
    (tree / "client.py").write_text("lazy import lazypackage.part\n")
    sys.set_lazy_imports_filter(lambda *names: asked.append(names) or True)
    try:
        client = system.import_module("client")
    finally:
        sys.set_lazy_imports_filter(None)
    assert asked == [("client", "lazypackage.part", None)]
    assert "lazypackage" not in system.modules
    assert client.lazypackage.part is system.modules["lazypackage.part"]
    assert not any(name.startswith("lazypackage") for name in sys.modules)


def test_all_imports_of_an_isolated_system_may_be_lazy(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("import lazypackage.inner.leaf as leaf\n")
    sys.set_lazy_imports("all")
    try:
        client = system.import_module("client")
        before = sorted(system.modules)
        leaf = client.leaf
    finally:
        sys.set_lazy_imports("normal")
    assert not any(name.startswith("lazypackage") for name in before)
    assert leaf is system.modules["lazypackage.inner.leaf"]
    assert "lazypackage" not in sys.modules


@contextlib.contextmanager
def filtered(function):
    sys.set_lazy_imports_filter(function)
    try:
        yield
        assert sys.get_lazy_imports_filter() is function
    finally:
        sys.set_lazy_imports_filter(None)


def test_a_filter_that_wants_imports_eager_in_an_isolated_system(tree):
    system, asked = entrepot.ImportSystem([str(tree)]), []
    lines = (
        "lazy from . import part\nlazy from .other import value\nlazy import lazypackage.inner\n"
    )
    (tree / "lazypackage" / "client.py").write_text(lines)
    with filtered(lambda *names: asked.append(names)):
        system.import_module("lazypackage.client")
    importer = "lazypackage.client"
    assert asked == [
        (importer, "lazypackage", ("part",)),
        (importer, "lazypackage.other", ("value",)),
        (importer, "lazypackage.inner", None),
    ]
    client = vars(system.modules[importer])
    assert client["part"] is system.modules["lazypackage.part"]
    assert client["value"] == "other"
    assert client["lazypackage"] is system.modules["lazypackage"]
    assert "lazypackage.inner" in system.modules
    assert not any(name.startswith("lazypackage") for name in sys.modules)


@needs("lazy imports in one piece")
def test_the_mode_for_all_imports_with_a_filter_in_an_isolated_system(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("import lazypackage.part\nimport lazypackage.other\n")
    sys.set_lazy_imports("all")
    try:
        with filtered(lambda importer, name, names: name == "lazypackage.part"):
            client = system.import_module("client")
    finally:
        sys.set_lazy_imports("normal")
    assert "lazypackage.other" in system.modules
    assert "lazypackage.part" not in system.modules
    assert client.lazypackage.part is system.modules["lazypackage.part"]
    assert "lazypackage" not in sys.modules


def test_an_eager_import_that_fails_shows_the_line_in_the_module(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("lazy import not_there\n")
    with filtered(lambda *names: False), pytest.raises(ModuleNotFoundError) as raised:
        system.import_module("client")
    frames = [entry.frame.code.path for entry in raised.traceback]
    assert str(frames[-1]).startswith("<frozen importlib")
    assert [str(path) for path in frames if "entrepot" in str(path)] == []


def test_what_a_filter_raises_or_changes_in_an_isolated_system(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("lazy import lazypackage\n")

    def broken(*names):
        raise RuntimeError("no answer")

    with filtered(broken), pytest.raises(RuntimeError, match="no answer"):
        system.import_module("client")
    assert "client" not in system.modules
    sys.set_lazy_imports_filter(lambda *names: sys.set_lazy_imports_filter(None) or True)
    system.import_module("client")
    assert sys.get_lazy_imports_filter() is None
    assert "lazypackage" not in system.modules


def test_the_function_is_refused_in_functions_of_an_isolated_system(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("def use():\n    return __lazy_import__('lazypackage')\n")
    with pytest.raises(SyntaxError, match="module level"):
        system.import_module("client").use()


@needs("threads")
def test_threads_with_a_filter_keep_to_their_systems(tree):
    (tree / "client.py").write_text("lazy import lazypackage.part\nlazy import lazypackage.other\n")
    asked, systems = [], [entrepot.ImportSystem([str(tree)]) for _ in range(8)]

    def may_be_lazy(importer, name, names):
        asked.append(name)
        return name == "lazypackage.part"

    with filtered(may_be_lazy):
        threads = [
            threading.Thread(target=each.import_module, args=("client",)) for each in systems
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for system in systems:
        assert "lazypackage.other" in system.modules
        assert "lazypackage.part" not in system.modules
    assert sorted(asked) == ["lazypackage.other"] * 8 + ["lazypackage.part"] * 8
    assert "lazypackage" not in sys.modules
