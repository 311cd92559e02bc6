"""Entry points: the objects, and those of all distributions together."""

from __future__ import annotations

import copy
import importlib.metadata
import os
import os.path
import pickle
import sys

import pytest

import entrepot.metadata
from entrepot.metadata import EntryPoint, entrypoints, index, merged
from tests.unit.metadata import builders
from tests.unit.metadata.backport import importlib_metadata
from tests.unit.metadata.builders import dist_info

SCRIPTS = "[console_scripts]\n{0} = os.path:join\n[other]\n{0} = os\n"


def point(api, value="os.path:join [a, b]"):
    return api.EntryPoint("n", value, "g")


def test_attributes(api):
    ep = point(api)
    assert (ep.module, ep.attr, ep.extras, ep.dist) == ("os.path", "join", ["a", "b"], None)
    assert ep.load() is os.path.join
    assert point(api, "os").load() is os
    assert repr(ep) == "EntryPoint(name='n', value='os.path:join [a, b]', group='g')"
    assert ep.pattern.match(ep.value)["attr"] == "join"


VALUES = [
    "a",
    "a.b:c.d",
    "a:b[x]",
    "a[x]",
    "a [x y, z]",
    "a[]",
    "a:b [] ",
    " a",
    "a:b:c",
    "a.b.",
    "..a",
    "a:b c",
    "é:ü",
    "a-b:c",
    "1:2",
    "a:b [x] junk",
    "a:b\n",
    "a [x]y]",
    "a:",
    ":b",
    "",
    "a : b",
    "a :b",
    "a: b [x]",
    "a[x",
    "a]",
    "a [x\ny]",
    "a:[x]",
    "[x]",
    "a²:b",
]


@pytest.mark.parametrize("value", VALUES)
def test_references_are_those_of_the_documented_pattern(value):
    match = EntryPoint.pattern.match(value)
    expected = match and (match["module"], match["attr"], (match["extras"] or "").rstrip())
    assert entrypoints.parse_reference(value) == expected


@pytest.mark.parametrize("attribute", ["module", "attr", "extras", "load"])
def test_what_is_no_reference_says_so_when_it_is_used(api, attribute):
    ep = point(api, "no reference")
    with pytest.raises(ValueError, match="Invalid object reference"):
        getattr(ep, attribute)()
    assert ep.matches(name="n")


def test_they_are_immutable(api):
    ep = point(api)
    with pytest.raises(AttributeError, match="immutable"):
        ep.name = "other"
    with pytest.raises(AttributeError, match="immutable"):
        ep.other = "other"


def test_nothing_is_deleted_from_them():
    with pytest.raises(AttributeError, match="immutable"):
        del point(entrepot.metadata).name


def test_they_compare_by_what_they_say(api):
    assert point(api) == point(api)
    assert hash(point(api)) == hash(point(api))
    assert point(api) != point(api, "other")
    assert sorted([api.EntryPoint("b", "", ""), api.EntryPoint("a", "", "")])[0].name == "a"
    with pytest.raises(AttributeError):
        point(api) < 1  # noqa: B015


def test_they_compare_with_anything():
    ours = point(entrepot.metadata)
    assert ours != ("n", "os.path:join [a, b]", "g")
    for package in filter(None, (importlib_metadata, importlib.metadata)):
        if package is importlib.metadata and sys.version_info < (3, 11):
            continue  # a tuple there
        assert ours == point(package)
        assert point(package) == ours


@pytest.mark.parametrize(
    ("params", "answer"),
    [
        ({}, True),
        ({"name": "n", "group": "g"}, True),
        ({"name": "x"}, False),
        ({"module": "os.path", "attr": "join", "extras": ["a", "b"]}, True),
        ({"extras": "a"}, False),
    ],
)
def test_matches(api, params, answer):
    assert point(api).matches(**params) is answer


def test_matches_knows_what_it_is_asked(api):
    with pytest.raises(ValueError, match="not suitable for matching"):
        point(api).matches(dist=None)
    with pytest.raises(AttributeError):
        point(api).matches(color="blue")


