"""Isolated systems: what they keep apart, what they share, and what leaks (docs/isolation.md)."""

from __future__ import annotations

import builtins
import json
import sys
import textwrap

import pytest

import entrepot


@pytest.fixture
def make(tmp_path):
    """Makes a system with a directory of its own, in which the files given are."""
    count = iter(range(100))

    def system(files=(), **options):
        directory = tmp_path / f"world{next(count)}"
        directory.mkdir()
        for path, source in dict(files).items():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(source), encoding="utf-8")
        return entrepot.ImportSystem([str(directory)], **options)

    return system


@pytest.fixture
def process_modules():
    """`sys.modules`, put back at the end."""
    before = dict(sys.modules)
    yield sys.modules
    for name in [name for name in sys.modules if name not in before]:
        del sys.modules[name]


NESTED = {
    "in_function": "def use():\n    import dep\n    return dep",
    "in_method": "class C:\n    def use(self):\n        from dep import who\n        import dep\n"
    "        return dep\nuse = C().use",
    "in_class_body": "class C:\n    import dep\nuse = lambda: C.dep",
    "in_lambda": "use = lambda: __import__('dep')",
    "in_comprehension": "def use():\n    return [__import__('dep') for _ in 'x'][0]",
    "in_generator": "def use():\n    return next(__import__('dep') for _ in 'x')",
    "in_exec": "def use():\n    scope = {}\n    exec('import dep', globals(), scope)\n"
    "    return scope['dep']",
    "in_eval": "def use():\n    return eval('__import__(\"dep\")')",
    "in_nested_exec": "def use():\n    exec('def f():\\n  import dep\\n  return dep', globals())\n"
    "    return f()",
    "in_closure": "def outer():\n    def inner():\n        import dep\n        return dep\n"
    "    return inner\nuse = outer()",
    "in_thread": "def use():\n    import threading\n    got = []\n    def work():\n"
    "        import dep\n        got.append(dep)\n    t = threading.Thread(target=work)\n"
    "    t.start()\n    t.join()\n    return got[0]",
    "in_dunder_getattr": "def __getattr__(name):\n    import dep\n    return dep\n"
    "def use():\n    import sys\n    return __getattr__('x')",
}


@pytest.mark.parametrize("form", NESTED)
def test_nested_imports_reach_the_system(make, form):
    system = make({"guest.py": NESTED[form], "dep.py": "who = 'own'"})
    guest = system.import_module("guest")
    assert guest.use() is system.modules["dep"]
    assert guest.use().who == "own"
    assert "dep" not in sys.modules


def test_exec_with_fresh_globals_inherits(make):
    """The language gives `exec` with globals without `__builtins__` those of its caller."""
    body = "def use():\n    scope = {}\n    exec('import dep', scope)\n    return scope['dep']"
    system = make({"guest.py": body, "dep.py": ""})
    if sys.implementation.name == "pypy":
        with pytest.raises(ModuleNotFoundError):  # It gives the process's.
            system.import_module("guest").use()
        return
    assert system.import_module("guest").use() is system.modules["dep"]


def test_guests_do_not_see_each_other_nor_the_process(make, process_modules):
    files = {"same.py": "import helper", "helper.py": ""}
    one, two = make(files), make(files)
    first, second = one.import_module("same"), two.import_module("same")
    assert first is not second
    assert first.helper is not second.helper
    assert not {"same", "helper"} & set(process_modules)
    assert one.import_module("same") is first


def test_two_versions_of_a_package_at_once(make, process_modules):
    """OSGi, Racket and Erlang have it; PEP 406 wanted it."""

    def version(number):
        return {
            "pkg/__init__.py": f"from .core import version\nfrom . import data\nn = {number}",
            "pkg/core.py": f"version = {number}\ndef late():\n    from . import extra\n"
            "    return extra.number",
            "pkg/data.py": "from pkg.core import version as seen",
            "pkg/extra.py": f"number = {number}",
        }

    systems = [make(version(number)) for number in (1, 2)]
    packages = [system.import_module("pkg") for system in systems]
    assert [package.version for package in packages] == [1, 2]
    assert [package.data.seen for package in packages] == [1, 2]
    assert [package.core.late() for package in packages] == [1, 2]
    assert not [name for name in process_modules if name.partition(".")[0] == "pkg"]


