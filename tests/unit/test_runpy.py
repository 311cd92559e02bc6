"""runpy: what is run, under which names, and what is put back; the stdlib is the oracle."""

from __future__ import annotations

import os
import pathlib
import py_compile
import runpy as stdlib_runpy
import subprocess
import sys
import zipfile

import pytest

import entrepot
from entrepot import runpy as entrepot_runpy
from entrepot.runpy import execution
from entrepot.runpy.program import NotRunnable, Program
from entrepot.runpy.runner import Runner
from tests.conftest import clean_environment

TELL = """
import sys
told = {name: value for name, value in globals().items() if name.startswith("__")}
argv0 = sys.argv[0]
in_modules = getattr(sys.modules.get(__name__), "__dict__", None) is globals()
"""
FILES = {
    "rp_mod.py": TELL,
    "rp_pkg/__init__.py": "",
    "rp_pkg/__main__.py": TELL,
    "rp_pkg/leaf.py": TELL,
    "rp_pkg/bare/__init__.py": "",
    "rp_eager/__init__.py": "from . import leaf",
    "rp_eager/leaf.py": TELL,
    "rp_broken/__init__.py": "import rp_absent_dependency",
    "rp_broken/leaf.py": "",
    "rp_fails.py": "raise KeyError('on purpose')",
    "rp_syntax.py": "x = (",
    "rp_self/__init__.py": "",
    "rp_self/__main__/__init__.py": "",
    "rp_space/inner.py": "",
    "program/__main__.py": TELL,
    "empty/other.py": "",
}


@pytest.fixture(params=["stdlib", "entrepot"])
def runpy(request):
    return {"stdlib": stdlib_runpy, "entrepot": entrepot_runpy}[request.param]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("rp_"):
            del sys.modules[name]


@pytest.fixture
def state():
    """What must be as it was after each run."""
    # Importers of relative paths, of other tests: 3.10 keeps them when the directory changes.
    sys.path_importer_cache.clear()
    argv, path, modules = list(sys.argv), list(sys.path), dict(sys.modules)
    yield
    assert sys.argv == argv
    assert sys.path == path
    assert sys.modules["__main__"] is modules["__main__"]
    assert "<run_path>" not in sys.modules


@pytest.mark.parametrize(
    ("name", "full", "parent"),
    [
        ("rp_mod", "rp_mod", ""),
        ("rp_pkg", "rp_pkg.__main__", "rp_pkg"),
        ("rp_pkg.leaf", "rp_pkg.leaf", "rp_pkg"),
    ],
)
def test_a_module_gets_its_import_attributes(runpy, tree, state, name, full, parent):
    told = runpy.run_module(name)["told"]
    file = str(tree.joinpath(*full.split("."))) + ".py"
    assert told["__name__"] == full
    assert told["__file__"] == file == told["__spec__"].origin
    assert told["__package__"] == parent
    assert told["__loader__"] is told["__spec__"].loader
    assert told["__doc__"] is None
    assert ("__cached__" in told) == (sys.version_info < (3, 15))


def test_a_module_is_not_left_in_modules(runpy, tree, state):
    result = runpy.run_module("rp_pkg.leaf")
    assert not result["in_modules"]
    assert "rp_pkg.leaf" not in sys.modules
    assert "rp_pkg" in sys.modules


def test_globals_given_are_copied_and_overridden(runpy, tree, state):
    given = {"extra": [1], "__name__": "wrong", "__file__": "wrong", "__spec__": "wrong"}
    before = dict(given)
    result = runpy.run_module("rp_mod", given, run_name="chosen")
    assert result["extra"] is given["extra"]
    assert result["told"]["__name__"] == "chosen"
    assert result["told"]["__file__"] == str(tree / "rp_mod.py")
    assert given == before


def test_alter_sys_shows_the_module_while_it_runs(runpy, tree, state):
    result = runpy.run_module("rp_mod", run_name="rp_chosen", alter_sys=True)
    assert result["in_modules"]
    assert result["argv0"] == str(tree / "rp_mod.py")
    assert "rp_chosen" not in sys.modules


def test_alter_sys_puts_back_what_was_there(runpy, tree, state, monkeypatch):
    monkeypatch.setitem(sys.modules, "rp_chosen", os)
    with pytest.raises(KeyError, match="on purpose"):
        runpy.run_module("rp_fails", run_name="rp_chosen", alter_sys=True)
    assert sys.modules["rp_chosen"] is os


