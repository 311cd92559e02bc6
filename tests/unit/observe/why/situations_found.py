"""Situations in which a module is found: what is said of it.

A situation is a function that prepares a world and returns the name to ask for; its decorator
says what must come out. `{name}` in the expectations is a path in the world.
"""

from __future__ import annotations

import os
import py_compile
import sys

import pytest

from tests.capabilities import lacking
from tests.unit.observe.why.worlds import MARK, STDLIB

FOUND = []


def finds(code, *, text="", advice=""):
    """The module is found, with the finding *code*; its text and advice have these words."""

    def register(prepare):
        FOUND.append((prepare, code, text, advice))
        return prepare

    return register


@finds(
    "shadows-stdlib", text="hides the standard library's random", advice="rename {cwd/random.py}"
)
def a_local_random_over_the_stdlib(world):
    world.entry("cwd")
    world.file("cwd/random.py")
    world.path.append(STDLIB)
    return "random"


@finds("shadows-stdlib", text="{cwd/email/__init__.py}", advice="rename")
def a_local_package_over_a_package_of_the_stdlib(world):
    world.entry("cwd")
    world.file("cwd/email/__init__.py")
    world.path.append(STDLIB)
    return "email"


@finds("shadows-stdlib", text="{cwd/logging/__init__.py}", advice="remove its pyc")
def a_submodule_of_a_package_that_hides_the_stdlib(world):
    world.entry("cwd")
    world.files("cwd/logging/__init__.py", "cwd/logging/handlers.py")
    world.path.append(STDLIB)
    return "logging.handlers"


@finds("shadowed-by-interpreter", text="sys is a built-in module", advice="rename {cwd/sys.py}")
def a_file_called_like_a_built_in_module(world):
    world.entry("cwd")
    world.file("cwd/sys.py")
    return "sys"


@finds("shadowed-by-interpreter", text="zipimport", advice="rename {cwd/zipimport.py}")
def a_file_called_like_a_frozen_module(world):
    world.entry("cwd")
    world.file("cwd/zipimport.py")
    return "zipimport"


@finds("hidden-by-stdlib", text="of dataclasses 0.8", advice="uninstall it if it is a backport")
def a_backport_of_what_the_stdlib_has(world):
    if reason := lacking("library on disk"):
        pytest.skip(reason)
    world.path.append(STDLIB)
    world.entry("site")
    world.dist("dataclasses", "dataclasses.py", version="0.8")
    return "dataclasses"


@finds(
    "two-distributions",
    text="first-yaml 1.0 is imported, second-yaml 2.0",
    advice="pip uninstall first-yaml second-yaml",
)
def two_distributions_on_two_entries(world):
    world.entry("site")
    world.entry("other")
    world.dist("first-yaml", "yaml/__init__.py")
    world.dist("second-yaml", "yaml/__init__.py", at="other", version="2.0")
    return "yaml"


@finds(
    "two-owners",
    text="cv2-full 1.0 and cv2-headless 1.0",
    advice="pip uninstall cv2-full cv2-headless",
)
def two_distributions_in_one_directory(world):
    world.entry("site")
    world.dist("cv2-full", "cv2/__init__.py")
    world.dist("cv2-headless", "cv2/__init__.py")
    return "cv2"


@finds(
    "hides", text="{cwd/requests.py} comes before it", advice="remove or rename {cwd/requests.py}"
)
def a_local_file_over_an_installed_package(world):
    world.entry("cwd")
    world.file("cwd/requests.py")
    world.entry("site")
    world.dist("requests", "requests/__init__.py", version="2.0")
    return "requests"


@finds(
    "masks-finder",
    text="EditableFinder has mylib from {src/mylib.py}",
    advice="rename {cwd/mylib.py}",
)
def a_local_file_over_an_editable_finder(world):
    world.entry("cwd")
    world.file("cwd/mylib.py")
    source = world.file("src/mylib.py")

    class EditableFinder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            from entrepot.util import spec_from_file_location

            return spec_from_file_location(name, source) if name == "mylib" else None

    world.meta_path.append(EditableFinder)
    return "mylib"


@finds(
    "portion-cut-off",
    text="the directory {two/company} adds nothing to company",
    advice="remove {one/company/__init__.py} if company is meant to be a namespace package",
)
def a_namespace_portion_cut_off_by_a_regular_package(world):
    world.entry("one")
    world.entry("two")
    world.files("one/company/__init__.py", "one/company/a.py", "two/company/b.py")
    return "company"


