"""Lazy modules: `LazyLoader` of the standard library, of entrepot, and in an isolated system.

Each test that takes `lazy` states what all three do. Where ours does better, the test says which
number of the list of what people ask for it is about.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
import types

import pytest

import entrepot
import entrepot.util


class Lazy:
    """Makes lazy modules in one import system."""

    def __init__(self, system, util, loader):
        self.system = system
        self.util = util
        self.loader = loader

    def module(self, name):
        spec = self.system.find_spec(name)
        loader = spec.loader = self.loader(spec.loader)
        module = self.util.module_from_spec(spec)
        if self.system.builtins is not None:
            module.__builtins__ = self.system.builtins
        self.system.modules[name] = module
        loader.exec_module(module)
        return module


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Writes modules, which the process and `files.isolated` find; they are forgotten after."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(**sources):
        for name, source in sources.items():
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(source)
        importlib.invalidate_caches()

    write.isolated = entrepot.ImportSystem([str(tmp_path)])
    yield write
    for name in set(sys.modules) - before:
        del sys.modules[name]


def isolated_only(files):
    if sys.implementation.name == "pypy":
        pytest.skip("PyPy's import statement does not look into a dict that is __builtins__")
    loader = type("LazyLoader", (entrepot.util.LazyLoader,), {"system": files.isolated})
    return Lazy(files.isolated, entrepot.util, loader)


@pytest.fixture
def ours(files):
    return Lazy(entrepot.process, entrepot.util, entrepot.util.LazyLoader)


@pytest.fixture(params=["stdlib", "entrepot", "isolated"])
def lazy(request, files, ours):
    if request.param == "entrepot":
        return ours
    if request.param == "stdlib":
        return Lazy(entrepot.process, importlib.util, importlib.util.LazyLoader)
    return isolated_only(files)


@pytest.fixture(params=["entrepot", "isolated"])
def either(request, files, ours):
    return ours if request.param == "entrepot" else isolated_only(files)


RUNS = "import builtins\nbuiltins.runs = getattr(builtins, 'runs', 0) + 1\n"


@pytest.fixture
def runs():
    """Counts how often modules with `RUNS` were executed."""
    import builtins

    builtins.runs = 0
    yield lambda: builtins.runs
    del builtins.runs


def is_lazy(module):
    return type(module).__name__ == "_LazyModule"


@pytest.mark.parametrize(
    "access",
    [
        lambda m: m.x,
        lambda m: m.__name__,
        lambda m: m.__dict__,
        lambda m: m.__class__,
        lambda m: dir(m),
        lambda m: hasattr(m, "nothing"),
        lambda m: delattr(m, "x"),
        lambda m: vars(m),
    ],
    ids=["x", "name", "dict", "class", "dir", "hasattr", "del", "vars"],
)
def test_any_access_executes_it_once(lazy, files, runs, access):
    files(some=RUNS + "x = 1\n")
    module = lazy.module("some")
    assert runs() == 0
    assert is_lazy(module)
    access(module)
    access(module) if access.__code__.co_names != ("delattr",) else None
    assert runs() == 1
    assert type(module) is types.ModuleType


def test_its_loader_is_the_real_one(lazy, files):
    files(some="x = 1\n")
    module = lazy.module("some")
    assert type(module.__spec__.loader).__name__ == "SourceFileLoader"
    assert module.__loader__ is module.__spec__.loader


def test_what_was_set_before_stays(lazy, files):
    files(some="x = 1\ny = 2\n")
    module = lazy.module("some")
    module.x = "mine"
    module.z = "more"
    assert (module.x, module.y, module.z) == ("mine", 2, "more")


def test_what_the_body_changes_of_its_own_attributes_stays(lazy, files):
    files(some="__name__ = 'changed'\n__doc__ = 'said'\n")
    module = lazy.module("some")
    assert (module.__name__, module.__doc__) == ("changed", "said")


def test_deleting_executes_it_first(lazy, files):
    files(some="x = 1\n")
    module = lazy.module("some")
    del module.x
    assert not hasattr(module, "x")
    module = lazy.module("some")
    with pytest.raises(AttributeError):
        del module.nothing


def test_a_body_that_replaces_its_module_is_refused(lazy, files):
    files(some="import sys, types\nmodules[__name__] = types.ModuleType('other')\n")
    module = lazy.module("some")
    lazy.system.modules["some"] = module
    module.modules = lazy.system.modules
    text = "module object for 'some' substituted in sys.modules during a lazy load"
    with pytest.raises(ValueError, match=text):
        module.x  # noqa: B018


def test_a_body_may_give_its_module_another_class(lazy, files):
    if lazy.util is importlib.util and sys.version_info[:2] == (3, 11):
        pytest.skip("the LazyLoader of Python 3.11's last releases sets the class back")
    files(
        some="""
import sys, types
class Special(types.ModuleType):
    @property
    def answer(self): return 42
