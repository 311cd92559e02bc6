"""A program: 16 threads import a shuffled graph of 300 modules with cycles, round after round.

    storm.py {stdlib|install|isolated} ROUNDS DIRECTORY [SEED]

Each module says when its body has ended. At the top of a thread nothing is held, so there each
import must give a whole module, or the very error of the module's body. Prints what went wrong;
exit status 0 means nothing did. A hang ends with all stacks.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import random
import sys
import threading
import time

MODULES, THREADS, PACKAGES, BROKEN = 300, 16, 30, 10


class Boom(Exception):
    """What a broken module raises: its own name."""


def name_of(number):
    """A third of the modules are in packages, which themselves import some of their own."""
    return f"p{number % PACKAGES}.m{number}" if number % 3 == 0 else f"m{number}"


def write_graph(directory, rng):
    for number in range(MODULES):
        targets = rng.sample(range(MODULES), 3)
        imports = [f"import {name_of(t)}" for t in targets[:2]]
        imports.append(f"from {name_of(targets[2])} import __name__ as n")
        forms = ["name = __name__", *imports, "done = True"]
        write(directory, name_of(number), "\n".join(forms))
    for package in range(PACKAGES):
        mine = [n for n in range(0, MODULES, 3) if n % PACKAGES == package][:2]
        lines = [f"from . import m{n}" for n in mine]
        body = "\n".join(["name = __name__", *lines, "done = True"])
        write(directory, f"p{package}.__init__", body)
    for number in range(BROKEN):
        helper = f"import {name_of(number * 7)}"
        write(directory, f"b{number}", f"import storm\n{helper}\nraise storm.Boom(__name__)")


def write(directory, name, source):
    path = os.path.join(directory, *name.split(".")) + ".py"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)


def ours(name):
    return name[0] in "pmb" and name[1:].partition(".")[0].isdigit()


class Round:
    """One round: all threads import all modules, each in an order of its own."""

    def __init__(self, import_module, rng):
        self.import_module = import_module
        self.barrier = threading.Barrier(THREADS)
        self.wrong = []
        names = [name_of(number) for number in range(MODULES)]
        names += [f"p{number}" for number in range(PACKAGES)]
        names += [f"b{number}" for number in range(BROKEN)]
        self.orders = [rng.sample(names, len(names)) for _ in range(THREADS)]

    def one_thread(self, order):
        self.barrier.wait()
        for name in order:
            try:
                module = self.import_module(name)
            except Boom as error:
                if name[0] != "b" or str(error) != name:
                    self.wrong.append(f"{name} raised Boom({error})")
            except BaseException as error:
                self.wrong.append(f"{name} raised {error!r}")
            else:
                if name[0] == "b":
                    self.wrong.append(f"{name}: its error was lost")
                elif not getattr(module, "done", False):
                    self.wrong.append(f"{name} was seen half-built")

    def run(self):
        threads = [threading.Thread(target=self.one_thread, args=(o,)) for o in self.orders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.wrong


def main(kind, rounds, directory, seed=1):
    faulthandler.dump_traceback_later(120 + 2 * rounds, exit=True)
    sys.modules["storm"] = sys.modules["__main__"]
    sys.setrecursionlimit(20_000)  # One chain may pass through all modules.
    threading.stack_size(64 << 20)
    sys.setswitchinterval(1e-5)
    rng = random.Random(seed)
    write_graph(directory, rng)
    importlib.invalidate_caches()
    import_module, modules = importlib.import_module, sys.modules
    if kind != "isolated":
        sys.path.insert(0, directory)
    if kind == "install":
        import entrepot

        entrepot.install()
    elif kind == "isolated":
        import entrepot

        system = entrepot.ImportSystem([directory], modules={"storm": sys.modules["storm"]})
        import_module, modules = system.import_module, system.modules
    start = time.perf_counter()
    for number in range(rounds):
        wrong = Round(import_module, rng).run()
        for line in sorted(set(wrong)):
            print(f"round {number}: {line}")
        if wrong:
            return 1
        for name in [name for name in modules if ours(name)]:
            del modules[name]
    print(f"{kind}: {rounds} rounds in {time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:])))
