"""One distribution: what it says of itself, beside importlib_metadata."""

from __future__ import annotations

import errno
import pathlib
import pickle
import zipfile

import pytest

import entrepot.metadata
from entrepot.metadata import MetadataNotFound, PackageNotFoundError
from tests.unit.metadata import backport, builders
from tests.unit.metadata.backport import importlib_metadata
from tests.unit.metadata.builders import dist_info

FOO = "foo-1.0.dist-info"


@pytest.fixture
def at(api, tmp_path):
    """A function that makes a directory with files and returns the distribution there."""

    def make(files, name=FOO):
        return api.Distribution.at(builders.write(tmp_path, files) / name)

    return make


def test_a_separator_at_the_end(api, tmp_path):
    builders.write(tmp_path, dist_info("foo", RECORD="a,,\n") | {"a": ""})
    dist = api.Distribution.at(f"{tmp_path / FOO}/")
    assert str(dist) == str(tmp_path / FOO)
    assert [str(file) for file in dist.files] == ["a"]


def test_name_and_version(at):
    dist = at(dist_info("foo"))
    assert (dist.name, dist.version, dist.metadata["Name"]) == ("foo", "1.0", "foo")


def test_pkg_info_is_metadata_too(at):
    assert at({"foo.egg-info/PKG-INFO": "Name: foo\nVersion: 2\n"}, "foo.egg-info").version == "2"


def test_an_egg_info_may_be_a_file(at):
    assert at({"foo.egg-info": "Name: foo\nVersion: 3\n"}, "foo.egg-info").version == "3"


@pytest.mark.parametrize("field", ["name", "version"])
def test_a_field_that_is_missing(at, field):
    dist = at({f"{FOO}/METADATA": "Summary: x\n"})
    with pytest.raises(KeyError, match=f"field {field.title()} not present in .*foo-1.0"):
        getattr(dist, field)


@pytest.mark.parametrize("files", [{f"{FOO}/METADATA": ""}, {f"{FOO}/INSTALLER": "pip"}, {}])
@pytest.mark.parametrize("attribute", ["metadata", "name", "version", "requires"])
def test_metadata_that_is_missing(api, at, files, attribute):
    with pytest.raises(api.MetadataNotFound, match="No package metadata was found"):
        getattr(at(files), attribute)
    assert issubclass(api.MetadataNotFound, FileNotFoundError)


def test_without_files(at):
    dist = at({})
    assert dist.files is None
    assert dist.entry_points == ()
    assert dist.origin is None
    assert dist.read_text("nothing") is None


def test_requires_dist(at):
    assert at({f"{FOO}/METADATA": "Name: foo\nRequires-Dist: a\nRequires-Dist: b\n"}).requires == [
        "a",
        "b",
    ]


def test_nothing_required(at):
    assert at(dist_info("foo")).requires is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\nb>=1\n",
        "a\n\n[x]\nb\n",
        "[:python_version<'3']\nc\n",
        "[x:python_version<'3']\nc @ http://u/x\n",
        "a @ http://u\n[x]\nb @ http://u",
        "[y:os_name=='a' or os_name=='b']\nd\n",
        "[]\nq\n",
        "[x:]\nq\n",
        "[:m:n]\na\n",
    ],
)
@backport.needed
def test_requires_txt(tmp_path, text):
    files = {"foo.egg-info/PKG-INFO": "Name: foo\n", "foo.egg-info/requires.txt": text}
    path = builders.write(tmp_path, files) / "foo.egg-info"
    theirs = importlib_metadata.Distribution.at(path).requires
    assert entrepot.metadata.Distribution.at(path).requires == theirs


