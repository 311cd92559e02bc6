"""Making images: which modules, what is kept of them, what is left out and why."""

from __future__ import annotations

import json
import os
import sys

import pytest

from entrepot.image import collect, examine, layout, records
from entrepot.importers.image import Image
from tests.capabilities import needs


def write(path, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def kept(*found):
    contents = layout.Contents()
    contents.add_all(found)
    return {name for modules in contents.modules.values() for name in modules}, contents.left_out


def test_all_of_an_environment(tmp_path):
    for name in (
        "a.py", "p/__init__.py", "p/b.py", "space/deep/c.py", "test/no.py", "not-a-name/d.py",
        "p/data.txt", "a/only.txt", "2.py", "__pycache__/e.py",
    ):  # fmt: skip
        write(tmp_path / name)
    found = collect.of_environment([str(tmp_path), "relative", str(tmp_path / "none")])
    assert {each.name for each in found} == {"p", "p.b", "space.deep.c"}  # `a` may be a package.
    assert all(each.is_regular for each in found)


def test_the_first_of_one_name(tmp_path):
    first, second = write(tmp_path / "1" / "a.py"), write(tmp_path / "2" / "a.py")
    (found,) = collect.of_environment([os.path.dirname(first), os.path.dirname(second)])
    assert found.path == first


def test_what_cannot_be_kept_has_a_reason(tmp_path):
    def found(name, path, kind="source"):
        return collect.Found(name, path, kind, is_package=False)

    names, left_out = kept(
        found("good", write(tmp_path / "good.py")),
        found("bad", write(tmp_path / "bad.py", "def")),
        found("nul", write(tmp_path / "nul.py", "\0")),
        found("gone", str(tmp_path / "gone.py")),
        found("mapped", write(tmp_path / "elsewhere.py")),
        found("builtin", "built-in", None),
        found("relative", "relative.py"),
    )
    assert names == {"good"}
    assert left_out["bad"].startswith("it does not compile: ")
    assert left_out["nul"].startswith("it does not compile: ")
    assert left_out["gone"].startswith("its file cannot be read: ")
    assert left_out["mapped"] == left_out["relative"] == records.NOT_WHERE_IT_SHOULD
    assert left_out["builtin"] == records.ELSEWHERE


TRACE = {
    "format": "entrepot-trace",
    "version": 1,
    "imports": [
        {"name": "json", "origin": json.__file__, "package": True,
         "loader": "entrepot.loaders.source.SourceFileLoader"},
        {"name": "sys", "origin": "built-in", "package": False, "loader": "x.BuiltinImporter"},
        {"name": "missing", "origin": None, "package": False, "loader": None},
        {"name": "json", "origin": json.__file__, "package": True,
         "loader": "entrepot.importers.image.loader.ImageLoader"},
        {"name": "entrepot.x", "origin": __file__, "package": False,
         "loader": "entrepot.loaders.source.SourceFileLoader"},
    ],
}  # fmt: skip


def test_a_trace(tmp_path):
    found = collect.of_trace(write(tmp_path / "t.json", json.dumps(TRACE)))
    assert [(each.name, each.kind) for each in found] == [("json", "source"), ("sys", None)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "cannot read"),
        ("{", "is not JSON"),
        ("[]", "is not a trace"),
        ('{"format": "entrepot-trace", "version": 2}', "has version 2"),
        ('{"format": "entrepot-trace", "version": 1}', "is a damaged trace"),
        ('{"format": "entrepot-trace", "version": 1, "imports": [3]}', "is a damaged trace"),
    ],
)
def test_what_is_no_trace(tmp_path, text, reason):
    path = tmp_path / "t.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(collect.CollectError, match=reason):
        collect.of_trace(str(path))


def test_an_image_says_what_is_wrong_with_it(tmp_path):
    lib = tmp_path / "lib"
    for name in ("same", "changed", "gone"):
        write(lib / f"{name}.py", "x = 1\n")
    contents = layout.Contents()
    contents.add_all(collect.of_environment([str(lib)]))
    path = str(tmp_path / "x.image")
    layout.write(path, contents, {"of": "a test"})
    (lib / "changed.py").write_text("x = 12\n")
    (lib / "gone.py").unlink()
    problems = {each.name: each.problem for each in examine.examined(Image(path))}
    assert problems == {"same": None, "changed": "changed", "gone": "vanished"}
    sealed = {each.problem for each in examine.examined(Image(path, "sealed"))}
    assert sealed == {None}


@needs("umask")
def test_only_its_owner_may_write_to_it(tmp_path):
    before = os.umask(0)
    try:
        layout.write(str(tmp_path / "x.image"), layout.Contents(), {"of": ""})
    finally:
        os.umask(before)
    mode = os.stat(tmp_path / "x.image").st_mode & 0o777
    assert mode == 0o644 or sys.platform == "win32"


def test_it_is_written_whole_or_not_at_all(tmp_path):
    with pytest.raises(layout.WriteError, match="cannot write"):
        layout.write(str(tmp_path / "none" / "x.image"), layout.Contents(), {})
    (tmp_path / "x.image").mkdir()
    with pytest.raises(layout.WriteError):
        layout.write(str(tmp_path / "x.image"), layout.Contents(), {})
    assert [each.name for each in tmp_path.iterdir()] == ["x.image"]


def test_names_that_a_module_can_have():
    names = ["a.py", "b", "c.txt", "d.pyc", "e.tar.gz", "__pycache__"]
    assert layout.candidates(names) == ("__pycache__", "a.py", "b", "d.pyc")