@finds(
    "directory-without-init",
    text="{cwd/tool} comes first on the path, but {site/tool/__init__.py}",
    advice="add {cwd/tool}/__init__.py",
)
def a_directory_without_init_before_a_package(world):
    world.entry("cwd")
    world.entry("site")
    world.files("cwd/tool/mine.py", "site/tool/__init__.py")
    return "tool"


@finds("directory-without-init", text="{cwd/tool} comes first", advice="if that is the package")
def a_directory_without_init_before_a_module(world):
    world.entry("cwd")
    world.entry("site")
    world.files("cwd/tool/mine.py", "site/tool.py")
    return "tool"


@finds("same-directory", text="{cwd/both.py} is not imported", advice="remove or rename one")
def a_package_over_a_module_in_one_directory(world):
    world.entry("cwd")
    world.files("cwd/both.py", "cwd/both/__init__.py")
    return "both"


@finds("same-directory", text="{cwd/fast.py} is not imported", advice="remove or rename one")
def an_extension_over_its_source(world):
    if reason := lacking("extension modules"):
        pytest.skip(reason)
    from entrepot.machinery import EXTENSION_SUFFIXES

    world.entry("cwd")
    world.files("cwd/fast.py", f"cwd/fast{EXTENSION_SUFFIXES[0]}")
    return "fast"


@finds("namespace-empty", text="nothing but the directory {cwd/yaml}", advice="PyYAML provides it")
def an_empty_directory_in_the_place_of_a_package(world):
    world.entry("cwd")
    world.file("cwd/yaml/readme.txt", "")
    return "yaml"


@finds("misnamed-init", text="{cwd/pkg/init.py} is not taken", advice="rename it to __init__.py")
def an_init_without_underscores(world):
    world.entry("cwd")
    world.files("cwd/pkg/init.py", "cwd/pkg/mod.py")
    return "pkg"