def test_the_standard_library_is_shared(make):
    system = make(
        {"guest.py": "import json, os.path, collections.abc, xml.etree.ElementTree as ET"}
    )
    guest = system.import_module("guest")
    assert guest.json is json
    assert guest.json.JSONDecodeError is json.JSONDecodeError
    assert guest.ET is sys.modules["xml.etree.ElementTree"]
    assert system.modules["os.path"] is sys.modules["os.path"]


def test_a_library_of_its_own(make):
    system = make(shared=sys.stdlib_module_names - {"json"})
    system.path += [entry for entry in sys.path if entry]
    own = system.import_module("json")
    assert own is not json
    assert own.loads("[1]") == [1]
    assert own.decoder is system.modules["json.decoder"] is not json.decoder
    assert system.import_module("sys") is sys
    assert system.import_module("builtins") is builtins


def test_the_systems_own_module_does_not_shadow_the_shared(make):
    system = make({"json.py": "own = 1", "guest.py": "import json"})
    assert system.import_module("guest").json is json


def test_modules_given(make):
    config = type(sys)("config")
    system = make({"guest.py": "import config"}, modules={"config": config})
    assert system.import_module("guest").config is config


def test_path_is_no_string():
    with pytest.raises(TypeError, match="path is an iterable of path entries"):
        entrepot.ImportSystem("/somewhere")


def test_run(make):
    system = make({"dep.py": "who = 'own'"})
    scope = system.run("import dep\nname = __name__\nfrom dep import who\ndef f():\n import dep")
    assert (scope["who"], scope["name"]) == ("own", "__main__")
    assert scope["dep"] is system.modules["dep"]
    assert system.modules["__main__"] is not sys.modules["__main__"]
    with pytest.raises(SyntaxError) as caught:
        system.run("1 +", "script.py")
    assert caught.value.filename == "script.py"
    with pytest.raises(ZeroDivisionError):
        system.run("1/0")


def test_run_takes_no_futures_from_entrepot(make):
    assert make().run("def f(x: undefined_name if False else int): pass\nx: int = 1")["x"] == 1
    annotated = make().run("def f(x: int): pass\nresult = f.__annotations__['x']")
    assert annotated["result"] is int


def test_reload(make):
    system = make({"guest.py": "import dep\ncount = globals().get('count', 0) + 1", "dep.py": ""})
    guest = system.import_module("guest")
    assert system.reload(guest).count == 2
    assert guest.dep is system.modules["dep"]
    assert "dep" not in sys.modules


def test_circular_imports(make, process_modules):
    files = {
        "top/__init__.py": "from top import a",
        "top/a.py": "import top.b as b\nfrom . import b as again\nx = 1",
        "top/b.py": "import top.a as a\nfrom top import a as other\nsame = a is other",
    }
    # A process that has modules of these names must not be asked.
    wrong = process_modules["top.a"] = type(sys)("top.a")
    process_modules["top"] = process_modules["top.b"] = wrong
    system = make(files)
    top = system.import_module("top")
    assert top.a.b.same is True
    assert top.a.b.a is system.modules["top.a"] is not wrong
    assert type(top.a) is type(sys)
    assert not system.bound_early


def test_a_failing_circle_leaves_nothing(make):
    files = {
        "top/__init__.py": "",
        "top/a.py": "import top.b",
        "top/b.py": "import top.a as a\n1/0",
    }
    system = make(files)
    with pytest.raises(ZeroDivisionError):
        system.import_module("top.a")
    assert sorted(system.modules) == ["top"]
    assert not hasattr(system.modules["top"], "a")
    assert not system.bound_early


def test_what_only_the_process_has_is_not_found(make, process_modules):
    """`from p import a` must not fall back on the process's `sys.modules`."""
    process_modules["pkg"] = process_modules["pkg.speedups"] = type(sys)("pkg.speedups")
    body = "try:\n    from pkg import speedups\nexcept ImportError:\n    speedups = None"
    system = make({"pkg/__init__.py": "", "guest.py": body})
    assert system.import_module("guest").speedups is None


def test_statement_errors(make):
    system = make({"pkg.py": "", "guest.py": "from pkg import nothing"})
    with pytest.raises(ImportError, match="cannot import name 'nothing' from 'pkg'"):
        system.import_module("guest")
    assert sorted(system.modules) == ["pkg"]


def test_under_install(make):
    system = make({"guest.py": "def use():\n    import dep\n    return dep", "dep.py": ""})
    with entrepot.install():
        assert system.import_module("guest").use() is system.modules["dep"]
    assert "dep" not in sys.modules


