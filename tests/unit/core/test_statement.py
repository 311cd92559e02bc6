"""The import statement: what it returns, binds, publishes, and what its errors say."""

from __future__ import annotations

import sys
import types
import warnings

import pytest

from tests.capabilities import needs

#: Where a warning about the importing module points to. PyPy's own points to its import system.
WHERE = {"client.py" if sys.implementation.name != "pypy" else "<frozen importlib._bootstrap>"}


def modules_of(world, *prefixes):
    return sorted(name for name in world.modules if name.partition(".")[0] in prefixes)


class TestAbsolute:
    def test_a_plain_import_binds_the_first_package(self, world):
        world.write({"top/__init__.py": "", "top/mid/__init__.py": "", "top/mid/low.py": "x = 1"})
        scope = world.run("import top.mid.low\nimport top.mid.low as low")
        assert scope["top"] is world.modules["top"]
        assert scope["low"] is world.modules["top.mid.low"]
        assert scope["top"].mid.low.x == 1

    def test_from_imports_submodules_that_are_no_attributes(self, world):
        world.write({"top/__init__.py": "here = 1", "top/sub.py": "x = 2"})
        scope = world.run("from top import here, sub")
        assert (scope["here"], scope["sub"].x) == (1, 2)
        assert scope["sub"] is world.modules["top.sub"]

    def test_an_attribute_hides_the_submodule_of_its_name(self, world):
        world.write({"top/__init__.py": "sub = 'attribute'", "top/sub.py": ""})
        assert world.run("from top import sub")["sub"] == "attribute"
        assert "top.sub" not in world.modules

    def test_a_module_is_executed_once(self, world):
        world.write({"once.py": "count = globals().get('count', 0) + 1"})
        assert world.run("import once\nimport once")["once"].count == 1

    def test_missing(self, world):
        with pytest.raises(ModuleNotFoundError) as caught:
            world.run("import nowhere_to_be_found")
        assert str(caught.value) == "No module named 'nowhere_to_be_found'"
        assert caught.value.name == "nowhere_to_be_found"

    def test_missing_submodule(self, world):
        world.write({"top/__init__.py": ""})
        with pytest.raises(ModuleNotFoundError) as caught:
            world.run("import top.absent")
        assert str(caught.value) == "No module named 'top.absent'"
        assert caught.value.name == "top.absent"
        assert modules_of(world, "top") == ["top"]

    def test_a_module_is_no_package(self, world):
        world.write({"plain.py": ""})
        with pytest.raises(ModuleNotFoundError) as caught:
            world.run("import plain.absent.deeper")
        assert str(caught.value) == "No module named 'plain.absent'; 'plain' is not a package"
        assert caught.value.name == "plain.absent"

    def test_from_names_what_is_missing(self, world):
        world.write({"top/__init__.py": ""})
        with pytest.raises(ImportError, match="cannot import name 'absent' from 'top'") as caught:
            world.run("from top import absent")
        assert caught.value.name == "top"

    def test_a_shared_or_own_module_below_one_that_is_no_package(self, world):
        scope = world.run("import os.path as p\nimport os.path")
        assert scope["p"] is scope["os"].path


class TestAttributes:
    def test_of_a_package_and_its_module(self, world):
        top = world.write({"top/__init__.py": "", "top/sub.py": ""})
        package, module = world.import_module("top"), world.import_module("top.sub")
        assert package.__path__ == [str(top / "top")]
        assert package.__file__ == str(top / "top" / "__init__.py")
        assert (package.__package__, module.__package__) == ("top", "top")
        assert module.__file__ == str(top / "top" / "sub.py")
        assert not hasattr(module, "__path__")
        assert module.__spec__.parent == "top"
        assert module.__spec__.origin == module.__file__
        assert module.__loader__ is module.__spec__.loader
        assert type(module.__loader__).__name__ == "SourceFileLoader"
        assert not module.__spec__._initializing
        assert repr(module) == f"<module 'top.sub' from {module.__file__!r}>"

    def test_are_there_while_the_body_runs(self, world):
        world.write(
            {
                "top/__init__.py": """
                import sys
                seen = __name__, __package__, __file__, list(__path__), __spec__.name
                loading = __spec__._initializing
                """
            }
        )
        package = world.import_module("top")
        directory = str(world.directory / "top")
        assert package.seen == ("top", "top", f"{directory}/__init__.py", [directory], "top")
        assert package.loading is True


