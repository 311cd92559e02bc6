"""What the tests of metadata share."""

from __future__ import annotations

import importlib.metadata
import sys

import pytest

import entrepot.metadata
from entrepot.metadata import listing, merged
from tests.unit.metadata import backport, builders


@pytest.fixture(params=["entrepot", pytest.param("importlib_metadata", marks=backport.needed)])
def api(request):
    """The module under test; behaviour that both have is asked of both.

    The standard library's is older on most interpreters; its own tests ask for the rest.
    """
    return entrepot.metadata if request.param == "entrepot" else backport.importlib_metadata


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A function that puts a new directory with the files given in front of `sys.path`."""
    made = []

    def make(*files):
        root = tmp_path / f"site{len(made)}"
        made.append(root)
        builders.write(root, {k: v for each in files for k, v in each.items()})
        monkeypatch.syspath_prepend(str(root))
        return root

    return make


@pytest.fixture
def seen(tmp_path):
    """A function that makes a directory with files, and the metadata of a system that sees it."""

    def make(*files, meta_path=None):
        root = builders.write(tmp_path / "seen", {k: v for each in files for k, v in each.items()})
        return entrepot.metadata.Metadata(builders.System(root, meta_path=meta_path))

    return make


@pytest.fixture
def settled(monkeypatch):
    """Let all directories count as at rest: these tests make their files a moment before."""
    for module in (listing, merged):
        monkeypatch.setattr(module, "is_at_rest", lambda status: True)


@pytest.fixture(autouse=True)
def no_leftovers():
    """Forget listings of directories that pytest removes."""
    yield
    entrepot.metadata.PROCESS.invalidate_caches()
    assert sys.modules["importlib.metadata"] is importlib.metadata
