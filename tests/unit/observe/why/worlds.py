"""Worlds in which an import goes right or wrong, built in a temporary directory.

Every source file of a world leaves a mark when it is executed, and a world knows all its files:
so a test can tell that nothing was executed and nothing was written.
"""

from __future__ import annotations

import json
import os
import site
import sys
import zipfile
from importlib import machinery
from types import SimpleNamespace

import entrepot
from entrepot import defaults
from entrepot.observe.why.view import View

#: What each module of a world does when it is executed.
MARK = "open(__file__ + '.executed', 'w').close()\n"

#: Where the standard library is, if it is an archive, too.
STDLIB = os.path.dirname(os.path.dirname(json.__file__))


class World:
    """A path, what is on it, and everything else that decides a search."""

    def __init__(self, root, monkeypatch, parts):
        self.root = root
        self.monkeypatch = monkeypatch
        self.modules = {}
        self.path = []
        self.parts = parts
        self.meta_path = list(PARTS[parts][0])
        self.path_hooks = list(PARTS[parts][1])
        self.cache = {}
        self.program = self.importer = None
        self._seal()

    def _seal(self):
        """Let nothing of the machine that the tests run on be seen."""
        for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
            self.monkeypatch.delenv(name, raising=False)
        self.monkeypatch.setenv("PATH", "")
        self.monkeypatch.setenv("HOME", str(self.root / "home"))
        prefix = str(self.directory("machine/prefix"))
        self.monkeypatch.setattr(sys, "prefix", prefix)
        self.monkeypatch.setattr(sys, "base_prefix", prefix)
        self.monkeypatch.setattr(sys, "dont_write_bytecode", False)
        self.monkeypatch.setattr(sys, "pycache_prefix", None)
        self.monkeypatch.setattr(site, "USER_BASE", str(self.root / "home/.local"))
        self.monkeypatch.setattr(site, "USER_SITE", str(self.root / "home/.local/site-packages"))
        self.monkeypatch.chdir(self.directory("cwd"))

    def directory(self, name):
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def entry(self, name):
        """Put the directory *name* on the path, and return it."""
        path = self.directory(name)
        if str(path) not in self.path:
            self.path.append(str(path))
        return path

    def file(self, name, text=MARK):
        """Write a file; the directory above is put on nothing."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def files(self, *names):
        for name in names:
            self.file(name)

    def archive(self, name, *members):
        path = self.root / name
        with zipfile.ZipFile(path, "w") as file:
            for member in members:
                file.writestr(member, "x = 1\n")
        return path

    def dist(self, project, *files, at="site", version="1.0", make=True, **metadata):
        """Install a distribution with *files* (made unless *make* is false) in the entry *at*."""
        stem = f"{project.replace('-', '_')}-{version}.dist-info"
        fields = "".join(f"Requires-Dist: {each}\n" for each in metadata.pop("requires", ()))
        self.file(
            f"{at}/{stem}/METADATA",
            f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n{fields}",
        )
        if metadata.pop("editable", False):
            self.file(
                f"{at}/{stem}/direct_url.json",
                '{"url": "file:///src", "dir_info": {"editable": true}}',
            )
        rows = [*files, f"{stem}/METADATA", f"{stem}/RECORD"]
        self.file(f"{at}/{stem}/RECORD", "".join(f"{row},,\n" for row in rows))
        if make:
            self.files(*(f"{at}/{file}" for file in files if not (self.root / at / file).exists()))

    def compile(self, name, mode="TIMESTAMP"):
        """Make the pyc of the source file *name*, and return it."""
        import py_compile

        path = self.root / name
        made = py_compile.compile(
            str(path), doraise=True, invalidation_mode=py_compile.PycInvalidationMode[mode]
        )
        assert made is not None
        return path.parent / "__pycache__" / os.path.basename(made)

    def environment(self, name, version="3.9"):
        """Make a virtual environment, and return its site-packages, seen from the root."""
        self.file(f"{name}/pyvenv.cfg", "home = /usr/bin\n")
        self.file(f"{name}/bin/python{version}", "")
        inside = f"{name}/lib/python{version}/site-packages"
        self.directory(inside)
        return inside

    @property
    def system(self):
        return SimpleNamespace(
            modules=self.modules,
            path=self.path,
            meta_path=self.meta_path,
            path_hooks=self.path_hooks,
            path_importer_cache=self.cache,
        )

    def explain(self, name, package=None):
        view = View(self.system, program=self.program, importer=self.importer)
        return entrepot.explain(name, package, system=view)

    def state(self):
        """Return all that is in the world: each path with its content and its time."""
        state = {}
        for directory, _, names in os.walk(self.root):
            state[directory] = os.stat(directory).st_mtime_ns
            for name in names:
                path = os.path.join(directory, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        state[path] = (os.stat(path).st_mtime_ns, file.read())
        return state


def _resident():
    """The interpreter's own parts, whether or not entrepot is installed."""
    finders = [machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder]
    import zipimport

    details = [
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    ]
    return finders, [zipimport.zipimporter, machinery.FileFinder.path_hook(*details)]


#: Whose finders and hooks a world has.
PARTS = {
    "stdlib": _resident(),
    "entrepot": (list(defaults.META_PATH), [*defaults.ARCHIVE_HOOKS, defaults.DIRECTORY_HOOK]),
}
