"""The host files: one has what the other has, docs/porting.md names all, portable is portable."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

import entrepot
from entrepot import host
from entrepot.host import chosen, portable

HOST = Path(host.__file__).parent
DOC = Path(__file__).parents[3] / "docs" / "porting.md"
#: What CPython has beside its documented modules, and portable.py must do without.
PRIVATE = ("_imp", "_frozen_importlib", "_frozen_importlib_external")
SOURCE = str(HOST.parent.parent)


def asked_for():
    """The names that host/ takes from whichever host was chosen."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HOST.glob("*.py")))
    return set(re.findall(r"\binterpreter\.(\w+)", text))


def documented():
    table = DOC.read_text(encoding="utf-8").partition("## What a host file has")[2]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_each_host_has_what_is_asked_for():
    for each in (chosen.interpreter, portable):
        assert asked_for() <= set(vars(each)), each.__name__


def test_the_documentation_has_a_row_for_each():
    assert sorted(documented()) == sorted(asked_for())


def test_all_of_the_door_is_there():
    assert all(hasattr(host, name) for name in host.__all__)


def test_what_portable_cannot_do_is_documented():
    table = DOC.read_text(encoding="utf-8").partition("|---|---|\n")[2].partition("\n\n")[0]
    assert {row.split(" | ")[0].lstrip("| ") for row in table.splitlines()} == set(portable.CANNOT)


def test_portable_imports_documented_modules_only():
    tree = ast.parse((HOST / "portable.py").read_text(encoding="utf-8"))
    names = {
        name
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= {
        *("__future__", "collections.abc", "gc", "importlib", "io", "marshal", "os", "sys"),
        *("threading", "time", "types", "typing", "warnings", "weakref", "zipimport"),
    }


PROGRAM = """
import importlib.abc, importlib.util, threading, os, warnings, weakref, zipimport, sys
sys.path.insert(0, {source!r})
before = {hide!r}
sys.modules.update(dict.fromkeys(before))  # Each import of them fails.
import entrepot
from entrepot import host
assert host.NAME == "portable", host.NAME
theirs = __import__, importlib.import_module
with entrepot.install():
    import json.decoder, wave
    from email import message
    import importlib.machinery
    assert importlib.machinery.SourceFileLoader.__module__ == "entrepot.loaders.source"
    import colorsys
    print(type(wave.__spec__).__module__, type(colorsys.__loader__).__module__)
system = entrepot.ImportSystem([{folder!r}])
assert system.import_module("mod").x == 1
assert (__import__, importlib.import_module) == theirs
"""


@pytest.mark.skipif(
    not host.features.HONOURS_BUILTINS,
    reason="this interpreter's statement needs its private modules, and one `__import__` for all",
)
@pytest.mark.parametrize("hide", [(), PRIVATE], ids=["asked for", "all there is"])
def test_portable(python, tmp_path, hide):
    """With ENTREPOT_HOST, and on an interpreter that has none of the private modules."""
    (tmp_path / "mod.py").write_text("x = 1")
    variables = {} if hide else {"ENTREPOT_HOST": "portable"}
    body = PROGRAM.format(source=SOURCE, hide=hide, folder=str(tmp_path))
    said = python("-B", "-c", body, env=variables).stdout
    assert said.split() == ["entrepot.core.spec", "entrepot.loaders.source"]


def test_a_host_that_does_not_exist(python):
    body = f"import sys; sys.path.insert(0, {SOURCE!r}); import entrepot; entrepot.process"
    said = python("-c", body, env={"ENTREPOT_HOST": "mars"}, check=False).stderr
    assert said.splitlines()[-1] == (
        "ImportError: ENTREPOT_HOST is 'mars'; here it can be 'portable', or not set"
    )


def test_the_variable_is_ignored_with_the_others(python):
    body = (
        f"import sys; sys.path.insert(0, {SOURCE!r}); from entrepot import host; print(host.NAME)"
    )
    plain = python("-E", "-c", body).stdout
    assert python("-E", "-c", body, env={"ENTREPOT_HOST": "portable"}).stdout == plain


class TestPortable:
    """Its functions beside those of the running interpreter's host."""

    @pytest.mark.parametrize("name", ["sys", "builtins", "json", "absent.module"])
    def test_builtin_modules(self, name):
        assert bool(portable.is_builtin(name)) == bool(host.is_builtin(name))

    @pytest.mark.parametrize("name", ["__hello__", "__phello__", "__phello__.spam", "os", "absent"])
    def test_frozen_modules(self, name):
        assert portable.find_frozen(name) == host.find_frozen(name)
        if host.find_frozen(name):
            assert portable.frozen_code(name) == host.frozen_code(name)

    def test_numbers(self):
        assert portable.MAGIC_NUMBER == host.MAGIC_NUMBER
        assert portable.source_hash(b"x") == host.source_hash(b"x")
        assert portable.extension_suffixes() == host.extension_suffixes()
        assert portable.collector_thresholds() == host.collector_thresholds()

    def test_whether_builtins_are_honoured(self):
        assert portable.HONOURS_BUILTINS == chosen.interpreter.HONOURS_BUILTINS

    @pytest.mark.parametrize(
        "name", ["ModuleSpec", "PathFinder", "FileFinder", "SourceFileLoader", "FileLoader",
                 "SourceLoader", "SourcelessFileLoader", "ExtensionFileLoader", "zipimporter"]
    )  # fmt: skip
    def test_classes(self, name):
        assert portable.resident_class(name) is chosen.interpreter.resident_class(name)

    def test_classes_of_namespace_packages(self):
        for names in (("NamespacePath", "_NamespacePath"), ("NamespaceLoader", "_NamespaceLoader")):
            theirs = chosen.interpreter.resident_class(*names)
            assert portable.resident_class(*names) is theirs
        assert portable.resident_class("Absent") is None
        assert not any(entry.startswith("<entrepot") for entry in sys.path_importer_cache)

    def test_renamed_code(self):
        code = compile("def f():\n class C:\n  g = lambda: 0\n", "before", "exec")
        renamed = portable.renamed(code, "after")
        inner = renamed.co_consts[0]
        assert {each.co_filename for each in (renamed, inner)} == {"after"}
        assert code.co_filename == "before"
        assert portable.renamed(renamed, "after") is renamed

    @pytest.mark.parametrize(
        ("words", "policy"),
        [
            (["python", "prog.py"], "default"),
            (["python", "--check-hash-based-pycs", "never", "prog.py"], "never"),
            (["python", "-B", "--check-hash-based-pycs=always", "prog.py"], "always"),
            (["python", "prog.py", "--check-hash-based-pycs", "never"], "default"),
        ],
    )
    def test_the_policy_of_the_command_line(self, monkeypatch, words, policy):
        monkeypatch.setattr(sys, "orig_argv", words)
        monkeypatch.setattr(sys, "argv", words[words.index("prog.py") :])
        assert portable.check_hash_based_pycs() == policy

    def test_directory_hooks(self):
        hooks = [hook for hook in sys.path_hooks if chosen.interpreter.is_directory_hook(hook)]
        assert len(hooks) == 1 or entrepot.is_installed()
        assert [hook for hook in sys.path_hooks if portable.is_directory_hook(hook)] == hooks
        other = portable._FileFinder.path_hook((portable.machinery.SourceFileLoader, [".hello"]))
        assert not portable.is_directory_hook(other)
