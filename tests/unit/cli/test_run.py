"""`entrepot run PROGRAM` does what `python PROGRAM` does: output, traceback, exit status."""

from __future__ import annotations

import signal
import sys
import zipfile

import pytest

from tests.capabilities import needs
from tests.unit.cli.conftest import ENTREPOT, have

SAY = """
import sys
print(sys.argv, sys.path[0], sys.path[1:] == [p for p in sys.path[1:] if "entrepot-" not in p])
"""
# What a program can see of itself.
MYSELF = """
import sys, __main__
assert sys.modules["__main__"] is __main__ and vars(__main__) is globals()
for name in sorted(vars()):
    value = vars()[name]
    if name == "__loader__":
        value = (value if isinstance(value, type) else type(value)).__name__
    elif name == "__spec__" and value is not None:
        value = (value.name, value.origin, value.parent, value.has_location, value.cached)
    elif name == "__builtins__":
        import builtins
        value = value is builtins
    elif not name.startswith("__") or value is __main__:
        continue
    print(name, "=", value)
print(__main__.__dict__["__name__"], sys.argv)
"""
RAISE = """
import helper

def outer():
    helper.fail()

outer()
"""
HELPER = """
def fail():
    try:
        {}["key"]
    except KeyError as error:
        raise ValueError("chained") from error
"""


def zipped(folder, name, contents):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, text in contents.items():
            archive.writestr(member, text)


# --- The forms of a program


@pytest.mark.parametrize("code", [SAY, MYSELF, "1/0"], ids=["say", "myself", "raise"])
class TestForms:
    def test_a_script(self, code, files, same):
        files({"sub/prog.py": code})
        same("sub/prog.py", "a", "-b", "--", "c")

    def test_a_script_by_an_absolute_path(self, code, files, same):
        folder = files({"prog.py": code})
        same(str(folder / "prog.py"))

    def test_a_script_behind_a_link(self, code, files, same):
        folder = files({"real/prog.py": code})
        (folder / "link.py").symlink_to(folder / "real/prog.py")
        same("link.py")

    def test_a_module(self, code, files, same):
        files({"prog.py": code})
        same("-m", "prog", "a")

    def test_a_module_in_a_package(self, code, files, same):
        files({"pkg/__init__.py": "print(__name__)", "pkg/prog.py": code})
        same("-mpkg.prog")

    def test_a_package(self, code, files, same):
        files({"pkg/__init__.py": "", "pkg/__main__.py": code})
        same("-m", "pkg", "a")

    def test_a_directory(self, code, files, same):
        files({"folder/__main__.py": code})
        same("folder", "a")

    def test_an_archive(self, code, files, same):
        zipped(files({}), "app.zip", {"__main__.py": code})
        same("app.zip", "a")

    def test_a_command(self, code, same):
        same("-c", code, "a", "-c")

    def test_standard_input(self, code, same):
        same("-", "a", input=code)

    def test_bytecode(self, code, files, same):
        import py_compile

        folder = files({"prog.py": code})
        py_compile.compile(str(folder / "prog.py"), str(folder / "prog.pyc"), dfile="prog.py")
        same("prog.pyc")


def test_an_indented_command(same):
    # The newest interpreters take off the indentation, older ones say what is wrong.
    same("-c", "\n    x = 1\n      \n    if x:\n        print(x)\n")


# --- What goes wrong

WRONG = {
    "no such file": ["absent.py"],
    "no such module": ["-m", "absent"],
    "no such submodule": ["-m", "json.absent"],
    "a submodule of a module": ["-m", "broken.absent"],
    "a relative module": ["-m", ".relative"],
    "a package without main": ["-m", "xml"],
    "a directory without main": ["empty"],
    "a namespace package": ["-m", "empty"],
    "a suffix too many": ["-m", "broken.py"],
    "a script with a syntax error": ["broken.py"],
    "a module with a syntax error": ["-m", "broken"],
    "a package with a syntax error": ["-m", "inner"],
    "a parent that raises": ["-m", "raising.child"],
    "a directory with a syntax error": ["inner"],
    "a command with a syntax error": ["-c", "x x"],
    "input with a syntax error": ["-"],
    "nested import errors": ["-c", "import one"],
    "a syntax error in an import": ["-c", "import broken"],
    "a missing name": ["-c", "from json import absent"],
    "a circular import": ["-c", "import circles.one"],
    "a chained exception": ["chained.py"],
    "an exception in a package": ["-c", "import raising.child"],
    "an uncaught group": ["-c", "raise ExceptionGroup('g', [ValueError(1)])"],
    "printed inside": ["printed.py"],
    "too deep": ["-c", "import two.absent"],
}


