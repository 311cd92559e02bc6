"""It is entrepot that works: the interpreter's own import system raises, and all goes on.

Every function of `_frozen_importlib_external`, the methods of its classes, and the find-and-load
path of `_frozen_importlib` (all but the module locks, and what `install()` has put there) are
replaced by one that raises; then real packages are imported.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

import entrepot
from tests.capabilities import needs

SOURCE = str(Path(entrepot.__file__).parent.parent)

PROGRAM = """
import sys
sys.path.insert(0, {source!r})
import _frozen_importlib, _frozen_importlib_external

# The interpreter's module locks, which C code waits for, and what they are made of.
LOCKS = {{
    "_ModuleLock", "_DummyModuleLock", "_ModuleLockManager", "_BlockingOnManager", "_List",
    "_get_module_lock", "_lock_unlock_module", "_has_deadlocked", "_DeadlockError",
    "_WeakValueDictionary",
}}
FUNCTION = type(lambda: None)
poisoned = []

def poison(where):
    def raises(*args, **kwds):
        raise AssertionError("the interpreter's own import system was used: " + where)
    poisoned.append(where)
    return raises

def poison_class(kind, where):
    for name, member in list(vars(kind).items()):
        label = where + "." + name
        if isinstance(member, FUNCTION):
            setattr(kind, name, poison(label))
        elif isinstance(member, (classmethod, staticmethod)):
            setattr(kind, name, staticmethod(poison(label)))
        elif isinstance(member, property):
            setattr(kind, name, property(poison(label), poison(label)))

def poison_module(module, keep=()):
    for name, value in list(vars(module).items()):
        if name in keep or getattr(value, "__module__", "").startswith("entrepot"):
            continue
        label = module.__name__ + "." + name
        if isinstance(value, FUNCTION):
            setattr(module, name, poison(label))

MODULES = _frozen_importlib_external, _frozen_importlib
CLASSES = [
    (kind, module.__name__ + "." + name) for module in MODULES
    for name, kind in vars(module).items() if isinstance(kind, type) and name not in LOCKS
    and "importlib" in kind.__module__
]

def poison_all():
    for kind, label in CLASSES:
        poison_class(kind, label)
    poison_module(_frozen_importlib_external)
    poison_module(_frozen_importlib, LOCKS)

{body}
assert len(poisoned) > 80, poisoned
import {imports}
import importlib, importlib.util
importlib.reload(sys.modules[{imports!r}.split(", ")[0]])
importlib.invalidate_caches()
importlib.import_module("wave")
assert entrepot.find_spec("colorsys").loader
assert importlib.util.find_spec("sched").loader
try:
    import not_there_at_all
except ModuleNotFoundError:
    pass
try:
    from wave import nothing_of_this_name
except ImportError:
    pass
own = [m for m in sys.modules.values() if m.__name__ in {imports!r}.split(", ")]
print({{type(m.__loader__).__module__.partition(".")[0] for m in own}})
"""
BODIES = {
    "after install()": "import entrepot\nentrepot.install()\npoison_all()",
    # What a bare interpreter lacks is loaded by its own import system until install().
    "before install()": "import entrepot\nentrepot.process\npoison_all()\nentrepot.install()",
}
PACKAGES = [
    "json",
    "asyncio",
    "email",
    "sqlite3",
    "logging",
    "unittest",
    "numpy",
    "attr",
    "requests",
]


@needs("find frozen modules itself")
@pytest.mark.parametrize("body", BODIES)
def test_real_packages(python, tmp_path, body):
    (tmp_path / "top").mkdir()
    (tmp_path / "space").mkdir()
    (tmp_path / "top" / "__init__.py").write_text("from . import sub\nfrom .sub import *")
    (tmp_path / "top" / "sub.py").write_text("__all__ = ['x']\nx = 1")
    (tmp_path / "space" / "mod.py").write_text("")
    there = [name for name in PACKAGES if find_spec(name)]
    imports = ", ".join([*there, "top", "space.mod"])
    where = f"sys.path.append({str(tmp_path)!r})\n"
    program = PROGRAM.format(source=SOURCE, body=where + BODIES[body], imports=imports)
    assert python("-c", program).stdout.strip() == "{'entrepot'}"
