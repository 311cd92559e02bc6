"""Every public result beside importlib_metadata's, for all that is installed here and more.

Where they differ on purpose the case is in `docs/metadata.md`, and in tests of its own.
"""

from __future__ import annotations

import random
import string
import sys

import pytest

import entrepot.metadata
from tests.unit.metadata import backport, builders
from tests.unit.metadata.backport import importlib_metadata

pytestmark = backport.needed
INSTALLED = sorted(
    {dist.name for dist in importlib_metadata.distributions() if dist._has_metadata()}
    if importlib_metadata is not None
    else ()
)
GENERATED = 60


def described(dist):
    """All public properties of a distribution as plain data."""
    metadata = dist.metadata
    files = dist.files
    return {
        "name": dist.name,
        "version": dist.version,
        "normalized": dist._normalized_name,
        "fields": list(metadata.items()),
        "json": metadata.json,
        "requires": dist.requires,
        "entry_points": [(ep.name, ep.value, ep.group) for ep in dist.entry_points],
        "files": files and [plain(file) for file in files],
        "texts": [dist.read_text(name) for name in ("INSTALLER", "RECORD", "WHEEL", "nothing")],
        "origin": dist.origin,
        "str": str(dist),
        "located": str(dist.locate_file("x")),
    }


def plain(file):
    digest = file.hash and (file.hash.mode, file.hash.value)
    return str(file), digest, file.size, str(file.locate())


def test_there_is_enough_to_compare():
    if len(INSTALLED) < 60:
        pytest.skip(f"{len(INSTALLED)} distributions here; the dependency group `dev` has more")
    assert len(set(INSTALLED)) >= 60


@pytest.mark.parametrize("name", INSTALLED)
def test_each_distribution_that_is_installed(name):
    ours, theirs = entrepot.metadata.distribution(name), importlib_metadata.distribution(name)
    if ours.editable:
        pytest.skip("an editable install: ours lists its source files too (test_editable.py)")
    assert described(ours) == described(theirs)
    assert str(ours.metadata).split() == str(theirs.metadata).split()


def generated(number):
    """A distribution of all sorts of content that both packages take."""
    rng = random.Random(number)

    def word(letters=string.ascii_letters):
        return "".join(rng.choices(letters, k=rng.randint(1, 9)))

    def line():
        return " ".join(word(string.ascii_letters + "\xe4\xdf\u4e2d.,;:!") for _ in range(5))

    name, version = f"gen{number}_{word()}", f"{rng.randint(0, 9)}.{rng.randint(0, 99)}"
    indent = rng.choice([" ", "\t", "        ", "       |"])
    fields = [f"Summary: {line()}", f"Keywords: {line()}", f"Author: {line()}\n{indent}{line()}"]
    fields += [f"Classifier: {line()}" for _ in range(rng.randint(0, 3))]
    fields += [f"Requires-Dist: {word()}" for _ in range(rng.randint(0, 3))]
    rng.shuffle(fields)
    header = "\n".join([f"Name: {name}", f"Version: {version}", *fields])
    body = rng.choice(["", "\n\n", f"\n\n{line()}\n", f"\n\n{line()}\n\n{line()}"])
    packages = [word() for _ in range(3)]
    sources = [f"{package}/{word()}.py" for package in packages] + [
        f'{word()},"x".py',
        f"{word()}.so",
    ]
    rows = [source.replace('"', '""') for source in sources]
    record = [f'"{row}",sha256={word()},{rng.randint(0, 9999)}' for row in [*rows, "missing.py"]]
    points = [
        f"[{word()}]\n{word()} = {word()}.{word()}:{word()}" for _ in range(rng.randint(0, 3))
    ]
    directory = f"{name}-{version}.dist-info"
    files = {
        f"{directory}/METADATA": header + body,
        f"{directory}/RECORD": "\r\n".join(record),
        f"{directory}/entry_points.txt": "\n# comment\n".join(points),
        **dict.fromkeys(sources, ""),
    }
    if rng.random() < 0.2:
        files[f"{directory}/top_level.txt"] = "\n".join(packages)
    if rng.random() < 0.5:
        files[f"{directory}/direct_url.json"] = (
            '{"url": "https://x", "archive_info": {"hashes": {}}}'
        )
    return files


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A directory with generated distributions."""
    root = tmp_path_factory.mktemp("generated")
    for number in range(GENERATED):
        builders.write(root, generated(number))
    return root


@pytest.fixture
def on_path(root, monkeypatch):
    """The generated distributions are on the path, before what is installed."""
    monkeypatch.syspath_prepend(str(root))


def test_each_that_is_generated(root):
    ours = list(entrepot.metadata.distributions(path=[str(root)]))
    theirs = list(importlib_metadata.distributions(path=[str(root)]))
    assert len(ours) == GENERATED
    assert [described(dist) for dist in ours] == [described(dist) for dist in theirs]


def test_all_in_one_order(on_path):
    ours = [str(dist) for dist in entrepot.metadata.distributions()]
    assert ours == [str(dist) for dist in importlib_metadata.distributions()]


def test_all_entry_points(on_path):
    ours, theirs = entrepot.metadata.entry_points(), importlib_metadata.entry_points()
    assert [(*ep._key(), str(ep.dist)) for ep in ours] == [
        (*ep._key(), str(ep.dist)) for ep in theirs
    ]
    assert (ours.groups, ours.names) == (theirs.groups, theirs.names)
    for group in theirs.groups:
        selected = importlib_metadata.entry_points(group=group)
        assert list(entrepot.metadata.entry_points(group=group)) == list(selected)
        for name in sorted(selected.names)[:3]:  # Each takes importlib_metadata seconds on WASI.
            expected = importlib_metadata.entry_points(group=group, name=name)
            assert entrepot.metadata.entry_points(group=group, name=name) == expected


def test_all_packages(on_path):
    ours = entrepot.metadata.packages_distributions()
    theirs = importlib_metadata.packages_distributions()
    editable = {dist.name for dist in entrepot.metadata.distributions() if dist.editable}
    differing = {name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name)}
    assert {dist for name in differing for dist in ours[name]} <= editable


def test_the_interpreter_says_the_same(python):
    """Beside the standard library's, in a process in which the backport has not replaced it."""
    script = """
import importlib.metadata as theirs, entrepot.metadata as ours
for dist in theirs.distributions():
    name = dist.metadata["Name"]
    mine = ours.distribution(name)
    assert mine.version == theirs.version(name), name
    assert mine.requires == theirs.requires(name), name
    assert list(mine.metadata.items()) == list(theirs.metadata(name).items()), name
    points = [[(p.name, p.value, p.group) for p in d.entry_points] for d in (mine, dist)]
    assert points[0] == points[1], name
    if not mine.editable:
        found = [d.files and [(str(f), f.size) for f in d.files] for d in (mine, dist)]
        assert found[0] == found[1], name
"""
    python("-c", script)
    assert "entrepot" in sys.modules
