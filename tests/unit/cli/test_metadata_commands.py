"""`entrepot dist` and `entrepot entry-points`."""

from __future__ import annotations

import json
import sys

import pytest

from entrepot.cli import dist, entry_points, table
from tests.unit.metadata import builders

POINTS = "[g_of_test]\nb = os.path:join [x]\na = os\n"


@pytest.fixture(autouse=True)
def foo(tmp_path, monkeypatch):
    """A distribution `foo` on the path."""
    files = builders.dist_info(
        "foo", entry_points_txt=POINTS, INSTALLER="pip", RECORD="foo.py,,3\n"
    )
    builders.write(tmp_path, files | {"foo.py": "x=1"})
    monkeypatch.syspath_prepend(str(tmp_path))


def test_dist(capsys, tmp_path):
    assert dist.main(["Foo"]) == 0
    said = dict(
        line.split(None, 1) for line in capsys.readouterr().out.splitlines() if line[0] != " "
    )
    assert said["version"] == "1.0"
    assert said["location"] == f"{tmp_path}/foo-1.0.dist-info"
    assert (said["installer"], said["requested"], said["provides"]) == ("pip", "-", "foo")


def test_dist_as_json(capsys):
    assert dist.main(["foo", "--json", "--files"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["entry_points"] == ["g_of_test: b = os.path:join [x]", "g_of_test: a = os"]
    assert report["files"] == [{"path": "foo.py", "size": 3}]
    assert report["requires"] is None


def test_dist_with_files(capsys):
    assert dist.main(["foo", "--files"]) == 0
    assert "foo.py  3" in capsys.readouterr().out


def test_dist_that_is_not_there(capsys):
    assert dist.main(["no-such-distribution"]) == 1
    assert capsys.readouterr().err == (
        "entrepot dist: No package metadata was found for no-such-distribution\n"
    )


def test_dist_that_is_damaged(capsys, tmp_path):
    builders.write(tmp_path, {"bar-1.dist-info/METADATA": ""})
    assert dist.main(["bar"]) == 1
    assert "No package metadata" in capsys.readouterr().err
    builders.write(
        tmp_path, {"baz-1.dist-info/METADATA": "A: b", "baz-1.dist-info/direct_url.json": "{"}
    )
    assert dist.main(["baz"]) == 0
    assert "damaged" in capsys.readouterr().out


def test_entry_points_of_a_group(capsys):
    assert entry_points.main(["g_of_test"]) == 0
    assert capsys.readouterr().out == (
        "name  object            distribution\n"
        "a     os                foo\n"
        "b     os.path:join [x]  foo\n"
    )


def test_entry_points_of_a_group_as_json(capsys):
    assert entry_points.main(["g_of_test", "--json"]) == 0
    first = {"name": "a", "value": "os", "group": "g_of_test", "distribution": "foo"}
    assert json.loads(capsys.readouterr().out)[0] == first


def test_groups(capsys):
    assert entry_points.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out)["g_of_test"] == 2
    assert entry_points.main([]) == 0
    assert "g_of_test" in capsys.readouterr().out


def test_a_group_that_is_not_there(capsys):
    assert entry_points.main(["no such group"]) == 1
    assert "no group 'no such group'" in capsys.readouterr().err


def test_a_table_on_a_terminal(capsys, monkeypatch):
    pytest.importorskip("rich", reason="the extra `cli` is not installed")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    table.show(("name", "value"), [("a [x]", "1")])
    said = capsys.readouterr().out
    assert "a [x]" in said
    assert "\u2502" in said or "|" in said


def test_a_table_without_rich(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    table.show(("", ""), [("a", "1\n2"), ("bb", "3")])
    assert capsys.readouterr().out == "a   1\n    2\nbb  3\n"
