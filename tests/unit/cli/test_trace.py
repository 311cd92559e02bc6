"""`entrepot trace`: programs of all kinds, what becomes of them, and what bad input gets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from entrepot.observe.trace import file
from tests.conftest import clean_environment

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")


@pytest.fixture
def trace(python, tmp_path):
    """A function that traces a program; returns what it returned, and its trace."""

    def run(*words, **options):
        path = tmp_path / "trace.json"
        done = python("-m", "entrepot", "trace", f"--json={path}", *words, **options)
        return done, file.read(str(path)) if path.exists() else None

    return run


def names(found):
    return [one.name for one in found.imports]


def test_a_program(trace, tmp_path):
    script = tmp_path / "app.py"
    (tmp_path / "helper.py").write_text("import csv\nimport csv\n")
    script.write_text("import sys, helper\nprint(sys.argv)\n")
    done, found = trace(script, "--json", "x")
    assert done.stdout == f"{[str(script), '--json', 'x']}\n"
    assert "modules loaded" in done.stderr
    assert names(found)[:2] == ["helper", "csv"]
    helper, csv = found.imports[:2]
    assert csv.parent is helper
    assert (csv.importer.file, csv.importer.line) == (str(tmp_path / "helper.py"), 1)
    assert (helper.distribution, csv.distribution) == ("program", "stdlib")
    assert found.program == {
        "form": "path", "argv": [str(script), "--json", "x"], "cwd": str(tmp_path / "cwd"),
    }  # fmt: skip
    assert found.ended == {"how": "returned", "status": 0, "error": None}
    assert found.interpreter["executable"] == sys.executable


def test_times_add_up(trace):
    _, found = trace("-c", "import email.mime.text, csv")
    last = 0
    for root in found.roots:
        assert last <= root.start <= root.end <= found.wall_ns
        last = root.end
        assert sum(one.own for one in root.walk()) == root.cumulative


FORMS = {
    "module": (("-m", "program"), "module"),
    "path": (("program.py",), "path"),
    "command": (("-c", "import program"), "command"),
    "directory": (("folder",), "path"),
    "option of python": (("-B", "-W", "ignore", "-m", "program"), "module"),
}


@pytest.mark.parametrize(("words", "form"), FORMS.values(), ids=FORMS)
def test_forms(trace, tmp_path, words, form):
    cwd = tmp_path / "cwd"
    (cwd / "folder").mkdir(parents=True)
    for path in (cwd / "program.py", cwd / "folder" / "__main__.py"):
        path.write_text("import csv, sys\nprint(sys.dont_write_bytecode)")
    done, found = trace(*words)
    assert done.stdout == f"{words[0] == '-B'}\n"
    assert "csv" in names(found)
    assert found.program["form"] == form


def test_standard_input_is_the_programs(trace):
    done, found = trace("-c", "import sys; print(sys.stdin.read())", stdin=None, input="héllo")
    assert done.stdout == "héllo\n"
    done, found = trace("-", stdin=None, input="import csv; print(__name__)")
    assert done.stdout == "__main__\n"
    assert "csv" in names(found)


def test_output_is_the_programs(python):
    code = "import sys; sys.stdout.buffer.write(bytes(range(256)))"
    done = python("-m", "entrepot", "trace", "-c", code, text=False)
    assert done.stdout == bytes(range(256))


MODULES = "import sys; print([name for name in sys.modules if not name.startswith('entrepot')])"


def test_the_program_finds_no_module_that_it_would_not_find(python, tmp_path):
    out = [
        python("-m", "entrepot", command, "-c", MODULES).stdout
        for command in ("run", "trace", "trace")
    ]
    assert out[0] == out[1]
    memory = python("-m", "entrepot", "trace", "--memory", "-c", MODULES).stdout
    if sys.platform == "linux":
        assert out[0] == memory


def test_the_same_files_are_open(python):
    code = "import os; print(os.open(os.devnull, os.O_RDONLY))"
    run, traced = (python("-m", "entrepot", each, "-c", code).stdout for each in ("run", "trace"))
    assert run == traced


ENDS = {
    "exit": ("sys.exit(7)", 7, {"how": "exited", "status": 7, "error": None}),
    "exit with a text": ("sys.exit('no')", 1, {"how": "exited", "status": 1, "error": None}),
    "raise": ("raise OSError('x')", 1, {"how": "raised", "status": 1, "error": "OSError: x"}),
    "os._exit": ("os._exit(9)", 9, {"how": "os._exit", "status": 9, "error": None}),
    "kill": (
        "os.kill(os.getpid(), 9)", 137, {"how": "signal", "status": 9, "error": None},
    ),
    "abort": ("os.abort()", 134, {"how": "signal", "status": 6, "error": None}),
    "exit handler": (
        "import atexit; atexit.register(os._exit, 5)", 5,
        {"how": "returned", "status": 5, "error": None},
    ),
}  # fmt: skip


@forks
@pytest.mark.parametrize(("code", "status", "ended"), ENDS.values(), ids=ENDS)
def test_how_it_ends(trace, code, status, ended):
    done, found = trace("-c", f"import os, sys, csv\n{code}", check=False)
    assert done.returncode == status
    assert found.ended == ended
    assert "csv" in names(found)


@forks
def test_killed_in_the_middle(trace, tmp_path):
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    (cwd / "outer.py").write_text("import inner")
    (cwd / "inner.py").write_text("import csv, os\nos.kill(os.getpid(), 9)")
    done, found = trace("-c", "import outer", check=False)
    assert done.returncode == 128 + 9
    outcomes = {one.name: one.outcome for one in found.imports}
    assert outcomes["outer"] == outcomes["inner"] == "unfinished"
    assert outcomes["csv"] == "loaded"
    outer = next(one for one in found.imports if one.name == "outer")
    assert outer.end == found.wall_ns
    assert sum(one.own for one in outer.walk()) == outer.cumulative


@forks
def test_children_are_traced_with_their_pids(trace):
    code = """
