"""Module locks: circles are broken, failures are told to everybody, forks find no dead locks."""

from __future__ import annotations

import os

import pytest

WAIT = "import time\ntime.sleep(0.1)\n"


def test_circles_between_threads(program):
    """gh-82276: `_DeadlockError` where two threads import a circle from both ends."""
    files = {"a.py": f"{WAIT}import b\ndone = 1", "b.py": f"{WAIT}import a\ndone = 1"}
    out = program(
        files,
        """
        a, b = in_threads(lambda: import_module("a"), lambda: import_module("b"))
        print(a.done, b.done, a.b is b, b.a is a)
        """,
    )
    assert out.split() == ["1", "1", "True", "True"]


def test_a_circle_of_a_package_and_its_submodule(program):
    """gh-83065: one thread imports the package, the other its submodule, which needs it."""
    files = {
        "top/__init__.py": f"{WAIT}from . import sub\nfrom .sub import value\ndone = 1",
        "top/sub.py": f"from . import other\n{WAIT}value = 1",
        "top/other.py": f"{WAIT}import top\nfrom top import sub",
    }
    out = program(
        files,
        """
        names = ["top", "top.sub", "top.other"] * 3
        found = in_threads(*[lambda n=n: import_module(n) for n in names])
        print([getattr(m, "__name__", m) for m in found] == names, modules["top"].done)
        """,
    )
    assert out.split() == ["True", "1"]


def test_circles_of_packages_over_levels(program):
    files = {
        "p/__init__.py": f"{WAIT}import q.deep.mod\ndone = 1",
        "p/deep/__init__.py": "",
        "p/deep/mod.py": f"{WAIT}import q\ndone = 1",
        "q/__init__.py": f"{WAIT}import p.deep.mod\ndone = 1",
        "q/deep/__init__.py": "",
        "q/deep/mod.py": f"{WAIT}import p\ndone = 1",
    }
    out = program(
        files,
        """
        names = ["p", "q", "p.deep.mod", "q.deep.mod"]
        found = in_threads(*[lambda n=n: import_module(n) for n in names])
        print([getattr(m, "done", m) for m in found])
        """,
    )
    assert out.strip() == "[1, 1, 1, 1]"


def test_who_waits_sees_a_whole_module(program):
    out = program(
        {"slow.py": f"half = 1\n{WAIT}whole = 1"},
        """
        found = in_threads(*[lambda: hasattr(import_module("slow"), "whole")] * 8)
        print(all(found))
        """,
    )
    assert out.strip() == "True"


def test_a_statement_that_waits_sees_a_whole_module(program):
    """C code, for a module that is in `modules` already, waits for the same lock."""
    out = program(
        {
            "slow.py": f"half = 1\n{WAIT}whole = 1",
            "user.py": "def use():\n import slow\n return slow",
        },
        """
        use = import_module("user").use
        def late():
            while "slow" not in modules:
                time.sleep(0.001)
            return hasattr(use(), "whole")
        found = in_threads(lambda: bool(import_module("slow")), *[late] * 6)
        print(found)
        """,
    )
    assert out.strip() == str([True] * 7)


def test_a_failure_that_another_thread_waits_for(program):
    """gh-143650: the waiting thread must not be handed the module that has failed."""
    files = {
        "flaky.py": """
        import time, builtins
        first = not hasattr(builtins, "flaky_tried")
        builtins.flaky_tried = True
        time.sleep(0.1)
        if first:
            raise RuntimeError("first time")
        whole = 1
        """
    }
    out = program(
        files,
        """
        import builtins
        found = in_threads(*[lambda: import_module("flaky")] * 4)
        failed = [str(f) for f in found if isinstance(f, RuntimeError)]
        whole = [f for f in found if getattr(f, "whole", 0)]
        print(len(failed) + len(whole), failed[:1], len({id(m) for m in whole}))
        print(all(m is modules["flaky"] for m in whole))
        """,
    )
    # The builtins of an isolated system are a copy, but `import builtins` gives the process's.
    assert out.split("\n")[:2] == ["4 ['first time'] 1", "True"]


