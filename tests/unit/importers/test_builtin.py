"""Built-in modules, with the stdlib's importer as the oracle."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys

import pytest

from entrepot.importers.builtin import BuiltinImporter

Theirs = importlib.machinery.BuiltinImporter


@pytest.fixture(params=[Theirs, BuiltinImporter], ids=["stdlib", "entrepot"])
def importer(request):
    return request.param


@pytest.mark.parametrize("name", sys.builtin_module_names)
def test_all_of_them(name):
    ours, theirs = BuiltinImporter.find_spec(name), Theirs.find_spec(name)
    for field in (
        "name",
        "origin",
        "parent",
        "submodule_search_locations",
        "has_location",
        "cached",
    ):
        assert getattr(ours, field) == getattr(theirs, field)
    assert ours.loader is BuiltinImporter


def test_finds_by_name_wherever_it_is_asked(importer):
    # (The interpreter's own does so since one of the later releases of 3.11.)
    if importer is not Theirs or sys.version_info >= (3, 12):
        assert importer.find_spec("time", ["some", "path"]).name == "time"
    assert importer.find_spec("no_such_module") is None
    assert importer.find_spec("package.time") is None


def test_creates_and_executes(importer):
    spec = importer.find_spec("time")
    module = importlib.util.module_from_spec(spec)
    importer.exec_module(module)
    assert module.time() > 0
    assert (module.__name__, module.__spec__) == ("time", spec)


def test_the_inspecting_methods(importer):
    assert importer.get_code("time") is None
    assert importer.get_source("time") is None
    assert importer.is_package("time") is False
    for method in (importer.get_code, importer.get_source, importer.is_package):
        with pytest.raises(ImportError, match="'json' is not a built-in module") as caught:
            method("json")
        assert caught.value.name == "json"


def test_creating_what_is_not_built_in(importer):
    spec = importlib.machinery.ModuleSpec("json", importer)
    with pytest.raises(ImportError, match="'json' is not a built-in module"):
        importer.create_module(spec)


def test_discover():
    names = [spec.name for spec in BuiltinImporter.discover()]
    assert set(names) <= set(sys.builtin_module_names)
    assert "time" in names
    assert list(BuiltinImporter.discover(parent=BuiltinImporter.find_spec("sys"))) == []