class TestRelative:
    TREE = {
        "top/__init__.py": "",
        "top/sibling.py": "x = 'sibling'",
        "top/mid/__init__.py": "",
        "top/mid/near.py": "x = 'near'",
    }

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ("from . import near", "near"),
            ("from .near import x", "near"),
            ("from .. import sibling", "sibling"),
            ("from ..sibling import x", "sibling"),
            ("from ...top.sibling import x", None),
            ("from .. import mid", "package"),
        ],
    )
    def test_dots(self, world, statement, expected):
        world.write({**self.TREE, "top/mid/client.py": f"{statement}\n"})
        if expected is None:
            message = "attempted relative import beyond top-level package"
            with pytest.raises(ImportError, match=message):
                world.import_module("top.mid.client")
            return
        client = world.import_module("top.mid.client")
        found = [value for name, value in vars(client).items() if not name.startswith("__")]
        assert getattr(found[0], "x", "package" if expected == "package" else found[0]) == expected

    def test_without_a_package(self, world):
        message = "attempted relative import with no known parent package"
        with pytest.raises(ImportError, match=message):
            world.run("from . import x", __package__="", __spec__=None)

    def test_package_decides(self, world):
        world.write(self.TREE)
        scope = world.run("from .near import x", __package__="top.mid", __name__="anything")
        assert scope["x"] == "near"

    def test_package_must_be_a_string(self, world):
        with pytest.raises((TypeError, ImportError), match="package.*string"):
            world.run("from . import x", __package__=42)

    def test_spec_is_next(self, world):
        world.write(self.TREE)
        spec = types.SimpleNamespace(parent="top.mid")
        assert world.run("from .near import x", __spec__=spec, __name__="zz")["x"] == "near"

    @pytest.mark.parametrize("is_package", [True, False])
    def test_name_and_path_come_last_with_a_warning(self, world, is_package):
        world.write(self.TREE)
        more = {"__path__": []} if is_package else {}
        name = "top.mid" if is_package else "top.mid.me"
        with pytest.warns(ImportWarning, match="can't resolve package from") as caught:
            scope = world.run("from .near import x", **{"__name__": name, **more})
        assert scope["x"] == "near"
        assert {warning.filename for warning in caught} == WHERE

    def test_a_mismatch_warns(self, world):
        world.write(self.TREE)
        spec = types.SimpleNamespace(parent="somewhere.else")
        category = ImportWarning if sys.version_info < (3, 12) else DeprecationWarning
        text = "__package__ != __spec__.parent"
        with pytest.warns(category, match=text) as caught:
            scope = world.run("from .near import x", __package__="top.mid", __spec__=spec)
        assert scope["x"] == "near"
        assert {warning.filename for warning in caught} == WHERE

    def test_the_function_returns_the_first_package_beside_the_caller(self, world):
        world.write(self.TREE)
        scope = {"__package__": "top"}
        assert world.__import__("mid.near", scope, level=1) is world.modules["top.mid"]
        assert world.__import__("mid.near", scope, None, ["x"], 1).x == "near"
        assert world.__import__("", scope, level=1) is world.modules["top"]
        assert world.__import__("mid", scope, level=1) is world.modules["top.mid"]


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "error", "message"),
        [
            ((42,), TypeError, "module name must be str, not <class 'int'>"),
            ((b"sys",), TypeError, "module name must be str, not <class 'bytes'>"),
            (("",), ValueError, "Empty module name"),
            (("sys", {"__package__": ""}, None, (), 1), ImportError, "no known parent package"),
            (("sys", {"__package__": 1}, None, (), 1), TypeError, "not set to a string"),
            (("sys", {"__package__": "p"}, None, (), -1), ValueError, "level must be >= 0"),
            (("x", {"__package__": "p"}, None, (), 2), ImportError, "beyond top-level package"),
        ],
    )
    def test_of_dunder_import(self, world, arguments, error, message):
        with pytest.raises(error, match=message):
            world.__import__(*arguments)

    @pytest.mark.parametrize(
        ("arguments", "error", "message"),
        [
            (("",), ValueError, "Empty module name"),
            ((".x",), TypeError, "the 'package' argument is required to perform a relative import"),
            (("..x", "top"), ImportError, "beyond top-level package"),
        ],
    )
    def test_of_import_module(self, world, arguments, error, message):
        with pytest.raises(error, match=message):
            world.import_module(*arguments)

    def test_import_module_relative(self, world):
        world.write({"top/__init__.py": "", "top/a.py": "", "top/mid/__init__.py": ""})
        assert world.import_module(".a", "top") is world.modules["top.a"]
        assert world.import_module("..a", "top.mid") is world.modules["top.a"]

    def test_fromlist_items_must_be_str(self, world):
        world.write({"top/__init__.py": ""})
        with pytest.raises(TypeError, match="Item in ``from list'' must be str, not int"):
            world.__import__("top", fromlist=[1])

    def test_items_of_all_must_be_str(self, world):
        world.write({"top/__init__.py": "__all__ = [b'x']"})
        with pytest.raises(TypeError, match=r"Item in top.__all__ must be str, not bytes"):
            world.run("from top import *")

    def test_a_fromlist_that_is_no_list(self, world):
        world.write({"top/__init__.py": ""})
        with pytest.raises(TypeError):
            world.__import__("top", fromlist=5)

    def test_odd_names_are_just_not_found(self, world):
        for name in ("a/b", "a\\b", "nul\0name", "\ud800", "no such", "x" * 5000, "ünicode", "..x"):
            with pytest.raises((ImportError, TypeError)):
                world.import_module(name)
        with pytest.raises(ModuleNotFoundError):
            world.__import__("trailing.")

    def test_unicode_names(self, world):
        world.write({"größe.py": "x = 1"})
        assert world.run("import größe")["größe"].x == 1