this.__class__ = Special
"""
    )
    module = lazy.module("some")
    module.this = module
    assert module.answer == 42
    assert type(module).__name__ == "Special"


def test_a_body_may_use_its_own_module(lazy, files):
    files(some="this.x = 1\ny = this.x + 1\nthis.__name__\n")
    module = lazy.module("some")
    module.this = module
    assert (module.x, module.y) == (1, 2)


def test_it_is_the_source_of_that_moment(lazy, files):
    files(some="x = 'long ago'\n")
    lazy.system.import_module("some")  # leaves a pyc
    del lazy.system.modules["some"]
    module = lazy.module("some")
    files(some="x = 'now'\n")
    assert module.x == "now"


@pytest.mark.parametrize("cls", [importlib.util.LazyLoader, entrepot.util.LazyLoader])
def test_wants_loaders_with_exec_module(cls):
    for make in (cls, cls.factory):
        with pytest.raises(TypeError, match=r"loader must define exec_module\(\)"):
            make(object())


@pytest.mark.parametrize("machinery", [importlib, entrepot], ids=["stdlib", "entrepot"])
def test_factory_is_for_finders(machinery, files, tmp_path):
    files(some="x = 1\n")
    loader = machinery.util.LazyLoader.factory(machinery.machinery.SourceFileLoader)
    finder = machinery.machinery.FileFinder(str(tmp_path), (loader, [".py"]))
    spec = finder.find_spec("some")
    module = machinery.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert is_lazy(module)
    assert module.x == 1


# --- Ours only: an `import` statement does not end the laziness


def test_looking_at_the_spec_executes_nothing(either, files, runs):
    files(some=RUNS)
    module = either.module("some")
    assert module.__spec__.name == "some"
    assert either.system.import_module("some") is module
    assert either.system.find_spec("some") is module.__spec__
    assert runs() == 0


def test_importing_it_again_executes_nothing(ours, files, runs):
    files(some=RUNS)
    module = ours.module("some")
    exec("import some")
    assert sys.modules["some"] is module
    assert runs() == 0


# --- Ours only: failure leaves nothing behind


def test_failure_leaves_it_lazy(either, files, runs):
    files(some=RUNS + "x = 1\nif builtins.runs < 3: 1 / 0\n")
    module = either.module("some")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            module.x  # noqa: B018
        assert is_lazy(module)
    assert module.x == 1
    assert runs() == 3
    assert not is_lazy(module)


def test_what_was_set_before_a_failure_stays(either, files, runs):
    files(some=RUNS + "x = 1\nif builtins.runs < 2: 1 / 0\n")
    module = either.module("some")
    module.x = "mine"
    with pytest.raises(ZeroDivisionError):
        module.y  # noqa: B018
    assert module.x == "mine"


# --- PAINS 19: gh-83783, submodules of a lazy package; gh-139686, reloading a lazy module


PACKAGE = {"outer/__init__": RUNS + "import outer.inner\n", "outer/inner": RUNS + "x = 1\n"}


def test_pains_19_a_lazy_packages_submodule_is_executed_once(either, files, runs):
    files(**PACKAGE)
    outer = either.module("outer")
    with entrepot.install():
        inner = either.system.import_module("outer.inner")
    assert runs() == 2
    assert outer.inner is inner is either.system.modules["outer.inner"]
    assert inner.x == 1


def test_pains_19_by_the_import_statement(ours, files, runs):
    files(**PACKAGE)
    ours.module("outer")
    with entrepot.install():
        namespace = {}
        exec("import outer.inner", namespace)
    assert runs() == 2
    assert namespace["outer"].inner.x == 1


def test_pains_19_reloading_a_lazy_module_leaves_it_lazy(either, files, runs):
    files(some=RUNS + "x = 'old and long'\n")
    module = either.module("some")
    files(some=RUNS + "x = 'new'\n")
    assert either.system.reload(module) is module
    assert runs() == 0
    assert is_lazy(module)
    assert module.x == "new"
    assert runs() == 1
    assert either.system.reload(module) is module
    assert runs() == 2


def test_pains_19_by_importlib_with_entrepot_installed(ours, files, runs):
    files(some=RUNS)
    module = ours.module("some")
    with entrepot.install():
        assert importlib.reload(module) is module
    assert runs() == 0
    assert is_lazy(module)


# --- PAINS 17: gh-114763, threads

THREADS, ROUNDS = 8, 25


def in_threads(function, count=THREADS):
    """Start *count* threads at once; return what each returned or raised."""
    barrier = threading.Barrier(count)
    results = [None] * count

    def run(index):
        barrier.wait()
        try:
            results[index] = function(index)
        except Exception as error:
            results[index] = error

    threads = [threading.Thread(target=run, args=(i,), daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return results


def test_pains_17_threads_see_the_whole_module(either, files, runs):
    files(some=RUNS + "import time\nfirst = 1\ntime.sleep(0.002)\nlast = 2\n")
    for _ in range(ROUNDS):
        module = either.module("some")
        seen = in_threads(lambda index: (module.first, module.last, module.__name__))  # noqa: B023
        assert seen == [(1, 2, "some")] * THREADS
    assert runs() == ROUNDS


def test_pains_17_import_statements_wait_for_it_too(ours, files, runs):
    files(some=RUNS + "import time\nfirst = 1\ntime.sleep(0.005)\nlast = 2\n")

    def use(index):
        if index % 2:
            namespace = {}
            exec("from some import last", namespace)
            return namespace["last"]
        return module.last

    for _ in range(ROUNDS):
        module = ours.module("some")
        assert in_threads(use) == [2] * THREADS
    assert runs() == ROUNDS


def test_pains_17_after_a_failure_the_next_thread_tries(either, files, runs):
    files(
        some=RUNS + f"import time\ntime.sleep(0.001)\nif builtins.runs < {THREADS}: 1 / 0\nx = 1\n"
    )
    module = either.module("some")
    results = in_threads(lambda index: module.x)
    assert [type(r) for r in results].count(ZeroDivisionError) == THREADS - 1
    assert results.count(1) == 1
    assert runs() == THREADS


def test_lazy_modules_that_need_each_other_do_not_hang(either, files, runs):
    """In two threads, in opposite order: as with circular imports, one goes on with a part."""
    body = RUNS + "import time\nearly = 1\ntime.sleep(0.01)\nother.early\nlate = 2\n"
    files(left=body, right=body)
    for _ in range(5):
        left, right = either.module("left"), either.module("right")
        left.other, right.other = right, left
        pair = (left, right)
        assert in_threads(lambda index: pair[index].late, 2) == [2, 2]  # noqa: B023
    assert runs() == 10
