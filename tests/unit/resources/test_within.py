"""`within`: containment for names from outside, links included."""

from __future__ import annotations

import os
import sys

import pytest

from entrepot import resources
from entrepot.resources import ContainmentError, within

from .test_readers import OUTSIDE


def test_what_is_inside(thing):
    root = resources.files(thing)
    assert within(root, "data", "one.json").read_text() == "{}"
    assert within(root, "data/one.json") == root.joinpath("data", "one.json")
    assert within(root) == root
    assert not within(root, "missing", "x").is_file()


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_leads_out(thing, name):
    with pytest.raises(ContainmentError, match="leads out"):
        within(resources.files(thing), name)
    with pytest.raises(ValueError, match="leads out"):
        within(resources.files(thing), "data", name)


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize(
    "function", ["open_binary", "open_text", "read_binary", "read_text", "path", "contents"]
)
@pytest.mark.filterwarnings("ignore:importlib.resources.contents")
def test_the_functions_refuse_them_too(thing, function, name):
    with pytest.raises(ContainmentError, match="leads out"):
        getattr(resources, function)(thing, name)
    assert not resources.is_resource(thing, name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links(on_disk, tmp_path):
    package = os.path.dirname(on_disk.__file__)
    (tmp_path / "secret").write_text("secret")
    os.symlink(tmp_path / "secret", os.path.join(package, "out"))
    os.symlink(tmp_path, os.path.join(package, "up"))
    os.symlink("bad.bin", os.path.join(package, "in"))
    root = resources.files(on_disk)
    assert within(root, "in").read_bytes() == b"\xff\xfe"
    for name in ("out", "up/secret", "up"):
        with pytest.raises(ContainmentError, match="by a link"):
            within(root, name)
        assert within(root, name, links=True) == root / name


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_root_that_is_itself_reached_by_a_link(on_disk, tmp_path):
    os.symlink(os.path.dirname(on_disk.__file__), tmp_path / "link")
    root = resources.DiskPath(tmp_path / "link")
    assert within(root, "bad.bin").read_bytes() == b"\xff\xfe"