ABSENT = "Error while finding module specification for {!r} (ModuleNotFoundError: {})"
ERRORS = {
    "rp_absent": "No module named rp_absent",
    "rp_pkg.absent": "No module named rp_pkg.absent",
    "rp_absent.x": ABSENT.format("rp_absent.x", "No module named 'rp_absent'"),
    "rp_mod.x": ABSENT.format(
        "rp_mod.x", "__path__ attribute not found on 'rp_mod' while trying to find 'rp_mod.x'"
    ),
    "rp_mod.py": ABSENT.format(
        "rp_mod.py", "__path__ attribute not found on 'rp_mod' while trying to find 'rp_mod.py'"
    )
    + ". Try using 'rp_mod' instead of 'rp_mod.py' as the module name.",
    ".rp_mod": "Relative module names not supported",
    "rp_pkg.bare": "No module named rp_pkg.bare.__main__; "
    "'rp_pkg.bare' is a package and cannot be directly executed",
    "rp_space": "No module named rp_space.__main__; "
    "'rp_space' is a package and cannot be directly executed",
    "rp_self": "Cannot use package as __main__ module; "
    "'rp_self' is a package and cannot be directly executed",
    "sys": "No code object available for sys",
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_run_is_an_import_error(runpy, tree, state, name):
    with pytest.raises(ImportError) as caught:
        runpy.run_module(name)
    assert type(caught.value) is ImportError
    assert str(caught.value) == ERRORS[name]
    if runpy is entrepot_runpy or sys.version_info >= (3, 15):
        assert caught.value.name == name


@pytest.mark.parametrize("name", ["rp_broken", "rp_broken.leaf"])
def test_an_error_within_the_parent_is_the_parents(runpy, tree, state, name):
    with pytest.raises(ModuleNotFoundError, match="rp_absent_dependency") as caught:
        runpy.run_module(name)
    assert caught.value.name == "rp_absent_dependency"


def test_running_twice_is_warned_of(runpy, tree, state):
    text = "'rp_eager.leaf' found in sys.modules after import of package 'rp_eager'"
    with pytest.warns(RuntimeWarning, match=text):
        runpy.run_module("rp_eager.leaf")


def test_the_warning_says_what_to_do(tree, state):
    """PAINS 33 (gh-112578): many projects met the warning and did not know what it asks for."""
    with pytest.warns(RuntimeWarning, match=r"Do not import it in rp_eager/__init__\.py"):
        entrepot_runpy.run_module("rp_eager.leaf")


@pytest.mark.parametrize("kind", [str, os.fsencode, pathlib.Path])
def test_a_file_is_run_as_a_script(runpy, tree, state, kind):
    if runpy is stdlib_runpy and sys.version_info < (3, 13) and kind is not str:
        pytest.skip("before 3.13 the stdlib gives the argument itself as __file__")
    result = runpy.run_path(kind("rp_mod.py"))
    told = result["told"]
    assert told["__name__"] == "<run_path>"
    assert told["__file__"] == result["argv0"] == "rp_mod.py"
    assert told["__package__"] == ""
    assert told["__loader__"] is told["__spec__"] is None
    assert result["in_modules"]


def test_a_dotted_run_name_has_a_package(runpy, tree, state):
    assert runpy.run_path("rp_mod.py", run_name="a.b.c")["told"]["__package__"] == "a.b"
    assert runpy.run_path("program", run_name="a.b.c")["told"]["__package__"] == "a.b"


def test_a_pyc_is_run(runpy, tree, state):
    py_compile.compile("rp_mod.py", cfile="compiled.bin")
    assert runpy.run_path("compiled.bin")["told"]["__file__"] == "compiled.bin"


def test_a_script_keeps_its_name_in_syntax_errors(runpy, tree, state):
    with pytest.raises(SyntaxError) as caught:
        runpy.run_path("rp_syntax.py")
    assert caught.value.filename == "rp_syntax.py"


def test_a_missing_script_is_a_missing_file(runpy, tree, state):
    with pytest.raises(FileNotFoundError):
        runpy.run_path("absent.py")


@pytest.fixture
def archive(tree):
    with zipfile.ZipFile(tree / "program.zip", "w") as file:
        file.write("rp_mod.py", "__main__.py")
    return "program.zip"


def test_a_directory_or_an_archive_is_run_by_its_main(runpy, tree, archive, state):
    for path in ("program", archive):
        path_before = list(sys.path)
        result = runpy.run_path(path)
        told = result["told"]
        assert told["__name__"] == "<run_path>"
        assert told["__spec__"].name == "__main__"
        assert told["__file__"].endswith(f"{path}{os.sep}__main__.py")
        assert result["argv0"] == path
        assert sys.path == path_before


def test_a_directory_without_main_is_an_import_error(runpy, tree, state):
    with pytest.raises(ImportError) as caught:
        runpy.run_path("empty")
    assert str(caught.value) == "can't find '__main__' module in 'empty'"
    assert "empty" not in sys.path


def test_a_runner_belongs_to_its_system(tree, state):
    (tree / "rp_user.py").write_text("import rp_mod, sys\nshared = sys.modules.get('rp_mod')\n")
    system = entrepot.ImportSystem([str(tree)])
    result = Runner(system).run_module("rp_user")
    assert result["rp_mod"] is system.modules["rp_mod"]
    assert result["shared"] is None
    assert "rp_mod" not in sys.modules


# --- Whole programs, beside the interpreter's own

SHOW = """
import sys
show = lambda value: value if isinstance(value, (str, type(None))) else type(value).__name__
print(sorted((name, str(show(value))) for name, value in globals().items()))
print(sys.argv, sys.path[0], getattr(__spec__, "name", None), __name__)
print(sys.modules["__main__"].__dict__ is globals())
"""
RUN = """
import sys
sys.path.append({source!r})
from entrepot.runpy import execution
from entrepot.runpy.program import NotRunnable, Program
arguments = sys.argv[1:]
of = Program.of_module if arguments[0] == "-m" else Program.of_path
program = of(arguments[arguments[0] == "-m"])
sys.path[0] = program.entry
sys.argv = [program.argv0, *arguments[1 + (arguments[0] == "-m"):]]
try:
    program.run()
except NotRunnable as error:
    print(f"{{sys.executable}}: {{error}}", file=sys.stderr)
    sys.exit(error.status)
"""
COMMANDS = [
    ["shows.py", "one", "two"],
    ["-m", "shows", "one"],
    ["-m", "shown", "one"],
    ["shown", "one"],
    ["shown.zip", "one"],
    pytest.param(
        [os.path.join("linked", "shows.py")],
        marks=pytest.mark.skipif(
            sys.implementation.name == "pypy", reason="PyPy leaves links in sys.path[0]"
        ),
    ),
    ["-m", "absent"],
    ["-m", "shows.py"],
    ["empty"],
    ["absent.py"],
    ["exits.py"],
]


def outcome(command, cwd):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    # PyPy does not quote the name of a file that it cannot open.
    return done.returncode, done.stdout, done.stderr.replace("'", "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_program_runs_as_under_the_interpreter(tmp_path, command):
    files = {"shows.py": SHOW, "shown/__main__.py": SHOW, "exits.py": "raise SystemExit(3)"}
    for name, text in {**files, "empty/x.py": "", "real/shows.py": SHOW}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    with zipfile.ZipFile(tmp_path / "shown.zip", "w") as file:
        file.write(tmp_path / "shows.py", "__main__.py")
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    (tmp_path / "run_it.py").write_text(RUN.format(source=source))
    theirs = outcome(command, tmp_path)
    ours = outcome(["run_it.py", *command], tmp_path)
    assert ours == theirs


def test_a_program_that_is_not_there_says_so_in_its_own_class(tree):
    program = Program.of_path("empty")
    with pytest.raises(NotRunnable, match="can't find '__main__' module in") as caught:
        program.run()
    assert caught.value.status == 1
    with pytest.raises(NotRunnable, match="can't open file") as caught:
        Program.of_path("absent.py").run()
    assert caught.value.status == 2


@pytest.mark.skipif(
    sys.implementation.name != "cpython" or sys.version_info < (3, 11),
    reason="only there frames of Python functions are in chunks",
)
def test_a_program_has_room_for_its_frames():
    """Each call at the end of a chunk would cost two system calls."""
    assert execution.execute_as_main.__code__.co_stacksize * 8 > 1 << 18
