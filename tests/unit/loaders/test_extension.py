"""Extension modules: single- and multi-phase, in frameworks, damaged."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
import types
from pathlib import Path

import pytest

import entrepot
from entrepot.loaders import extension
from entrepot.loaders.extension import AppleFrameworkLoader, ExtensionFileLoader
from tests.capabilities import needs

SUFFIX = importlib.machinery.EXTENSION_SUFFIXES[0] if importlib.machinery.EXTENSION_SUFFIXES else ""

MULTI = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>
static int run(PyObject *m) { return PyModule_AddIntConstant(m, "answer", 42); }
static PyModuleDef_Slot slots[] = { {Py_mod_exec, run}, {0, NULL} };
static PyModuleDef def = { PyModuleDef_HEAD_INIT, "NAME", NULL, 0, NULL, slots };
PyMODINIT_FUNC PyInit_NAME(void) { return PyModuleDef_Init(&def); }
"""
SINGLE = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>
static PyModuleDef def = { PyModuleDef_HEAD_INIT, "NAME", NULL, -1, NULL };
PyMODINIT_FUNC PyInit_NAME(void) {
    PyObject *m = PyModule_Create(&def);
    if (m) PyModule_AddIntConstant(m, "answer", 42);
    return m;
}
"""
FAILING = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>
static int run(PyObject *m) { PyErr_SetString(PyExc_ValueError, "in the second phase"); return -1; }
static PyModuleDef_Slot slots[] = { {Py_mod_exec, run}, {0, NULL} };
static PyModuleDef def = { PyModuleDef_HEAD_INIT, "NAME", NULL, 0, NULL, slots };
PyMODINIT_FUNC PyInit_NAME(void) { return PyModuleDef_Init(&def); }
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """Compiles a library for the module *name* from one of the sources above."""
    compiler, include = shutil.which("cc"), sysconfig.get_paths()["include"]
    if not compiler or not Path(include, "Python.h").exists():
        pytest.skip("needs a C compiler and the interpreter's headers")
    done = {}

    def build(name, source):
        if name not in done:
            directory = tmp_path_factory.mktemp("lib")
            code = directory / f"{name}.c"
            code.write_text(source.replace("NAME", name))
            target = directory / f"{name}{SUFFIX}"
            command = [compiler, "-shared", "-fPIC", f"-I{include}", code, "-o", target]
            subprocess.run(command, check=True, capture_output=True)
            done[name] = target
        return done[name]

    return build


def load(loader_class, name, path):
    loader = loader_class(name, str(path))
    spec = importlib.util.spec_from_file_location(name, str(path), loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


BOTH = pytest.mark.parametrize(
    "loader_class",
    [importlib.machinery.ExtensionFileLoader, ExtensionFileLoader],
    ids=["stdlib", "entrepot"],
)


@BOTH
@pytest.mark.parametrize(("name", "source"), [("multi_ext", MULTI), ("single_ext", SINGLE)])
def test_loads(library, loader_class, name, source):
    path = library(name, source)
    try:
        module = load(loader_class, name, path)
    finally:
        sys.modules.pop(name, None)  # Where single-phase modules put themselves.
    assert (module.answer, module.__name__, module.__file__) == (42, name, str(path))
    assert module.__spec__.origin == str(path)


@BOTH
def test_a_failing_second_phase(library, loader_class):
    path = library("failing_ext", FAILING)
    with pytest.raises(ValueError, match="in the second phase"):
        load(loader_class, "failing_ext", path)


@pytest.mark.parametrize("kind", ["stdlib", "install", "isolated"])
@pytest.mark.parametrize(("name", "source"), [("multi_ext", MULTI), ("single_ext", SINGLE)])
def test_by_the_statement(library, python, kind, name, source):
    path = library(name, source)
    root = entrepot.__file__.rpartition("/entrepot/")[0]
    body = f"""
