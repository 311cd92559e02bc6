"""Metadata of an import system: whose path, whose finders, whose imports."""

from __future__ import annotations

import importlib.machinery
import importlib.metadata
import pathlib
import sys
import types

import pytest

import entrepot
import entrepot.metadata
from entrepot.metadata import Distribution, DistributionFinder, Metadata, PackageNotFoundError
from tests.unit.metadata import backport, builders
from tests.unit.metadata.backport import importlib_metadata
from tests.unit.metadata.builders import dist_info

PACKAGES = [
    pytest.param(importlib.metadata, id="stdlib"),
    pytest.param(importlib_metadata, id="backport", marks=backport.needed),
]


class InMemory:
    """Makes finders of one distribution, of whichever of the metadata packages."""

    def __init__(self, api, text="Name: mem\nVersion: 9\n"):
        class Dist(api.Distribution):
            def read_text(self, filename):
                points = "[g]\nmem = os.path:join\n"
                return {"METADATA": text, "entry_points.txt": points}.get(filename)

            def locate_file(self, path):
                return pathlib.Path("/nowhere") / path

        class Finder(api.DistributionFinder):
            asked = []

            def find_distributions(self, context=None):
                self.asked.append(context)
                if context.name in (None, "mem"):
                    yield Dist()

        self.finder = Finder()


@pytest.fixture(params=[*PACKAGES, pytest.param(entrepot.metadata, id="entrepot")])
def memory(request):
    """A finder written against one of the packages."""
    return InMemory(request.param).finder


def test_a_system_sees_its_own_path_only(tmp_path):
    one = entrepot.ImportSystem([str(builders.write(tmp_path / "1", dist_info("one")))])
    two = entrepot.ImportSystem([str(builders.write(tmp_path / "2", dist_info("two")))])
    assert [dist.name for dist in one.metadata.distributions()] == ["one"]
    assert two.metadata.version("two") == "1.0"
    with pytest.raises(PackageNotFoundError):
        one.metadata.version("two")
    with pytest.raises(PackageNotFoundError):
        entrepot.metadata.version("one")
    assert one.metadata is one.metadata


def test_a_context_of_the_stdlib_means_the_systems_path(tmp_path):
    system = entrepot.ImportSystem([str(builders.write(tmp_path, dist_info("one")))])
    for context in (DistributionFinder.Context(), importlib.metadata.DistributionFinder.Context()):
        assert [d.name for d in system.metadata.discover(context=context)] == ["one"]


def test_entry_points_load_in_the_system_they_belong_to(tmp_path):
    files = dist_info("one", entry_points_txt="[g]\nx = plugin_of_one:x\n")
    builders.write(tmp_path, files | {"plugin_of_one.py": "x = [__name__]"})
    system = entrepot.ImportSystem([str(tmp_path)])
    (ep,) = system.metadata.entry_points(group="g")
    assert ep.load() == ["plugin_of_one"]
    assert system.modules["plugin_of_one"].x is ep.load()
    assert "plugin_of_one" not in sys.modules
    assert system.metadata.distribution("one").entry_points["x"].load() is ep.load()


def test_invalidating_the_system_forgets(tmp_path, settled):
    builders.write(tmp_path, dist_info("foo", entry_points_txt="[g]\nold = os\n"))
    system = entrepot.ImportSystem([str(tmp_path)])
    assert system.metadata.entry_points().names == {"old"}
    builders.write(tmp_path, {"foo-1.0.dist-info/entry_points.txt": "[g]\nnew = os\n"})
    system.invalidate_caches()
    assert system.metadata.entry_points().names == {"new"}


def test_invalidating_the_process_forgets(site, settled):
    root = site(dist_info("foo", entry_points_txt="[g]\nold = os\n"))
    assert entrepot.metadata.entry_points(group="g").names == {"old"}
    builders.write(root, {"foo-1.0.dist-info/entry_points.txt": "[g]\nnew = os\n"})
    entrepot.invalidate_caches()
    assert entrepot.metadata.entry_points(group="g").names == {"new"}


def test_finders_of_others_are_asked(seen, memory):
    metadata = seen(dist_info("foo"), meta_path=[memory, importlib.machinery.PathFinder])
    assert [dist.name for dist in metadata.distributions()] == ["mem", "foo"]
    assert metadata.version("mem") == "9"
    assert metadata.metadata("mem")["Version"] == "9"
    assert metadata.entry_points(group="g")["mem"].value == "os.path:join"


