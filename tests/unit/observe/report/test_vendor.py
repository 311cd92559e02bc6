"""What the report contains of others' code is what was published, with its licence."""

from __future__ import annotations

import hashlib
import json
import pathlib
import subprocess
import sys

import pytest

from entrepot.observe import report
from entrepot.observe.report.page import VENDORED

VENDOR = pathlib.Path(report.__file__).parent / "vendor"
TABLE = json.loads((VENDOR / "packages.json").read_text(encoding="utf-8"))["packages"]
TOOL = pathlib.Path(__file__).parents[4] / "tools" / "vendor.py"


@pytest.mark.parametrize("package", TABLE, ids=lambda package: package["name"])
def test_its_files_have_their_hashes(package):
    for name, file in package["files"].items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == file["sha256"]
    assert any(name.startswith("LICENSE") for name in package["files"])
    assert package["integrity"].startswith("sha512-")


def test_there_is_nothing_else():
    listed = {name for package in TABLE for name in package["files"]}
    there = {path.name for path in VENDOR.iterdir() if path.name != "__pycache__"}
    assert there == listed | {"packages.json"}
    assert {name for name in listed if name.endswith(".js")} == set(VENDORED)


def test_the_tool_finds_a_changed_file(tmp_path):
    home = tmp_path / "src" / "entrepot" / "observe" / "report" / "vendor"
    home.mkdir(parents=True)
    for path in VENDOR.iterdir():
        if path.is_file():
            (home / path.name).write_bytes(path.read_bytes())
    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools" / "vendor.py"
    tool.write_bytes(TOOL.read_bytes())

    def check():
        command = [sys.executable, str(tool), "--check"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert check().returncode == 0
    with (home / VENDORED[0]).open("a") as file:
        file.write("//")
    found = check()
    assert found.returncode == 1
    assert VENDORED[0] in found.stderr
