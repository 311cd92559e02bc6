"""What bad metadata gets: a documented value or exception, and the others are still found.

Each row of the table in docs/metadata.md ("What bad input gets") has a test here.
"""

from __future__ import annotations

import errno
import os
import zipfile

import pytest

from entrepot.metadata import Metadata, MetadataNotFound, PackageNotFoundError
from entrepot.metadata.places import OnDisk
from tests.unit.metadata import builders
from tests.unit.metadata.builders import dist_info

GOOD = dist_info("good", entry_points_txt="[g]\ngood = os\n", RECORD="good.py,,\n") | {
    "good.py": ""
}


@pytest.fixture
def beside(tmp_path):
    """A function that puts bad files beside a good distribution.

    All that is asked of all distributions must still show the good one. It returns the metadata.
    """

    def make(files=(), prepare=None, *entries):
        root = builders.write(tmp_path / "site", GOOD | dict(files))
        if prepare is not None:
            prepare(root)
        metadata = Metadata(builders.System(*entries, root))
        assert "good" in [dist._normalized_name for dist in metadata.distributions()]
        assert metadata.entry_points(group="g").names >= {"good"}
        assert metadata.packages_distributions()["good"] == ["good"]
        assert metadata.version("good") == "1.0"
        return metadata

    return make


def bad(**files):
    """The files of a bad distribution."""
    return {f"bad-1.0.dist-info/{key.replace('_txt', '.txt')}": text for key, text in files.items()}


def test_metadata_that_is_not_utf8_is_latin1(beside):
    metadata = beside(bad(METADATA=b"Name: bad\nVersion: 1\nAuthor: J\xf6rg\n"))
    assert metadata.version("bad") == "1"
    assert metadata.metadata("bad")["Author"] == "J\xf6rg"


@pytest.mark.parametrize(
    "text", ["Version: 1\n", "", "\n\n", "no header", "\0", "Name:\nVersion:\n"]
)
def test_metadata_without_name(beside, text):
    dist = beside(bad(METADATA=text)).distribution("bad")
    if text in ("", "\n\n", "no header", "\0"):
        with pytest.raises((MetadataNotFound, KeyError)):
            dist.version  # noqa: B018
    if "Name" not in text:
        with pytest.raises((MetadataNotFound, KeyError)):
            dist.name  # noqa: B018


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ('"never closed,,\nx.py,,\n', ["x.py"]),
        (b"\xff.py,,\nx.py,,\n", ["x.py"]),
        ("x.py,,not a number\n", ["x.py"]),
        ("x.py,,1,2,3\n", ["x.py"]),
        (",,\n\n,\nx.py\n", ["x.py"]),
        ("no\0such,,\nx.py,,\n", ["x.py"]),
        ("a" * 5000 + ",,\nx.py,,\n", ["x.py"]),
        ("x.py/below,,\nx.py,,\n", ["x.py"]),
    ],
)
def test_a_record_with_bad_rows(beside, record, expected):
    metadata = beside(bad(METADATA="Name: bad\nVersion: 1\n", RECORD=record) | {"x.py": ""})
    files = metadata.files("bad")
    assert [str(file) for file in files] == expected
    assert files[0].size in (None, 1)
    assert metadata.packages_distributions()["x"] == ["bad"]


def test_absolute_paths_and_paths_that_lead_up_are_given_as_recorded(beside, tmp_path):
    (tmp_path / "script").write_text("")
    record = f"{tmp_path}/script,,\n../script,,\n../../../no/such,,\n"
    metadata = beside(bad(METADATA="Name: bad\nVersion: 1\n", RECORD=record))
    assert [str(file) for file in metadata.files("bad")] == [f"{tmp_path}/script", "../script"]
    assert not {"..", "/", "script"} & set(metadata.packages_distributions())


def test_hashes_that_do_not_match_are_told_on_request(beside):
    record = "x.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"
    metadata = beside(bad(METADATA="Name: bad\nVersion: 1\n", RECORD=record) | {"x.py": "changed"})
    (file,) = metadata.files("bad")
    assert file.verify() is False
    file.locate().write_bytes(b"")
    assert file.verify() is True
    file.locate().unlink()
    with pytest.raises(FileNotFoundError):
        file.verify()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[g]\nbad = os\n[g]\nagain = os\n", {"bad", "again"}),
        ("[g\nbad = os\n", set()),
        ("bad = os\n[g]\nnothing\nalso = os\n", {"also"}),
        ("[g]\n; x = os\n", {"; x"}),
        (b"[g]\n\xff = os\n", {"\xff"}),
        ("\0[g]\nbad = os", set()),
    ],
)
def test_bad_entry_points(beside, text, names):
    metadata = beside(bad(METADATA="Name: bad\nVersion: 1\n", entry_points_txt=text))
    assert metadata.entry_points(group="g").names == names | {"good"}