def test_what_others_find_loads_in_the_system_too(memory):
    system = builders.System(meta_path=[memory])
    (ep,) = Metadata(system).entry_points(group="g")
    assert isinstance(ep, entrepot.metadata.EntryPoint)
    ep.load()
    assert system.imported == ["os.path"]


def test_what_finders_are_asked(memory):
    metadata = Metadata(builders.System("/somewhere", meta_path=[memory]))
    list(metadata.distributions(name="x", color="blue"))
    context = memory.asked.pop()
    assert (context.name, context.color, context.path) == ("x", "blue", ["/somewhere"])
    given = DistributionFinder.Context(path=["/there"])
    list(metadata.discover(context=given))
    assert memory.asked.pop() is given


@backport.needed
def test_the_path_is_looked_at_once_whoever_finds_on_it(seen):
    theirs = importlib_metadata.MetadataPathFinder()
    metadata = seen(dist_info("foo"), meta_path=[importlib.machinery.PathFinder, theirs])
    assert [dist.name for dist in metadata.distributions()] == ["foo"]


def test_a_system_without_path_finder_has_no_path(seen):
    assert list(seen(dist_info("foo"), meta_path=[object()]).distributions()) == []


def test_either_context_or_keywords(api):
    with pytest.raises(ValueError, match="cannot accept context and kwargs"):
        api.Distribution.discover(context=api.DistributionFinder.Context(), name="x")


def test_context(api):
    context = api.DistributionFinder.Context(name="x", color="blue")
    assert (context.name, context.color) == ("x", "blue")
    assert context.path is sys.path
    assert api.DistributionFinder.Context().name is None
    assert api.DistributionFinder.Context(path=["a"]).path == ["a"]


def test_on_a_path_that_is_given(api, tmp_path):
    path = [str(builders.write(tmp_path, dist_info("foo")))]
    assert [dist.name for dist in api.distributions(path=path)] == ["foo"]
    assert [dist.name for dist in api.distributions(path=path, name="Foo")] == ["foo"]
    assert [dist.name for dist in api.distributions(path=path, name="bar")] == []
    context = api.DistributionFinder.Context(path=path)
    assert [d.name for d in api.MetadataPathFinder.find_distributions(context)] == ["foo"]
    api.MetadataPathFinder.invalidate_caches()


def test_the_path_finder_finds_no_modules(api):
    assert api.MetadataPathFinder.find_spec("os") is None


def test_a_finder_that_implements_nothing(api):
    class Finder(api.DistributionFinder):
        pass

    with pytest.raises(TypeError, match="abstract"):
        Finder()


def test_an_odd_module_in_the_place_of_the_stdlib(monkeypatch):
    """Tests of others put what they like into `sys.modules`."""
    monkeypatch.setitem(sys.modules, "importlib.metadata", types.SimpleNamespace(Distribution=3))
    with pytest.raises(PackageNotFoundError):
        entrepot.metadata.version("no-such-distribution")


@pytest.mark.parametrize("leftover", ["foo-0.9.dist-info/x", "Foo-2.0.dist-info/METADATA"])
def test_a_leftover_never_shadows_a_readable_one(site, leftover):
    """PAINS 24 (gh-91216, gh-100666, im#291, im#457): in one directory, or in two.

    importlib_metadata 10.2 does so for the first of the two, not for empty metadata.
    """
    site({leftover: ""}, dist_info("foo"))
    assert entrepot.metadata.version("foo") == "1.0"
    site({leftover: ""})
    assert entrepot.metadata.version("foo") == "1.0"


def test_a_leftover_alone_is_found(api, site):
    site({"foo-0.9.dist-info/x": ""})
    with pytest.raises(api.MetadataNotFound):
        api.version("foo")


