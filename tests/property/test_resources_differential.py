"""Whatever is asked for, importlib_resources 7.1 gives the same answer."""

from __future__ import annotations

import importlib.util
import itertools
import pathlib
import tempfile
import warnings
import zipfile
import zipimport

import importlib_resources
import pytest
from hypothesis import assume, given, settings, strategies as st

from entrepot import resources
from entrepot.resources import names

from .test_resources_trees import possible, trees, write

part = st.text(st.sampled_from("abc."), min_size=1, max_size=3)
asked = st.lists(st.lists(part, min_size=1, max_size=3).map("/".join), max_size=3)
functions = st.sampled_from(
    ["read_binary", "read_text", "open_binary", "is_resource", "contents", "path"]
)
counter = itertools.count()


def package_on_disk(tree, directory):
    name = f"differential{next(counter)}"
    write({"__init__.py": b"", **tree}, pathlib.Path(directory, name))
    spec = importlib.util.spec_from_file_location(
        name, str(pathlib.Path(directory, name, "__init__.py"))
    )
    return importlib.util.module_from_spec(spec)


def package_in_zip(tree, directory):
    name = f"differential{next(counter)}"
    archive = str(pathlib.Path(directory, f"{name}.zip"))
    with zipfile.ZipFile(archive, "w") as file:
        for member, data in {"__init__.py": b"", **tree}.items():
            file.writestr(f"{name}/{member}", data)
    return importlib.util.module_from_spec(zipimport.zipimporter(archive).find_spec(name))


def answer(api, function, module, path_names):
    """What a call gives, in terms that both can be held to."""
    options = {"encoding": "utf-8", "errors": "replace"} if function == "read_text" else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            result = getattr(api, function)(module, *path_names, **options)
            if function == "open_binary":
                with result:
                    return result.read()
            if function == "contents":
                return sorted(result)
            if function == "path":
                with result as path:
                    return (
                        sorted(str(p.relative_to(path)) for p in path.rglob("*"))
                        or path.read_bytes()
                    )
        except (OSError, ValueError) as error:
            return type(error)
    return result


@pytest.mark.parametrize("make", [package_on_disk, package_in_zip])
@settings(max_examples=150)
@given(tree=trees, path_names=asked, function=functions)
def test_functions(make, tree, path_names, function):
    assume(possible(tree) and "__init__.py" not in tree)
    assume(not any(map(names.leads_out, path_names)))
    if make is package_in_zip:  # where "." is no part, to zipfile
        assume(not any("." in name.split("/") for name in path_names))
    with tempfile.TemporaryDirectory() as directory:
        module = make(tree, directory)
        ours = answer(resources, function, module, path_names)
        theirs = answer(importlib_resources, function, module, path_names)
    assert ours == theirs


def test_the_answers_are_not_all_alike():
    """The test above would hold, too, if nothing were ever found."""
    with tempfile.TemporaryDirectory() as directory:
        module = package_on_disk({"a/b": b"b"}, directory)
        for api in (resources, importlib_resources):
            assert answer(api, "read_binary", module, ["a", "b"]) == b"b"
            assert answer(api, "path", module, ["a"]) == ["b"]
            assert answer(api, "contents", module, ["a"]) == ["b"]
            assert answer(api, "read_text", module, ["a"]) is not None
            assert answer(api, "is_resource", module, ["a/b"]) is True
            missing = answer(api, "open_binary", module, ["c"])
            assert missing is FileNotFoundError