@finds("misnamed-init", text="{cwd/pkg/__init__.py.txt}", advice="rename it to __init__.py")
def an_init_saved_as_text(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py.txt", "cwd/pkg/mod.py")
    return "pkg"


@finds("imported-from-elsewhere", text="a search would find {cwd/tool.py}", advice="restart")
def a_module_imported_from_another_place(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    module = type(sys)("tool")
    module.__file__ = str(world.file("before/tool.py"))
    world.modules["tool"] = module
    return "tool"


@finds("already-imported", text="is in sys.modules", advice="importlib.reload()")
def a_module_that_is_imported(world):
    world.entry("cwd")
    module = type(sys)("tool")
    module.__file__ = str(world.file("cwd/tool.py"))
    world.modules["tool"] = module
    return "tool"


@finds("already-imported", text="os.path is in sys.modules", advice="")
def a_submodule_of_what_is_no_package(world):
    world.path.append(STDLIB)
    world.modules.update({"os": os, "os.path": os.path})
    return "os.path"


@finds("program-itself", text="executes it a second time", advice="rename the program")
def a_program_called_as_what_it_imports(world):
    world.entry("cwd")
    world.entry("site")
    world.program = str(world.file("cwd/yaml.py"))
    world.dist("PyYAML", "yaml/__init__.py")
    return "yaml"


@finds("program-changes-path", text="line 2, changes its path", advice="entrepot.explain('tool')")
def a_program_that_changes_its_path(world):
    world.entry("cwd")
    world.program = str(world.file("cwd/app.py", "import sys\nsys.path.insert(0, 'lib')\n"))
    world.file("cwd/tool.py")
    return "tool"


@finds("program-changes-path", text="line 2, changes its path", advice="look from inside")
def a_program_that_changes_its_path_under_another_name(world):
    world.entry("cwd")
    world.program = str(world.file("cwd/app.py", "from sys import path as p\np.append('lib')\n"))
    world.file("cwd/tool.py")
    return "tool"


@finds(
    "program-changes-path",
    text="line 3, changes its path when it runs: s.path[:0]",
    advice="look from",
)
def a_program_that_writes_into_its_path(world):
    world.entry("cwd")
    text = '"""Never sys.path.append()."""\nimport sys as s\ns.path[:0] = ["lib"]\n'
    world.program = str(world.file("cwd/app.py", text))
    world.file("cwd/tool.py")
    return "tool"


@finds(
    "path-at-run-time", text="{site/six/__init__.py}, line 1, changes its path", advice="explain"
)
def a_package_that_extends_its_path(world):
    world.entry("site")
    line = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
    world.file("site/six/__init__.py", line + MARK)
    world.file("site/six/moves.py")
    return "six.moves"


@finds("syntax-error", text="line 2, cannot be compiled", advice="correct it")
def a_module_with_a_syntax_error(world):
    world.entry("cwd")
    world.file("cwd/tool.py", "x = 1\ndef f(:\n")
    return "tool"


@finds("syntax-error", text="cannot be compiled", advice="for Python")
def a_module_with_nul_bytes(world):
    world.entry("cwd")
    world.file("cwd/tool.py", b"x = 1\0\n")
    return "tool"


@finds("bytecode-stale", text="the source was modified", advice="the next import compiles it again")
def a_pyc_older_than_its_source(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    world.compile("cwd/tool.py")
    os.utime(world.root / "cwd/tool.py", (1_000_000_000, 1_000_000_000))
    return "tool"


@finds("bytecode-stale", text="size is", advice="compiles it again")
def a_pyc_of_a_source_of_another_size(world):
    world.entry("cwd")
    path = world.file("cwd/tool.py")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    world.compile("cwd/tool.py")
    world.file("cwd/tool.py", MARK + MARK)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return "tool"


@finds("bytecode-stale", text="the source's hash is", advice="compiles it again")
def a_pyc_by_hash_that_is_stale(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    world.compile("cwd/tool.py", "CHECKED_HASH")
    world.file("cwd/tool.py", MARK + "x = 1\n")
    return "tool"


@finds("bytecode-unchecked", text="used all the same", advice="-m compileall -f")
def an_unchecked_pyc_that_does_not_fit(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    world.compile("cwd/tool.py", "UNCHECKED_HASH")
    world.file("cwd/tool.py", MARK + "x = 1\n")
    return "tool"


@finds("bytecode-damaged", text="bad magic number", advice="compiles it again")
def a_pyc_of_another_interpreter(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    pyc = world.compile("cwd/tool.py")
    pyc.write_bytes(b"\x00\x00\r\n" + pyc.read_bytes()[4:])
    return "tool"


@finds("bytecode-damaged", text="cannot be used", advice="compiles it again")
def a_pyc_cut_short(world):
    world.entry("cwd")
    world.file("cwd/tool.py", MARK * 50)
    pyc = world.compile("cwd/tool.py")
    pyc.write_bytes(pyc.read_bytes()[:40])
    return "tool"


@finds("bytecode-not-kept", text="compiled at each start", advice="PYTHONDONTWRITEBYTECODE")
def bytecode_switched_off(world):
    world.entry("cwd")
    world.file("cwd/tool.py")
    world.monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return "tool"


@finds("stale-cache", text="{cwd/tool.py} is there", advice="importlib.invalidate_caches()")
def a_stale_cache_before_what_is_found(world):
    entry = world.entry("cwd")
    world.entry("site")
    world.file("site/tool.py")
    world.cache[str(entry)] = NoFinder()
    world.file("cwd/tool.py")
    return "tool"


class NoFinder:
    """A path entry finder with a cache that knows nothing."""

    @staticmethod
    def find_spec(name, target=None):
        return None


@finds("normalised-name", text="turns 'ﬁle' into 'file'", advice="file.py")
def a_name_that_the_parser_normalises(world):
    world.entry("cwd")
    world.file("cwd/file.py")
    return "ﬁle"


@finds("not-an-identifier", text="no import statement can say 'my-mod'", advice="import_module")
def a_file_that_no_statement_can_name(world):
    world.entry("cwd")
    world.file("cwd/my-mod.py")
    return "my-mod"


@finds("not-an-identifier", text="class is a keyword", advice="rename the file")
def a_file_called_as_a_keyword(world):
    world.entry("cwd")
    world.file("cwd/class.py")
    return "class"


@finds("shadows-stdlib", text="{cwd/random.py}", advice="rename")
def a_shadowing_file_with_a_stale_pyc(world):
    world.entry("cwd")
    world.file("cwd/random.py")
    py_compile.compile(str(world.root / "cwd/random.py"))
    world.file("cwd/random.py", MARK * 2)
    world.path.append(STDLIB)
    return "random"
