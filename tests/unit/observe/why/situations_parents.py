"""Situations in which a package is there, and the module in it is not; or who imports is in it."""

from __future__ import annotations

import json
import sys
from types import ModuleType

from entrepot.core.isolated import SharingFinder
from entrepot.machinery import ModuleSpec
from entrepot.observe.why.view import Importer
from tests.unit.observe.why.worlds import MARK, STDLIB

FOUND, MISSING = [], []


def finds(code, *, text="", advice="", table=MISSING):
    """There is the finding *code*; its text and advice have these words."""

    def register(prepare):
        table.append((prepare, code, text, advice))
        return prepare

    return register


# --- A package without such a module


@finds("not-in-package", text="json has no module nope; it has", advice="the standard library's")
def a_submodule_that_the_stdlib_lacks(world):
    world.path.append(STDLIB)
    return "json.nope"


@finds("not-in-package", text="pkg has no module qq; it has a and b", advice="make {cwd/pkg/qq}.py")
def a_submodule_that_nobody_has_written(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/a.py", "cwd/pkg/b.py")
    return "pkg.qq"


@finds("not-in-package", text="has no module qq", advice="the release notes of lib 1.0")
def a_submodule_that_a_release_lacks(world):
    world.entry("site")
    world.dist("lib", "lib/__init__.py")
    return "lib.qq"


@finds("not-in-package", text="it has a0, a1, a2, a3, a4, a5 and 4 more", advice="check the name")
def a_submodule_of_a_package_with_many(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", *(f"cwd/pkg/a{n}.py" for n in range(10)))
    return "pkg.qqxyzzy"


@finds("not-in-package", text="lib has no module qq; it has m", advice="check the name")
def a_submodule_that_an_archive_lacks(world):
    world.path.append(str(world.archive("lib.zip", "lib/__init__.py", "lib/m.py")))
    return "lib.qq"


@finds("parent-not-package", text="made.sub is a module, not a package", advice="made.sub itself")
def a_submodule_of_a_module_put_into_sys_modules(world):
    # As os.path is, in os, which is no package.
    world.modules["made"], world.modules["made.sub"] = ModuleType("made"), ModuleType("made.sub")
    return "made.sub.part"


@finds("attribute-not-module", text="part is no module but is", advice="from made import part")
def a_function_of_an_imported_module_taken_for_a_submodule(world):
    made = ModuleType("made")
    made.__file__ = str(world.file("elsewhere/made.py", MARK + "def part(): pass\n"))
    world.modules["made"] = made
    return "made.part"


# --- A package in which something is missing on the way


@finds(
    "in-cut-off-portion",
    text="{two/company/b/__init__.py} is there",
    advice="remove {one/company/__init__.py}",
)
def a_module_below_a_portion_that_is_cut_off(world):
    world.entry("one")
    world.entry("two")
    world.files("one/company/__init__.py", "two/company/b/__init__.py", "two/company/b/c.py")
    return "company.b.c"


@finds("attribute-not-module", text="Thing is no module", advice="from pkg import Thing")
def an_attribute_of_what_is_no_module(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", MARK + "class Thing: pass\n")
    return "pkg.Thing.method"


@finds("namespace-empty", text="{cwd/numbers_x}, which has no modules", advice="rename or remove")
def a_submodule_of_a_directory_of_data(world):
    world.entry("cwd")
    world.file("cwd/numbers_x/table.csv", "")
    return "numbers_x.linalg"


@finds("init-gone", text="lib 1.0 has installed {site/lib/__init__.py}, which is gone",
       advice="pip install --force-reinstall --no-deps lib", table=FOUND)  # fmt: skip
def a_package_whose_init_went_with_another_distribution(world):
    world.entry("site")
    world.dist("lib", "lib/__init__.py", "lib/b.py")
    (world.root / "site/lib/__init__.py").unlink()
    return "lib"


@finds("init-gone", text="lib is a namespace package now", advice="--no-deps lib", table=FOUND)
def a_module_in_a_package_that_has_lost_its_init(world):
    a_package_whose_init_went_with_another_distribution(world)
    return "lib.b"


@finds("init-gone", text="which is gone", advice="--force-reinstall")
def a_module_that_has_gone_with_the_init(world):
    a_package_whose_init_went_with_another_distribution(world)
    (world.root / "site/lib/b.py").unlink()
    return "lib.b"


# --- Who imports is in the package, or beside the module


@finds("beside-importer", text="{cwd/pkg/helper.py} is beside {cwd/pkg/cli.py}",
       advice="from . import helper, or import pkg.helper")  # fmt: skip
def an_import_as_in_python_2(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/cli.py", "cwd/pkg/helper.py")
    world.importer = Importer(str(world.root / "cwd/pkg/cli.py"), "pkg", is_main=False)
    return "helper"


@finds("beside-importer", text="{tools/helper.py} is beside", advice="put {tools} in PYTHONPATH")
def a_module_beside_a_file_that_is_in_no_package(world):
    world.files("tools/run.py", "tools/helper.py")
    world.importer = Importer(str(world.root / "tools/run.py"), "", is_main=False)
    return "helper"


@finds("inside-package", text="{cwd/pkg/cli.py} is itself in pkg, but {cwd}, which has pkg",
       advice="start it as a module, in {cwd}: ")  # fmt: skip
def a_script_in_the_package_that_it_imports(world):
    world.entry("cwd/pkg")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/cli.py")
    world.importer = Importer(str(world.root / "cwd/pkg/cli.py"), "", is_main=True)
    return "pkg"


@finds("inside-package", text="is itself in pkg", advice="-m pkg.commands.run")
def a_script_far_down_in_the_package_that_it_imports(world):
    world.entry("cwd/pkg/commands")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/other.py", "cwd/pkg/commands/run.py")
    world.importer = Importer(str(world.root / "cwd/pkg/commands/run.py"), "", is_main=True)
    return "pkg.other"


@finds("inside-package", text="is itself in pkg", advice="put {lib} in PYTHONPATH")
def a_module_of_a_package_that_is_found_without_it(world):
    world.entry("lib/pkg")
    world.files("lib/pkg/__init__.py", "lib/pkg/mod.py")
    world.importer = Importer(str(world.root / "lib/pkg/mod.py"), "", is_main=False)
    return "pkg"


# --- What installers have left


def _hook(world, *, at, project="built"):
    """Install *project* as meson-python does: a finder in a module of the site directory."""
    finder = f"_{project}_editable_loader.py"
    world.entry("site")
    world.dist(project, finder, editable=True)
    url = {"url": (world.root / at).as_uri(), "dir_info": {"editable": True}}
    world.file(f"site/{project}-1.0.dist-info/direct_url.json", json.dumps(url))
    made = ModuleType(finder[:-3])
    made.__file__ = str(world.root / "site" / finder)
    world.monkeypatch.setitem(sys.modules, finder[:-3], made)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            raise FileNotFoundError("no build directory")

    Finder.__module__ = finder[:-3]
    return Finder


@finds("finder-raised", text="of built 1.0 (editable) raises FileNotFoundError",
       advice="pip uninstall built")  # fmt: skip
def the_finder_of_an_editable_install_that_cannot_build(world):
    world.directory("source")
    world.meta_path.insert(0, _hook(world, at="source"))
    return "anything"


@finds("editable-nowhere", text="from {moved}, which does not exist", advice="pip uninstall built")
def the_finder_of_an_editable_install_whose_source_has_moved(world):
    world.meta_path.insert(0, _hook(world, at="moved"))
    return "anything"


@finds(
    "editable-nowhere", text="from {moved/src}, which does not exist", advice="uninstall nice-lib"
)
def an_editable_install_without_top_level_names(world):
    world.entry("site")
    world.dist("nice-lib", "_nice.pth", editable=True)
    world.file("site/_nice.pth", f"{world.root / 'moved/src'}\n")
    return "nicelib"


@finds(
    "editable-nowhere", text="app 1.0 (editable) is installed", advice="pip install -e DIRECTORY"
)
def an_editable_install_that_could_have_anything(world):
    world.entry("site")
    world.dist("app", "_app.pth", editable=True)
    world.file("site/_app.pth", f"{world.root / 'moved/src'}\n")
    return "qqxyzzy"


@finds("pth-nowhere", text="{site/mine.pth} adds {moved/src}", advice="correct or remove that line")
def a_pth_file_that_could_have_anything(world):
    world.entry("site")
    world.file("site/mine.pth", f"{world.root / 'moved/src'}\n")
    return "qqxyzzy"


@finds("foreign-inside", text="{site/numx/_core.cpython-35m-darwin.so} and 1 more were built for",
       advice="pip install --force-reinstall --no-cache-dir numbers-x", table=FOUND)  # fmt: skip
def a_package_whose_extensions_are_for_another_interpreter(world):
    world.entry("site")
    world.dist(
        "numbers-x", "numx/__init__.py", "numx/_core.cpython-35m-darwin.so",
        "numx/random/mt.cpython-35m-darwin.so",
    )  # fmt: skip
    return "numx"


# --- Modules that packages make


@finds("made-by-parent", text="pkg puts pkg.made into sys.modules", advice="executes pkg first",
       table=FOUND)  # fmt: skip
def a_module_that_its_package_makes(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", f"import sys\n{MARK}sys.modules['pkg.made'] = sys\n")
    return "pkg.made"


@finds("made-by-parent", text="{cwd/six.py}, line 3", advice="nothing", table=FOUND)
def a_module_that_a_module_makes_by_its_own_name(world):
    world.entry("cwd")
    text = f"from sys import modules\n{MARK}modules[__name__ + '.moves'] = object()\n"
    world.file("cwd/six.py", text)
    return "six.moves"


@finds("made-by-parent", text="pkg puts pkg.made", advice="nothing", table=FOUND)
def a_module_made_by_a_formatted_name(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", "import sys\nsys.modules[f'{__name__}.made'] = sys\n")
    return "pkg.made"


@finds("not-in-package", text="pkg has no module made", advice="check the name")
def a_module_that_its_package_makes_when_it_is_asked_to(world):
    world.entry("cwd")
    text = "import sys\ndef make():\n    sys.modules['pkg.made'] = sys\n"
    world.file("cwd/pkg/__init__.py", text)
    return "pkg.made"


# --- Finders and hooks that are not what they should be


class OwnFinder:
    def __init__(self, answer):
        self.answer = answer

    def find_spec(self, name, path=None, target=None):
        return self.answer if name == "odd" else None


@finds("finder-raised", text="OwnFinder raises AttributeError", advice="repair or remove")
def a_finder_that_finds_no_spec(world):
    world.meta_path.insert(0, OwnFinder(object()))
    return "odd"


@finds("finder-raised", text="OwnFinder raises ImportError: missing loader", advice="repair")
def a_finder_that_finds_a_spec_without_a_loader(world):
    world.meta_path.insert(0, OwnFinder(ModuleSpec("odd", None)))
    return "odd"


@finds("finder-raised", text="OwnFinder raises ImportError", advice="made by a path hook")
def a_path_entry_finder_that_finds_a_spec_without_a_loader(world):
    world.cache[str(world.entry("cwd"))] = OwnFinder(ModuleSpec("odd", None))
    return "odd"


@finds("finder-raised", text="broken_hook raises ZeroDivisionError", advice="path hook")
def a_path_hook_that_raises(world):
    def broken_hook(entry):
        return 1 // 0

    world.entry("cwd")
    world.path_hooks.insert(0, broken_hook)
    return "odd"


@finds("hidden-by-shared", text="{plug/json.py} is not imported: the system shares json",
       advice="rename {plug/json.py}", table=FOUND)  # fmt: skip
def a_module_of_an_isolated_system_that_is_called_as_a_shared_one(world):
    world.entry("plug")
    world.file("plug/json.py")
    world.meta_path.insert(0, SharingFinder(None, {"json"}))
    return "json"
