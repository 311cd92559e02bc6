"""What reading a resource imports, in a fresh process. (What it costs: benchmarks/resources.py)"""

from __future__ import annotations

import sys
import zipfile

import pytest

#: Modules that cost milliseconds each and that reading a file does not take.
DEAR = {
    "contextlib", "dataclasses", "enum", "functools", "importlib.abc", "importlib.metadata",
    "importlib.readers", "importlib.resources", "inspect", "pathlib", "random", "re", "shutil",
    "subprocess", "tempfile", "threading", "types", "typing", "urllib", "warnings", "zipfile",
}  # fmt: skip

PROGRAM = """
import sys
sys.path[:0] = {path!r}
before = set(sys.modules)
from entrepot import resources
{action}
print(*sorted((set(sys.modules) - before) & {dear!r}))
"""


@pytest.fixture
def imported_by(python, tmp_path):
    """A function that tells which dear modules an action imports, as a set."""
    (tmp_path / "a" / "shop").mkdir(parents=True)
    (tmp_path / "a" / "shop" / "__init__.py").write_text("")
    (tmp_path / "a" / "shop" / "wares.txt").write_text("tea")
    for part in ("a", "b"):
        (tmp_path / part / "port").mkdir(parents=True)
        (tmp_path / part / "port" / f"{part}.txt").write_text(part)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("ship/__init__.py", "")
        archive.writestr("ship/cargo.txt", "silk")
    path = [str(tmp_path / name) for name in ("a", "b", "z.zip")]

    def run(action):
        done = python("-c", PROGRAM.format(path=path, action=action, dear=DEAR))
        return set(done.stdout.split())

    return run


@pytest.mark.parametrize(
    "action",
    [
        "pass",
        "assert resources.files('shop').joinpath('wares.txt').read_text() == 'tea'",
        "assert (resources.files('shop') / 'wares.txt').is_file()",
        "import shop; assert resources.read_text(shop, 'wares.txt') == 'tea'",
        "assert open(resources.files('shop') / 'wares.txt').read() == 'tea'",
        "with resources.as_file(resources.files('shop') / 'wares.txt') as p: str(p)",
        "assert resources.read_text('port', 'b.txt') == 'b'",
        "assert {p.name for p in resources.files('port').iterdir()} == {'a.txt', 'b.txt'}",
        "assert resources.read_text('ship', 'cargo.txt') == 'silk'",
        "assert list(resources.glob(resources.files('ship'), '**/cargo.txt'))",
        "assert list(resources.walk(resources.files('ship')))",
    ],
)
def test_reading_imports_nothing_dear(imported_by, action):
    allowed = {"types"} if sys.implementation.name == "pypy" else set()
    assert imported_by(action) <= allowed


@pytest.mark.skipif(
    sys.platform == "win32" or sys.implementation.name == "pypy", reason="no posix_spawn there"
)
def test_a_copy_imports_nothing_dear(imported_by):
    action = "with resources.path('ship', 'cargo.txt') as p: assert open(p).read() == 'silk'"
    assert imported_by(action) == set()


def test_pathlib_is_there_for_those_who_ask(imported_by):
    action = "assert resources.files('shop').parent.name == 'a'"
    assert "pathlib" in imported_by(action)


def test_pathlib_may_come_later(imported_by):
    action = (
        "path = resources.files('shop'); assert 'pathlib' not in sys.modules; import pathlib;"
        "assert isinstance(path, pathlib.Path); assert path == pathlib.Path(str(path))"
    )
    assert "pathlib" in imported_by(action)
