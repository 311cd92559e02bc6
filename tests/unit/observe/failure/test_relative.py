"""Relative imports without a package to start from; and submodules that a package does not give."""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys

import pytest

from entrepot.observe.failure import explain_error
from entrepot.observe.failure.missing import Missing
from entrepot.observe.failure.relative import Relative


def write(folder, *files):
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def explained(function, *arguments, **options):
    """The explanation of what the function raises."""
    with pytest.raises(ImportError) as caught:
        function(*arguments, **options)
    (found,) = explain_error(caught.value)
    assert isinstance(found, Relative)
    assert f"✗ {found.facts}" in " ".join(str(found).split())
    assert f"→ {found.advice}" in " ".join(str(found).split())
    return found


def test_a_script_in_a_package(tmp_path):
    write(tmp_path, ("pkg/__init__.py", ""), ("pkg/cli.py", "from . import other\n"))
    found = explained(runpy.run_path, str(tmp_path / "pkg" / "cli.py"), run_name="__main__")
    assert "is the program, started by its path" in found.facts
    assert found.advice.startswith(f"start it in {tmp_path}: ")
    assert found.advice.endswith(" -m pkg.cli")


def test_a_script_deep_in_a_package(tmp_path):
    write(
        tmp_path, ("pkg/__init__.py", ""), ("pkg/sub/__init__.py", ""),
        ("pkg/sub/__main__.py", "from .. import other\n"),
    )  # fmt: skip
    found = explained(runpy.run_path, str(tmp_path / "pkg" / "sub"), run_name="__main__")
    assert found.advice.startswith(f"start it in {tmp_path}: ")
    assert found.advice.endswith(" -m pkg.sub")


def test_a_file_that_is_loaded_by_itself(tmp_path):
    write(tmp_path, ("pkg/__init__.py", ""), ("pkg/mod.py", "from .other import x\n"))
    spec = importlib.util.spec_from_file_location("mod", tmp_path / "pkg" / "mod.py")
    module = importlib.util.module_from_spec(spec)
    found = explained(spec.loader.exec_module, module)
    assert "is imported by itself" in found.facts
    assert found.advice == f"import it as pkg.mod, with {tmp_path} on the path"


def test_more_dots_than_packages(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    write(folder, ("pkg_dots/__init__.py", ""), ("pkg_dots/mod.py", "from ...other import x\n"))
    monkeypatch.syspath_prepend(str(folder))
    found = explained(importlib.import_module, "pkg_dots.mod")
    assert "so many dots lead out of pkg_dots" in found.facts
    assert found.advice == (
        f"use fewer dots; or, import it as project.pkg_dots.mod, with {tmp_path} on the path"
    )
    monkeypatch.delitem(sys.modules, "pkg_dots")


def test_a_file_whose_name_is_none(tmp_path):
    write(tmp_path, ("my-tool.py", "from . import other\n"))
    found = explained(runpy.run_path, str(tmp_path / "my-tool.py"), run_name="__main__")
    assert found.advice == "import it without dots"


def test_the_same_words_by_hand_and_without_a_file_are_no_such_error():
    from entrepot.core.errors import NO_KNOWN_PARENT

    for text in (f"raise ValueError({NO_KNOWN_PARENT!r})", "from . import other"):
        with pytest.raises((ImportError, ValueError)) as caught:
            exec(text, {"__name__": "__main__", "__package__": ""})
        assert explain_error(caught.value) == []


SUBMODULES = {
    "built for another interpreter": ("fast.cpython-35m-darwin.so", "fast", "foreign-extension"),
    "in another case": ("Fast.py", "fast", "wrong-case"),
    "a link that leads nowhere": ("fast.py -> nowhere", "fast", "not-a-file"),
}


@pytest.mark.parametrize("name", SUBMODULES)
def test_a_submodule_that_a_package_does_not_give(world, tmp_path, name):
    file, wanted, code = SUBMODULES[name]
    file, _, target = file.partition(" -> ")
    write(tmp_path, ("pk_sub/__init__.py", ""))
    if target:
        os.symlink(target, tmp_path / "pk_sub" / file)
    else:
        write(tmp_path, (f"pk_sub/{file}", ""))
    if (tmp_path / "pk_sub" / f"{wanted}.py").exists():
        pytest.skip("the file system ignores case")
    (found,) = explain_error(world({"top.py": f"from pk_sub import {wanted}\n"}, "top"))
    assert isinstance(found, Missing)
    assert found.name == f"pk_sub.{wanted}"
    assert code in found.explanation.codes()


def test_a_name_that_a_package_merely_lacks_says_enough_itself(world):
    files = {"pk_lacks/__init__.py": "there = 1\n", "pk_lacks/module.py": ""}
    for wanted in ("their", "modul", "xyz"):
        files["top.py"] = f"from pk_lacks import {wanted}\n"
        assert explain_error(world(files, "top")) == []