#: Where frames of the import system that stay in a traceback are the interpreter's own.
SHOWN = {
    "a module with a syntax error": needs("leave no frame"),
    "a package with a syntax error": needs("leave no frame"),
    "a directory with a syntax error": needs("leave no frame"),
    "printed inside": needs("leave no frame"),
}


@pytest.mark.parametrize(
    "args", [pytest.param(args, id=id, marks=SHOWN.get(id, ())) for id, args in WRONG.items()]
)
def test_the_text_of_an_error(args, files, same):
    if args == ["absent.py"] and sys.implementation.name == "pypy":
        pytest.skip("PyPy does not quote the name of the file")
    files(
        {
            "broken.py": "x x\n",
            "inner/__init__.py": "",
            "inner/__main__.py": "y y\n",
            "empty/data.txt": "",
            "raising/__init__.py": "import helper\nhelper.fail()\n",
            "raising/child.py": "",
            "one.py": "import two\n",
            "two.py": "import three.absent\n",
            "circles/one.py": "from circles.two import x\n",
            "circles/two.py": "from circles.one import y\n",
            "chained.py": RAISE,
            "helper.py": HELPER,
            "printed.py": "import traceback\ntry:\n    import one\nexcept ImportError:\n"
            "    traceback.print_exc()\n",
        }
    )
    status, out, err = same(*args, input="a b\n")
    assert "entrepot" not in out + err
    assert err
    assert status == (args != ["printed.py"]) + (args == ["absent.py"])


def without_carets(traceback):
    return [line for line in traceback.splitlines() if line.strip(" ~^")]


def test_shadowed_modules_are_not_imported_for_a_traceback(files, outcome):
    files({"prog.py": "1/0", "dis.py": "print('shadow')", "opcode.py": "print('shadow')"})
    # Plain Python 3.14 does import the shadow, to show the traceback. Whether there are carets
    # under a line is the one thing in which the two may differ then.
    status, printed, shown = outcome("-m", "prog", prefix=ENTREPOT)
    assert (status, printed) == (1, "")
    plain = outcome("-m", "prog")[2]
    assert without_carets(shown) == without_carets(plain)


@pytest.mark.parametrize("last", ["last_type", "last_value", "last_traceback", "last_exc"])
def test_the_last_exception(last, files, same):
    code = f"""
    import atexit, sys, traceback
    def tell():
        value = getattr(sys, {last!r}, None)
        print(repr(value).partition(" at ")[0])
        where = sys.last_traceback
        print([entry.name for entry in traceback.extract_tb(where)])
    atexit.register(tell)
    def fail(): raise ValueError("text")
    fail()
    """
    files({"prog.py": code})
    _, out, _ = same("prog.py")
    assert out.endswith("['<module>', 'fail']\n")


def test_an_excepthook_of_the_program(files, same):
    code = """
    import sys, traceback
    def hook(kind, value, tb):
        print(kind, value, value.__traceback__ is tb, [e.name for e in traceback.extract_tb(tb)])
        print(sys.excepthook is hook)
    sys.excepthook = hook
    1/0
    """
    files({"prog.py": code})
    status, out, err = same("prog.py")
    assert (status, err) == (1, "")
    assert "['<module>']" in out
    assert "True" in out


# --- How it ends

ENDS = {
    "an integer": "raise SystemExit(3)",
    "a text": "import sys; sys.exit('some text')",
    "nothing": "import sys; sys.exit()",
    "true": "raise SystemExit(True)",
    "an object": "raise SystemExit([1, 2])",
    "a large integer": "raise SystemExit(1000)",
    "an exit in a function": "def f(): exit(4)\nf()",
    "at once": "import os; print('x', flush=True); os._exit(7)",
    "an exception in an exit handler": "import atexit; atexit.register(int, 'x')",
    "an exception and handlers": """
import atexit
atexit.register(print, "first registered, last run")
atexit.register(print, "last registered, first run")
raise LookupError
""",
    "a thread that outlives the program": """
import threading, time
def late():
    time.sleep(.2)
    print("late", threading.main_thread().is_alive())
threading.Thread(target=late).start()
print("main is over")
""",
    "a thread that raises": """
import threading
def fail(): 1/0
t = threading.Thread(target=fail, name="T"); t.start(); t.join()
""",
    "an object that dies last": """
class Last:
    def __del__(self): print("gone")
last = Last()
""",
    "an interrupt": "raise KeyboardInterrupt",
    "a signal of its own": """
import os, signal
os.kill(os.getpid(), signal.SIGTERM)
""",
    "an interrupt from outside": """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT); time.sleep(5)
""",
    "a handled signal": """
import os, signal
signal.signal(signal.SIGINT, lambda number, frame: print(number, frame.f_code.co_name))
os.kill(os.getpid(), signal.SIGINT)
""",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS)
def test_the_end(code, files, same):
    files({"prog.py": code})
    same("prog.py")