def test_a_system_can_be_collected(make):
    import gc
    import weakref

    system = make({"guest.py": "x = 1"})
    system.import_module("guest")
    gone = weakref.ref(system)
    del system
    for _ in range(3):
        gc.collect()
    assert gone() is None


LAZY = """
lazy import dep
lazy import pkg.sub
lazy from pkg import sub as alias
lazy from pkg.sub import value
lazy from . import nothing if_ever
lazy import json
def use():
    return dep
""".replace("lazy from . import nothing if_ever\n", "")


@pytest.mark.skipif(not hasattr(builtins, "__lazy_import__"), reason="PEP 810 came with 3.15")
def test_lazy_imports_go_through_their_own_system(make, process_modules):
    process_modules["dep"] = type(sys)("dep")
    files = {
        "guest.py": LAZY,
        "dep.py": "who = 'own'",
        "pkg/__init__.py": "",
        "pkg/sub.py": "value = 7",
    }
    system = make(files)
    guest = system.import_module("guest")
    assert sorted(system.modules) == ["guest"]
    assert guest.use() is system.modules["dep"]
    assert guest.use().who == "own"
    assert (guest.value, guest.pkg.sub.value) == (7, 7)
    assert guest.alias is system.modules["pkg.sub"]
    assert guest.json is json
    assert not {"pkg", "pkg.sub"} & set(process_modules)


# --- Known leaks: each stands in docs/isolation.md. When one is closed, its test fails.


def test_leak_importlib(make):
    """The shared importlib works on the process."""
    body = "import importlib\ndef use(name):\n    return importlib.import_module(name)"
    guest = make({"guest.py": body, "dep.py": ""}).import_module("guest")
    assert guest.use("json") is json
    with pytest.raises(ModuleNotFoundError):
        guest.use("dep")


def test_leak_sys_modules(make):
    """`sys` exists once in a process, and so `sys.modules` and `sys.path` are the process's."""
    guest = make({"guest.py": "import sys\nseen = 'guest' in sys.modules"}).import_module("guest")
    assert guest.seen is False


def test_leak_module_from_spec(make):
    """A module made of a spec by hand imports in the process, unless it is told of the system."""
    system = make({"guest.py": "import dep", "dep.py": ""})
    spec = system.find_spec("guest")
    module = entrepot.util.module_from_spec(spec)
    with pytest.raises(ModuleNotFoundError, match="dep"):
        spec.loader.exec_module(module)
    module.__builtins__ = system.builtins
    spec.loader.exec_module(module)
    assert module.dep is system.modules["dep"]


def test_leak_pickle(make):
    """The shared pickle looks its classes up in `sys.modules`."""
    body = "import pickle\nclass C: pass\ndef use():\n    return pickle.dumps(C())"
    guest = make({"guest.py": body}).import_module("guest")
    with pytest.raises(Exception, match="guest"):
        guest.use()


def test_leak_builtins_are_a_copy(make):
    """What is added to the process's builtins later is not there; nor the other way round."""
    system = make({"guest.py": "def use():\n    return added_later"})
    guest = system.import_module("guest")
    builtins.added_later = 1
    try:
        if sys.implementation.name == "pypy":
            assert guest.use() == 1  # PyPy's names are looked up in the process's builtins.
        else:
            with pytest.raises(NameError):
                guest.use()
    finally:
        del builtins.added_later


def test_leak_lookups_in_sys_modules(make):
    """What looks for a class's module in `sys.modules` does not find it: type hints, enums."""
    body = (
        "import typing\nclass A: pass\nclass B:\n    a: 'A'\nuse = lambda: typing.get_type_hints(B)"
    )
    guest = make({"guest.py": body}).import_module("guest")
    with pytest.raises(NameError, match="'A'"):
        guest.use()


def test_leak_import_from_c(make):
    """C code that imports (`PyImport_Import`) gets the process's modules."""
    if sys.implementation.name == "pypy":
        pytest.skip("PyPy has no such C code in its standard library")
    # datetime.strptime, in C, imports _strptime: a shared module, and the process's.
    body = "import datetime\nuse = lambda: datetime.datetime.strptime('2020', '%Y')"
    system = make({"guest.py": body, "_strptime.py": "1/0"})
    assert system.import_module("guest").use().year == 2020
    assert "_strptime" in sys.modules
