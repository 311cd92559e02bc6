"""The end of a program under `entrepot run`: what it has left is finalized as ever."""

from __future__ import annotations

import gc
import re

import pytest

from entrepot.core.collector import HAS_GENERATIONS
from tests.capabilities import needs

RUN = ("-m", "entrepot", "run")
ENDS = """
import atexit, gc, sys
class Loop:
    def __del__(self):
        import colorsys  # Which needs modules and finders that are there.
        print("finalized", colorsys.__name__, gc.isenabled(), sys.is_finalizing())
{}
loop = Loop()
loop.self = loop
del loop
atexit.register(print, "the program's own")
"""
COLLECTS = "gc.collect(1)"
WATCHES = "gc.callbacks.append(lambda phase, info: None)"

pytestmark = [
    needs("processes"),
    pytest.mark.skipif(
        not HAS_GENERATIONS, reason="this interpreter's collector knows no young and old objects"
    ),
]


def _without_addresses(told):
    return re.sub("0x[0-9a-f]+", "", str(told))


@pytest.mark.parametrize("program", ["", COLLECTS, WATCHES, "gc.disable()"])
@pytest.mark.parametrize("size", ["small", "large"])
def test_garbage_of_the_program_is_finalized_as_without(files, outcome, program, size):
    files({"small.py": "", "large.py": LARGE})
    code = f"import {size}\n{ENDS.format(program)}"
    told, plain = (outcome("-c", code, prefix=each) for each in (RUN, ()))
    assert _without_addresses(told) == _without_addresses(plain)
    if program != "gc.disable()":
        assert told == (0, "the program's own\nfinalized colorsys True True\n", "")


@pytest.mark.parametrize(
    ("before", "is_spared"),
    [("", True), (COLLECTS, False), (WATCHES, False), ("young = large.Left()", False)],
)
def test_what_only_imports_have_made_is_not_looked_at_twice(files, outcome, before, is_spared):
    files(
        {
            "large.py": f"""{LARGE}
class Left:
    def __del__(self):
        pass
left = Left()
"""
        }
    )
    code = f"""
import gc, atexit, large
from entrepot.core.collector import COLLECTOR
{before}
# (The last to be called but one: `finish()` itself, which is then nothing new.)
atexit.register(lambda: (COLLECTOR.finish(), print(gc.isenabled())))
"""
    assert outcome("-c", code, prefix=RUN) == (0, f"{not is_spared}\n", "")


LARGE = "things = [[n] for n in range(50_000)]\n"
#: What does nothing when it goes.
INERT = {
    "nothing": "",
    "a cycle": "left = []; left.append(left); print(end='')",
    "the standard library": "import asyncio, ctypes, email, logging, tempfile, unittest",
    "what a thread has of its own": """
import threading
left = threading.local()
left.own = []
thread = threading.Thread(target=setattr, args=(left, "own", []))
thread.start()
thread.join()
""",
    "a collection of weak references": """
import weakref
class Thing: pass
left = Thing()
collections = weakref.WeakSet([left]), weakref.WeakValueDictionary(a=left)
collections += (weakref.WeakKeyDictionary({left: 1}),)
""",
    "what has been called": """
import weakref
class Thing: pass
left = Thing()
weakref.finalize(left, int)
""",
    "a class that asks": """
class Meta(type):
    def __getattr__(cls, name):
        print("asked for", name)
        raise AttributeError(name)
class Thing(metaclass=Meta):
    __slots__ = ()
    @property
    def __class__(self):
        print("asked for the class")
left = [Thing()]
""",
    "a class of no module": """
left = {"__builtins__": {}, "type": type}
exec("Thing = type('Thing', (), {'__slots__': ()})", left)
""",
    "an array of ctypes": "import ctypes; left = (ctypes.c_char * 4)()",
    "files in memory": "import io; left = io.StringIO('text'), io.BytesIO()",
    "no module": "import sys, types; sys.modules['none'] = None",
}
CYCLE = "left = [left]; left.append(left); del left"
#: What does something; it is in a cycle, with which only a collection can do away.
ACTING = {
    "__del__": f"""
class Thing:
    def __del__(self):
        print("finalized", helper())
def helper():
    return sys is not None
import sys
left = Thing()
{CYCLE}
""",
    "__del__ of a class below": f"""
class Thing:
    def __del__(self):
        print("finalized")
class Below(Thing, list): pass
left = Below()
{CYCLE}
""",
    "__del__ of an object without a place for references": f"""
class Thing:
    __slots__ = ()
    def __del__(self):
        print("finalized")
left = Thing()
{CYCLE}
""",
    "__del__ of a class's class": f"""
class Meta(type):
    def __del__(cls):
        print("finalized")
class left(metaclass=Meta): pass
{CYCLE}
""",
    "a generator": f"""
def count():
    try:
        yield 1
    finally:
        print("finalized")
left = count()
next(left)
{CYCLE}
""",
    "a coroutine": f"""
import warnings
async def wait(): pass
left = wait()
{CYCLE}
""",
    "a stream that was taken apart": """
import io, sys
sys.stdout = io.TextIOWrapper(sys.stdout.detach())
print("told")
""",
    "a weak reference": f"""
import weakref, sys
class Thing: pass
left = Thing()
sys.stays = weakref.ref(left, lambda reference: print("told"))
{CYCLE}
""",
    "a weak reference that calls a function in C": f"""
import weakref, sys
class Thing: pass
left = Thing()
sys.stays = weakref.ref(left, print)
{CYCLE}
""",
    "a weak reference that calls a method": f"""
import weakref, sys
class Thing:
    def method(self): pass
left = Thing()
sys.stays = weakref.WeakMethod(left.method, lambda reference: print("told"))
{CYCLE}
""",
    "a weak proxy": f"""
import weakref, sys
class Thing: pass
left = Thing()
sys.stays = weakref.proxy(left, lambda reference: print("told"))
{CYCLE}
""",
}


