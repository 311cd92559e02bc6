"""Names: PEP 503 and what stands in file names."""

from __future__ import annotations

import pytest

from entrepot.metadata import names


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("foo", "foo"),
        ("Foo.Bar", "foo_bar"),
        ("foo-._bar", "foo_bar"),
        ("FOO__BAR..baz", "foo_bar_baz"),
        ("-x-", "_x_"),
        ("", ""),
    ],
)
def test_normalize(name, normal):
    assert names.normalize(name) == normal


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("foo-1.0.dist-info", "foo"),
        ("foo.egg-info", "foo"),
        ("foo-1.0-py3.12.egg", "foo"),
        ("foo_bar-1!2+x.y.dist-info", "foo_bar"),
        ("foo.dist-info", "foo"),
    ],
)
def test_stem(filename, name):
    assert names.stem(filename) == name


def test_metadata_is_told_by_its_suffix_in_any_case():
    assert names.is_metadata("Foo-1.DIST-INFO")
    assert names.is_metadata("x.egg-info")
    assert not names.is_metadata("x.egg-info.bak")
    assert not names.is_metadata("dist-info")