def test_an_interrupt_kills(files, same):
    files({"prog.py": ENDS["an interrupt from outside"]})
    assert same("prog.py")[0] == -signal.SIGINT


# --- What a program sees

SEES = {
    "warnings": """
import warnings
warnings.warn("here")
import deprecated
deprecated.function()
""",
    "flags and filters": """
import sys, warnings
print(sys.flags, warnings.filters, sys.warnoptions, sys._xoptions, sys.dont_write_bytecode)
""",
    "source": """
import inspect, linecache, __main__
def function():
    return 1
print(inspect.getsource(function), linecache.getline(__file__, 2), __main__.function is function)
print(__loader__.get_source("__main__").count("inspect"))
""",
    "pickles": """
import pickle
class Mine: pass
data = pickle.dumps([Mine, Mine()])
print(data, pickle.loads(data)[0] is Mine)
""",
    "annotations": "x: int = 1\nprint(vars().get('__annotations__'))",
    "an import of itself": """
import prog, __main__
print(prog is __main__, prog.__name__, __name__)
""",
    "no future features": "def f(x: int): pass\nprint(f.__annotations__)",
    "its frame": "import sys; f = sys._getframe(); print(f.f_code.co_filename, f.f_code.co_name)",
    "faulthandler": """
import faulthandler, threading
def wait():
    faulthandler.dump_traceback(all_threads=False)
t = threading.Thread(target=wait); t.start(); t.join()
""",
    "input": "print(input(), open(0).read())",
    "a lazy traceback": """
import traceback
def g(): raise OSError(2, "text", "file")
try: g()
except OSError as error: print(traceback.format_exc(), error.__traceback__.tb_frame.f_code.co_name)
""",
    "runpy inside": "import runpy; print(sorted(runpy.run_path('deprecated.py')))",
    "the hooks' kinds": """
import sys
print([getattr(f, "__name__", type(f).__name__) for f in sys.meta_path], len(sys.path_hooks))
print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__)
""",
}


@pytest.mark.parametrize("code", SEES.values(), ids=SEES)
def test_what_it_sees(code, files, same):
    deprecated = """
    import warnings
    warnings.warn("at import", stacklevel=2)
    def function(): warnings.warn("in a call", stacklevel=2)
    """
    files({"prog.py": code, "deprecated.py": deprecated})
    status, out, err = same("prog.py", input="a line\nrest\n")
    assert status == 0, err


@needs("load little")
@pytest.mark.parametrize(
    "args", [["-c", "CODE"], ["prog.py"], ["-m", "prog"], ["-"], ["folder"]], ids=lambda a: a[0]
)
def test_the_modules_that_are_loaded(args, files, outcome):
    code = "import sys; print(*sorted(n for n in sys.modules if not n.startswith('entrepot')))"
    files({"prog.py": code, "folder/__main__.py": code})
    args = [code if arg == "CODE" else arg for arg in args]
    plain = outcome(*args, input=code)[1].split()
    ours = outcome(*args, input=code, prefix=ENTREPOT)[1].split()
    assert set(plain) - set(ours) == set()
    if sys.implementation.name == "cpython":  # What `python -m` loads on PyPy cannot be removed.
        assert set(ours) - set(plain) == set()


def test_the_modules_of_a_tool_that_starts_entrepot_stay(files, outcome):
    files({"prog.py": "import threading; print(threading.mark)"})
    code = (
        "import threading, entrepot.cli; threading.mark = 1; entrepot.cli.main(['run', 'prog.py'])"
    )
    assert outcome("-c", code) == (0, "1\n", "")


@pytest.mark.parametrize("tool", ["cProfile", "trace"])
def test_under_a_tool(tool, files, outcome):
    files({"prog.py": "import threading, sys; print(threading.main_thread().name, sys.argv)"})
    options = {"cProfile": ["-o", "out"], "trace": ["--count", "--missing", "-C", "counts"]}[tool]
    more = ["--module"] if tool == "trace" else ["-m"]
    status, out, err = outcome("-m", tool, *options, *more, "entrepot", "run", "prog.py", "a")
    assert (status, err) == (0, "")
    assert out.startswith("MainThread ['prog.py', 'a']")