def test_a_submodule_is_bound_before_others_see_it(program):
    """gh-149728: who finds the submodule whole finds it in its parent."""
    body = """
    sys.setswitchinterval(1e-5)
    def look():
        sub = import_module("top.sub")
        return modules["top"].sub is sub
    wrong = 0
    for _ in range(200):
        wrong += in_threads(*[look] * 4) != [True] * 4
        for name in ("top", "top.sub"):
            del modules[name]
    print(wrong)
    """
    out = program({"top/__init__.py": "", "top/sub.py": ""}, body)
    assert out.strip() == "0"


def test_finalizers_that_import(program):
    """gh-82272: garbage collection runs where locks are taken, and imports."""
    files = {f"m{n}.py": "import gc\nclass C: pass\n" for n in range(40)}
    out = program(
        files,
        """
        import gc
        class Garbage:
            def __init__(self, name):
                self.me, self.name = self, name
            def __del__(self):
                import_module(self.name)
        gc.set_threshold(1) if hasattr(gc, "set_threshold") else None
        def work(offset):
            for n in range(40):
                Garbage(f"m{(n + 7) % 40}")
                import_module(f"m{(n + offset) % 40}")
            gc.collect()
            return True
        print(all(r is True for r in in_threads(*[lambda o=o: work(o) for o in range(6)])))
        """,
    )
    assert out.strip() == "True"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("default")
def test_fork_while_others_import(program):
    """The threads that hold locks do not exist in the child: it must not wait for them."""
    out = program(
        {"slow.py": "import time\ntime.sleep(0.5)\nwhole = 1", "quick.py": "whole = 1"},
        """
        import signal, warnings
        warnings.simplefilter("ignore")
        thread = threading.Thread(target=import_module, args=("slow",))
        thread.start()
        while "slow" not in modules:
            time.sleep(0.001)
        child = os.fork()
        if not child:
            signal.alarm(20)  # Against a hang: the thread of faulthandler is gone, too.
            status = 1
            try:
                quick, slow = import_module("quick"), import_module("slow")
                status = 0 if quick.whole and getattr(slow, "whole", 0) else 3
            finally:
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        thread.join()
        print(modules["slow"].whole)
        """,
    )
    assert out.split() == ["0", "1"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fork_within_an_import(program):
    """The forking thread's own imports go on in the child."""
    files = {
        "forks.py": """
        import os, sys, helper
        sys.stdout.flush()
        child = os.fork()
        if child:
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            import later
            status = 0
        """,
        "helper.py": "",
        "later.py": "import forks",
    }
    out = program(
        files,
        """
        forks = import_module("forks")
        if not forks.child:
            import_module("forks"), import_module("later")
            os._exit(7)
        print(forks.status)
        """,
    )
    assert out.strip() == "7"


def test_reload_in_many_threads(program):
    """gh-126548: reloading one module in many threads."""
    out = program(
        {"again.py": "import time\ntime.sleep(0.001)\ncount = globals().get('count', 0) + 1"},
        """
        module = import_module("again")
        def work():
            for _ in range(20):
                assert reload(module) is module
            return module.count > 1
        print(in_threads(*[work] * 6))
        """,
    )
    assert out.strip() == str([True] * 6)


def test_a_signal_handler_that_imports(program):
    if not hasattr(os, "fork"):
        pytest.skip("needs POSIX signals")
    out = program(
        {"slow.py": f"{WAIT * 3}whole = 1", "other.py": "whole = 1"},
        """
        import signal
        got = []
        signal.signal(signal.SIGALRM, lambda *_: got.append(import_module("other").whole))
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        thread = threading.Thread(target=import_module, args=("slow",))
        thread.start()
        while "slow" not in modules:
            time.sleep(0.001)
        print(import_module("slow").whole, got)
        """,
    )
    assert out.split() == ["1", "[1]"]


def test_interrupted_while_waiting(program):
    """A signal handler's exception ends the wait, and nothing else."""
    if not hasattr(os, "fork"):
        pytest.skip("needs POSIX signals")
    out = program(
        {"slow.py": f"{WAIT * 4}whole = 1"},
        """
        import signal
        def handler(*_):
            raise KeyboardInterrupt
        signal.signal(signal.SIGALRM, handler)
        thread = threading.Thread(target=import_module, args=("slow",))
        thread.start()
        while "slow" not in modules:
            time.sleep(0.001)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try:
            import_module("slow")
            print("no interrupt")
        except KeyboardInterrupt:
            print("interrupted")
        thread.join()
        print(import_module("slow").whole)
        """,
    )
    assert out.split() == ["interrupted", "1"]
