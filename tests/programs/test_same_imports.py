"""Well-known packages are imported as they are under `python`: nothing more, nothing less."""

from __future__ import annotations

import pytest

from tests.programs.conftest import needs

pytestmark = pytest.mark.programs

PACKAGES = {
    "attrs": ["attr", "attrs"],
    "django": ["django.db.models", "django.http", "django.template", "django.core.management"],
    "flask": ["flask"],
    "hypothesis": ["hypothesis", "hypothesis.strategies"],
    "ipython": ["IPython", "IPython.terminal.ipapp"],
    "networkx (has lazy imports of its own)": ["networkx"],
    "numpy (extension modules)": ["numpy", "numpy.linalg", "numpy.random", "numpy.testing"],
    "pytest (has an import hook)": ["pytest", "_pytest.assertion.rewrite"],
    "requests": ["requests"],
    "setuptools (replaces distutils)": ["setuptools", "distutils.core"],
    "sphinx": ["sphinx.application", "sphinx.ext.autodoc", "sphinx.builders.html"],
    "sphinxcontrib (a namespace package)": ["sphinxcontrib.htmlhelp", "sphinxcontrib.qthelp"],
    "zope.interface (a namespace package)": ["zope.interface", "zope.interface.verify"],
    "the standard library": [
        "asyncio",
        "concurrent.futures",
        "ctypes",
        "email",
        "sqlite3",
        "xml.sax",
    ],
}


@pytest.mark.parametrize("names", PACKAGES.values(), ids=PACKAGES)
def test_the_same_modules(names, same):
    needs(*names)
    assert set(names) <= same(*names).keys()


def test_the_loaders_are_entrepots(python):
    """The comparison above would pass, too, if `entrepot run` ran plain Python."""
    code = """
import email.mime.text
print(type(email.mime.text.__spec__.loader).__module__.partition(".")[0])
"""
    assert python("-m", "entrepot", "run", "-c", code).stdout == "entrepot\n"