def test_files(at, tmp_path):
    record = f"foo/a.py,sha256=abc,12\n{FOO}/RECORD,,\nmissing.py,,\n"
    dist = at(dist_info("foo", RECORD=record) | {"foo/a.py": "x = '\xe9'"})
    first, second = dist.files
    assert str(first) == "foo/a.py"
    assert (first.hash.mode, first.hash.value, first.size) == ("sha256", "abc", 12)
    assert (second.hash, second.size) == (None, None)
    assert first.dist is dist
    assert repr(first.hash) == "<FileHash mode: sha256 value: abc>"
    assert first.locate() == tmp_path / "foo" / "a.py"
    assert first.read_text() == "x = '\xe9'"
    assert first.read_binary() == "x = '\xe9'".encode()
    assert isinstance(first, pathlib.PurePosixPath)


def test_installed_files_and_sources(at):
    egg = {"foo.egg-info/PKG-INFO": "Name: foo\n", "a.py": "", "b.py": "", "setup.py": ""}
    sources = {"foo.egg-info/SOURCES.txt": "b.py\nsetup.py\nmissing.py\n"}
    assert [str(f) for f in at(egg | sources, "foo.egg-info").files] == ["b.py", "setup.py"]
    installed = {"foo.egg-info/installed-files.txt": "../a.py\nPKG-INFO\nmissing\n"}
    found = [str(f) for f in at(egg | sources | installed, "foo.egg-info").files]
    assert found == ["a.py", "foo.egg-info/PKG-INFO"]


def test_origin(at):
    dist = at(
        dist_info("foo", direct_url_json='{"url": "file:///x", "dir_info": {"editable": true}}')
    )
    assert dist.origin.url == "file:///x"
    assert dist.origin.dir_info.editable is True


def test_locate_file(at, tmp_path):
    assert at(dist_info("foo")).locate_file("x/y") == tmp_path / "x" / "y"


def test_in_a_zip_file(api, tmp_path):
    path = builders.archive(tmp_path / "foo.zip", dist_info("foo"))
    dist = api.PathDistribution(zipfile.Path(path, f"{FOO}/"))
    assert dist.version == "1.0"
    assert dist.read_text("nothing") is None
    assert dist.locate_file("x").at == "x"


class Like:
    """Has what the protocol SimplePath requires, and no more."""

    def __init__(self, files, path=""):
        self.files, self.path = files, path

    def joinpath(self, other):
        return Like(self.files, f"{self.path}/{other}".strip("/"))

    __truediv__ = joinpath

    @property
    def parent(self):
        return Like(self.files, self.path.rpartition("/")[0])

    def read_text(self, encoding=None):
        if self.path == "d/broken":
            raise OSError(errno.EIO, "broken")
        if self.path not in self.files:
            raise FileNotFoundError(self.path)
        return self.files[self.path]

    def exists(self):
        return self.path in self.files


def test_anything_like_a_path(api):
    files = {"d/METADATA": "Name: foo\nVersion: 1\n", "d/RECORD": "a,,\nb,,\n", "a": ""}
    dist = api.PathDistribution(Like(files, "d"))
    assert (dist.name, dist._has_metadata()) == ("foo", True)
    assert [str(file) for file in dist.files] == ["a"]
    assert dist.read_text("nothing") is None
    assert dist.locate_file("a").read_text() == ""
    with pytest.raises(OSError, match="broken"):
        dist.read_text("broken")


def test_a_path_distribution_without_path():
    class Mine(entrepot.metadata.PathDistribution):
        def __init__(self):
            pass

    with pytest.raises(AttributeError, match="'Mine' object has no attribute '_path'"):
        Mine().version  # noqa: B018


def test_a_subclass_needs_two_methods(api):
    class InMemory(api.Distribution):
        def read_text(self, filename):
            return {"METADATA": "Name: Foo.Bar\nVersion: 1\n", "RECORD": "x,,\n"}.get(filename)

        def locate_file(self, path):
            return pathlib.Path("/nowhere") / path

    dist = InMemory()
    assert (dist.name, dist.version) == ("Foo.Bar", "1")
    assert dist.files == []
    assert dist.requires is None


def test_what_is_abstract(api):
    class Half(api.Distribution):
        def read_text(self, filename):
            return None

    with pytest.raises(TypeError, match="abstract"):
        Half()


