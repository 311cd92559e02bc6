"""install() and uninstall(): in the interpreter's place, and no trace afterwards."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import entrepot
from tests.capabilities import needs

SOURCE = str(Path(entrepot.__file__).parent.parent)


@pytest.fixture
def program(python, tmp_path):
    def run(body, **options):
        start = f"import sys\nsys.path.insert(0, {SOURCE!r})\nLIB = {str(tmp_path)!r}\n"
        return python("-c", start + textwrap.dedent(body), **options).stdout.strip()

    return run


SNAPSHOT = """
import _frozen_importlib, _frozen_importlib_external, builtins, importlib.util, zipimport
import importlib.machinery, email.message  # Something to reload.

def snapshot():
    named = [_frozen_importlib, _frozen_importlib_external, builtins, importlib, importlib.util]
    return (
        [dict(vars(m)) for m in named], list(map(list, (vars(m) for m in named))),
        list(sys.meta_path), list(sys.path_hooks),
        {k: type(v) for k, v in sys.path_importer_cache.items() if v is not None},
        {n for n in vars(zipimport)}, [dict(vars(c)) for c in CLASSES],
    )
CLASSES = [v for v in vars(_frozen_importlib_external).values() if isinstance(v, type)]
"""


@needs("replace the statement")
def test_no_trace_is_left(program):
    out = program(
        SNAPSHOT
        + """
import entrepot, collections
import plistlib
before = snapshot()
with entrepot.install():
    assert entrepot.is_installed()
    assert snapshot()[2] != before[2]
    import wave
    importlib.reload(email.message)
    assert builtins.__import__ is before[0][2]["__import__"]
after = snapshot()
print(entrepot.is_installed())
for index, (a, b) in enumerate(zip(before, after)):
    if index == 4:  # Entries may have come, of the interpreter's own types.
        assert set(map(str, b.values())) <= set(map(str, a.values())), (a, b)
    elif index == 1:
        assert [sorted(x) for x in a] == [sorted(x) for x in b]
    else:
        for one, other in zip(a, b):
            differing = set(one) ^ set(other) if type(one) is dict else set()
            assert one == other, (index, differing)
import wave
assert importlib.reload(wave) is wave
assert importlib.reload(email.message) is email.message
"""
    )
    assert out == "False"


def test_twice_is_once(program):
    out = program(
        """
        import entrepot
        first = list(sys.meta_path)
        entrepot.install(); entrepot.install()
        installed = list(sys.meta_path)
        entrepot.uninstall(); entrepot.uninstall()
        print(list(sys.meta_path) == first, installed != first, len(installed) == len(first))
        """
    )
    assert out == "True True True"


def test_nested_contexts(program):
    out = program(
        """
        import entrepot
        with entrepot.install():
            with entrepot.install():
                pass
            print(entrepot.is_installed(), end=" ")
        print(entrepot.is_installed(), end=" ")
        entrepot.install()
        with entrepot.install():
            pass
        print(entrepot.is_installed())
        """
    )
    assert out == "True False True"


def test_overlapping_contexts(program):
    """Two threads, the first of which ends first: the second keeps what it asked for."""
    out = program(
        """
        import entrepot
        one, two = entrepot.install(), entrepot.install()
        one.__enter__(); two.__enter__()
        one.__exit__(None, None, None)
        print(entrepot.is_installed(), end=" ")
        two.__exit__(None, None, None)
        print(entrepot.is_installed())
        """
    )
    assert out == "True False"


def test_in_many_threads(program):
    out = program(
        """
        import entrepot, threading, faulthandler
        faulthandler.dump_traceback_later(60, exit=True)
        before = list(sys.meta_path), list(sys.path_hooks)
        errors = []
        def work():
            try:
                for _ in range(50):
                    with entrepot.install():
                        import json.tool
            except BaseException as error:
                errors.append(error)
        import json
        threads = [threading.Thread(target=work) for _ in range(8)]
        [t.start() for t in threads]; [t.join() for t in threads]
        same = (list(sys.meta_path), list(sys.path_hooks)) == before
        print(errors, entrepot.is_installed(), same)
        """
    )
    assert out == "[] False True"


def test_other_peoples_finders_keep_their_places(program):
    out = program(
        """
        class Mine:
            find_spec = staticmethod(lambda *_: None)
        def my_hook(entry):
            raise ImportError
        sys.meta_path[1:1] = [Mine]
        sys.meta_path.append(Mine)
        sys.path_hooks.insert(0, my_hook)
        sys.path_hooks.append(my_hook)
        import entrepot
        before = list(sys.meta_path), list(sys.path_hooks)
        with entrepot.install():
            for index, now in enumerate((sys.meta_path, sys.path_hooks)):
                print([f for f in now if f in (Mine, my_hook)] == [f for f in before[index]
                      if f in (Mine, my_hook)], len(now) == len(before[index]),
                      [f in (Mine, my_hook) for f in now] ==
                      [f in (Mine, my_hook) for f in before[index]])
            theirs = [f for f in before[0] if getattr(f, "__name__", "") == "PathFinder"]
            print(theirs[0] in sys.meta_path)
        print((list(sys.meta_path), list(sys.path_hooks)) == before)
        """
    )
    assert out.split("\n") == ["True True True", "True True True", "False", "True"]


def test_other_peoples_directory_hooks_stay(program, tmp_path):
    """A hook made by the interpreter's FileFinder, for files of another kind."""
    (tmp_path / "greeting.hello").write_text("world")
    out = program(
        """
        from importlib.machinery import FileFinder, SourceFileLoader
        class Hello(SourceFileLoader):
            def source_to_code(self, data, path, *args, **kwargs):
                return compile("text = %r" % data.decode(), path, "exec")
        hook = FileFinder.path_hook((Hello, [".hello"]), (SourceFileLoader, [".py"]))
        sys.path_hooks.insert(0, hook)
        before = list(sys.path_hooks)
        import entrepot
        with entrepot.install():
            print(hook in sys.path_hooks, end=" ")
            sys.path.insert(0, LIB)
            import greeting
            print(greeting.text, end=" ")
        print(sys.path_hooks == before)
        """
    )
    assert out == "True world True"


