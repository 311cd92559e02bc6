"""`entrepot resources PACKAGE`."""

from __future__ import annotations

import json
import os
import sys
import zipfile

import pytest

from entrepot.cli import resources


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The package `harbour` on disk, `hull` in a zip, `fleet` in two directories."""
    for name, text in {
        "a/harbour/__init__.py": "raise Exception('this is not executed')",
        "a/harbour/chart.json": "x" * 1500,
        "a/harbour/maps/deep/sea.txt": "blue",
        "a/harbour/__pycache__/old.pyc": "",
        "a/fleet/one.txt": "1",
        "b/fleet/two.txt": "22",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("hull/__init__.py", "")
        archive.writestr("hull/plank.txt", "oak")
    for entry in ("z.zip", "b", "a"):
        monkeypatch.syspath_prepend(str(tmp_path / entry))
    return tmp_path


def run(capsys, *words):
    status = resources.main(list(words))
    out, err = capsys.readouterr()
    return status, [" ".join(line.split()) for line in out.splitlines()], err


def test_a_package_on_disk(places, capsys):
    status, lines, _ = run(capsys, "harbour")
    assert status == 0
    assert lines == [
        f"harbour {places / 'a' / 'harbour'}",
        "__init__.py 39 B",
        "chart.json 1.5 kB",
        "maps/",
        "deep/",
        "sea.txt 4 B",
        "3 files, 1.5 kB",
    ]
    assert "harbour" not in sys.modules


def test_the_tree_is_indented(places, capsys):
    resources.main(["harbour"])
    lines = capsys.readouterr().out.splitlines()
    indents = {line.split()[0]: len(line) - len(line.lstrip()) for line in lines}
    assert (indents["chart.json"], indents["deep/"], indents["sea.txt"]) == (2, 4, 6)


def test_a_package_in_a_zip(places, capsys):
    _, lines, _ = run(capsys, "hull")
    assert lines == [
        f"hull {places}/z.zip/hull/",
        "__init__.py 0 B",
        "plank.txt 3 B",
        "2 files, 3 B",
    ]


def test_where_each_file_of_a_namespace_package_is_from(places, capsys):
    _, lines, _ = run(capsys, "fleet")
    assert lines == [
        f"fleet [1] {places / 'a' / 'fleet'}",
        f"fleet [2] {places / 'b' / 'fleet'}",
        "one.txt 1 B [1]",
        "two.txt 2 B [2]",
        "2 files, 3 B",
    ]


def test_a_pattern(places, capsys):
    _, lines, _ = run(capsys, "harbour", "--glob", "**/*.txt")
    assert lines[1:] == ["maps/", "deep/", "sea.txt 4 B", "1 file, 4 B"]


def test_json(places, capsys):
    assert resources.main(["harbour", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["package"] == "harbour"
    assert said["bases"] == [str(places / "a" / "harbour")]
    assert said["files"][2] == {
        "path": "maps/deep/sea.txt",
        "size": 4,
        "origin": str(places / "a" / "harbour" / "maps" / "deep" / "sea.txt"),
    }


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["no_such_package"], "No module named 'no_such_package'"),
        (["harbour", "--glob", "../*"], "leads out"),
        (["harbour", "--glob", "."], "Unacceptable pattern"),
    ],
)
def test_what_goes_wrong(places, capsys, words, problem):
    status, lines, err = run(capsys, *words)
    assert (status, lines) == (1, [])
    assert problem in err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_nothing(places, capsys):
    os.symlink("nothing", places / "a" / "harbour" / "broken")
    _, lines, _ = run(capsys, "harbour")
    assert "broken unreadable" in lines


def test_as_a_command(python):
    done = python("-m", "entrepot", "resources", "entrepot", "--glob", "resources/disk.py")
    assert "disk.py" in done.stdout
    assert "1 file, " in done.stdout