class TestStar:
    def test_all_decides_and_imports_submodules(self, world):
        tree = {"top/__init__.py": "__all__ = ['sub', '_private']\n_private = 1\npublic = 2"}
        world.write({**tree, "top/sub.py": ""})
        scope = world.run("from top import *")
        assert scope["sub"] is world.modules["top.sub"]
        assert scope["_private"] == 1
        assert "public" not in scope

    def test_without_all_nothing_is_imported(self, world):
        world.write({"top/__init__.py": "public = 2\n_private = 1", "top/sub.py": ""})
        scope = world.run("from top import *")
        assert scope["public"] == 2
        assert "_private" not in scope
        assert "top.sub" not in world.modules

    def test_a_name_in_all_that_does_not_exist(self, world):
        world.write({"top/__init__.py": "__all__ = ['absent']"})
        with pytest.raises(AttributeError, match="absent"):
            world.run("from top import *")

    def test_star_within_all_is_not_followed(self, world):
        world.write({"top/__init__.py": "__all__ = ['*', 'sub']", "top/sub.py": ""})
        world.__import__("top", fromlist=["*"])
        assert "top.sub" in world.modules

    def test_an_error_in_a_submodule_is_not_swallowed(self, world):
        world.write({"top/__init__.py": "__all__ = ['sub']", "top/sub.py": "import not_there_xyz"})
        with pytest.raises(ModuleNotFoundError, match="not_there_xyz"):
            world.run("from top import *")
        with pytest.raises(ModuleNotFoundError, match="not_there_xyz"):
            world.run("from top import sub")