def test_a_value_that_is_no_reference_is_told_when_it_is_used(beside):
    metadata = beside(
        bad(METADATA="Name: bad\nVersion: 1\n", entry_points_txt="[g]\nbad = a b c\n")
    )
    (ep,) = metadata.entry_points(group="g", name="bad")
    with pytest.raises(ValueError, match="Invalid object reference"):
        ep.load()


def test_a_dist_info_that_is_a_file(beside):
    metadata = beside({"bad-1.0.dist-info": "I am a file"})
    with pytest.raises((MetadataNotFound, KeyError)):
        metadata.version("bad")
    assert metadata.files("bad") is None


def test_a_dist_info_that_is_a_loop(beside):
    metadata = beside(
        prepare=lambda root: (root / "bad-1.0.dist-info").symlink_to("bad-1.0.dist-info")
    )
    with pytest.raises(MetadataNotFound):
        metadata.version("bad")


def test_metadata_that_is_a_loop(beside):
    def prepare(root):
        (root / "bad-1.0.dist-info" / "METADATA").symlink_to("METADATA")

    metadata = beside(bad(INSTALLER="x"), prepare)
    with pytest.raises(MetadataNotFound):
        metadata.version("bad")


def test_metadata_that_is_a_directory(beside):
    metadata = beside(bad(METADATA="Name: bad\n"), lambda root: None)
    metadata = beside({"worse-1.0.dist-info/METADATA/x": "", "worse-1.0.dist-info/RECORD/x": ""})
    with pytest.raises(MetadataNotFound):
        metadata.version("worse")


def test_a_path_entry_that_is_a_loop(beside, tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    beside((), None, loop)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes mean something else here")
@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_a_directory_that_cannot_be_listed(beside, tmp_path):
    closed = builders.write(tmp_path / "closed", dist_info("x"))
    closed.chmod(0)
    try:
        beside((), None, closed)
    finally:
        closed.chmod(0o700)


class Failing:
    """A place of which the file system says that it is broken."""

    def __init__(self, code):
        self.code = code

    def read(self, path):
        raise OSError(self.code, os.strerror(self.code), path)

    stat = read

    class paths:
        join = staticmethod(os.path.join)
        split = staticmethod(os.path.split)


@pytest.mark.parametrize(
    "code", [errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG]
)
def test_what_is_absent(code):
    place = OnDisk("/x", Failing(code))
    assert place.read("METADATA") is None
    assert not place.has("METADATA")
    assert not place.exists("x")


@pytest.mark.parametrize("code", [errno.EIO, errno.EMFILE])
def test_what_is_broken_is_not_taken_for_absent(code):
    with pytest.raises(OSError, match=os.strerror(code)):
        OnDisk("/x", Failing(code)).read("METADATA")


def test_one_that_is_broken_does_not_hide_the_others(tmp_path, monkeypatch):
    root = builders.write(tmp_path, GOOD | dist_info("bad", entry_points_txt="[g]\nbad = os\n"))
    read = OnDisk.read

    def broken(self, name):
        if "bad-1.0" in self.path:
            raise OSError(errno.EIO, "broken")
        return read(self, name)

    monkeypatch.setattr(OnDisk, "read", broken)
    metadata = Metadata(builders.System(root))
    assert metadata.entry_points(group="g").names == {"good"}
    assert metadata.packages_distributions() == {"good": ["good"]}


class TestArchives:
    """Archives that are cut short or altered."""

    @pytest.fixture
    def whole(self, tmp_path):
        files = dist_info("bad", entry_points_txt="[g]\nbad = os\n")
        path = tmp_path / "bad.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in files.items():
                target.writestr(name, content * 20)
        return path

    def look(self, beside, path):
        metadata = beside((), None, path)
        for dist in metadata.distributions():
            assert dist.read_text("nothing") is None
        try:
            metadata.version("bad")
        except (PackageNotFoundError, MetadataNotFound, KeyError):
            pass

    def test_cut_short_anywhere(self, beside, whole):
        data = whole.read_bytes()
        for size in range(0, len(data), 7):
            whole.write_bytes(data[:size])
            self.look(beside, whole)

    def test_altered_anywhere(self, beside, whole):
        data = whole.read_bytes()
        for at in range(0, len(data), 5):
            altered = bytearray(data)
            altered[at] ^= 0xFF
            whole.write_bytes(altered)
            self.look(beside, whole)

    def test_taken_away_between_two_looks(self, whole):
        metadata = Metadata(builders.System(whole))
        assert metadata.version("bad") == "1.0"
        whole.unlink()
        with pytest.raises(PackageNotFoundError):
            metadata.version("bad")

    def test_a_file_that_is_no_archive(self, beside, tmp_path):
        (tmp_path / "x.zip").write_text("I am no archive")
        beside((), None, tmp_path / "x.zip")


@pytest.mark.parametrize("text", ["{", "", "\0", "[" * 100_000])
def test_a_direct_url_that_is_not_json(beside, text):
    metadata = beside(dist_info("bad", direct_url_json=text))
    dist = metadata.distribution("bad")
    assert not dist.editable
    with pytest.raises(ValueError):  # noqa: PT011
        dist.origin  # noqa: B018
