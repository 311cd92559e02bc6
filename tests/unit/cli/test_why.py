"""`entrepot why`: options, exit statuses, programs."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tests.capabilities import needs

MARK = "open(__file__ + '.executed', 'w').close()\n"


@pytest.fixture
def here(tmp_path):
    path = tmp_path / "here"
    path.mkdir()
    return path


@pytest.fixture
def why(python, here):
    """A function that runs `entrepot why` in a directory of its own, and returns the process."""

    def run(*args, **options):
        return python("-m", "entrepot", "why", *args, **{"check": False, "cwd": here, **options})

    return run


@pytest.fixture
def write(here):
    def write(name, text=MARK):
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def answer(process):
    assert process.stderr == ""
    return json.loads(process.stdout)


def file_of(process):
    data = answer(process)
    return data["module"]["file"] if data["found"] else None


def test_found_is_0(why):
    process = why("json")
    assert process.returncode == 0
    assert process.stdout.startswith("json is a package\n")


def test_not_found_is_1(why):
    process = why("nosuch.module")
    assert (process.returncode, process.stderr) == (1, "")
    assert process.stdout.startswith("nosuch.module is not found\n")


def test_a_module_that_cannot_be_compiled_is_1(why, write):
    write("tool.py", "def f(:\n")
    assert why("tool").returncode == 1


@pytest.mark.parametrize("name", ["", ".x", "a..b", "a/b", "x\ny"])
def test_a_name_that_is_none_is_2(name, why):
    process = why(name)
    assert (process.returncode, process.stdout) == (2, "")
    assert process.stderr.startswith("entrepot why: ")
    assert process.stderr.count("\n") == 1


def test_the_current_directory_is_searched_first(why, write, here):
    path = write("random.py")
    assert file_of(why("random", "--json")) == str(path)
    assert sorted(os.listdir(here)) == ["random.py"]


@pytest.mark.parametrize("name", ["argparse", "json", "shlex", "shutil", "ast", "subprocess"])
def test_local_files_that_hide_what_the_command_needs_are_not_executed(name, why, write, here):
    path = write(f"{name}.py")
    write("app.py", "")
    assert file_of(why(name, "--json", "--program", "app.py")) == str(path)
    assert sorted(os.listdir(here)) == sorted(["app.py", f"{name}.py"])


def test_what_the_command_itself_imports_is_not_said_to_be_imported(why):
    data = answer(why("argparse", "--json"))
    assert [search["imported"] for search in data["searches"]] == [False]
    assert "already-imported" not in [finding["code"] for finding in data["findings"]]


def test_bytecode_is_not_written(why, write, here):
    write("pkg/__init__.py")
    write("pkg/mod.py")
    data = answer(why("pkg.mod", "--json"))
    assert data["module"]["bytecode"]["state"] == "missing"
    assert sorted(os.listdir(here / "pkg")) == ["__init__.py", "mod.py"]


# --- Inside a program


def test_a_script_has_its_own_directory_first(why, write):
    write("scripts/app.py", MARK)
    path = write("scripts/tool.py")
    write("tool.py")
    process = why("tool", "--json", "--program", "scripts/app.py --option value")
    assert file_of(process) == str(path)
    assert answer(process)["program"] == str(path.parent / "app.py")


def test_what_is_beside_the_caller_is_not_on_the_path_of_a_script(why, write):
    write("scripts/app.py", "")
    path = write("tool.py")
    data = answer(why("tool", "--json", "--program", "scripts/app.py"))
    assert not data["found"]
    assert [finding["code"] for finding in data["findings"]] == ["in-current-directory"]
    assert str(path) in data["findings"][0]["text"]


def test_a_module_has_the_current_directory_first(why, write):
    write("pkg/__init__.py")
    write("pkg/app.py")
    write("pkg/tool.py")
    path = write("tool.py")
    assert file_of(why("tool", "--json", "--program", "-m pkg.app")) == str(path)


def test_a_package_runs_its_main(why, write):
    write("pkg/__init__.py")
    main = write("pkg/__main__.py")
    assert answer(why("pkg", "--json", "--program", "-m pkg"))["program"] == str(main)


def test_a_directory_with_a_main(why, write):
    write("app/__main__.py")
    path = write("app/tool.py")
    assert file_of(why("tool", "--json", "--program", "app")) == str(path)


def test_an_archive_with_a_main(why, here):
    import zipfile

    with zipfile.ZipFile(here / "app.zip", "w") as file:
        file.writestr("__main__.py", "")
        file.writestr("tool.py", "")
    assert file_of(why("tool", "--json", "--program", "app.zip")) == str(here / "app.zip/tool.py")


def test_code(why, write):
    path = write("tool.py")
    assert file_of(why("tool", "--json", "--program", "-c 'import tool'")) == str(path)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the option -P came with Python 3.11")
def test_options_of_the_interpreter_that_change_the_path(why, write):
    write("app.py", "")
    write("tool.py")
    assert file_of(why("tool", "--json", "--program", "-P app.py")) is None


def test_isolated_mode_leaves_out_pythonpath(why, write, here):
    path = write("lib/tool.py")
    write("app.py", "")
    # Entrepot itself may have come by PYTHONPATH.
    more = os.pathsep.join([str(path.parent), *sys.path])
    plain = why("tool", "--json", "--program", "app.py", env={"PYTHONPATH": more})
    isolated = why("tool", "--json", "--program", "-I app.py", env={"PYTHONPATH": more})
    assert file_of(plain) == str(path)
    assert file_of(isolated) is None


def test_a_program_that_imports_a_module_of_its_own_name(why, write):
    write("yaml.py", "import yaml\n")
    data = answer(why("yaml", "--json", "--program", "yaml.py"))
    assert "program-itself" in [finding["code"] for finding in data["findings"]]


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("nosuch.py", "there is no such file"),
        ("-m nosuch", "no module named 'nosuch'"),
        ("-m xml", "is a package without __main__"),
        (".", "can't find '__main__'"),
        ("-m", "argument expected"),
        ("", "what shall be run?"),
        ("--nosuch app.py", "unknown option"),
        ("'app.py", "No closing quotation"),
        ("--help", "takes a program"),
    ],
)
def test_no_such_program(program, problem, why):
    process = why("json", f"--program={program}")
    assert (process.returncode, process.stdout) == (2, "")
    assert problem in process.stderr
    assert process.stderr.count("\n") == 1


# --- Output


def test_plain_text_without_a_terminal(why):
    process = why("yaml_nosuch", env={"COLUMNS": "70", "FORCE_COLOR": ""})
    assert "\x1b" not in process.stdout


def test_the_width_of_the_terminal(why):
    wide, narrow = (why("sys", "tool").stderr, why("nosuch", env={"COLUMNS": "50"}).stdout)
    assert wide  # two names are one too many
    sentences = narrow.partition("the search for")[0].splitlines()
    assert all(len(line) <= 50 or os.sep in line for line in sentences)


def test_an_output_that_has_no_marks(why):
    process = why("nosuch", env={"PYTHONIOENCODING": "ascii"})
    assert process.stdout.isascii()
    assert "\nx nothing called nosuch" in process.stdout


def _on_terminal(args, **env):
    """Run on a pseudo-terminal, and return what was shown."""
    import pty
    import subprocess

    from tests.conftest import clean_environment

    main, child = pty.openpty()
    command = [sys.executable, "-m", "entrepot", "why", *args]
    process = subprocess.Popen(
        command, stdout=child, stderr=child, stdin=child, env=clean_environment(TERM="xterm", **env)
    )
    os.close(child)
    shown = b""
    while True:
        try:
            part = os.read(main, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.wait()
    os.close(main)
    return shown.decode()


@needs("pseudo-terminals")
def test_colours_on_a_terminal_unless_they_are_not_wanted():
    pytest.importorskip("rich", reason="the extra cli is not installed")
    assert "\x1b[" in _on_terminal(["json"])
    assert "\x1b[3" not in _on_terminal(["json"], NO_COLOR="1")


@needs("pseudo-terminals")
def test_what_takes_longer_than_a_second_shows_that_it_goes_on(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, time\n"
        "class Slow:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name == 'nosuch': time.sleep(1.5)\n"
        "sys.meta_path.append(Slow)\n"
    )
    where = os.pathsep.join([str(tmp_path), *sys.path])
    assert "looking into" in _on_terminal(["nosuch"], PYTHONPATH=where)
    assert "looking into" not in _on_terminal(["json"], PYTHONPATH=where)


def test_an_isolated_interpreter_does_not_look_into_the_current_directory(here, write, python):
    write("tool.py")
    main = "from entrepot.cli import main; main(['why', 'tool'])"
    code = f"import sys; sys.path[:0] = {sys.path!r}; {main}"
    process = python("-I", "-c", code, cwd=here)
    assert process.stdout.startswith("tool is not found\n")
    assert "-P, -I or PYTHONSAFEPATH keeps it off" in " ".join(process.stdout.split())


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the option -P came with Python 3.11")
def test_options_of_a_program_that_keep_directories_off_the_path(why, write):
    write("tool.py")
    write("app.py")
    for program, text in (
        ("-P -c pass", "is in the current directory, which is not on the path: -P, -I or"),
        ("-P app.py", "but an import does not look there: -P, -I or PYTHONSAFEPATH keeps"),
    ):
        said = why("tool", "--program", program).stdout
        assert text in " ".join(said.split())
        assert "leave that out" in said