class TestModulesDict:
    def test_none_forbids(self, world):
        world.modules["forbidden"] = None
        try:
            with pytest.raises(ModuleNotFoundError) as caught:
                world.run("import forbidden")
        finally:
            del world.modules["forbidden"]
        assert str(caught.value) == "import of forbidden halted; None in sys.modules"
        assert caught.value.name == "forbidden"

    def test_none_forbids_a_submodule_in_a_fromlist(self, world):
        world.write({"top/__init__.py": "", "top/sub.py": ""})
        world.modules["top.sub"] = None
        with pytest.raises(ModuleNotFoundError, match="import of top.sub halted"):
            world.run("from top import sub")

    def test_any_object_will_do(self, world):
        world.modules["odd_thing"] = thing = object()
        try:
            assert world.run("import odd_thing")["odd_thing"] is thing
        finally:
            del world.modules["odd_thing"]

    def test_a_module_may_replace_itself(self, world):
        world.write(
            {
                "chameleon.py": """
                import entrepot_test_registry
                entrepot_test_registry.modules[__name__] = entrepot_test_registry.other
                """
            }
        )
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules, registry.other = world.modules, types.SimpleNamespace(x=1)
        world.modules["entrepot_test_registry"] = registry
        assert world.run("import chameleon")["chameleon"] is registry.other
        assert world.import_module("chameleon") is registry.other

    def test_a_submodule_that_replaces_itself_is_bound_so(self, world):
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules, registry.other = world.modules, types.SimpleNamespace(x=1)
        world.modules["entrepot_test_registry"] = registry
        body = "from entrepot_test_registry import *\nmodules[__name__] = other"
        world.write({"top/__init__.py": "", "top/sub.py": body})
        assert world.run("from top import sub")["sub"] is registry.other
        assert world.modules["top"].sub is registry.other

    def test_a_module_that_deletes_itself(self, world):
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules = world.modules
        world.modules["entrepot_test_registry"] = registry
        world.write({"gone.py": "from entrepot_test_registry import *\ndel modules[__name__]"})
        with pytest.raises(KeyError, match="gone"):
            world.import_module("gone")
        assert "gone" not in world.modules

    def test_a_parent_that_replaces_itself(self, world):
        """`import a.b` looks at the `__path__` of what stands in `modules`."""
        registry = types.ModuleType("entrepot_test_registry")
        world.modules["entrepot_test_registry"] = registry
        other = registry.other = types.ModuleType("parent")
        registry.modules, other.__path__ = world.modules, [str(world.directory / "elsewhere")]
        body = "from entrepot_test_registry import *\nmodules[__name__] = other"
        world.write({"parent/__init__.py": body, "elsewhere/child.py": "x = 'elsewhere'"})
        scope = world.run("import parent.child")
        assert scope["parent"] is other
        assert other.child.x == "elsewhere"

    def test_a_submodule_that_the_parent_put_there(self, world):
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules, registry.other = world.modules, types.SimpleNamespace(x=1)
        world.modules["entrepot_test_registry"] = registry
        body = "from entrepot_test_registry import *\nmodules[__name__ + '.child'] = other"
        world.write({"parent.py": body})
        assert world.import_module("parent.child") is registry.other

    def test_a_child_that_replaces_its_parent_is_bound_in_the_new_one(self, world):
        if not world.ours and sys.version_info < (3, 13):
            pytest.skip("older import systems bind in the old parent, whose import is over")
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules, registry.other = world.modules, types.ModuleType("parent")
        world.modules["entrepot_test_registry"] = registry
        body = "from entrepot_test_registry import *\nmodules['parent'] = other"
        world.write({"parent/__init__.py": "", "parent/child.py": body})
        world.import_module("parent.child")
        assert hasattr(registry.other, "child")

    @pytest.mark.parametrize(
        "path",
        [
            [],
            None,
            42,
            "text",
            (),
            pytest.param([b"bytes"], marks=needs("bytes on paths")),
            ["/no/such"],
            ["\0"],
        ],
    )
    def test_odd_paths_of_packages(self, world, path):
        package = types.ModuleType("odd_package")
        package.__path__ = path
        world.modules["odd_package"] = package
        error = TypeError if path == 42 else ModuleNotFoundError
        if path == ["\0"] and not world.ours:
            error = (ModuleNotFoundError, ValueError)  # Older ones ask the file system for it.
        if path is None:
            # No path: the top level is searched, under the full name.
            world.write({"child.py": "x = __name__"})
            assert world.import_module("odd_package.child").x == "odd_package.child"
            return
        with pytest.raises(error):
            world.import_module("odd_package.child")

    def test_a_parent_that_takes_no_attributes(self, world):
        class Stubborn(types.ModuleType):
            def __setattr__(self, name, value):
                raise AttributeError(name)

        package = Stubborn("stubborn")
        vars(package)["__path__"] = [str(world.directory / "stubborn")]
        world.modules["stubborn"] = package
        world.write({"stubborn/child.py": "x = 1"})
        with pytest.warns(ImportWarning, match="Cannot set an attribute on 'stubborn' for child"):
            module = world.import_module("stubborn.child")
        assert module.x == 1