@pytest.mark.parametrize(
    ("options", "env"),
    [
        (["-I"], {}),
        (["-E", "-s"], {}),
        (["-S"], {}),
        (["-W", "error"], {}),
        (["-O"], {}),
        (["-X", "dev"], {}),
        (["-X", "utf8"], {}),
        (["-u", "-q", "-b"], {}),
        pytest.param(
            ["-P"],
            {},
            marks=pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.11 has -P"),
        ),
        ([], {"PYTHONSAFEPATH": "1"}),
        ([], {"PYTHONPATH": "elsewhere"}),
        ([], {"PYTHONWARNINGS": "error"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("args", [["prog.py"], ["-m", "mod"], ["folder"], ["-c", "CODE"]], ids=str)
def test_options_of_the_interpreter(options, env, args, files, outcome, python_path, same):
    code = """
import sys, warnings
print(sys.flags, sys.warnoptions, sys._xoptions)
print(sys.path, __debug__, sys.argv)
warnings.warn("text")
"""
    env = {**python_path(options), **env}
    files({"prog.py": code, "mod.py": code, "folder/__main__.py": code})
    args = [code if arg == "CODE" else arg for arg in args]
    if outcome("--version", options=[*options, "-m", "entrepot"], env=env)[0] != 0:
        pytest.skip("entrepot is not installed where the interpreter looks with these options")
    same(*args, options=options, env=env)


@pytest.fixture
def python_path():
    """A function: the variables by which an interpreter finds entrepot with these options."""
    import os

    import entrepot

    def variables(options):
        if {"-I", "-E"} & set(options):
            return {}
        return {"PYTHONPATH": os.path.dirname(os.path.dirname(entrepot.__file__))}

    return variables


@needs("processes")
@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
@pytest.mark.parametrize("args", [["prog.py"], ["-m", "prog"], ["-m", "pkg.prog"], ["folder"]])
def test_multiprocessing(method, args, files, same):
    if not have(method):
        pytest.skip(f"this platform has no {method}")
    code = f"""
import multiprocessing, sys

class Thing:
    def __init__(self, n): self.n = n

def double(thing):
    return Thing(thing.n * 2), __name__

if __name__ == "__main__":
    context = multiprocessing.get_context({method!r})
    with context.Pool(2) as pool:
        for thing, name in pool.map(double, [Thing(n) for n in range(3)]):
            print(type(thing) is Thing, thing.n, name)
"""
    files({"prog.py": code, "pkg/__init__.py": "", "pkg/prog.py": code, "folder/__main__.py": code})
    if args == ["folder"] and method != "fork":
        pytest.skip("multiprocessing cannot import the __main__ of a directory in a new process")
    status, out, err = same(*args)
    assert (status, out.count("True")) == (0, 3), err


# --- What is different, because it was asked for


def test_the_imports_are_entrepots(outcome):
    code = "import json, sys; print(type(json.__loader__).__module__, 'entrepot' in sys.modules)"
    assert outcome("-c", code, prefix=ENTREPOT) == (0, "entrepot.loaders.source True\n", "")


def test_verbose_tells_and_shows(files, outcome):
    files({"prog.py": "import one", "one.py": "import absent"})
    status, _, err = outcome("prog.py", prefix=[*ENTREPOT, "--verbose"])
    assert status == 1
    assert "# no module named 'absent'\n" in err
    assert "# 'one' failed: ModuleNotFoundError: No module named 'absent'\n" in err
    assert err.count("entrepot/") + err.count("entrepot\\") > 5
    assert err.endswith("ModuleNotFoundError: No module named 'absent'\n")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-O"], "1 0 []"),
        (["-OO", "-B"], "2 1 []"),
        (["-W", "error"], "0 0 ['error']"),
        (["-BWerror"], "0 1 ['error']"),
        (["--check-hash-based-pycs", "always"], "0 0 []"),
    ],
    ids=str,
)
def test_options_of_the_interpreter_after_run(options, expected, files, outcome):
    code = "import sys; print(sys.flags.optimize, sys.flags.dont_write_bytecode, sys.warnoptions)"
    files({"prog.py": f"{code}\nprint(sys.argv)"})
    for program in (["prog.py"], ["-m", "prog"]):
        status, out, err = outcome(*options, *program, "a", prefix=ENTREPOT, bytecode=True)
        assert (status, err) == (0, "")
        said, argv = out.splitlines()
        assert said == expected
        assert argv.endswith("prog.py', 'a']")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "what shall be run?"),
        (["--absent"], "unknown option --absent"),
        (["-Z"], "unknown option -Z"),
        (["-m"], "argument expected for the -m option"),
    ],
)
def test_usage_errors(words, problem, outcome):
    assert outcome(*words, prefix=ENTREPOT) == (2, "", f"entrepot run: {problem}\n")
