"""The import statement: the engine, which knows protocols and no files.

What flows through, in this order (`docs/architecture.md` walks it step by step):

    statement.py   `__import__(name, globals, locals, fromlist, level)`: what the compiler calls
    names.py       "..x" and the caller's package become an absolute name     PEP 328, 366
    system.py      ImportSystem: the state, and the verbs that importlib has
    engine.py      find -> create -> execute -> publish -> bind
    locks.py       one lock a module, and who must not wait for it
    interpreter_locks.py   the same locks, where the interpreter's C code looks for them
    spec.py        what a finder hands to the engine                            PEP 451
    spec_making.py   ... and specs of what there is without a finder
    module.py      what the engine makes of it: a module and its attributes
    namespace.py   packages without a file, over many directories               PEP 420
    reloading.py   a module executed again, in its own namespace
    isolated.py    a system that shares nothing but what it is told to          PEP 406
    isolated_statement.py   its import statement
    lazy_statement.py   its `lazy import`                                       PEP 810
    legacy.py      finders and loaders of the time before specs                 PEP 302
    collector.py   why garbage collection waits meanwhile
    events.py      what all of this tells its observers
    observers.py   how they are told
    errors.py      what all of this says when it fails
    readers.py     where resources plug in
    protocols.py   what finders and loaders must offer, for type checkers
"""