class TestKinship:
    """PAINS 26: there is one hierarchy, whoever asks."""

    @pytest.mark.parametrize("relative", PACKAGES)
    def test_distributions(self, relative, site):
        site(dist_info("foo"))
        dist = entrepot.metadata.distribution("foo")
        assert isinstance(dist, relative.Distribution)
        assert isinstance(dist, relative.PathDistribution)

    @pytest.mark.parametrize("relative", PACKAGES)
    def test_what_is_raised_can_be_caught(self, relative):
        with pytest.raises(relative.PackageNotFoundError):
            entrepot.metadata.version("no-such-distribution")
        missing = getattr(relative, "MetadataNotFound", FileNotFoundError)
        with pytest.raises(missing):
            Distribution.at("/nowhere").metadata  # noqa: B018

    def test_finders_and_files(self, site):
        site(dist_info("foo", RECORD="foo-1.0.dist-info/RECORD,sha256=x,\n"))
        (file,) = entrepot.metadata.files("foo")
        assert isinstance(file, importlib.metadata.PackagePath)
        assert isinstance(file.hash, importlib.metadata.FileHash)
        finder = entrepot.metadata.MetadataPathFinder()
        assert isinstance(finder, importlib.metadata.MetadataPathFinder)
        assert isinstance(finder, importlib.metadata.DistributionFinder)

    def test_entry_points(self, site):
        """On 3.10 they are tuples, before 3.12 a list: other memory layouts (see kinship.py)."""
        site(dist_info("foo", entry_points_txt="[g]\nn = os\n"))
        found = entrepot.metadata.entry_points(group="g")
        if importlib_metadata is not None:
            assert isinstance(found, importlib_metadata.EntryPoints)
            assert isinstance(found["n"], importlib_metadata.EntryPoint)
        if sys.version_info >= (3, 11):
            assert isinstance(found["n"], importlib.metadata.EntryPoint)
        if sys.version_info >= (3, 12):
            assert isinstance(found, importlib.metadata.EntryPoints)

    @backport.needed
    def test_nothing_public_is_inherited(self):
        entrepot.metadata.version("pytest")
        for name in entrepot.metadata._HOMES:
            ours = getattr(entrepot.metadata, name)
            theirs = getattr(importlib_metadata, name, None)
            if not isinstance(ours, type) or theirs not in ours.__mro__:
                continue
            for member in vars(theirs):
                if not member.startswith("_"):
                    home = next(cls for cls in ours.__mro__ if member in vars(cls))
                    assert home.__module__.startswith("entrepot."), (name, member)

    @pytest.mark.parametrize("protocol", ["IDistribution", "IPackagePath", "PackageMetadata"])
    def test_protocols_of_the_backport(self, site, protocol):
        site(dist_info("foo", RECORD="foo-1.0.dist-info/RECORD,,\n"))
        dist = entrepot.metadata.distribution("foo")
        example = {
            "IDistribution": dist,
            "IPackagePath": dist.files[0],
            "PackageMetadata": dist.metadata,
        }
        assert isinstance(example[protocol], getattr(entrepot.metadata, protocol))

    @backport.needed
    def test_their_distributions_fit_our_protocols(self):
        dist = importlib_metadata.distribution("pytest")
        assert isinstance(dist, entrepot.metadata.IDistribution)
        assert isinstance(dist.metadata, entrepot.metadata.PackageMetadata)
        assert isinstance(dist.files[0], entrepot.metadata.IPackagePath)
        assert isinstance(dist.files[0].locate(), entrepot.metadata.SimplePath)


@backport.needed
def test_all_names_of_the_backport_are_here():
    missing = {name for name in importlib_metadata.__all__ if not hasattr(entrepot.metadata, name)}
    assert missing == set()
    assert set(entrepot.metadata.__all__) <= set(dir(entrepot.metadata))
    for name in entrepot.metadata.__all__:
        assert getattr(entrepot.metadata, name) is not None


def test_there_is_no_other_name():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        entrepot.metadata.nothing  # noqa: B018


def test_diagnose(site, capsys):
    from entrepot.metadata import diagnose

    root = site(dist_info("foo"), {"bar-1.dist-info/METADATA": ""})
    diagnose.run()
    said = capsys.readouterr().out
    assert (
        f"Inspecting {root}\nFound 2 packages: {root}/bar-1.dist-info (unreadable), foo\n" in said
    )


def test_parsed(site):
    from packaging.requirements import Requirement
    from packaging.version import Version

    from entrepot.metadata import parsed

    requires = 'Requires-Dist: a>1\nRequires-Dist: b; extra == "x"\n'
    site({"foo-1.0.dist-info/METADATA": f"Name: foo\nVersion: 1.0rc1\n{requires}"})
    dist = entrepot.metadata.distribution("foo")
    assert parsed.version(dist) == Version("1.0rc1")
    assert parsed.requirements(dist) == [Requirement("a>1"), Requirement('b; extra == "x"')]
    assert parsed.requirements(dist, extras=[]) == [Requirement("a>1")]
    assert len(parsed.requirements(dist, extras=["x"])) == 2
