"""Runs the interpreter's own tests of `importlib.metadata` with entrepot.metadata in its place.

    python own_suite.py OUTPUT

Writes what failed as JSON: test id to traceback. Three names that the tests import are private:
`Prepared` gets our function of the same meaning, `Distribution._deps_from_requires_text` too,
`_unique` is the tests' tool; `FastPath` has no counterpart, and a test that uses it fails.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import sys
import unittest
import warnings

import entrepot.metadata
from entrepot.metadata import names, requirements

PACKAGE = "test.test_importlib"
#: The test modules of 3.13 and later, and of those before.
MODULES = {
    "metadata.test_api": "test_metadata_api",
    "metadata.test_main": "test_main",
    "metadata.test_zip": "test_zip",
}


class Prepared:
    """Stands for the private class with the normalisation of names."""

    normalize = staticmethod(names.normalize)


class FastPath:
    """Stands for the private class that caches path entries."""

    def __init__(self, root: object) -> None:
        raise AttributeError("FastPath is private to CPython")


def module(name: str, before: str) -> str:
    newer = importlib.util.find_spec(f"{PACKAGE}.metadata") is not None
    return f"{PACKAGE}.{name if newer else before}"


def main() -> None:
    ours = entrepot.metadata
    ours._unique = getattr(importlib.metadata, "_unique", None)
    ours.Prepared, ours.FastPath = Prepared, FastPath
    ours.Distribution._deps_from_requires_text = staticmethod(requirements.from_requires_text)
    with ours.install():
        found = [module(*pair) for pair in MODULES.items()]
        suite = unittest.defaultTestLoader.loadTestsFromNames(found)
        with warnings.catch_warnings():
            result = suite.run(unittest.TestResult())
    problems = {test.id(): text for test, text in [*result.failures, *result.errors]}
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"run": result.testsRun, "problems": problems}, file)


if __name__ == "__main__":
    main()