class TestFailure:
    def test_leaves_nothing(self, world):
        world.write({"broken.py": "import helper\nraise RuntimeError('inside')", "helper.py": ""})
        with pytest.raises(RuntimeError, match="inside"):
            world.run("import broken")
        assert modules_of(world, "broken", "helper") == ["helper"]

    def test_can_be_tried_again(self, world):
        world.write({"later.py": "import missing_helper_xyz"})
        with pytest.raises(ModuleNotFoundError):
            world.run("import later")
        world.write({"missing_helper_xyz.py": ""})
        world.run("import later")

    def test_of_a_submodule_leaves_the_parent(self, world):
        world.write({"top/__init__.py": "", "top/sub.py": "1/0", "top/good.py": ""})
        world.import_module("top.good")
        with pytest.raises(ZeroDivisionError):
            world.run("import top.sub")
        assert modules_of(world, "top") == ["top", "top.good"]
        assert not hasattr(world.modules["top"], "sub")

    def test_of_a_package_leaves_its_submodules(self, world):
        world.write({"top/__init__.py": "from . import sub\n1/0", "top/sub.py": ""})
        with pytest.raises(ZeroDivisionError):
            world.run("import top")
        assert modules_of(world, "top") == ["top.sub"]

    @pytest.mark.parametrize("error", ["SystemExit(3)", "KeyboardInterrupt", "GeneratorExit"])
    def test_of_any_kind(self, world, error):
        world.write({"broken.py": f"raise {error}"})
        kind = {"S": SystemExit, "K": KeyboardInterrupt, "G": GeneratorExit}[error[0]]
        with pytest.raises(kind):
            world.run("import broken")
        assert "broken" not in world.modules

    def test_a_module_whose_body_removed_it_and_failed(self, world):
        registry = types.ModuleType("entrepot_test_registry")
        registry.modules = world.modules
        world.modules["entrepot_test_registry"] = registry
        body = "from entrepot_test_registry import *\ndel modules[__name__]\n1/0"
        world.write({"gone.py": body})
        with pytest.raises(ZeroDivisionError):
            world.import_module("gone")

    def test_tracebacks_show_the_users_frames_only(self, world):
        world.write({"outer.py": "import inner", "inner.py": "1/0"})
        with pytest.raises(ZeroDivisionError) as caught:
            world.run("import outer")
        names, entry = [], caught.value.__traceback__
        while entry:
            names.append(entry.tb_frame.f_code.co_filename.rpartition("/")[2])
            entry = entry.tb_next
        names = [name for name in names if not name.startswith("<frozen importlib")]
        assert names[-3:] == ["client.py", "outer.py", "inner.py"]


class TestCircular:
    def test_modules_see_each_other_half_done(self, world):
        world.write({"a.py": "x = 1\nimport b\ny = 2", "b.py": "import a\nseen = sorted(vars(a))"})
        scope = world.run("import a")
        seen = scope["a"].b.seen
        assert "x" in seen
        assert "y" not in seen

    def test_from_says_what_is_wrong(self, world):
        world.write({"a.py": "from b import x", "b.py": "from a import y"})
        text = "cannot import name 'y' from (partially initialized module )?'a'"
        with pytest.raises(ImportError, match=text):
            world.run("import a")
        assert modules_of(world, "a", "b") == []

    def test_submodules_by_from(self, world):
        """bpo-30024, bpo-992389: the statement falls back on `modules`."""
        world.write(
            {
                "top/__init__.py": "from top import a",
                "top/a.py": "from top import b\nx = 1",
                "top/b.py": "from top import a\nfrom . import a as again\nsame = a is again",
            }
        )
        world.run("import top")
        assert world.modules["top"].b.same is True
        assert world.modules["top"].b.a is world.modules["top.a"]

    def test_submodules_by_import_as(self, world):
        world.write(
            {
                "top/__init__.py": "import top.a",
                "top/a.py": "import top.b as b",
                "top/b.py": "import top.a as a\nseen = a.__name__",
            }
        )
        world.run("import top")
        assert world.modules["top.b"].seen == "top.a"


