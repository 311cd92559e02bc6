"""Ours are subclasses of the interpreter's own classes, and nothing of these shows through."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import inspect
import sys

import pytest

import entrepot.abc
import entrepot.importers.zip.importer
import entrepot.machinery
from entrepot.host import resident

NAMES = (
    "AppleFrameworkLoader",
    "BuiltinImporter",
    "ExtensionFileLoader",
    "FileFinder",
    "FrozenImporter",
    "ModuleSpec",
    "NamespaceLoader",
    "NamespacePath",
    "PathFinder",
    "SourceFileLoader",
    "SourcelessFileLoader",
    "WindowsRegistryFinder",
)
PAIRS = [
    pytest.param(getattr(entrepot.machinery, name), getattr(resident, name), id=name)
    for name in NAMES
] + [
    pytest.param(entrepot.abc.FileLoader, resident.FileLoader, id="abc.FileLoader"),
    pytest.param(entrepot.abc.SourceLoader, resident.SourceLoader, id="abc.SourceLoader"),
    pytest.param(
        entrepot.importers.zip.importer.zipimporter, resident.zipimporter, id="zipimporter"
    ),
]

#: What every class has, or that the interpreter writes into it.
OF_ANY_CLASS = {
    "__abstractmethods__",
    "__dict__",
    "__doc__",
    "__firstlineno__",
    "__module__",
    "__qualname__",
    "__static_attributes__",
    "__weakref__",
}

#: Answered by the standard library's own metadata, which alone calls it.
LEFT_ALONE = {("PathFinder", "find_distributions")}


def definer(cls, name):
    """The class that *cls* has the attribute *name* from."""
    return next(base for base in cls.__mro__ if name in vars(base))


def members(theirs):
    """What a resident class, or one that it inherits from, has of its own: public or special."""
    found = set()
    for base in theirs.__mro__[:-1]:
        found |= {n for n in vars(base) if not n.startswith("_") or n.endswith("__")}
    return sorted(found - OF_ANY_CLASS)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_is_a_subclass(ours, theirs):
    assert issubclass(ours, theirs)
    assert ours.__module__.startswith("entrepot.")


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_inherits_nothing_from_the_interpreter(ours, theirs):
    inherited = [
        name
        for name in members(theirs)
        if not definer(ours, name).__module__.startswith(("entrepot.", "builtins"))
        and (ours.__name__, name) not in LEFT_ALONE
    ]
    assert inherited == []


def test_the_classes_here_are_all_there_are():
    classes = {n for n in entrepot.machinery.__all__ if isinstance(getattr(resident, n, 0), type)}
    assert classes == set(NAMES)


@pytest.mark.parametrize(
    "kind",
    [getattr(importlib.abc, name) for name in entrepot.abc.__all__]
    + [getattr(importlib.machinery, n) for n in NAMES if hasattr(importlib.machinery, n)],
)
def test_is_of_the_standard_librarys_types(kind):
    """Whatever the standard library says of its own class holds of ours."""
    for name in NAMES:
        theirs, ours = getattr(importlib.machinery, name, None), getattr(entrepot.machinery, name)
        if theirs is not None:
            assert not issubclass(theirs, kind) or issubclass(ours, kind), name


@pytest.mark.parametrize("name", entrepot.abc.__all__)
def test_abcs_know_the_same_classes(name):
    """An ABC of ours has the interpreter's classes as members, and ours, as the stdlib's has."""
    theirs, ours = getattr(importlib.abc, name), getattr(entrepot.abc, name)
    for class_name in NAMES:
        own = getattr(importlib.machinery, class_name, None)
        if own is None:
            continue
        expected = issubclass(own, theirs)
        assert issubclass(own, ours) is expected, class_name
        assert issubclass(getattr(entrepot.machinery, class_name), ours) is expected, class_name


BEYOND = {  # Arguments that only ours have; each is keyword-only and optional.
    "FileFinder": {"disk", "events"},
    "NamespacePath": {"system", "epoch"},
    "_NamespacePath": {"system", "epoch"},  # its name before Python 3.15, which repr() shows
    "PathFinder": {"system", "epoch"},
}


#: Arguments that came with Python 3.15, and ours have on every host.
NEWER = {"source_to_code": {"fullname"} if sys.version_info < (3, 15) else frozenset()}


def shape(callable_, leave_out=frozenset()):
    """The parameters of a signature: names, kinds, whether optional."""
    parameters = inspect.signature(callable_).parameters.values()
    return [
        (p.name, p.kind, p.default is not p.empty) for p in parameters if p.name not in leave_out
    ]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_signatures_are_theirs(ours, theirs):
    """Of the constructor and of each method that the host has too."""
    beyond = BEYOND.get(ours.__name__, frozenset())
    if theirs.__init__ is not object.__init__ and theirs.__name__ == ours.__name__:
        assert shape(ours, beyond) == shape(theirs)
    for name in members(theirs):
        theirs_, ours_ = getattr(theirs, name), getattr(ours, name)
        if name.startswith("_") or not callable(theirs_) or (ours.__name__, name) in LEFT_ALONE:
            continue
        assert named(shape(ours_, NEWER.get(name, frozenset()))) == named(shape(theirs_)), name


#: Names of the arguments of which the standard library's own classes have several, and none is
#: documented to be given by name.
ALIKE = dict.fromkeys(("name", "module", "m"), "fullname") | dict.fromkeys(
    ("loader", "finder"), "self"
)


def named(parameters):
    return [
        (ALIKE.get(name, name), kind, optional)
        for name, kind, optional in parameters
        if kind is not inspect.Parameter.VAR_POSITIONAL
        and kind is not inspect.Parameter.VAR_KEYWORD
        and not name.startswith("_m")
    ]
