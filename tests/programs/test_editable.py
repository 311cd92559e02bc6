"""Editable installs, made as an installer makes them, in an environment of their own.

setuptools has two kinds: a path in a `.pth` file, and a finder on `sys.meta_path` for a project
whose folders are named otherwise than its packages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest

import entrepot
from tests.programs.conftest import needs

pytestmark = pytest.mark.programs

PATH = """
[project]
name = "by-path"
version = "1"
[tool.setuptools.packages.find]
where = ["src"]
"""
FINDER = """
[project]
name = "by-finder"
version = "1"
[tool.setuptools]
packages = ["by_finder", "by_finder.inner"]
[tool.setuptools.package-dir]
"by_finder" = "lib"
"by_finder.inner" = "other"
"""
BUILD = "from setuptools import build_meta as b; print(b.build_editable('wheels'))"


@pytest.fixture
def environment(tmp_path):
    """A function: an environment's Python that has the project in *folder* as an editable."""
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    executable = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.check_output([executable, "-c", ask], text=True).strip()
    shared = {
        sysconfig.get_path("purelib"),
        os.path.dirname(os.path.dirname(os.path.abspath(entrepot.__file__))),
    }
    with open(os.path.join(purelib, "shared.pth"), "w", encoding="utf-8") as file:
        file.write("\n".join(sorted(shared)) + "\n")

    def install(folder) -> str:
        (folder / "wheels").mkdir()
        built = subprocess.run(
            [sys.executable, "-c", BUILD],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        with zipfile.ZipFile(folder / "wheels" / built.stdout.splitlines()[-1]) as wheel:
            wheel.extractall(purelib)
        return str(executable)

    return install


@pytest.mark.parametrize(
    ("project", "files", "name"),
    [
        (PATH, ["src/by_path/__init__.py", "src/by_path/inner.py"], "by_path.inner"),
        (FINDER, ["lib/__init__.py", "other/__init__.py", "other/leaf.py"], "by_finder.inner.leaf"),
    ],
    ids=["by a path", "by a finder"],
)
def test_the_same_from_an_editable_install(project, files, name, tmp_path, environment, same):
    needs("setuptools")
    folder = tmp_path / "project"
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("")
    (folder / "pyproject.toml").write_text(project)
    held = same(name, executable=environment(folder))
    assert held[name]["__file__"] == str(folder / files[-1])
