"""`pytest --import-trace`, in test runs of others."""

from __future__ import annotations

import itertools
import json

import pytest

PLUGIN = ("-p", "entrepot.observe.pytest_plugin")


@pytest.fixture
def test_run(python, tmp_path, monkeypatch):
    """A function: pytest's output in a folder with a conftest, a module and a test that fails."""
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    (cwd / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    (cwd / "conftest.py").write_text("import colorsys")
    (cwd / "helper.py").write_text("def numbers(): return [1, 2, 3]")
    (cwd / "test_it.py").write_text(
        "import helper, csv\ndef test_it(): assert helper.numbers() == [1, 2, 4]"
    )

    def run(*options, plugin=PLUGIN, status=1):
        env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        words = ("-m", "pytest", "-p", "no:cacheprovider", *plugin, *options)
        done = python(*words, env=env, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.mark.parametrize("option", ["--import-trace", "--import-trace=3"])
def test_pains_34_the_slowest_imports_and_rewritten_assertions(test_run, option):
    out = test_run(option)
    assert "At index 2 diff: 3 != 4" in out
    _, _, section = out.partition(" slowest imports ")
    lines = section.splitlines()
    loaded, said = lines[1].split()[:2]
    assert said == "modules"
    shown = itertools.takewhile(lambda line: " ms " in line or " us " in line, lines[3:])
    assert len(list(shown)) == min(int(loaded), 3 if "=" in option else 10)
    assert "test_it" in section


def test_the_trace_has_conftest_and_tests(test_run, tmp_path):
    path = tmp_path / "trace.json"
    out = test_run(f"--import-trace-json={path}")
    assert "slowest imports" not in out
    data = json.loads(path.read_text())
    assert data["program"]["form"] == "pytest"
    names = [one["name"] for one in data["imports"]]
    assert names.index("colorsys") < names.index("test_it") < names.index("helper")
    helper = next(one for one in data["imports"] if one["name"] == "helper")
    assert helper["importer"]["file"].endswith("test_it.py")


def test_not_asked_for(test_run):
    out = test_run()
    assert "slowest imports" not in out


def test_it_loads_nothing_unless_it_is_asked(test_run, tmp_path):
    (tmp_path / "cwd" / "test_it.py").write_text(
        "import sys\ndef test_it():\n"
        "    assert sorted(n for n in sys.modules if n.startswith('entrepot')) == [\n"
        "        'entrepot', 'entrepot.observe', 'entrepot.observe.pytest_plugin']"
    )
    test_run(status=0)


def test_what_is_no_number(test_run):
    out = test_run("--import-trace", "test_it.py", status=4)
    assert "'test_it.py' is no number of imports" in out


def test_a_file_that_cannot_be_written(test_run):
    out = test_run("--import-trace-json=nowhere/x.json", status=4)
    assert "cannot write" in out
    assert "No such file" in out


def test_without_the_plugin(test_run):
    assert "unrecognized arguments: --import-trace" in test_run(
        "--import-trace", plugin=("-p", "no:entrepot"), status=4
    )


def test_under_entrepot_run(python, tmp_path):
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    (cwd / "test_it.py").write_text("import csv\ndef test_it(): assert csv")
    words = ("-m", "entrepot", "run", "-m", "pytest", "-W", "error", "-p", "no:cacheprovider")
    done = python(*words, *PLUGIN, "--import-trace", env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    assert "slowest imports" in done.stdout
    assert "1 passed" in done.stdout
