"""`enable`, `disable` and `status`, in environments that are made for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import entrepot
from entrepot.cli import startup
from tests.capabilities import needs
from tests.conftest import clean_environment

WHO = "import json, sys; print(type(json.__spec__.loader).__module__.partition('.')[0])"
FROZEN = "_frozen_importlib_external"


class Environment:
    """A virtual environment in *home* that has this very entrepot, by the file `link`."""

    def __init__(self, home):
        self.python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
        ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
        self.purelib = home / self.run("-c", ask)[1].strip()
        self.link = self.purelib / "link.pth"
        self.link.write_text(os.path.dirname(os.path.dirname(entrepot.__file__)))

    def run(self, *args, **env):
        child = subprocess.run(
            [self.python, *args],
            env=clean_environment(**env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return child.returncode, child.stdout, child.stderr

    def entrepot(self, *args, **env):
        return self.run("-m", "entrepot", *args, **env)

    def status(self, **env):
        return json.loads(self.entrepot("status", "--json", **env)[1])

    def files(self):
        return sorted(path.name for path in self.purelib.rglob("*") if path.is_file())

    def serves(self, *options, **env):
        """Who serves the imports of a start, which must say nothing but that."""
        status, out, err = self.run(*options, "-c", WHO, **env)
        assert (status, err) == (0, "")
        return out.strip()


@pytest.fixture
def environment(tmp_path):
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    return Environment(home)


def test_there_and_back(environment):
    before = environment.files()
    assert environment.serves() == FROZEN
    status, out, err = environment.entrepot("enable")
    assert (status, err) == (0, "")
    assert out.startswith("entrepot is enabled for ")
    assert str(environment.purelib) in out
    assert environment.serves() == environment.serves("-I") == "entrepot"
    assert "already enabled" in environment.entrepot("enable")[1]
    status, out, err = environment.entrepot("disable")
    assert (status, err) == (0, "")
    assert out.startswith("entrepot is disabled for ")
    assert environment.serves() == FROZEN
    assert environment.files() == before
    assert "not enabled" in environment.entrepot("disable")[1]


def test_switched_off(environment):
    environment.entrepot("enable")
    assert environment.serves(ENTREPOT="0") == FROZEN
    assert environment.serves(ENTREPOT="1") == "entrepot"
    assert environment.serves("-S") == FROZEN


@pytest.mark.parametrize("damage", ["gone", "empty", "syntax", "namespace"])
def test_harmless_without_entrepot(damage, environment, tmp_path):
    environment.entrepot("enable")
    stand_in = tmp_path / "stand-in"
    stand_in.mkdir()
    environment.link.write_text(str(stand_in))
    if damage == "empty":
        (stand_in / "entrepot.py").write_text("")
    elif damage == "syntax":
        (stand_in / "entrepot.py").write_text("x x")
    elif damage == "namespace":
        (stand_in / "entrepot").mkdir()
    assert environment.serves() == FROZEN


def test_children_too(environment):
    environment.entrepot("enable")
    code = f"""
import subprocess, sys
print(subprocess.check_output([sys.executable, "-c", {WHO!r}], text=True).strip())
"""
    assert environment.run("-c", code) == (0, "entrepot\n", "")


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_multiprocessing_too(method, environment, tmp_path):
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this platform has no {method}")
    (tmp_path / "prog.py").write_text(f"""
import multiprocessing

def who(_):
    import colorsys
    return type(colorsys.__spec__.loader).__module__.partition(".")[0]

if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(1) as pool:
        print(*pool.map(who, [0]))
""")
    environment.entrepot("enable")
    assert environment.run(str(tmp_path / "prog.py")) == (0, "entrepot\n", "")


@needs("leave no frame")
def test_tracebacks_of_an_enabled_interpreter(environment, tmp_path):
    (tmp_path / "one.py").write_text("import two")
    (tmp_path / "two.py").write_text("import absent")
    program = str(tmp_path / "one.py")
    plain = environment.run(program)
    environment.entrepot("enable")
    assert environment.run(program) == plain
    assert plain[0] == 1


def test_status(environment):
    before = environment.status()
    assert before["entrepot"] == entrepot.__version__
    assert before["location"] == os.path.dirname(entrepot.__file__)
    assert before["executable"] == str(environment.python)
    assert before["site_packages"] == str(environment.purelib)
    assert (before["enabled"], before["files"], before["active"]) == (False, [], False)
    environment.entrepot("enable")
    after = environment.status()
    assert (after["enabled"], after["active"], after["switched_off"]) == (True, True, False)
    assert set(after["files"]) < set(environment.files())
    off = environment.status(ENTREPOT="0")
    assert (off["enabled"], off["active"], off["switched_off"]) == (True, False, True)
    text = environment.entrepot("status")[1]
    assert f"executable     {environment.python}\n" in text
    assert "enabled        yes\n" in text


def test_files_of_another_version_are_not_enough(environment):
    environment.entrepot("enable")
    name = environment.status()["files"][-1]
    (environment.purelib / name).write_text("# nothing\n")
    assert not environment.status()["enabled"]
    assert "is enabled for" in environment.entrepot("enable")[1]
    assert environment.serves() == "entrepot"


@pytest.mark.parametrize("command", ["enable", "disable", "status"])
def test_unexpected_arguments(command, environment):
    status, out, err = environment.entrepot(command, "--absent")
    assert (status, out) == (2, "")
    assert err.endswith("entrepot: unexpected argument '--absent'\n")


# --- Where it is not possible


def test_no_site_packages(environment):
    # Python imports the package from a path of its own; there is no directory to write to.
    link = environment.link.read_text()
    environment.link.unlink()
    environment.purelib.rename(environment.purelib.with_name("elsewhere"))
    status, out, err = environment.entrepot("enable", PYTHONPATH=link)
    assert (status, out) == (1, "")
    assert err.startswith("entrepot: there is no site-packages directory: ")
    assert environment.entrepot("status", PYTHONPATH=link)[0] == 0


class ReadOnly:
    """The file system of a directory that cannot be written to."""

    def read(self, path):
        raise FileNotFoundError

    def write_atomic(self, path, data, mode):
        raise PermissionError(13, "Permission denied", path)


def test_site_packages_cannot_be_written(monkeypatch):
    monkeypatch.setattr(startup.host, "DISK", ReadOnly())
    with pytest.raises(startup.StartupError, match="cannot write to '/x': Permission denied"):
        startup.enable("/x")


def test_files_cannot_be_removed(monkeypatch, tmp_path):
    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(startup.os, "unlink", refuse)
    with pytest.raises(startup.StartupError, match="cannot remove .*: Permission denied"):
        startup.disable(str(tmp_path))


def test_a_failed_write_leaves_what_was_there(monkeypatch, tmp_path):
    startup.enable(str(tmp_path))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(source, target):
        raise OSError(28, "No space left on device")

    (name,) = [name for name in before if not name.endswith(".py")]
    (tmp_path / name).write_text("older")
    monkeypatch.setattr("entrepot.host.files._os.replace", full)
    with pytest.raises(startup.StartupError, match="No space left on device"):
        startup.enable(str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == set(before)
    assert (tmp_path / name).read_text() == "older"


def test_which_files_by_version():
    names = {os.path.splitext(name)[1] for name in startup.FILES}
    # PEP 829: since 3.15 the import lines of .pth files are deprecated.
    assert names == ({".py", ".start"} if sys.version_info >= (3, 15) else {".pth"})