import os
if not os.fork():
    import csv
    os._exit(0)
os.wait()
import decimal
if not os.fork():
    import json
    os.kill(os.getpid(), 9)
os.wait()
"""
    _, found = trace("-c", code)
    pids = {one.name: one.pid for one in found.roots}
    assert len({pids["csv"], pids["decimal"], pids["json"]}) == 3
    assert found.ended["how"] == "returned"


@forks
def test_a_program_that_closes_all_files_and_becomes_another(trace):
    code = """
import os, sys
os.closerange(3, 300)
import csv
os.execv(sys.executable, [sys.executable, "-c", "print('another')"])
"""
    done, found = trace("-c", code)
    assert done.stdout == "another\n"
    assert "csv" in names(found)
    assert found.ended["how"] == "os._exit"


def test_tracebacks_are_those_of_run(python, tmp_path):
    script = tmp_path / "app.py"
    script.write_text("import nowhere_at_all\n")
    run = python("-m", "entrepot", "run", script, check=False)
    traced = python("-m", "entrepot", "trace", "--quiet", script, check=False)
    assert (run.returncode, run.stderr) == (traced.returncode, traced.stderr)
    assert "nowhere_at_all" in run.stderr


@pytest.mark.parametrize("words", [["nowhere.py"], ["-m", "nowhere"]])
def test_what_cannot_be_started(python, tmp_path, words):
    run = python("-m", "entrepot", "run", *words, check=False)
    path = tmp_path / "x.json"
    traced = python("-m", "entrepot", "trace", f"--json={path}", *words, check=False)
    assert (run.returncode, run.stderr) == (traced.returncode, traced.stderr)
    assert not path.exists()


@forks
def test_a_signal_is_passed_on(tmp_path):
    path = tmp_path / "x.json"
    code = "import csv, time; print('ready', flush=True); time.sleep(60)"
    command = [sys.executable, "-m", "entrepot", "trace", "--quiet", f"--json={path}", "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=clean_environment()) as process:
        assert process.stdout.readline() == b"ready\n"
        # The handler may not be there yet: it ends the process then, as it would before.
        while not path.exists():
            process.send_signal(signal.SIGTERM)
            try:
                assert process.wait(0.5) in (128 + 15, -15)
                break
            except subprocess.TimeoutExpired:
                continue
    if process.returncode > 0:
        assert file.read(str(path)).ended == {"how": "signal", "status": 15, "error": None}


def test_files_named_like_the_standard_library_are_left_alone(trace, tmp_path):
    folder = tmp_path / "cwd"
    folder.mkdir()
    for name in ("ast", "html", "json", "shlex"):  # What `python -m` itself does not load.
        (folder / f"{name}.py").write_text("print('it was executed')\n")
    (folder / "app.py").write_text("import app_module\n")
    (folder / "app_module.py").write_text("")
    words = [f"--{name}={name}" for name in ("html", "chrome", "speedscope")]
    done, found = trace(*words, "app.py")
    assert "app_module" in names(found)
    assert "it was executed" not in done.stdout
    assert {"html", "chrome", "speedscope"} <= {each.name for each in folder.iterdir()}


@forks
def test_a_signal_to_a_program_that_has_ended_just_now(python):
    """As when a whole group gets it (`timeout`, the end of a CI job)."""
    code = """if True:
        import os, signal, subprocess, sys
        from entrepot.cli import trace_report
        child = subprocess.Popen([sys.executable, "-c", ""])
        child.wait()
        trace_report._leave_signals_to(child)
        os.kill(os.getpid(), signal.SIGTERM)
        print("goes on")
    """
    assert python("-c", code).stdout == "goes on\n"


def test_names_of_all_kinds(trace, tmp_path):
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    (cwd / "größe.py").write_text("")
    code = r"""
