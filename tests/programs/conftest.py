"""The same code under `python` and under `entrepot run`."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import subprocess
import sys

import pytest

from tests.conftest import clean_environment

PROBE = pathlib.Path(__file__).with_name("probe.py").read_text(encoding="utf-8")
PLAIN = ()
ENTREPOT = ("-m", "entrepot", "run")

#: What importlib's loaders read resources with: entrepot's loaders have readers of their own.
READERS = {
    "importlib.readers",
    "importlib.resources._itertools",
    "importlib.resources.readers",
}

#: `importlib`, which the command loads, gives these two other names.
RENAMED = {"_frozen_importlib", "_frozen_importlib_external"}

Modules = dict[str, dict[str, object]]


def needs(*names: str) -> None:
    """Skip the test if one of the packages is not installed here."""
    for name in names:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            pytest.skip(f"{name} is not installed: it may have no wheel for this interpreter")


@pytest.fixture
def imported(tmp_path):
    """A function: import the modules *names* in a fresh process, and what it then holds."""

    def run(prefix: tuple[str, ...], *names: str, executable: str = sys.executable) -> Modules:
        output = tmp_path / "modules.json"
        output.unlink(missing_ok=True)
        code = f"NAMES = {names!r}\nOUTPUT = {str(output)!r}\n{PROBE}"
        child = subprocess.run(
            [executable, *prefix, "-c", code],
            cwd=tmp_path,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert child.returncode == 0, child.stderr
        held: Modules = json.loads(output.read_text(encoding="utf-8"))
        return held

    return run


@pytest.fixture
def same(imported):
    """A function: the modules of *names*, after a check that both commands import them alike."""

    def check(*names: str, executable: str = sys.executable) -> Modules:
        plain = imported(PLAIN, *names, executable=executable)
        ours = imported(ENTREPOT, *names, executable=executable)
        # The command itself loads some more, whatever it runs.
        bare = imported(ENTREPOT, executable=executable).keys()
        more = ours.keys() - plain.keys() - bare
        more = {name for name in more if name.partition(".")[0] != "entrepot"}
        assert more == set(), "loaded only under entrepot"
        assert plain.keys() - ours.keys() - READERS == set(), "not loaded under entrepot"
        for name in (plain.keys() & ours.keys()) - RENAMED:
            assert ours[name] == plain[name], name
        return ours

    return check