@pytest.mark.parametrize("left", INERT.values(), ids=INERT)
def test_what_only_takes_memory_is_not_looked_at_at_all(files, outcome, left):
    files({"large.py": LARGE})
    code = f"""
import gc, atexit, large
from entrepot.core.collector import COLLECTOR
{left}
def finish():
    COLLECTOR.finish()
    # (What is left is the frames, and what has come since.)
    print(gc.get_freeze_count() > 50_000, len(gc.get_objects()) < 100)
atexit.register(finish)
"""
    assert outcome("-c", code, prefix=RUN) == (0, "True True\n", "")


@pytest.mark.parametrize("left", ACTING.values(), ids=ACTING)
def test_what_has_something_to_do_does_it(files, outcome, left):
    files({"large.py": LARGE})
    code = f"import large\n{left}"
    told, plain = (_without_addresses(outcome("-c", code, prefix=each)) for each in (RUN, ()))
    assert told == plain
    assert re.search("finalized|never awaited|told|weakref", plain)


EVERYTHING = """
import builtins, codecs, contextlib, importlib, os, sys, warnings
warnings.simplefilter("ignore")
# (Some print, open a browser or a window, or run tests; others leave what is to be finalized.)
others = {"antigravity", "idlelib", "lib2to3", "test", "this", "tkinter", "turtle", "turtledemo"}
others |= {"__phello__", "_dbm", "_gdbm", "_threading_local", "_tkinter", "dbm", "doctest"}
others |= {"shelve", *(["_sqlite3", "sqlite3"] if sys.version_info < (3, 12) else [])}
left = []
for name in sorted(sys.stdlib_module_names - others):
    with contextlib.suppress(ImportError):
        left.append(importlib.import_module(name))
import contextvars, ctypes, datetime, decimal, json, random, re, struct, threading, uuid
import xml.etree.ElementTree
class Day(datetime.datetime): pass
class Zone(datetime.tzinfo): pass
class Pair(ctypes.Structure): _fields_ = [("first", ctypes.c_int)]
left += [Day(2020, 1, 1, tzinfo=Zone()), decimal.Context(), random.Random(), uuid.uuid4()]
left += [json.JSONEncoder(), re.compile("a"), struct.Struct("i"), threading.RLock()]
left += [Pair(), ctypes.pointer(Pair()), ctypes.CFUNCTYPE(None)(left.clear), (ctypes.c_int * 2)()]
left += [xml.etree.ElementTree.fromstring("<a><b/></a>"), contextvars.ContextVar("own")]
left += [left[-1].set(left), left]
# The interpreter's own places, which it clears late.
sys.own, builtins.own = left, Day(2021, 1, 1)
codecs.register(lambda name: left and None)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=lambda: left)
"""


def test_there_is_too_much_to_look_at(outcome):
    code = """
import sys
from entrepot.core import finalizers
finalizers._MANY = sys.getallocatedblocks() + 5_000
print(finalizers.are_left())
many = [object() for n in range(10_000)]
print(finalizers.are_left())
"""
    assert outcome("-c", code, prefix=RUN) == (0, "False\nTrue\n", "")


def test_the_whole_standard_library_at_the_end(outcome):
    code = f"""{EVERYTHING}
import atexit, gc
from entrepot.core.collector import COLLECTOR
atexit.register(lambda: (COLLECTOR.finish(), print(gc.get_freeze_count() > 10_000)))
"""
    assert outcome("-c", code, prefix=RUN) == (0, "True\n", "")


@pytest.mark.parametrize("event", ["gc.get_objects", "gc.get_referents", "object.__getattr__"])
def test_a_hook_that_forbids_to_look(files, outcome, event):
    files({"large.py": LARGE})
    code = f"""
import ctypes, large, logging, sys, weakref
array = (ctypes.c_char * 4)()  # Which is known by a proxy.
def hook(event, arguments):
    if event == {event!r}:
        raise KeyError(event)
sys.addaudithook(hook)
"""
    assert outcome("-c", code, prefix=RUN) == (0, "", "")


def test_modules_that_may_have_destructors_in_c(outcome):
    code = """
import sys, types
from importlib.machinery import EXTENSION_SUFFIXES
from entrepot.core import finalizers
def told(name, module):
    sys.modules[name] = module
    try:
        return finalizers.are_left()
    finally:
        del sys.modules[name]
def module(**attributes):
    made = types.ModuleType("made")
    vars(made).update(attributes)
    return made
print(told("made", module()), told("made", module(__file__="made.py")))
print({told("made", module(__file__=f"made{suffix}")) for suffix in EXTENSION_SUFFIXES})
print(told("json.made", module(__file__=f"made{EXTENSION_SUFFIXES[-1]}")), told("_dbm", module()))
print(told("made", object()))
sys.builtin_module_names += ("made",)
print(told("made", module()))
"""
    assert outcome("-c", code, prefix=RUN) == (
        0,
        "False False\n{True}\nFalse True\nTrue\nTrue\n",
        "",
    )


def test_the_collector_is_the_programs_until_then(outcome):
    assert gc.isenabled()
    code = "import gc, atexit; atexit.register(lambda: print(gc.isenabled()))"
    assert outcome("-c", code, prefix=RUN) == (0, "True\n", "")
