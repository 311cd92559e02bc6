"""Editable installs list their files and names (PAINS 25: gh-96144, im#402, im#538)."""

from __future__ import annotations

import pytest

import entrepot.metadata
from tests.unit.metadata import builders
from tests.unit.metadata.builders import dist_info

DIRECT = '{"url": "file:///project", "dir_info": {"editable": true}}'


@pytest.fixture
def project(tmp_path):
    """A source tree with a package, a module, and what is neither."""
    return builders.write(
        tmp_path / "project",
        {
            "src/pkg/__init__.py": "",
            "src/pkg/sub/data.txt": "",
            "src/pkg/__pycache__/x.pyc": "",
            "src/mod.py": "",
            "src/pkg.egg-info/x": "",
            "src/notes/todo.txt": "",
            "setup.py": "",
        },
    )


@pytest.fixture
def installed(site, project):
    """A function that installs the project with a file of the installer's."""

    def install(name, content, **files):
        record = f"{name},,\nfoo-1.0.dist-info/METADATA,,\n"
        files = {"RECORD": record, "direct_url_json": DIRECT, **files}
        site(dist_info("foo", **files), {name: content})
        return entrepot.metadata.distribution("foo")

    return install


def names(dist):
    found = entrepot.metadata.packages_distributions()
    return sorted(name for name, dists in found.items() if "foo" in dists)


def test_a_pth_file_with_a_directory(installed, project):
    dist = installed("_foo.pth", f"# comment\nimport sys\n{project}/src\nrelative\n/nowhere\n")
    assert dist.editable
    assert names(dist) == ["mod", "pkg"]
    listed = [str(file) for file in dist.files]
    assert listed[:2] == ["_foo.pth", "foo-1.0.dist-info/METADATA"]
    assert listed[2:] == [
        f"{project}/src/mod.py",
        f"{project}/src/pkg/__init__.py",
        f"{project}/src/pkg/sub/data.txt",
    ]
    assert all(file.locate().exists() for file in dist.files)
    assert dist.files[2].hash is None


def test_the_finder_of_setuptools(installed, project):
    mapping = {"pkg": f"{project}/src/pkg", "mod": f"{project}/src/mod", "pkg.sub": "/x"}
    text = f"from __future__ import annotations\nMAPPING: dict[str, str] = {mapping!r}\nX = 1\n"
    dist = installed("__editable___foo_1_0_finder.py", text)
    assert names(dist) == ["mod", "pkg"] or names(dist) == [
        "__editable___foo_1_0_finder",
        "mod",
        "pkg",
    ]
    assert f"{project}/src/mod.py" in [str(file) for file in dist.files]
    assert f"{project}/src/pkg/__init__.py" in [str(file) for file in dist.files]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MAPPING = open('x')",
        "MAPPING = [",
        "MAPPING = [1]",
        "MAPPING = {1: 2}",
        b"\xff",
        "MAPPING = " + "(" * 10000,
    ],
)
def test_a_finder_that_says_nothing(installed, text):
    dist = installed("__editable___foo_1_0_finder.py", text)
    assert len(dist.files) == 2


def test_declared_names_go_before(installed, project):
    dist = installed("_foo.pth", f"{project}/src", top_level_txt="pkg\n")
    assert names(dist) == ["pkg"]


def test_a_source_tree_with_egg_info(site):
    egg = {
        "foo.egg-info/PKG-INFO": "Name: foo\nVersion: 1\n",
        "foo.egg-info/SOURCES.txt": "setup.py\nfoo.py",
    }
    site(egg, {"setup.py": "", "foo.py": ""})
    dist = entrepot.metadata.distribution("foo")
    assert dist.editable
    assert [str(file) for file in dist.files] == ["setup.py", "foo.py"]


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "{",
        "[]",
        "1",
        '{"dir_info": {}}',
        '{"dir_info": {"editable": 1}}',
        '{"dir_info": 3}',
    ],
)
def test_what_is_not_editable(site, origin):
    site(dist_info("foo", **({} if origin is None else {"direct_url_json": origin})))
    assert not entrepot.metadata.distribution("foo").editable


def test_an_installed_egg_is_not_editable(site):
    egg = {"foo.egg-info/PKG-INFO": "Name: foo\n", "foo.egg-info/SOURCES.txt": "setup.py\n"}
    site(egg, {"setup.py": "", "foo.egg-info/installed-files.txt": "PKG-INFO\n"})
    assert not entrepot.metadata.distribution("foo").editable
