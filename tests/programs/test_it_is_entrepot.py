"""It is entrepot that imports: with the interpreter's own import system broken, nobody notices."""

from __future__ import annotations

import importlib.util

import pytest

pytestmark = pytest.mark.programs

BREAK = """
import entrepot, sys, types
import _frozen_importlib as bootstrap, _frozen_importlib_external as external

# The process's module locks are the interpreter's: its C code waits for no others. What a spec
# made before answers is its own affair.
KEPT = {
    "ModuleSpec", "_BlockingOnManager", "_DeadlockError", "_DummyModuleLock", "_List",
    "_ModuleLock", "_ModuleLockManager", "_WeakValueDictionary", "_acquire_restore_lock",
    "_get_module_lock", "_has_deadlocked", "_lock_unlock_module",
}
broken = set()

def raising(*args, **kwargs):
    raise SystemError("the interpreter's own import system is at work")

def break_functions(owner, members, keep=frozenset()):
    for name, value in members.items():
        if name in keep:
            continue
        if isinstance(value, types.FunctionType):
            if vars(owner)[name] is value:  # Not where install() has put another.
                setattr(owner, name, raising)
        elif isinstance(value, (classmethod, staticmethod)):
            setattr(owner, name, type(value)(raising))
        elif isinstance(value, type) and not isinstance(owner, type):
            if "_bootstrap" in value.__module__ or "_frozen_importlib" in value.__module__:
                break_functions(value, dict(vars(value)))
            continue
        else:
            continue
        broken.add(name)

# The classes that are there now: install() exchanges their names.
theirs = [(external, dict(vars(external)), set()), (bootstrap, dict(vars(bootstrap)), KEPT)]
entrepot.install()
for module, members, kept in theirs:
    break_functions(module, members, kept)
assert {"find_spec", "get_code", "cache_from_source", "_find_and_load_unlocked"} <= broken
"""
IMPORT = """
assert not any(name in sys.modules for name in {names!r})
for name in {names!r}:
    __import__(name)
    loader = sys.modules[name].__spec__.loader
    assert (loader if isinstance(loader, type) else type(loader)).__module__.startswith("entrepot")
import importlib
assert importlib.import_module("fresh.inner").__file__.endswith("inner.py")
sys.dont_write_bytecode = True
importlib.reload(sys.modules["fresh.inner"])
print("imported")
"""


@pytest.mark.parametrize(
    "names",
    [
        ["xml.dom.minidom", "sqlite3", "email.mime.text", "unittest.mock", "colorsys"],
        ["numpy"],
        ["flask"],
    ],
    ids=["the standard library", "numpy", "flask"],
)
def test_the_interpreters_own_is_not_used(names, python, tmp_path):
    for name in names:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            pytest.skip(f"{name} is not installed: it may have no wheel for this interpreter")
    fresh = tmp_path / "fresh"  # a namespace package, and no bytecode
    fresh.mkdir()
    (fresh / "inner.py").write_text("import wave\n")
    said = python("-c", BREAK + IMPORT.format(names=names), env={"PYTHONPATH": str(tmp_path)})
    assert said.stdout == "imported\n"