class TestFinders:
    def test_that_import_what_they_are_asked_for(self, world):
        module = types.ModuleType("conjured")
        module.__spec__ = own = types.SimpleNamespace(
            name="conjured", loader=types.SimpleNamespace(), origin=None, parent="",
            submodule_search_locations=None, has_location=False, cached=None,
        )  # fmt: skip
        own.loader.create_module = lambda spec: None
        own.loader.exec_module = lambda module: vars(module).update(by="own spec")

        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                if name == "conjured":
                    world.modules[name] = module
                    return types.SimpleNamespace(name=name, loader=None)
                return None

        world.meta_path.insert(0, Finder)
        assert world.import_module("conjured").by == "own spec"

    def test_arguments(self, world):
        calls = []

        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                calls.append((name, path, target))

        world.write({"top/__init__.py": "", "top/sub.py": ""})
        world.meta_path.insert(0, Finder)
        world.import_module("top.sub")
        package = world.modules["top"]
        assert calls == [("top", None, None), ("top.sub", package.__path__, None)]
        world.reload(package)
        assert calls[-1] == ("top", None, package)

    def test_none_left(self, world):
        world.meta_path[:] = []
        with (
            pytest.warns(ImportWarning, match=r"sys.meta_path is empty"),
            pytest.raises(ModuleNotFoundError),
        ):
            world.import_module("nothing_finds_this")

    def test_a_spec_without_loader(self, world):
        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                if name != "without_loader":
                    return None
                return types.SimpleNamespace(
                    name=name, loader=None, origin=None, parent="", cached=None,
                    submodule_search_locations=None, has_location=False,
                )  # fmt: skip

        world.meta_path.insert(0, Finder)
        with pytest.raises(ImportError, match="missing loader"):
            world.import_module("without_loader")
        assert "without_loader" not in world.modules

    def test_a_loader_without_create_module(self, world):
        class Loader:
            def exec_module(self, module):
                pass

        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                return (
                    types.SimpleNamespace(name=name, loader=Loader()) if name == "halfway" else None
                )

        world.meta_path.insert(0, Finder)
        with pytest.raises(ImportError, match=r"must also define create_module\(\)"):
            world.import_module("halfway")

    def test_a_loader_that_makes_what_is_no_module(self, world):
        class Thing:
            """Neither a module, nor with a namespace."""

            __slots__ = ("__loader__", "__name__", "__package__", "__spec__")

        class Loader:
            def create_module(self, spec):
                return Thing()

            def exec_module(self, module):
                assert module.__name__ == "thing_module"

        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                if name != "thing_module":
                    return None
                from importlib.machinery import ModuleSpec

                return ModuleSpec(name, Loader())

        world.meta_path.insert(0, Finder)
        assert type(world.import_module("thing_module")) is Thing

    def test_errors_of_finders_pass(self, world):
        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                if name == "finder_fails":
                    raise LookupError("in the finder")

        world.meta_path.insert(0, Finder)
        with pytest.raises(LookupError, match="in the finder"):
            world.import_module("finder_fails")


class TestFindSpec:
    def test_does_not_import_but_parents(self, world):
        world.write({"top/__init__.py": "", "top/sub.py": "1/0"})
        assert world.find_spec("top.sub").name == "top.sub"
        assert modules_of(world, "top") == ["top"]
        assert world.find_spec(".sub", "top").name == "top.sub"
        assert world.find_spec("top.absent") is None
        assert world.find_spec("absent_xyz") is None

    def test_of_what_is_there(self, world):
        world.modules["bare"] = module = types.ModuleType("bare")
        with pytest.raises(ValueError, match="bare.__spec__ is None"):
            world.find_spec("bare")
        del module.__spec__
        with pytest.raises(ValueError, match="bare.__spec__ is not set"):
            world.find_spec("bare")
        world.modules["bare"] = None
        assert world.find_spec("bare") is None

    def test_below_what_is_no_package(self, world):
        world.write({"plain.py": ""})
        with pytest.raises(ModuleNotFoundError, match="__path__ attribute not found on 'plain'"):
            world.find_spec("plain.x")

    def test_relative_without_package(self, world):
        with pytest.raises(ImportError, match="no package specified for '.x'"):
            world.find_spec(".x")


def test_no_warning_is_lost_or_made_up(world):
    world.write({"top/__init__.py": "", "top/sub.py": "from . import other", "top/other.py": ""})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        world.run("import top.sub\nfrom top import *\nfrom top import other")
