"""The bundle (`entrepot.startup`): right whatever happens to it, and to the sources."""

from __future__ import annotations

import ast
import io
import marshal
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import entrepot
from entrepot import bundling, startup

PROBE = """
import sys, entrepot
entrepot.process
from entrepot.core import system
print(len([n for n in sys.modules if n.startswith("entrepot.")]), system.marker)
print(entrepot.core.system is system, system.__file__, system.__spec__.origin, system.__package__)
print(type(system.__loader__).__name__, entrepot.core.__path__)
print(system.__loader__.get_source(system.__name__)[:3])
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package with a mark in one of its modules."""
    target = tmp_path / "lib" / "entrepot"
    shutil.copytree(
        Path(entrepot.__file__).parent, target, ignore=shutil.ignore_patterns("__pycache__")
    )
    mark(target, "first")
    return target


def mark(package: Path, text: str) -> None:
    system = package / "core" / "system.py"
    source = system.read_text(encoding="utf-8").partition("\nmarker = ")[0]
    system.write_text(f"{source}\nmarker = {text!r}\n", encoding="utf-8")


def run(package: Path, *options: str, probe: str = PROBE) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    environment["PYTHONPATH"] = str(package.parent)
    done = subprocess.run(
        [sys.executable, *options, "-c", probe],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def bundles(package: Path) -> list[Path]:
    return sorted((package / "__pycache__").glob("*.bundle"))


def test_the_second_start_is_as_the_first(copy: Path) -> None:
    first = run(copy)
    assert [path.name.partition(".")[0] for path in bundles(copy)] == ["host", "start"]
    assert run(copy) == first
    assert "first" in first


def test_it_is_the_bundle_that_is_used(copy: Path) -> None:
    run(copy)
    for pyc in copy.rglob("*.pyc"):
        pyc.unlink()
    run(copy)
    made = {path.name.partition(".")[0] for path in copy.rglob("*.pyc")}
    assert made == {"__init__", "startup"}  # Nothing else was imported from its own file.


def test_future_features_cost_no_module(copy: Path) -> None:
    """Finding and loading `__future__` would take a twentieth of the time of the start."""
    probe = """
import sys
class Searched(list):
    def find_spec(self, name, path=None, target=None):
        self.append(name)
searched = Searched()
sys.meta_path.insert(0, searched)
import entrepot
entrepot.process
from entrepot.core import engine
print("__future__" in searched, "__future__" in sys.modules)
print(type(engine.Engine.find.__annotations__["return"]))
exec("def new(x: int): pass")
print(new.__annotations__["x"])
"""
    rest = "<class 'str'>\n<class 'int'>\n"
    assert run(copy, probe=probe) == f"True False\n{rest}"  # The pycs want it: it is not left.
    assert run(copy, probe=probe) == f"False False\n{rest}"


def test_future_features_that_the_program_has_stay(copy: Path) -> None:
    probe = "import __future__, sys, entrepot\nentrepot.process\nprint(*sys.modules)"
    for _ in range(2):
        assert "__future__" in run(copy, probe=probe).split()


def test_a_bundle_without_what_its_writer_had_already_is_completed(copy: Path) -> None:
    with zipfile.ZipFile(copy.parent / "lib.zip", "w") as file:
        file.writestr("boxed.py", "")
    start = "import sys, entrepot\nentrepot.install()\n"
    use = f"{start}sys.path.append({str(copy.parent / 'lib.zip')!r})\nimport boxed\n"
    run(copy, probe=f"{start}import entrepot.importers.archive.directory\n{use}")
    bundle = next(path for path in bundles(copy) if path.name.startswith("zip."))
    lacking = bundle.stat().st_size
    count = "print(*sorted(name for name in sys.modules if name.startswith('entrepot.')))"
    first = run(copy, probe=use + count)
    complete = bundle.stat()
    assert complete.st_size > lacking
    assert run(copy, probe=use + count) == first
    again = bundle.stat()  # It is not written anew each time: a new one has another inode.
    assert (again.st_ino, again.st_mtime_ns) == (complete.st_ino, complete.st_mtime_ns)


def test_a_changed_source_is_seen(copy: Path) -> None:
    run(copy)
    mark(copy, "another")
    assert "another" in run(copy)
    assert "another" in run(copy)


FRAMES = """
import entrepot, sys
entrepot.process
from entrepot.core import engine, namespace
from entrepot.entrances import _find_and_load
frozen = "<frozen importlib._bootstrap>"
of = [engine.Engine.find, engine.Engine.load, _find_and_load, namespace.NamespacePath.append]
print([each.__code__.co_filename == frozen for each in of])
print(entrepot.host.frames.call.__code__.co_filename == frozen)
entrepot.host.frames.show()
print([each.__code__.co_filename == sys.modules[each.__module__].__file__ for each in of])
"""


def test_frames_are_hidden_and_shown_with_and_without_a_bundle(copy: Path) -> None:
    hidden, shown = str([True] * 4), str([True] * 4)
    without = run(copy, probe=FRAMES)
    assert without.splitlines() == [hidden, "True", shown]
    assert run(copy, probe=FRAMES) == without
    verbose = run(copy, "-v", probe=FRAMES).splitlines()
    assert verbose == [str([False] * 4), "False", shown]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("damage", [b"", bytes(9), "half", "foreign", "tail"])
def test_a_damaged_bundle_is_a_miss(copy: Path, damage: bytes | str, which: int) -> None:
    expected = run(copy)
    bundle = bundles(copy)[which]
    whole = bundle.read_bytes()
    changed = {"half": whole[: len(whole) // 2], "foreign": b"xxxx" + whole[4:], "tail": whole[:-1]}
    bundle.write_bytes(damage if isinstance(damage, bytes) else changed[damage])
    assert run(copy) == expected
    renewed = bundle.read_bytes()
    assert renewed[:4] == whole[:4]
    assert len(renewed) > len(whole) // 2 + 1000
    assert run(copy) == expected


def test_a_moved_package_does_not_keep_its_old_paths(copy: Path, tmp_path: Path) -> None:
    run(copy)
    moved = tmp_path / "elsewhere" / "entrepot"
    shutil.copytree(copy, moved)  # With mtimes and bundle.
    shutil.rmtree(copy)
    assert str(moved) in run(moved)


def test_nothing_is_written_where_bytecode_is_not(copy: Path) -> None:
    run(copy, "-B")
    assert bundles(copy) == []


def test_each_level_of_optimization_has_its_own(copy: Path) -> None:
    run(copy)
    run(copy, "-O")
    assert len(bundles(copy)) == 4
    assert run(copy, "-O") == run(copy)


def test_what_was_loaded_before_does_not_end_up_with_a_lesser_bundle(copy: Path) -> None:
    """Who imports a part of the engine first would have the bundle lack it from then on."""
    run(copy, probe="import entrepot.core.spec, entrepot; print(entrepot.process)")
    assert bundles(copy) == []
    run(copy)
    assert len(bundles(copy)) == 2


THREADED = """
import threading
go, done = threading.Event(), threading.Event()
thread = threading.Thread(target=lambda: go.wait() and done.set())
thread.start()
try:
    import entrepot, entrepot.metadata
    print(entrepot.process)
    entrepot.metadata.entry_points(group="x")
finally:
    go.set()
    thread.join()
"""


def test_with_threads_each_module_is_imported_under_its_lock(copy: Path) -> None:
    """What a bundle loads, another thread could see half executed."""
    run(copy, probe=THREADED)
    assert bundles(copy) == []
    run(copy)
    for path in copy.rglob("*.pyc"):
        path.unlink()
    run(copy, probe=THREADED)
    assert "engine" in {path.name.partition(".")[0] for path in copy.rglob("*.pyc")}


RACE = """
import sys, threading
sys.setswitchinterval(1e-6)
actions = [
    "import entrepot; entrepot.install",
    "import entrepot.machinery",
    "from entrepot import process",
    "import entrepot.metadata as m; m.entry_points(group='x')",
    "from entrepot.core.system import PROCESS_SYSTEM",
    "import entrepot.resources",
] * 2
barrier, failures = threading.Barrier(len(actions)), []
def act(code):
    barrier.wait()
    try:
        exec(code, {})
    except BaseException as error:
        failures.append((code, repr(error)))
threads = [threading.Thread(target=act, args=(code,)) for code in actions]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failures)
import entrepot
print(entrepot.process is sys.modules["entrepot.core.system"].PROCESS_SYSTEM)
"""


def test_threads_may_all_be_first(copy: Path) -> None:
    expected = ["[]", "True"]
    assert run(copy, probe=RACE).splitlines() == expected
    run(copy)
    assert run(copy, probe=RACE).splitlines() == expected


def test_a_wrong_order_is_a_miss(copy: Path) -> None:
    expected = run(copy)
    for bundle in bundles(copy):
        data = bundle.read_bytes()
        directory, *parts = startup._parts(io.BytesIO(data[4:]))
        entries = [entry for part in parts for entry in part]
        parts = [marshal.dumps(part) for part in (directory, entries[::-1])]
        sizes = [len(part).to_bytes(4, "little") for part in parts]
        bundle.write_bytes(data[:4] + sizes[0] + parts[0] + sizes[1] + parts[1])
    assert run(copy) == expected
    assert run(copy) == expected


@pytest.mark.parametrize(
    ("module", "function", "error"),
    [
        ("os", "open", "PermissionError"),
        ("marshal", "dumps", "OSError(28, 'No space left on device')"),
        ("bundling", "_codes_of", "SyntaxError"),  # A source has changed meanwhile.
    ],
)
def test_a_bundle_that_cannot_be_written(
    module: str, function: str, error: str, copy: Path
) -> None:
    probe = f"""
import types
from entrepot import bundling
def fails(*_): raise {error}
namespace = vars(bundling)
if {module!r} in namespace:
    holder = types.SimpleNamespace(**vars(namespace[{module!r}]))
    namespace[{module!r}], namespace = holder, vars(holder)
namespace[{function!r}] = fails
{PROBE}"""
    assert "first" in run(copy, probe=probe)
    assert bundles(copy) == []
    assert not [*(copy / "__pycache__").glob("*.bundle.*")]


def test_the_first_archive_on_the_path_is_not_searched_for_future_features(copy: Path) -> None:
    """Loading what reads archives must not look into this one, by the interpreter's means."""
    archive = copy.parent / "lib.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("boxed.py", "")
        file.writestr("__future__.py", "raise SystemExit('found in the archive')")
    probe = f"""
import sys, entrepot
entrepot.install()
sys.path.insert(0, {str(archive)!r})
import boxed
print(type(boxed.__loader__).__module__, "__future__" in sys.modules)
"""
    # The first time there is no bundle, and pycs want it.
    run(copy, probe=f"import __future__\n{probe}")
    assert run(copy, probe=probe).split() == ["entrepot.importers.zip.importer", "False"]


# --- Late modules

LATE = sorted(bundling.LATE)
RUN = "from entrepot.cli import main\nmain(['run', '-c', program])\n"


def run_program(package: Path, program: str, *options: str) -> str:
    """What *program* prints under `entrepot run`, from bundles that are there."""
    probe = f"program = {program!r}\n{RUN}"
    run(package, *options, probe=probe)
    return run(package, *options, probe=probe)


def test_late_modules_wait(copy: Path, tmp_path: Path) -> None:
    """Nothing that the start or an ordinary program does asks them for anything."""
    script = tmp_path / "script.py"
    kinds = f"print(*(type(sys.modules[name]).__name__ for name in {LATE}))"
    script.write_text(f"import sys, json, xml.dom\n{kinds}\n", encoding="utf-8")
    probe = f"from entrepot.cli import main\nmain(['run', {str(script)!r}])"
    assert set(run(copy, probe=probe).split()) == {"module"}
    assert set(run(copy, probe=probe).split()) == {"LateModule"}


@pytest.mark.parametrize("name", LATE)
def test_late_modules_import_at_the_top_only(name: str) -> None:
    """The rest of a late module is executed at any time, and must not import then."""
    file = Path(entrepot.__file__).parent.joinpath(*name.split(".")[1:]).with_suffix(".py")
    imports = (ast.Import, ast.ImportFrom)
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        of_types_only = ast.unparse(node).startswith("if TYPE_CHECKING:")
        if not of_types_only and not isinstance(node, (*imports, ast.FunctionDef)):
            assert not [inner for inner in ast.walk(node) if isinstance(inner, imports)]


def test_late_modules_are_what_they_are_without_a_bundle(copy: Path) -> None:
    program = f"""
import sys, types
for name in {LATE}:
    module = sys.modules[name]
    module.__doc__
    assert type(module) is types.ModuleType, name
    print(name, sorted(set(vars(module)) - {{"__builtins__", "__cached__", "annotations"}}))
    for each in vars(module).values():
        code = getattr(each, "__code__", None)
        if code and each.__module__ == name:
            print(code.co_filename, code.co_firstlineno, code.co_name, each.__annotations__)
"""
    without = run(copy, "-B", probe=f"program = {program!r}\n{RUN}")
    assert without.count("entrepot.") >= len(LATE)
    assert run_program(copy, program) == without


def test_late_modules_in_threads(copy: Path) -> None:
    program = """
import sys, threading
late = [sys.modules[name] for name in NAMES]
sys.setswitchinterval(1e-6)
barrier, seen = threading.Barrier(8), []
def touch():
    barrier.wait()
    for module in late:
        seen.append(module.__doc__ is None)
threads = [threading.Thread(target=touch) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(seen == [False] * 8 * len(late))
"""
    assert run_program(copy, program.replace("NAMES", repr(LATE))) == "True\n"


def test_a_late_module_whose_execution_is_interrupted_is_executed_again(copy: Path) -> None:
    program = """
import marshal, sys
from entrepot import startup
class Interrupted:
    @staticmethod
    def loads(data):
        raise KeyboardInterrupt
startup.marshal, usual = Interrupted, startup.marshal
advice = sys.modules["entrepot.core.advice"]
try:
    advice.modernise
except KeyboardInterrupt:
    print("interrupted")
startup.marshal = usual
print(advice.modernise.__name__)
"""
    assert run_program(copy, program).split() == ["interrupted", "modernise"]


def test_what_is_set_in_a_late_module_stays(copy: Path) -> None:
    program = """
import sys
advice = sys.modules["entrepot.core.advice"]
advice.modernise = None
print(advice.modernise, advice.cannot_import.__name__)
"""
    assert run_program(copy, program).split() == ["None", "cannot_import"]


def test_late_modules_need_nothing_any_more(copy: Path) -> None:
    """Neither files, nor what `sys.modules` and `builtins.__import__` have by then."""
    program = f"""
import builtins, shutil, sys
held = [sys.modules[name] for name in {LATE}]
for name in [name for name in sys.modules if name.startswith("entrepot")]:
    del sys.modules[name]
shutil.rmtree({str(copy)!r})
def never(*_):
    raise ZeroDivisionError
builtins.__import__ = never
print(*(module.__doc__ is not None for module in held))
"""
    run(copy, probe=f"program = 'pass'\n{RUN}")
    assert set(run(copy, probe=f"program = {program!r}\n{RUN}").split()) == {"True"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_late_modules_in_the_child_of_a_fork(copy: Path) -> None:
    """Whose parent has a thread that is executing one just then."""
    program = """
import marshal, os, sys, threading, types
from entrepot import startup
late = sys.modules["entrepot.core.advice"]
begun, go_on, usual = threading.Event(), threading.Event(), startup.marshal
def loads(data):
    begun.set()
    go_on.wait()
    return usual.loads(data)
startup.marshal = types.SimpleNamespace(loads=loads)
thread = threading.Thread(target=lambda: late.modernise)
thread.start()
begun.wait()
child = os.fork()
if not child:
    startup.marshal = usual
    os._exit(0 if late.modernise.__name__ == "modernise" else 1)
print(os.waitpid(child, 0)[1])
go_on.set()
thread.join()
print(late.modernise.__name__)
"""
    run(copy, probe=f"program = 'pass'\n{RUN}")
    assert run(copy, probe=f"program = {program!r}\n{RUN}").split() == ["0", "modernise"]


def test_a_part_that_another_thread_is_executing_is_waited_for(copy: Path) -> None:
    probe = """
import json, sys, threading, entrepot
entrepot.install()
begun, go_on, readers = threading.Event(), threading.Event(), []
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "entrepot.resources.multiplexed":
            begun.set()
            go_on.wait()
sys.meta_path.insert(0, Slow())
def ask():
    readers.append(json.__loader__.get_resource_reader("json"))
first, second = (threading.Thread(target=ask) for _ in range(2))
first.start()
begun.wait()
assert "entrepot.resources.readers" in sys.modules
second.start()
second.join(0.2)
print(second.is_alive())
go_on.set()
first.join()
second.join()
print(len(readers))
"""
    assert run(copy, probe=probe).split() == ["True", "2"]
