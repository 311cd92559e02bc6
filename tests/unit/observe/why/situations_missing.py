"""Situations in which a module is not found: why, and what to do (see `situations_found`)."""

from __future__ import annotations

import os
import site
import sys

from entrepot.observe.why import builds
from tests.unit.observe.why.situations_found import NoFinder
from tests.unit.observe.why.worlds import MARK, STDLIB

MISSING = []


def finds(code, *, text="", advice=""):
    """The module is not found, with the finding *code*; its text and advice have these words."""

    def register(prepare):
        MISSING.append((prepare, code, text, advice))
        return prepare

    return register


# --- The name


@finds("misspelt", text="there is requests", advice="import requests")
def two_letters_exchanged(world):
    world.entry("site")
    world.dist("requests", "requests/__init__.py")
    return "reqeusts"


@finds("misspelt", text="there is json", advice="import json")
def a_name_of_the_stdlib_misspelt(world):
    world.path.append(STDLIB)
    return "jsno"


@finds("misspelt", text="there is pkg.helpers", advice="import pkg.helpers")
def a_submodule_misspelt(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/helpers.py")
    return "pkg.helper"


@finds("misspelt", text="there is toolbox", advice="import toolbox")
def a_misspelt_name_in_an_archive(world):
    world.path.append(str(world.archive("lib.zip", "toolbox.py")))
    return "tolbox"


@finds("misspelt", text="there is hookedup", advice="import hookedup")
def a_misspelt_name_that_a_finder_tells_of(world):
    from entrepot.machinery import ModuleSpec

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            return None

        @staticmethod
        def discover(parent=None):
            return [ModuleSpec("hookedup", None)]

    world.meta_path.insert(0, Finder)
    return "hokedup"


@finds("unknown", text="nothing called qqxyzzy", advice="check the name")
def nothing_at_all(world):
    world.entry("site")
    return "qqxyzzy"


@finds("unknown", text="qqxyzzy", advice="pip install")
def an_empty_path(world):
    return "qqxyzzy"


@finds("file-name", text="looks like the name of a file", advice="entrepot why tool")
def a_file_name_in_the_place_of_a_module(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    return "tool.py"


@finds("python-2", text="Python 2 had", advice="import configparser")
def a_name_of_python_2(world):
    world.path.append(STDLIB)
    return "ConfigParser"


@finds(
    "removed-from-stdlib", text="removed from the standard library in Python 3.10", advice="use ast"
)
def a_module_that_was_removed(world):
    world.path.append(STDLIB)
    return "symbol"


@finds("new-in-stdlib", text="since Python 9.0", advice="install futurelib-backport")
def a_module_of_a_later_python(world):
    from entrepot.observe.why import history

    world.monkeypatch.setitem(history.ADDED, "futurelib", ((9, 0), "futurelib-backport"))
    return "futurelib"


@finds("stdlib-missing", text="belongs to the standard library", advice="python3-tk")
def a_python_without_tkinter(world):
    world.entry("site")
    return "tkinter"


@finds("stdlib-missing", text="belongs to the standard library", advice="Windows only")
def a_module_of_another_platform(world):
    world.entry("site")
    return "_overlapped" if sys.platform != "win32" else "fcntl"


# --- Files that are nearly right


@finds("wrong-case", text="{site/Yaml} differs", advice="import Yaml")
def a_package_in_another_case(world):
    world.entry("site")
    world.file("site/Yaml/__init__.py")
    return "yaml"


@finds("wrong-case", text="{cwd/pkg/Models.py} differs", advice="import pkg.Models")
def a_submodule_in_another_case(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/Models.py")
    return "pkg.models"


@finds("unicode-form", text="Unicode form NFD", advice="NFC")
def a_file_name_in_decomposed_form(world):
    world.entry("cwd")
    world.file("cwd/cafe\N{COMBINING ACUTE ACCENT}.py")
    return "caf\N{LATIN SMALL LETTER E WITH ACUTE}"


@finds(
    "foreign-extension", text="was built for cpython-35m-x86_64-linux-gnu", advice="install fast"
)
def an_extension_for_another_abi(world):
    world.entry("site")
    world.dist("fast", "_fast.cpython-35m-x86_64-linux-gnu.so")
    return "_fast"


@finds("foreign-extension", text="this is an interpreter without extension modules", advice="fast")
def an_extension_for_an_interpreter_that_loads_none(world):
    world.monkeypatch.setattr(builds, "extension_suffixes", list)
    return an_extension_for_another_abi(world)


@finds("foreign-extension", text="cpython-35m-darwin", advice="pip install --force-reinstall")
def an_extension_in_a_package_for_another_system(world):
    world.entry("site")
    world.dist("numbers-x", "numx/__init__.py", "numx/core.cpython-35m-darwin.so")
    return "numx.core"


@finds("wrong-suffix", text="{cwd/tool.py.txt}", advice="rename it to tool.py")
def a_module_saved_as_text(world):
    world.entry("cwd")
    world.file("cwd/tool.py.txt")
    return "tool"


@finds("wrong-suffix", text="because of its suffix", advice="build it")
def a_source_of_cython(world):
    world.entry("cwd")
    world.file("cwd/fast.pyx")
    return "fast"


@finds("wrong-suffix", text="{cwd/typed.pyi}", advice="a stub is for type checkers only")
def a_stub_without_its_module(world):
    world.entry("cwd")
    world.file("cwd/typed.pyi")
    return "typed"


@finds("wrong-suffix", text="{cwd/tool.PY}", advice="rename it to tool.py")
def a_suffix_in_capitals(world):
    world.entry("cwd")
    world.file("cwd/tool.PY")
    return "tool"


@finds("not-a-file", text="{cwd/tool.py} is a link to {gone.py}", advice="restore")
def a_link_that_leads_nowhere(world):
    world.entry("cwd")
    os.symlink(world.root / "gone.py", world.root / "cwd/tool.py")
    return "tool"


@finds(
    "not-a-file", text="{cwd/tool.py} is a directory", advice="rename the directory to {cwd/tool}"
)
def a_directory_called_as_a_file(world):
    world.entry("cwd")
    world.directory("cwd/tool.py")
    return "tool"


@finds("orphan-bytecode", text="its source is not", advice="restore {cwd/tool.py}")
def a_pyc_without_its_source(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    world.compile("cwd/tool.py")
    (world.root / "cwd/tool.py").unlink()
    return "tool"


# --- The search itself


@finds("blocked", text="None stands in sys.modules for yaml", advice="del sys.modules['yaml']")
def none_in_sys_modules(world):
    world.entry("site")
    world.file("site/yaml.py")
    world.modules["yaml"] = None
    return "yaml"


@finds("blocked", text="for pkg,", advice="del sys.modules['pkg']")
def none_in_the_place_of_the_parent(world):
    world.entry("site")
    world.files("site/pkg/__init__.py", "site/pkg/mod.py")
    world.modules["pkg"] = None
    return "pkg.mod"


@finds("stale-cache", text="{cwd/tool.py} is there", advice="importlib.invalidate_caches()")
def a_finder_that_does_not_know_the_new_file(world):
    entry = world.entry("cwd")
    world.cache[str(entry)] = NoFinder()
    world.file("cwd/tool.py")
    return "tool"


@finds("stale-cache", text="{late/tool.py} is there", advice="invalidate_caches")
def a_directory_made_after_it_was_asked_for(world):
    entry = world.entry("late")
    world.cache[str(entry)] = None
    world.file("late/tool.py")
    return "tool"


@finds(
    "finder-raised", text="raises RuntimeError: out of order", advice="repair or remove that finder"
)
def a_meta_path_finder_that_raises(world):
    class Broken:
        @staticmethod
        def find_spec(name, path=None, target=None):
            raise RuntimeError("out of order")

    world.entry("cwd")
    world.file("cwd/tool.py")
    world.meta_path.insert(0, Broken)
    return "tool"


@finds("finder-raised", text="raises OSError: no connection", advice="made by a path hook")
def a_path_entry_finder_that_raises(world):
    class Broken:
        @staticmethod
        def find_spec(name, target=None):
            raise OSError("no connection")

    entry = world.entry("remote")
    world.cache[str(entry)] = Broken()
    return "tool"


@finds("finder-raised", text="raises OSError: no connection", advice="made by a path hook")
def a_path_entry_finder_that_raises_before_the_module(world):
    name = a_path_entry_finder_that_raises(world)
    world.entry("site")
    world.file("site/tool.py")
    return name


# --- Parents


@finds("parent-missing", text="nosuch is not found", advice="see what is said of nosuch")
def a_parent_that_is_not_there(world):
    world.entry("cwd")
    return "nosuch.thing"


@finds("misspelt", text="there is pkg", advice="import pkg")
def a_misspelt_parent(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/mod.py")
    return "pkgg.mod"


@finds(
    "parent-not-package",
    text="tool is a module, not a package: {cwd/tool.py}",
    advice="import tool itself",
)
def a_submodule_of_a_module(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    return "tool.part"


@finds("parent-not-package", text="email is a module", advice="see what hides it")
def a_submodule_of_what_a_local_file_hides(world):
    world.entry("cwd")
    world.file("cwd/email.py")
    world.path.append(STDLIB)
    return "email.message"


@finds("parent-not-package", text="sys is a built-in module", advice="import sys itself")
def a_submodule_of_a_built_in_module(world):
    return "sys.path"


@finds("parent-not-package", text="made is a module", advice="import made itself")
def a_submodule_of_a_module_made_by_hand(world):
    world.modules["made"] = type(sys)("made")
    return "made.part"


@finds("attribute-not-module", text="{cwd/tool.py}, line 3", advice="from tool import part")
def a_function_taken_for_a_submodule(world):
    world.entry("cwd")
    world.file("cwd/tool.py", MARK + "\ndef part():\n    pass\n")
    return "tool.part"


@finds("attribute-not-module", text="{cwd/pkg/__init__.py}, line 2", advice="from pkg import Thing")
def a_class_of_a_package_taken_for_a_submodule(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", MARK + "class Thing: pass\n")
    return "pkg.Thing"


@finds("parent-fails", text="{cwd/pkg/__init__.py}, line 1", advice="correct it")
def a_parent_with_a_syntax_error(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", "def f(:\n")
    return "pkg.missing"


@finds("path-at-run-time", text="changes sys.modules", advice="look again in the running program")
def a_parent_that_makes_its_submodules(world):
    world.entry("cwd")
    world.file("cwd/six.py", f"import sys\n{MARK}sys.modules[__name__ + moves] = sys\n")
    return "six.moves"


@finds(
    "in-cut-off-portion",
    text="{two/company/b.py} is there, but {one/company/__init__.py}",
    advice="remove {one/company/__init__.py}",
)
def a_module_in_a_portion_that_is_cut_off(world):
    world.entry("one")
    world.entry("two")
    world.files("one/company/__init__.py", "one/company/a.py", "two/company/b.py")
    return "company.b"


@finds("in-cut-off-portion", text="{cwd/tool/mine.py}", advice="add __init__.py to the directory")
def a_directory_that_lacks_its_init(world):
    world.entry("cwd")
    world.entry("site")
    world.files("cwd/tool/mine.py", "site/tool/__init__.py")
    return "tool.mine"


# --- Distributions


@finds("not-installed", text="PyYAML provides yaml", advice="pip install PyYAML")
def a_module_whose_distribution_is_called_otherwise(world):
    world.entry("site")
    return "yaml"


@finds("not-installed", text="scikit-learn provides sklearn,", advice="pip install scikit-learn")
def a_submodule_of_a_distribution_that_is_not_installed(world):
    world.entry("site")
    return "sklearn.svm"


@finds("not-installed", text="(app 1.0 requires it)", advice="pip install 'httpx>=0.27'")
def a_requirement_that_is_not_installed(world):
    world.entry("site")
    world.dist("app", "app.py", requires=["httpx>=0.27"])
    return "httpx"


@finds(
    "not-installed",
    text="the extra cli of app 1.0",
    advice="pip install 'rich>=13' (or all of that extra: 'app[cli]')",
)
def a_requirement_of_an_extra(world):
    world.entry("site")
    world.dist("app", "app.py", requires=['rich>=13; extra == "cli"'])
    return "rich"


@finds("not-installed", text="app 1.0 requires it", advice="'opencv-python-headless>=4'")
def a_requirement_called_otherwise(world):
    world.entry("site")
    world.dist("app", "app.py", requires=["opencv-python-headless>=4"])
    return "cv2"


@finds(
    "distribution-name", text="beautifulsoup4 1.0; its modules are called bs4", advice="import bs4"
)
def an_installed_distribution_taken_for_its_module(world):
    world.entry("site")
    world.dist("beautifulsoup4", "bs4/__init__.py")
    return "beautifulsoup4"


@finds("distribution-name", text="scikit-learn (not installed)", advice="import sklearn")
def a_distribution_not_installed_taken_for_its_module(world):
    world.entry("site")
    return "scikit_learn"


@finds(
    "not-in-distribution",
    text="setuptools 82.0 is installed, but has no pkg_resources",
    advice="pip install 'setuptools<82'",
)
def a_version_that_has_the_module_no_more(world):
    world.entry("site")
    world.dist("setuptools", "setuptools/__init__.py", version="82.0")
    return "pkg_resources"


@finds("not-in-distribution", text="pymongo 2.0 is installed", advice="release notes")
def a_distribution_that_should_have_it(world):
    world.entry("site")
    world.dist("pymongo", "pymongo/__init__.py", version="2.0")
    return "bson"


@finds("not-installed", text="setuptools provides pkg_resources", advice="'setuptools<82'")
def a_module_that_the_newest_release_lacks(world):
    world.entry("site")
    return "pkg_resources"


@finds("not-installed", text="protobuf provides google.protobuf", advice="pip install protobuf")
def a_package_in_a_namespace_that_is_not_there(world):
    world.entry("site")
    return "google.protobuf.message"


@finds("not-installed", text="matplotlib provides matplotlib", advice="pip install matplotlib")
def a_distribution_with_more_modules_than_that_of_its_name(world):
    world.entry("site")
    return "matplotlib"


@finds("elsewhere", text="of Python 3.9", advice="pip install 'setuptools<82'")
def a_module_elsewhere_that_the_newest_release_lacks(world):
    world.entry("site")
    inside = world.environment("cwd/venv")
    world.dist("setuptools", "pkg_resources/__init__.py", at=inside, version="68.0")
    return "pkg_resources"


@finds("misspelt", text="there is yaml.loader", advice="import yaml.loader")
def a_submodule_misspelt_of_a_known_distribution(world):
    world.entry("site")
    world.dist("PyYAML", "yaml/__init__.py", "yaml/loader.py")
    return "yaml.laoder"


@finds("elsewhere", text="of Python 3.9", advice="pip install setuptools==68.0")
def an_older_version_elsewhere_that_has_the_module(world):
    world.entry("site")
    world.dist("setuptools", "setuptools/__init__.py", version="82.0")
    inside = world.environment("cwd/venv")
    world.dist("setuptools", "pkg_resources/__init__.py", at=inside, version="68.0")
    return "pkg_resources"


@finds(
    "files-gone", text="PyYAML 6.0 has installed yaml", advice="--force-reinstall --no-deps PyYAML"
)
def an_installed_package_whose_files_are_gone(world):
    world.entry("site")
    world.dist("PyYAML", "yaml/__init__.py", version="6.0", make=False)
    return "yaml"


@finds("editable-nowhere", text="from {moved/src}, which does not exist", advice="pip install -e")
def an_editable_pth_that_leads_nowhere(world):
    world.entry("site")
    world.file("site/_mylib.pth", f"{world.root / 'moved/src'}\n")
    world.dist("mylib", "_mylib.pth", editable=True)
    return "mylib"


@finds("editable-nowhere", text="mylib 1.0 (editable)", advice="pip uninstall mylib")
def an_editable_finder_that_leads_nowhere(world):
    world.entry("site")
    mapping = {"mylib": str(world.root / "moved/mylib")}
    world.file("site/__editable___mylib_1_0_finder.py", f"MAPPING: dict[str, str] = {mapping!r}\n")
    world.dist("mylib", "__editable___mylib_1_0_finder.py", editable=True)
    return "mylib"


@finds(
    "pth-nowhere",
    text="adds {gone/mylib} to the path, which does not exist",
    advice="remove that line",
)
def a_pth_that_leads_nowhere(world):
    world.entry("site")
    world.file("site/mylib.pth", f"{world.root / 'gone/mylib'}\n")
    return "mylib"


@finds("pth-nowhere", text="{site/my-lib.egg-link}", advice="pip uninstall my-lib")
def an_egg_link_that_leads_nowhere(world):
    world.entry("site")
    world.file("site/my-lib.egg-link", f"{world.root / 'gone/mylib'}\n.")
    return "my_lib"


@finds("pth-not-read", text="{site/extra.pth} names it", advice="site.addsitedir('{site}')")
def a_pth_outside_of_a_site_directory(world):
    world.entry("site")
    world.file("more/tool.py")
    world.file("site/extra.pth", f"# more\n{world.root / 'more'}\nimport os\n")
    return "tool"


# --- Other places


@finds(
    "in-current-directory", text="{cwd/tool.py} is in the current directory", advice="PYTHONPATH"
)
def a_module_beside_a_program_elsewhere(world):
    world.entry("scripts")
    world.program = str(world.file("scripts/app.py", ""))
    world.file("cwd/tool.py")
    return "tool"


@finds("in-current-directory", text="for a script, its own directory is", advice="python -m")
def a_package_beside_the_directory_of_a_script(world):
    world.entry("cwd/scripts")
    world.program = str(world.file("cwd/scripts/app.py", ""))
    world.file("cwd/tool/__init__.py")
    return "tool.part"


@finds("src-layout", text="{cwd/src/mylib/__init__.py}", advice="pip install -e {cwd}")
def a_source_tree_that_is_not_installed(world):
    world.entry("cwd")
    world.file("cwd/pyproject.toml", "")
    world.file("cwd/src/mylib/__init__.py")
    return "mylib"


@finds("elsewhere", text="of Python 3.9", advice="start the program with {cwd/.venv/bin/python3.9}")
def a_package_in_a_virtual_environment_beside(world):
    inside = world.environment("cwd/.venv")
    world.dist("somelib", "somelib/__init__.py", at=inside)
    return "somelib"


@finds("elsewhere", text="/somelib.py is in another environment", advice="pip install some-lib")
def a_module_of_the_active_environment(world):
    inside = world.environment("envs/active", "3.10")
    world.monkeypatch.setenv("VIRTUAL_ENV", str(world.root / "envs/active"))
    world.dist("some-lib", "somelib.py", at=inside)
    return "somelib"


@finds("elsewhere", text="of Python 3.8", advice="install it here")
def a_package_of_another_version_under_the_same_prefix(world):
    world.file("machine/prefix/lib/python3.8/site-packages/somelib/__init__.py")
    return "somelib"


@finds(
    "elsewhere", text="{machine/base/lib/python3.12/site-packages/somelib.py}", advice="pip install"
)
def a_module_of_the_interpreter_under_a_virtual_environment(world):
    world.file("machine/base/lib/python3.12/site-packages/somelib.py")
    world.monkeypatch.setattr(sys, "base_prefix", str(world.root / "machine/base"))
    return "somelib"


@finds("elsewhere", text="somelib.cpython-39", advice="install it here")
def an_extension_of_a_neighbour(world):
    world.file("machine/other/lib/python3.9/site-packages/somelib.cpython-39-x86_64-linux-gnu.so")
    return "somelib"


@finds("elsewhere", text="of Python 3.7", advice="{tools/bin/python3.7}")
def an_interpreter_on_the_command_path(world):
    world.file("tools/bin/python3.7", "")
    world.file("tools/lib/python3.7/site-packages/somelib.py")
    world.monkeypatch.setenv("PATH", str(world.root / "tools/bin"))
    return "somelib"


@finds("user-site", text="this is a virtual environment", advice="include-system-site-packages")
def a_module_in_the_users_site_packages(world):
    world.monkeypatch.setattr(sys, "base_prefix", str(world.root / "machine/base"))
    world.file(f"{os.path.relpath(site.USER_SITE, world.root)}/somelib.py")
    return "somelib"


@finds("entry-unusable", text="is taken literally", advice="use {home/lib}")
def a_tilde_in_pythonpath(world):
    world.path.append(f"{world.root / 'cwd'}/~/lib")
    return "somelib"


@finds("entry-unusable", text="is no string but a PosixPath", advice="str(entry)")
def a_path_object_on_sys_path(world):
    world.path.append(world.directory("lib"))
    world.file("lib/somelib.py")
    return "somelib"


@finds("entry-unusable", text="no archive that can be read", advice="put the directory on the path")
def a_damaged_archive(world):
    world.path.append(str(world.file("lib.zip", "this is no archive")))
    return "somelib"


@finds("entry-unusable", text="quotation marks", advice="use {lib}")
def quotation_marks_around_an_entry(world):
    world.path.append(f'"{world.directory("lib")}"')
    return "somelib"


@finds("entry-unusable", text="is several, separated by ';'", advice="{lib}:{more}")
def two_entries_with_the_wrong_separator(world):
    world.path.append(f"{world.directory('lib')};{world.directory('more')}")
    return "somelib"


# --- Combinations


@finds("not-installed", text="PyYAML provides yaml", advice="pip install PyYAML")
def a_wrong_case_and_not_installed(world):
    world.entry("site")
    world.file("site/YAML.py")
    return "yaml"


@finds("elsewhere", text="of Python 3.9", advice="pip install PyYAML")
def not_installed_here_but_elsewhere_under_another_name(world):
    inside = world.environment("cwd/venv")
    world.file(f"{inside}/yaml/__init__.py")
    return "yaml"


@finds("foreign-extension", text="was built for", advice="install --force-reinstall")
def an_extension_for_another_abi_in_a_namespace_package(world):
    world.entry("one")
    world.entry("two")
    world.files("one/space/a.py", "two/space/b.cpython-35m-x86_64-linux-gnu.so")
    return "space.b"


@finds("wrong-case", text="{two/space/B.py}", advice="import space.B")
def a_wrong_case_in_the_second_portion(world):
    world.entry("one")
    world.entry("two")
    world.files("one/space/a.py", "two/space/B.py")
    return "space.b"


@finds("stale-cache", text="{cwd/pkg/new.py}", advice="invalidate_caches")
def a_stale_cache_of_a_package_that_is_imported(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/new.py")
    package = type(sys)("pkg")
    package.__path__ = [str(world.root / "cwd/pkg")]
    world.modules["pkg"] = package
    world.cache[str(world.root / "cwd/pkg")] = NoFinder()
    return "pkg.new"