def test_a_subclass_may_only_set_its_path(tmp_path):
    builders.write(tmp_path, dist_info("foo"))

    class Mine(entrepot.metadata.PathDistribution):
        def __init__(self, path):
            self._path = path

    assert Mine(tmp_path / FOO).version == "1.0"
    assert str(Mine(tmp_path / FOO)) == str(tmp_path / FOO)


def test_not_found(api):
    with pytest.raises(api.PackageNotFoundError) as caught:
        api.distribution("no-such-distribution")
    assert str(caught.value) == "No package metadata was found for no-such-distribution"
    assert caught.value.name == "no-such-distribution"
    assert isinstance(caught.value, ModuleNotFoundError)


@pytest.mark.parametrize("name", ["", None])
def test_a_name_is_required(api, name):
    with pytest.raises(ValueError, match="A distribution name is required"):
        api.distribution(name)
    with pytest.raises(ValueError, match="A distribution name is required"):
        api.Distribution.from_name(name)


@pytest.mark.parametrize("name", ["Foo.Bar", "foo-bar", "foo_bar", "FOO--BAR"])
def test_names_are_normalised(api, site, name):
    site(dist_info("foo_bar"))
    assert api.version(name) == "1.0"
    assert api.Distribution.from_name(name).version == "1.0"


def test_the_functions(api, site):
    site(dist_info("foo", RECORD="a.py,,\n") | {"a.py": ""})
    assert api.metadata("foo")["Version"] == "1.0"
    assert [str(f) for f in api.files("foo")] == ["a.py"]
    assert api.requires("foo") is None
    assert "foo" in [dist.name for dist in api.distributions()]
    assert api.packages_distributions()["a"] == ["foo"]


def test_installer_and_requested(site):
    site(dist_info("foo", INSTALLER="pip\n", REQUESTED=""), dist_info("bar"))
    dist = entrepot.metadata.distribution("foo")
    assert (dist.installer, dist.requested) == ("pip", True)
    assert (entrepot.metadata.installer("foo"), entrepot.metadata.requested("foo")) == ("pip", True)
    assert (entrepot.metadata.installer("bar"), entrepot.metadata.requested("bar")) == (None, False)
    with pytest.raises(PackageNotFoundError):
        entrepot.metadata.installer("no-such-distribution")


def test_a_distribution_can_be_pickled(site):
    site(dist_info("foo"))
    again = pickle.loads(pickle.dumps(entrepot.metadata.distribution("foo")))
    assert again.version == "1.0"


@pytest.mark.parametrize(("content", "answer"), [(b"hello", True), (b"other", False)])
def test_a_file_is_verified(tmp_path, content, answer):
    record = "a.txt,sha256=LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ,5\n"
    builders.write(tmp_path, dist_info("foo", RECORD=record) | {"a.txt": content})
    (file,) = entrepot.metadata.Distribution.at(tmp_path / FOO).files
    assert file.verify() is answer


@pytest.mark.parametrize("digest", ["", "no-such-algorithm=x", "shake_128=x"])
def test_what_cannot_be_verified(tmp_path, digest):
    builders.write(tmp_path, dist_info("foo", RECORD=f"a.txt,{digest},\n") | {"a.txt": ""})
    (file,) = entrepot.metadata.Distribution.at(tmp_path / FOO).files
    assert file.verify() is None


def test_what_is_read_is_what_is_there(tmp_path):
    """Nothing of a distribution's files is remembered."""
    builders.write(tmp_path, dist_info("foo"))
    dist = entrepot.metadata.Distribution.at(tmp_path / FOO)
    assert dist.version == "1.0"
    builders.write(tmp_path, {f"{FOO}/METADATA": "Version: 2.0\n"})
    assert dist.version == "2.0"
    (tmp_path / FOO / "METADATA").unlink()
    with pytest.raises(MetadataNotFound):
        dist.version  # noqa: B018