def test_select(api):
    points = api.EntryPoints(
        [point(api), api.EntryPoint("m", "v", "g"), api.EntryPoint("n", "v", "h")]
    )
    assert points["n"] == point(api)
    assert points.names == {"n", "m"}
    assert points.groups == {"g", "h"}
    assert [ep.name for ep in points.select(group="g")] == ["n", "m"]
    assert type(points.select(name="n")) is api.EntryPoints
    assert repr(api.EntryPoints()) == "EntryPoints(())"
    with pytest.raises(KeyError, match="x"):
        points["x"]
    with pytest.raises(ValueError, match="not suitable"):
        points.select(dist=1)


def test_copies_and_pickles(site):
    site(dist_info("foo", entry_points_txt=SCRIPTS.format("foo")))
    (ep,) = entrepot.metadata.entry_points(group="other", name="foo")
    for again in (copy.copy(ep), copy.deepcopy(ep), pickle.loads(pickle.dumps(ep))):
        assert again == ep
        assert again.dist.version == "1.0"
        assert again.load() is os


def test_entry_points_of_all(api, site):
    site(
        dist_info("foo", entry_points_txt=SCRIPTS.format("foo")),
        dist_info("bar", entry_points_txt=SCRIPTS.format("bar")),
    )
    found = api.entry_points(group="other")
    assert {"foo", "bar"} <= found.names
    assert found["foo"].dist.name == "foo"
    assert found["foo"].load() is os
    assert api.entry_points(group="no such group") == ()
    assert api.entry_points(group="other", name="bar")["bar"].value == "os"
    with pytest.raises(ValueError, match="not suitable"):
        api.entry_points(dist=None)
    with pytest.raises(AttributeError):
        api.entry_points(color="blue")


def test_of_one_name_the_first_on_the_path_counts(api, site):
    site(dist_info("foo", entry_points_txt="[g]\nlater = os\n"))
    site(dist_info("Foo", "2.0", entry_points_txt="[g]\nsooner = os\n"))
    assert api.entry_points(group="g").names == {"sooner"}


def test_a_leftover_without_metadata_does_not_hide_the_real_one(site):
    """PAINS 24 (gh-91216): entry points, too, are those of the readable distribution."""
    site(dist_info("foo", entry_points_txt="[g]\nreal = os\n"))
    site({"foo-0.9.dist-info/entry_points.txt": "[g]\nleftover = os\n"})
    assert entrepot.metadata.entry_points(group="g").names == {"real"}


def test_a_second_look_reads_no_file(seen, settled, monkeypatch):
    """PAINS 2: what has not changed is not read again."""
    metadata = seen(dist_info("foo", entry_points_txt="[g]\nfoo = os\n"))
    first = metadata.entry_points(group="g")
    monkeypatch.setattr(merged, "_read", lambda place: pytest.fail("read again"))
    assert metadata.entry_points(group="g") is first
    assert metadata.entry_points() is metadata.entry_points()


def test_a_change_of_the_directory_shows(seen, tmp_path):
    metadata = seen(dist_info("foo", entry_points_txt="[g]\nfoo = os\n"))
    assert metadata.entry_points().names == {"foo"}
    builders.write(tmp_path / "seen", dist_info("bar", entry_points_txt="[g]\nbar = os\n"))
    assert metadata.entry_points().names == {"foo", "bar"}


def test_the_egg_info_of_a_source_tree_is_looked_at_each_time(seen, tmp_path, settled):
    egg = {"foo.egg-info/PKG-INFO": "Name: foo\nVersion: 1\n"}
    metadata = seen(egg, {"foo.egg-info/entry_points.txt": "[g]\nold = os\n"})
    assert metadata.entry_points().names == {"old"}
    builders.write(tmp_path / "seen", {"foo.egg-info/entry_points.txt": "[g]\nnewer = os\n"})
    assert metadata.entry_points().names == {"newer"}