@needs("write module reprs")
def test_modules_from_before_keep_working(program, tmp_path):
    (tmp_path / "old.py").write_text("count = globals().get('count', 0) + 1")
    (tmp_path / "space").mkdir()
    (tmp_path / "space" / "mod.py").write_text("")
    out = program(
        """
        sys.path.insert(0, LIB)
        import old, space, importlib
        text = "<module 'space' (namespace) from " + repr(list(space.__path__)) + ">"
        import entrepot
        with entrepot.install():
            print(importlib.reload(old).count, repr(space) == text, end=" ")
            import space.mod
            print(entrepot.reload(space) is space, end=" ")
        print(importlib.reload(old).count, repr(old).startswith("<module 'old' from"))
        """
    )
    assert out == "2 True True 3 True"


def test_what_was_imported_meanwhile_keeps_working(program, tmp_path):
    (tmp_path / "new.py").write_text("count = globals().get('count', 0) + 1")
    (tmp_path / "space").mkdir()
    (tmp_path / "space" / "mod.py").write_text("")
    (tmp_path / "space" / "late.py").write_text("")
    out = program(
        """
        sys.path.insert(0, LIB)
        import entrepot, importlib, pickle
        with entrepot.install():
            import new, space.mod
        import space.late
        print(importlib.reload(new).count, type(space.late.__loader__).__module__)
        print(importlib.reload(space) is space, repr(space))
        """
    )
    lines = out.split("\n")
    assert lines[0] == "2 _frozen_importlib_external"
    assert lines[1].startswith("True <module 'space'")


def test_importlib_goes_through_it_too(program, tmp_path):
    (tmp_path / "mod.py").write_text("")
    out = program(
        """
        import importlib, importlib.util
        sys.path.insert(0, LIB)
        import entrepot
        entrepot.install()
        spec = importlib.util.find_spec("mod")
        print(type(spec).__module__, type(spec.loader).__module__, end=" ")
        print(importlib.import_module("mod").__loader__ is not None)
        """
    )
    assert out == "entrepot.core.spec entrepot.loaders.source True"


def test_lazy_imports(program, tmp_path):
    if not hasattr(__import__("builtins"), "__lazy_import__"):
        pytest.skip("PEP 810 came with Python 3.15")
    (tmp_path / "mod.py").write_text("x = 1")
    (tmp_path / "user.py").write_text(
        "lazy import mod\nlazy from mod import x\nlazy import absent_xyz\n"
    )
    out = program(
        """
        sys.path.insert(0, LIB)
        import entrepot
        entrepot.install()
        import user
        print("mod" in sys.modules, user.x, type(user.mod.__loader__).__module__)
        try:
            user.absent_xyz
        except ModuleNotFoundError as error:
            print(error)
        """
    )
    assert out.split("\n") == ["False 1 entrepot.loaders.source", "No module named 'absent_xyz'"]
