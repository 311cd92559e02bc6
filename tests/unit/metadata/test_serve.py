"""Who imports `importlib.metadata` is served, if the user wants that."""

from __future__ import annotations

import importlib.metadata
import sys

import pytest

import entrepot.metadata
from entrepot.metadata import legacy, message
from entrepot.metadata.entrypoints import EntryPoint, EntryPoints
from tests.unit.metadata.builders import dist_info


def test_served_and_given_back(site):
    site(dist_info("foo"))
    own = importlib.metadata
    with entrepot.metadata.install():
        import importlib.metadata as found
        from importlib.metadata import version

        assert found is entrepot.metadata is importlib.metadata
        assert version("foo") == "1.0"
        assert isinstance(found.distribution("foo"), own.Distribution)
    assert importlib.metadata is own is sys.modules["importlib.metadata"]


def test_served_before_anything_was_asked_for(python):
    """Who has imported the standard library's before can ask whether ours are its instances."""
    script = """
import importlib.metadata as own
import entrepot.metadata
with entrepot.metadata.install():
    print(isinstance(entrepot.metadata.distribution("pytest"), own.Distribution))
"""
    assert python("-c", script).stdout == "True\n"


def test_installing_twice_is_undone_once():
    own = importlib.metadata
    first = entrepot.metadata.install()
    with entrepot.metadata.install():
        pass
    assert importlib.metadata is entrepot.metadata
    first.uninstall()
    first.uninstall()
    assert importlib.metadata is own


def test_who_came_after_stays(monkeypatch):
    monkeypatch.setitem(sys.modules, "importlib.metadata", importlib.metadata)
    monkeypatch.setattr(importlib, "metadata", importlib.metadata)
    served = entrepot.metadata.install()
    other = object()
    sys.modules["importlib.metadata"] = other
    served.uninstall()
    assert sys.modules["importlib.metadata"] is other


def test_before_the_first_import(python):
    """Nothing of the standard library's is loaded then."""
    script = """
import sys
import entrepot.metadata
served = entrepot.metadata.install()
import importlib.metadata, importlib
assert importlib.metadata is entrepot.metadata
assert not {"email", "csv", "zipfile"} & set(sys.modules), sorted(sys.modules)
served.uninstall()
assert "importlib.metadata" not in sys.modules
assert not hasattr(importlib, "metadata")
import importlib.metadata
assert importlib.metadata is not entrepot.metadata
"""
    python("-c", script)


class TestLegacy:
    """What the hosts still do, for the version that they are."""

    @pytest.fixture
    def on(self):
        applied = []

        def apply(*version):
            applied.append(legacy.Legacy(version))

        yield apply
        for each in applied:
            each.remove()

    @pytest.fixture
    def points(self):
        return EntryPoints([EntryPoint("a", "x", "g"), EntryPoint("b", "y", "h")])

    def test_the_newest_has_nothing(self, on, points):
        on(3, 15)
        with pytest.raises(KeyError):
            points[0]
        with pytest.raises(KeyError):
            message.Headers("A: b")["C"]
        assert not hasattr(points, "get")

    def test_a_missing_field_is_none(self, on):
        on(3, 14)
        with pytest.warns(DeprecationWarning, match="Implicit None"):
            assert message.Headers("A: b")["C"] is None
        assert message.Headers("A: b")["a"] == "b"

    def test_a_dict_of_groups(self, on, points):
        on(3, 11)
        with pytest.warns(DeprecationWarning, match="SelectableGroups"):
            assert points["g"].names == {"a"}
        with pytest.warns(DeprecationWarning, match="SelectableGroups"):
            assert points.get("g").names == {"a"}
        with pytest.warns(DeprecationWarning, match="SelectableGroups"):
            assert points.get("no", 3) == 3
        with pytest.warns(DeprecationWarning, match="SelectableGroups"):
            assert [group for group, _ in points.items()] == ["g", "h"]
        with pytest.warns(DeprecationWarning, match="SelectableGroups"):
            assert [len(each) for each in points.values()] == [1, 1]
        assert points["a"].group == "g"

    def test_a_list(self, on, points):
        on(3, 11)
        with pytest.warns(DeprecationWarning, match="by index"):
            assert points[0].name == "a"

    def test_tuples(self, on, points):
        on(3, 11)
        with pytest.warns(DeprecationWarning, match="tuple"):
            assert points["a"][1] == "x"
        with pytest.warns(DeprecationWarning, match="dict"):
            assert dict(points.select(group="g")) == {"a": points["a"]}

    def test_it_is_taken_out_again(self, points):
        legacy.Legacy((3, 10)).remove()
        with pytest.raises(KeyError):
            points[0]
        assert "get" not in vars(EntryPoints)