import größe
for name in ("mit leer\x1b[31m", "sur\udc80", "a..b", "größe.x"):
    try:
        __import__(name)
    except ImportError:
        pass
"""
    done, found = trace("-c", code)
    outcomes = {one.name: one.outcome for one in found.imports}
    assert outcomes["größe"] == "loaded"
    assert outcomes["sur\udc80"] == "missing"
    assert outcomes["größe.x"] == "failed"  # It is no package.
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("option", ["--json", "--chrome", "--speedscope", "--html"])
def test_outputs(python, tmp_path, option):
    path = tmp_path / "out"
    path.write_text("before")
    done = python("-m", "entrepot", "trace", "--quiet", option, path, "-c", "import csv")
    assert (done.stdout, done.stderr) == ("", "")
    assert "csv" in path.read_text()
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["out"]


def test_json_on_standard_output(python):
    done = python("-m", "entrepot", "trace", "--quiet", "--json=-", "-c", "import csv")
    assert file.loads(done.stdout).imports


BAD = {
    "no directory": (["--json", "nowhere/x.json"], "cannot write nowhere/x.json: No such file"),
    "a directory": (["--json", "."], "cannot write .: Is a directory"),
    "one file twice": (["--json", "x", "--chrome", "x"], "two outputs would go to one file"),
    "no file": (["--json"], "argument expected for the --json option"),
    "unknown": (["--no-such-thing"], "unknown option --no-such-thing"),
    "an argument too many": (["--memory=1"], "the --memory option takes no argument"),
    "without --compare": (["--fail-above=1%"], "--fail-above goes with --compare"),
    "nothing to run": (None, "what shall be run?"),
}


@pytest.mark.parametrize(("words", "text"), BAD.values(), ids=BAD)
def test_bad_input(python, words, text):
    program = [] if words in (None, ["--json"]) else ["-c", "print('it has run')"]
    done = python("-m", "entrepot", "trace", *(words or []), *program, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("entrepot: ")
    assert text in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_file_that_may_not_be_written(python, tmp_path):
    path = tmp_path / "x.json"
    path.touch(0o444)
    done = python("-m", "entrepot", "trace", f"--json={path}", "-c", "print(1)", check=False)
    assert (done.returncode, done.stdout) == (2, "")


#: Runs a command without a standard output.
CLOSED = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


@forks
def test_a_closed_standard_output(python):
    words = ["-m", "entrepot", "trace", "--json=-", "-c", "open('x', 'w')"]
    done = python("-c", CLOSED, *words, check=False)
    assert done.returncode == 2
    assert done.stderr == f"entrepot: cannot write standard output: {os.strerror(9)}\n"
    assert python("-c", "import os; print(os.path.exists('x'))").stdout == "False\n"
    assert python("-c", CLOSED, *words[:3], "-c", "", check=False).returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this platform has no full device")
def test_a_full_disk(python):
    words = ["-m", "entrepot", "trace", "--quiet", "--json=-", "-c", "import csv"]
    with open("/dev/full", "w") as full:
        more = {"capture_output": False, "stdout": full, "stderr": subprocess.PIPE}
        done = python(*words, check=False, **more)
    assert done.returncode == 2
    assert done.stderr == "entrepot: cannot write standard output: No space left on device\n"


@forks
@pytest.mark.parametrize("words", [["--help"], ["--quiet", "--json=-", "-c", "import csv"], None])
def test_nobody_reads_the_output(python, tmp_path, words):
    file = write(tmp_path, "a", {"x": 10**8})
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as out:
        more = {"capture_output": False, "stdout": out, "stderr": subprocess.PIPE}
        words = words or ["--compare", file, file]
        done = python("-m", "entrepot", "trace", *words, check=False, **more)
    assert (done.returncode, done.stderr) == (1, "")


#: So long that any clock notices.
SLEEP = "import time\ntime.sleep(0.05)\n"


def test_what_would_help(python, tmp_path):
    (tmp_path / "app.py").write_text("import helper\n")
    (tmp_path / "helper.py").write_text("import helped\n" + SLEEP)
    (tmp_path / "helped.py").write_text(SLEEP)
    done = python("-m", "entrepot", "trace", tmp_path / "app.py", cwd=tmp_path)
    *_, last = done.stderr.splitlines()
    assert "would help: a lazy import of" in done.stderr
    assert last.split()[2:] == ["1", "helped", "helper.py:1"]
    assert len(done.stderr.splitlines()) < 24


def test_the_imports_of_a_traceback_are_not_the_programs(trace):
    done, found = trace("-c", "import csv; 1 / 0", check=False)
    assert "ZeroDivisionError" in done.stderr
    assert found.ended["how"] == "raised"
    assert found.roots[-1].name == "csv"


def test_help(python):
    assert python("-m", "entrepot", "trace", "--help").stdout.startswith("usage: entrepot trace")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is the peak, or not known")
def test_memory(trace):
    _, found = trace("--memory", "-c", "import email.mime.text")
    assert sum(one.memory for one in found.roots) > 0
    _, found = trace("-c", "import csv")
    assert {one.memory for one in found.imports} == {None}


def test_started_anew_where_there_is_no_fork(python, tmp_path):
    """As on Windows."""
    program = """
