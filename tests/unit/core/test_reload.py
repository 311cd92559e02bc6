"""reload(): the same module, executed again; what a failure leaves."""

from __future__ import annotations

import sys
import types

import pytest


@pytest.fixture(autouse=True)
def _no_bytecode(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def test_executes_again_in_the_same_namespace(world):
    world.write({"mod.py": "x = 1\nold = True"})
    module = world.import_module("mod")
    spec = module.__spec__
    world.write({"mod.py": "x = 2  # longer\nseen = old"})
    assert world.reload(module) is module
    assert (module.x, module.old, module.seen) == (2, True, True)
    assert module.__spec__ is not spec
    assert module.__spec__.name == "mod"


def test_of_a_submodule_and_its_package(world):
    world.write({"top/__init__.py": "n = 1", "top/sub.py": "n = 1"})
    sub = world.import_module("top.sub")
    world.write({"top/__init__.py": "n = 22", "top/sub.py": "n = 22"})
    assert world.reload(sub).n == 22
    assert world.reload(world.modules["top"]).n == 22
    assert world.modules["top"].sub is sub


def test_of_a_namespace_package(world):
    world.write({"space/mod.py": ""})
    package = world.import_module("space")
    assert world.reload(package) is package
    assert list(package.__path__) == [str(world.directory / "space")]


def test_a_namespace_package_that_became_regular(world):
    world.write({"space/mod.py": ""})
    package = world.import_module("space")
    world.write({"space/__init__.py": "x = 1"})
    assert world.reload(package).x == 1
    assert package.__file__.endswith("__init__.py")


def test_a_module_that_became_a_package(world):
    world.write({"mod.py": "x = 1"})
    module = world.import_module("mod")
    (world.directory / "mod.py").unlink()
    world.write({"mod/__init__.py": "x = 2"})
    assert world.reload(module).x == 2
    assert module.__path__ == [str(world.directory / "mod")]


def test_reloading_itself_meanwhile(world):
    registry = types.ModuleType("entrepot_test_registry")
    registry.reload, registry.modules = world.reload, world.modules
    world.modules["entrepot_test_registry"] = registry
    body = """
    from entrepot_test_registry import reload, modules
    count = globals().get("count", 0) + 1
    again = reload(modules[__name__]) if count > 1 else None
    """
    world.write({"mod.py": body})
    module = world.import_module("mod")
    assert world.reload(module).count == 2
    assert module.again is module


@pytest.mark.parametrize("what", [42, None, "sys", object()])
def test_takes_modules_only(world, what):
    with pytest.raises(TypeError, match=r"reload\(\) argument must be a module"):
        world.reload(what)


def test_only_what_is_in_modules(world):
    with pytest.raises(ImportError, match="module stranger not in sys.modules") as caught:
        world.reload(types.ModuleType("stranger"))
    assert caught.value.name == "stranger"


def test_the_parent_must_be_in_modules(world):
    world.write({"top/__init__.py": "", "top/sub.py": ""})
    sub = world.import_module("top.sub")
    del world.modules["top"]
    with pytest.raises(ImportError, match="parent 'top' not in sys.modules") as caught:
        world.reload(sub)
    assert caught.value.name == "top"


def test_a_module_that_is_gone(world):
    world.write({"mod.py": ""})
    module = world.import_module("mod")
    (world.directory / "mod.py").unlink()
    world.invalidate_caches()
    with pytest.raises(ModuleNotFoundError, match="spec not found for the module 'mod'") as caught:
        world.reload(module)
    assert caught.value.name == "mod"
    assert world.modules["mod"] is module


def test_what_replaced_itself_is_returned(world):
    registry = types.ModuleType("entrepot_test_registry")
    registry.modules, registry.other = world.modules, types.ModuleType("other")
    world.modules["entrepot_test_registry"] = registry
    world.write({"mod.py": "x = 1"})
    module = world.import_module("mod")
    world.write({"mod.py": "from entrepot_test_registry import *\nmodules[__name__] = other"})
    assert world.reload(module) is registry.other


def test_a_failure_puts_everything_back(our_world):
    """The stdlib leaves the module half new: here it is as it was, its spec included."""
    our_world.write({"mod.py": "x = 1\ny = []"})
    module = our_world.import_module("mod")
    before = dict(vars(module))
    our_world.write({"mod.py": "x = 2  # new\nnew = True\ndel y\n1/0"})
    with pytest.raises(ZeroDivisionError):
        our_world.reload(module)
    assert vars(module) == before
    assert our_world.modules["mod"] is module
    our_world.write({"mod.py": "x = 3\n# longer than before"})
    assert our_world.reload(module).x == 3


def test_a_failure_after_removing_itself(our_world):
    registry = types.ModuleType("entrepot_test_registry")
    registry.modules = our_world.modules
    our_world.modules["entrepot_test_registry"] = registry
    our_world.write({"mod.py": "x = 1"})
    module = our_world.import_module("mod")
    body = "x = 2\nfrom entrepot_test_registry import *\ndel modules[__name__]\n1/0"
    our_world.write({"mod.py": body})
    with pytest.raises(ZeroDivisionError):
        our_world.reload(module)
    assert our_world.modules["mod"] is module
    assert module.x == 1


def test_a_vanished_module_keeps_its_spec(our_world):
    our_world.write({"mod.py": "x = 1"})
    module = our_world.import_module("mod")
    spec = module.__spec__
    (our_world.directory / "mod.py").unlink()
    our_world.invalidate_caches()
    with pytest.raises(ModuleNotFoundError):
        our_world.reload(module)
    assert module.__spec__ is spec


def test_builtin_modules(world):
    for name in ("sys", "marshal"):
        module = world.import_module(name)
        spec = module.__spec__
        assert world.reload(module) is module
        # The process's module stays the process's, also in a system that shares it.
        assert type(module.__spec__.loader) is type(spec.loader)