def test_invalidate_caches_forgets(seen, tmp_path, settled):
    metadata = seen(dist_info("foo", entry_points_txt="[g]\nold = os\n"))
    assert metadata.entry_points().names == {"old"}
    builders.write(tmp_path / "seen", {"foo-1.0.dist-info/entry_points.txt": "[g]\nnew = os\n"})
    metadata.invalidate_caches()
    assert metadata.entry_points().names == {"new"}


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes mean something else here")
class TestIndex:
    """Entry points kept between processes (PAINS 2, takluyver/entrypoints#16)."""

    @pytest.fixture
    def directory(self, tmp_path):
        return tmp_path / "cache" / "entrepot"

    @pytest.fixture
    def fresh(self, seen, tmp_path, directory, settled):
        """A function that looks as a new process would, and says whether it read the files."""
        seen(
            dist_info("foo", entry_points_txt="[g]\nfoo = os\n"),
            {"bar.egg-info/PKG-INFO": "Name: bar\nVersion: 1\n"},
        )

        def look():
            metadata = entrepot.metadata.Metadata(builders.System(tmp_path / "seen"))
            metadata.use_index(os.fspath(directory))
            reads = []
            original, merged._read = merged._read, lambda place: reads.append(1) or original(place)
            try:
                return metadata.entry_points(group="g").names, bool(reads)
            finally:
                merged._read = original

        return look

    def test_it_is_read_instead_of_the_files(self, fresh, directory):
        assert fresh() == ({"foo"}, True)
        assert fresh() == ({"foo"}, False)
        assert directory.stat().st_mode & 0o777 == 0o700
        assert [path.stat().st_mode & 0o777 for path in directory.iterdir()] == [0o600]

    def test_nothing_is_written_without_being_asked(self, seen, directory, settled):
        seen(dist_info("foo", entry_points_txt="[g]\nfoo = os\n")).entry_points()
        assert not directory.exists()

    @pytest.mark.parametrize("damage", [b"", b"x", bytes(100), None])
    def test_a_damaged_file_is_made_anew(self, fresh, directory, damage):
        fresh()
        (file,) = directory.iterdir()
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] if damage is None else damage)
        assert fresh() == ({"foo"}, True)
        assert fresh() == ({"foo"}, False)
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 1
        file.write_bytes(flipped)
        assert fresh() == ({"foo"}, True)

    def test_a_change_of_the_directory_shows(self, fresh, tmp_path):
        fresh()
        builders.write(tmp_path / "seen", dist_info("new", entry_points_txt="[g]\nnew = os\n"))
        assert fresh() == ({"foo", "new"}, True)

    def test_a_change_within_a_file_shows(self, fresh, tmp_path):
        fresh()
        builders.write(tmp_path / "seen", {"foo-1.0.dist-info/entry_points.txt": "[g]\nother = os"})
        assert fresh() == ({"other"}, True)
        builders.write(tmp_path / "seen", {"bar.egg-info/entry_points.txt": "[g]\nbar = os"})
        assert fresh() == ({"other", "bar"}, True)

    def test_a_directory_that_others_may_enter_is_not_used(self, fresh, directory):
        directory.mkdir(parents=True)
        directory.chmod(0o755)
        assert fresh() == ({"foo"}, True)
        assert not list(directory.iterdir())
        assert directory.stat().st_mode & 0o777 == 0o755

    def test_a_link_is_not_used(self, fresh, directory, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir(mode=0o700)
        directory.parent.mkdir()
        directory.symlink_to(elsewhere)
        assert fresh() == ({"foo"}, True)
        assert not list(elsewhere.iterdir())

    def test_a_directory_of_another_user_is_not_used(self):
        mine = os.lstat(os.path.dirname(__file__))
        private = os.stat_result((0o040700, *mine[1:]))
        assert index.is_private(private) == (mine.st_uid == os.geteuid())
        assert not index.is_private(
            os.stat_result((0o040700, *mine[1:4], os.geteuid() + 1, *mine[5:]))
        )
        assert not index.is_private(os.stat_result((0o100600, *mine[1:])))

    def test_where_it_cannot_be_made_nothing_happens(self, fresh, directory):
        directory.parent.write_text("a file is in the way")
        assert fresh() == ({"foo"}, True)

    @pytest.mark.parametrize("module", ["listing", "merged"])
    def test_what_is_not_at_rest_is_not_kept(self, fresh, directory, monkeypatch, module):
        """PAINS 10 (gh-75241): a change in the same tick of the clock would not show."""
        monkeypatch.setattr(f"entrepot.metadata.{module}.is_at_rest", lambda status: False)
        fresh()
        assert not list(directory.iterdir())

    @pytest.mark.parametrize(
        ("platform", "variables", "expected"),
        [
            ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/entrepot"),
            ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/entrepot"),
            ("linux", {}, "/home/me/.cache/entrepot"),
            ("darwin", {}, "/home/me/Library/Caches/entrepot"),
        ],
    )
    def test_the_cache_directory_of_the_user(self, monkeypatch, platform, variables, expected):
        monkeypatch.setattr("sys.platform", platform)
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setenv("HOME", "/home/me")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert index.user_directory() == expected