import sys
sys.path[:0] = [{root!r}]
import entrepot
if {kind!r} == "isolated":
    system = entrepot.ImportSystem([{str(path.parent)!r}])
    module = system.import_module({name!r})
    again = system.import_module({name!r})
else:
    if {kind!r} == "install":
        entrepot.install()
    sys.path.insert(0, {str(path.parent)!r})
    import {name} as module
    import {name} as again
print(module.answer, module is again, type(module.__loader__).__name__)
"""
    assert python("-c", body).stdout.split() == ["42", "True", "ExtensionFileLoader"]


@pytest.mark.parametrize(
    "loader_class",
    [
        pytest.param(
            importlib.machinery.ExtensionFileLoader, marks=needs("extension modules"), id="stdlib"
        ),
        pytest.param(ExtensionFileLoader, id="entrepot"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"no library", b"\x7fELF" + bytes(100)])
def test_a_damaged_library(tmp_path, loader_class, content):
    path = tmp_path / f"broken{SUFFIX}"
    path.write_bytes(content)
    with pytest.raises(ImportError) as caught:
        load(loader_class, "broken", path)
    assert caught.value.name == "broken"
    assert caught.value.path == str(path)


@BOTH
def test_a_library_of_another_module(library, tmp_path, loader_class):
    path = library("multi_ext", MULTI)
    with pytest.raises(ImportError, match="PyInit_other") as caught:
        load(loader_class, "other", path)
    assert caught.value.name == "other"


@needs("extension modules")
@BOTH
def test_the_rest_of_the_interface(loader_class):
    loader = loader_class("mod", f"/lib/mod{SUFFIX}")
    assert loader.get_code("mod") is None
    assert loader.get_source("mod") is None
    assert loader.get_filename("mod") == f"/lib/mod{SUFFIX}"
    assert not loader.is_package("mod")
    assert loader_class("pkg", f"/lib/pkg/__init__{SUFFIX}").is_package("pkg")
    assert loader == loader_class("mod", f"/lib/mod{SUFFIX}")
    assert loader != loader_class("mod", "/elsewhere")
    assert hash(loader) == hash(loader_class("mod", f"/lib/mod{SUFFIX}"))


class TestAppleFramework:
    """App.app/Frameworks/mod.framework/mod with mod.origin, and lib/mod.fwork (PEP 730)."""

    @pytest.fixture
    def bundle(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "executable", str(tmp_path / "App" / "app"))
        framework = tmp_path / "App" / "Frameworks" / "mod.framework"
        framework.mkdir(parents=True)
        (framework / "mod").write_bytes(b"library")
        (framework / "mod.origin").write_text("lib/mod.fwork\n")
        (tmp_path / "App" / "lib").mkdir()
        (tmp_path / "App" / "lib" / "mod.fwork").write_text("Frameworks/mod.framework/mod\n")
        return tmp_path / "App"

    @pytest.fixture
    def loaded(self, monkeypatch):
        """The libraries that are loaded: none, really."""
        seen = []

        def create_dynamic(spec):
            seen.append(spec.origin)
            return types.ModuleType(spec.name)

        monkeypatch.setattr(extension.host, "create_dynamic", create_dynamic)
        return seen

    @pytest.mark.parametrize("start", ["lib/mod.fwork", "Frameworks/mod.framework/mod"])
    def test_creates(self, bundle, loaded, start):
        path = str(bundle / start)
        loader = AppleFrameworkLoader("mod", path)
        spec = importlib.util.spec_from_file_location("mod", path, loader=loader)
        module = loader.create_module(spec)
        assert loaded == [str(bundle / "Frameworks" / "mod.framework" / "mod")]
        assert module.__file__ == spec.origin == str(bundle / "lib" / "mod.fwork")

    def test_is_an_extension_file_loader(self):
        assert issubclass(AppleFrameworkLoader, importlib.machinery.ExtensionFileLoader)
