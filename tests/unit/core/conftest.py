"""Three import systems with one interface: the stdlib's, entrepot's for the process, an isolated.

The stdlib is the oracle: a test that takes `world` states what all three do.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import textwrap

import pytest

import entrepot


class World:
    """An import system, a directory on its path, and what runs in it."""

    name = "abstract"
    #: Whether this is an implementation of ours, which has the newest behaviour on every host.
    ours = True

    def __init__(self, directory):
        self.directory = directory

    def write(self, files, directory=None):
        """Write a tree of *files*: path -> source; a path that ends in / is a directory."""
        top = directory or self.directory
        for path, source in files.items():
            target = top / path
            if path.endswith("/"):
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(source), encoding="utf-8")
        self.invalidate_caches()
        return top

    def run(self, source, **names):
        """Execute *source* as a client of this system; its namespace."""
        scope = {"__name__": "client", "__builtins__": self.builtins, **names}
        exec(compile(textwrap.dedent(source), "client.py", "exec", dont_inherit=True), scope)
        return scope


class _OfProcess(World):
    builtins = builtins

    @property
    def modules(self):
        return sys.modules

    @property
    def path(self):
        return sys.path

    @property
    def meta_path(self):
        return sys.meta_path

    @property
    def path_hooks(self):
        return sys.path_hooks


class Stdlib(_OfProcess):
    name = "stdlib"
    ours = False
    import_module = staticmethod(importlib.import_module)
    reload = staticmethod(importlib.reload)
    invalidate_caches = staticmethod(importlib.invalidate_caches)
    __import__ = staticmethod(importlib.__import__)

    def find_spec(self, *args):
        return importlib.util.find_spec(*args)


class Process(_OfProcess):
    """entrepot behind the import statement of this process."""

    name = "entrepot"
    import_module = staticmethod(entrepot.import_module)
    reload = staticmethod(entrepot.reload)
    invalidate_caches = staticmethod(entrepot.invalidate_caches)
    find_spec = staticmethod(entrepot.find_spec)
    __import__ = staticmethod(entrepot.__import__)


class Isolated(World):
    name = "isolated"

    def __init__(self, directory):
        super().__init__(directory)
        system = self.system = entrepot.ImportSystem([str(directory)])
        self.modules, self.path, self.meta_path = system.modules, system.path, system.meta_path
        self.path_hooks = system.path_hooks
        self.builtins = system.builtins
        self.import_module = system.import_module
        self.reload = system.reload
        self.invalidate_caches = system.invalidate_caches
        self.find_spec = system.find_spec
        self.__import__ = system.__import__


@pytest.fixture
def restored(monkeypatch):
    """The process's import state, put back at the end."""
    importlib.import_module("importlib.util")
    before = dict(sys.modules)
    for name in ("path", "meta_path", "path_hooks"):
        monkeypatch.setattr(sys, name, list(getattr(sys, name)))
    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    yield monkeypatch
    for name in [name for name in sys.modules if name not in before]:
        del sys.modules[name]
    sys.modules.update(before)


def _world(kind, directory, restored):
    directory.mkdir()
    if kind is Isolated:
        yield Isolated(directory)
        return
    sys.path.insert(0, str(directory))
    if kind is Stdlib:
        yield Stdlib(directory)
        return
    with entrepot.install():
        yield Process(directory)


@pytest.fixture(params=[Stdlib, Process, Isolated], ids=lambda kind: kind.name)
def world(request, tmp_path, restored):
    yield from _world(request.param, tmp_path / "lib", restored)


@pytest.fixture(params=[Process, Isolated], ids=lambda kind: kind.name)
def our_world(request, tmp_path, restored):
    """What the stdlib, or an older one, does differently."""
    yield from _world(request.param, tmp_path / "lib", restored)
