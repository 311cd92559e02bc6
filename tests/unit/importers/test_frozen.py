"""Frozen modules, with the stdlib's importer as the oracle."""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import io

import pytest

from entrepot.importers.frozen import FrozenImporter

Theirs = importlib.machinery.FrozenImporter
CANDIDATES = [
    "_frozen_importlib", "_frozen_importlib_external", "__hello__", "__phello__", "__phello__.spam",
    "__phello__.ham", "__phello__.ham.eggs", "__hello_alias__", "__phello_alias__",
    "__phello_alias__.spam", "__hello_only__", "zipimport", "os", "site", "abc", "codecs",
    "importlib.util", "importlib.machinery", "runpy", "stat", "posixpath", "ntpath",
    "_collections_abc",
]  # fmt: skip


@pytest.fixture(params=[Theirs, FrozenImporter], ids=["stdlib", "entrepot"])
def importer(request):
    return request.param


@pytest.mark.parametrize("name", CANDIDATES)
def test_specs(name):
    ours, theirs = FrozenImporter.find_spec(name), Theirs.find_spec(name)
    if theirs is None:
        assert ours is None
        return
    for field in (
        "name",
        "origin",
        "parent",
        "submodule_search_locations",
        "has_location",
        "cached",
    ):
        assert getattr(ours, field) == getattr(theirs, field), field
    if theirs.loader_state is not None:
        assert vars(ours.loader_state) == vars(theirs.loader_state)
    assert ours.loader is FrozenImporter


@pytest.mark.parametrize("name", CANDIDATES)
def test_modules(name):
    if Theirs.find_spec(name) is None or not name.startswith("__"):
        pytest.skip("this interpreter has not frozen it, or its body is not harmless")
    made = []
    for importer in (Theirs, FrozenImporter):
        module = importlib.util.module_from_spec(importer.find_spec(name))
        with contextlib.redirect_stdout(io.StringIO()):
            importer.exec_module(module)
        made.append(module)
    theirs, ours = ({k: v for k, v in vars(m).items() if k in PLAIN} for m in made)
    assert ours == theirs


PLAIN = ("__name__", "__package__", "__path__", "__file__", "__cached__", "initialized")


def test_what_is_not_frozen(importer):
    assert importer.find_spec("no_such_module") is None
    for method in (importer.get_code, importer.get_source, importer.is_package):
        with pytest.raises(ImportError, match="'json' is not a frozen module") as caught:
            method("json")
        assert caught.value.name == "json"


#: A frozen module of this interpreter.
FROZEN = next((name for name in CANDIDATES if Theirs.find_spec(name)), None)


@pytest.mark.skipif(FROZEN is None, reason="this interpreter has no frozen modules")
def test_the_inspecting_methods(importer):
    assert importer.get_code(FROZEN).co_name == "<module>"
    assert importer.get_source(FROZEN) is None
    assert importer.is_package(FROZEN) is Theirs.is_package(FROZEN)


@pytest.mark.skipif(Theirs.find_spec("__phello__") is None, reason="no frozen package here")
def test_a_package(importer):
    assert importer.is_package("__phello__") is True
    assert importer.is_package("__phello__.spam") is False


@pytest.mark.skipif(Theirs.find_spec("__hello__") is None, reason="no such frozen module here")
def test_by_the_statement(python):
    import entrepot

    root = entrepot.__file__.rpartition("/entrepot/")[0]
    body = f"""
import sys
sys.path.insert(0, {root!r})
import entrepot
entrepot.install()
sys.modules.pop("__hello__", None)
import __hello__
print(type(__hello__.__spec__).__module__, __hello__.__spec__.loader.__name__)
"""
    assert python("-c", body).stdout.split("\n")[-2] == "entrepot.core.spec FrozenImporter"


def test_discover_gives_none():
    assert list(FrozenImporter.discover()) == []