import os, sys
del os.fork
from entrepot.cli import main
sys.exit(main())
"""
    path = tmp_path / "x.json"
    words = ["trace", f"--json={path}", "-c", "import csv, sys; sys.exit(3)"]
    script = tmp_path / "entrepot_without_fork.py"
    script.write_text(program)
    done = python(script, *words, check=False)
    assert done.returncode == 3
    found = file.read(str(path))
    assert "csv" in names(found)
    assert found.ended == {"how": "exited", "status": 3, "error": None}


def write(tmp_path, name, times):
    rows = []
    for at, (module, time) in enumerate(times.items()):
        phases = dict.fromkeys(
            ("search", "create", "read", "unmarshal", "compile", "write", "execute", "other"), 0
        )
        rows.append({
            "id": at, "parent": None, "name": module, "start": 0, "end": time,
            "phases": {**phases, "execute": time}, "importer": None,
            "thread": {"id": 1, "name": "MainThread"}, "pid": 1, "outcome": "loaded",
            "error": None, "caught": None, "origin": None, "loader": None, "package": False,
            "bytecode": "none", "bytes": 0, "memory": None, "distribution": None,
        })  # fmt: skip
    path = tmp_path / name
    path.write_text(json.dumps({
        "format": "entrepot-trace", "version": 1, "entrepot": "0.1.0", "interpreter": {},
        "program": {"form": "path", "argv": [], "cwd": ""}, "started": "", "wall_ns": 10**9,
        "ended": {"how": "returned", "status": 0, "error": None}, "imports": rows, "repeats": [],
    }))  # fmt: skip
    return str(path)


@pytest.mark.parametrize(
    ("allowed", "status"), [(None, 0), ("49%", 1), ("51 %", 0), ("49", 1), ("50%", 0)]
)
def test_compare(python, tmp_path, allowed, status):
    a = write(tmp_path, "a", {"x": 10**8})
    b = write(tmp_path, "b", {"x": 10**8, "y": 5 * 10**7})
    words = [] if allowed is None else ["--fail-above", allowed]
    done = python("-m", "entrepot", "trace", "--compare", a, b, *words, check=False)
    assert done.returncode == status
    assert "new (1)" in done.stdout
    assert ("50.0 % longer" in done.stderr) == bool(status)


def test_compare_in_any_order_and_as_json(python, tmp_path):
    a, b = write(tmp_path, "a", {"x": 10**8}), write(tmp_path, "b", {"y": 10**8})
    words = ["--fail-above=10%", "--json=-", "--compare", a, b]
    data = json.loads(python("-m", "entrepot", "trace", *words).stdout)
    assert [one["module"] for one in data["gone"]] == ["x"]


def test_compare_bad_files(python, tmp_path):
    good = write(tmp_path, "a", {"x": 10**8})
    bad = {
        "cut": (tmp_path / "a").read_text()[:-30],
        "empty": "",
        "other": '{"format": "entrepot-trace", "version": 99}',
        "text": "hello",
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text)
    for name in [*bad, "nowhere"]:
        path = str(tmp_path / name)
        done = python("-m", "entrepot", "trace", "--compare", good, path, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert path in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["--fail-above", "x"], ["--fail-above", "-3%"]])
def test_compare_bad_words(python, tmp_path, words):
    a = write(tmp_path, "a", {"x": 10**8})
    done = python("-m", "entrepot", "trace", "--compare", a, a, *words, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("entrepot: ")
    assert done.stderr.count("\n") == 1
