"""`entrepot.explain`: names, what it returns, other systems, and agreement with real imports."""

from __future__ import annotations

import errno
import importlib.machinery
import importlib.util
import json
import os
import sys
import textwrap
import zipfile

import pytest

import entrepot
from entrepot.observe.why import layout
from tests.capabilities import needs
from tests.unit.observe.why.worlds import STDLIB

# --- Names


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "not empty"),
        ("   ", "not empty"),
        (".tool", "is relative"),
        ("..", "is relative"),
        ("a..b", "an empty part"),
        ("a.", "an empty part"),
        ("a. .b", "an empty part"),
        ("pkg/mod", "a path: give the name of the module, with dots, as in pkg.mod"),
        ("pkg\\mod.py", "as in pkg.mod"),
        ("./tool.py", "as in tool"),
        ("a\0b", "no file's name can have"),
        ("a\nb", "no file's name can have"),
        ("\udc80", "no file's name can have"),
    ],
)
def test_what_cannot_be_a_name_is_refused(name, error, world):
    with pytest.raises(ValueError, match=error):
        world.explain(name)


@pytest.mark.parametrize("name", [None, 3, b"json"])
def test_a_name_is_a_str(name):
    with pytest.raises(TypeError, match="a module's name is a str, not"):
        entrepot.explain(name)


def test_a_relative_name_with_its_package(world):
    world.entry("cwd")
    world.files("cwd/pkg/__init__.py", "cwd/pkg/mod.py")
    explanation = world.explain(".mod", "pkg")
    assert explanation.found
    assert explanation.name == "pkg.mod"
    with pytest.raises(ImportError, match="beyond top-level"):
        world.explain("...mod", "pkg")


@pytest.mark.parametrize("name", ["my mod", "naïve", "模块", "a-b", "x" * 300, "😀", "None"])
def test_odd_names_get_an_answer(name, world):
    world.entry("cwd")
    assert not world.explain(name).found
    if len(name) < 200:
        world.file(f"cwd/{name}.py")
        assert world.explain(name).found


# --- Kinds


def test_what_is_found(world):
    world.entry("site")
    world.dist("Some-Lib", "somelib/__init__.py", "somelib/core.py", version="1.2")
    pyc = world.compile("site/somelib/core.py")
    explanation = world.explain("somelib.core")
    module = explanation.module
    assert (explanation.found, explanation.ok, explanation.findings) == (True, True, [])
    assert (module.kind, module.file) == ("module", str(world.root / "site/somelib/core.py"))
    assert (module.bytecode.state, module.bytecode.path) == ("fresh", str(pyc))
    assert [(each.name, each.version, each.editable) for each in module.owners] == [
        ("Some-Lib", "1.2", False)
    ]
    assert [stage.name for stage in explanation.stages] == ["somelib", "somelib.core"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sys", "built-in module"),
        ("zipimport", "frozen module"),
        pytest.param("json", "package", marks=needs("library on disk")),
    ],
)
def test_kinds_of_the_stdlib(name, kind, world):
    world.path.append(STDLIB)
    module = world.explain(name).module
    if name == "zipimport" and sys.implementation.name != "cpython":
        kind = "built-in module"  # PyPy freezes nothing.
    assert (module.kind, module.stdlib) == (kind, True)


@needs("extension modules")
def test_kinds_by_file(world):
    from entrepot.machinery import EXTENSION_SUFFIXES

    world.entry("cwd")
    world.files(f"cwd/ext{EXTENSION_SUFFIXES[0]}", "cwd/code.pyc", "cwd/space/mod.py")
    world.path.append(str(world.archive("lib.zip", "zipped.py", "boxed/__init__.py")))
    kinds = {name: world.explain(name).module.kind for name in ("ext", "code", "space")}
    assert kinds == {
        "ext": "extension module",
        "code": "bytecode file",
        "space": "namespace package",
    }
    assert world.explain("zipped").module.kind == "module in an archive"
    assert world.explain("boxed").module.locations == [str(world.root / "lib.zip" / "boxed")]


def test_the_editable_distribution_of_a_source_tree(world):
    world.entry("site")
    world.entry("src")
    world.file("src/mylib/__init__.py")
    world.file("site/_mylib.pth", f"{world.root / 'src'}\n")
    world.dist("mylib", "_mylib.pth", editable=True)
    assert [str(each) for each in world.explain("mylib").module.owners] == ["mylib 1.0 (editable)"]


def test_unchecked_and_missing_bytecode(world):
    world.entry("cwd")
    world.files("cwd/one.py", "cwd/two.py")
    world.compile("cwd/one.py", "UNCHECKED_HASH")
    states = [world.explain(name).module.bytecode for name in ("one", "two")]
    assert [(each.state, each.differs, each.kept) for each in states] == [
        ("unchecked", False, True),
        ("missing", False, True),
    ]


def test_nested_namespace_packages(world):
    world.entry("one")
    world.entry("two")
    world.files("one/a/b/x.py", "two/a/b/y.py")
    explanation = world.explain("a.b.y")
    assert explanation.module.file == str(world.root / "two/a/b/y.py")
    assert [len(stage.search.entries) for stage in explanation.stages] == [2, 2, 2]


def test_each_finder_and_each_entry_has_an_answer(world):
    world.entry("cwd")
    world.path.append(str(world.root / "gone"))
    world.path.append(str(world.archive("lib.zip", "other.py")))
    world.path.append(str(world.file("text.txt", "")))
    world.path.append(7)
    world.entry("site")
    world.file("cwd/tool.txt")
    world.file("site/tool.py")
    (search,) = [stage.search for stage in world.explain("tool").stages]
    assert [step.answer for step in search.steps] == ["nothing", "nothing", "found"]
    answers = [(entry.answer, entry.names) for entry in search.entries]
    assert answers == [
        ("nothing", ["tool.txt"]),
        ("absent", []),
        ("nothing", []),
        ("not an archive", []),
        ("ignored", []),
        ("found", ["tool.py"]),
    ]


# --- Other systems


def test_an_isolated_system(tmp_path):
    (tmp_path / "plugin.py").write_text("raise SystemExit")
    system = entrepot.ImportSystem([str(tmp_path)])
    explanation = entrepot.explain("plugin", system=system)
    assert explanation.module.file == str(tmp_path / "plugin.py")
    assert entrepot.explain("json", system=system).module.kind == "module shared with the process"
    assert entrepot.explain("json.tool", system=system).found
    assert not entrepot.explain("pytest", system=system).found
    assert "json" not in system.modules
    assert not system.path_importer_cache


def test_the_process_is_left_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "plugin.py").write_text("raise SystemExit")
    entrepot.explain("warm_up")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = dict(sys.path_importer_cache), list(sys.meta_path), list(sys.path), set(sys.modules)
    assert entrepot.explain("plugin").found
    after = dict(sys.path_importer_cache), list(sys.meta_path), list(sys.path), set(sys.modules)
    assert after == before


#: Searches for a module of each kind while an audit hook watches what is opened and executed.
WATCHED = """
    import sys
    import entrepot
    sys.path[:0] = [{root!r}]
    seen = []

    def look():
        for name in {names!r}:
            explanation = entrepot.explain(name)
            str(explanation), explanation.as_json()

    look()  # Once before, which loads all that entrepot needs for it.

    def watch(event, args):
        if event == "exec":
            seen.append((event, args[0].co_filename))
        elif event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
            seen.append((event, args[0]))
        elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "subprocess.Popen",
                       "socket.connect", "import", "os.chmod", "os.link", "os.symlink"):
            seen.append((event, args))

    sys.addaudithook(watch)
    look()
    print(seen)
"""


def test_an_audit_hook_sees_nothing_executed_or_written(python, tmp_path):
    root = tmp_path / "root"
    (root / "pkg").mkdir(parents=True)
    for name in ("pkg/__init__.py", "pkg/mod.py", "random.py", "broken.py"):
        (root / name).write_text("raise SystemExit('executed')\n")
    (root / "broken.py").write_text("def f(:\n")
    names = ["pkg", "pkg.mod", "pkg.nosuch", "pkg.SystemExit", "random", "broken", "nosuch", "sys"]
    code = textwrap.dedent(WATCHED).format(root=str(root), names=names)
    assert python("-c", code).stdout == "[]\n"
    assert sorted(os.listdir(root)) == ["broken.py", "pkg", "random.py"]


@needs("load little")
@pytest.mark.parametrize("name", ["ast", "json", "difflib", "textwrap", "pathlib", "keyword"])
def test_files_that_hide_what_we_need_are_not_executed(name, python, tmp_path):
    (tmp_path / f"{name}.py").write_text("raise SystemExit('executed')\n")
    code = f"import entrepot, sys; e = entrepot.explain({name!r}); str(e); print(e.codes())"
    child = python("-S", "-c", f"import sys; sys.path[:0] = {[str(tmp_path), *_ours()]!r}; {code}")
    assert "shadows-stdlib" in child.stdout


def _ours():
    """What has entrepot, for an interpreter without site-packages."""
    return [os.path.dirname(os.path.dirname(entrepot.__file__))]


# --- Agreement with what imports really do


@needs("library on disk")
def test_it_agrees_with_find_spec_on_the_whole_stdlib():
    # Setuptools has a finder of its own for distutils, which imports it when it is asked.
    names = sys.stdlib_module_names - {"distutils"}
    wrong = {}
    for name in names:
        ours, theirs = entrepot.explain(name), importlib.machinery.PathFinder.find_spec(name)
        builtin = importlib.machinery.BuiltinImporter.find_spec(name) is not None
        if not builtin and ours.module is not None and ours.module.kind != "frozen module":
            found = ours.module.file
            if theirs is None or found != theirs.origin:
                wrong[name] = (found, theirs)
        elif not builtin and ours.module is None and theirs is not None:
            wrong[name] = (None, theirs)
    assert wrong == {}


# Asked for `distutils`, setuptools' own finder imports it, and warns.
@pytest.mark.filterwarnings("ignore:Setuptools is replacing distutils")
def test_it_agrees_with_find_spec_on_what_is_installed():
    names = [name for name in entrepot.metadata.packages_distributions() if name.isidentifier()]
    assert names
    for name in names:
        theirs = importlib.util.find_spec(name)
        ours = entrepot.explain(name).module
        assert (ours is None) == (theirs is None), name
        if theirs is not None and theirs.has_location:
            assert ours.file == theirs.origin


# --- What it looks like


def test_it_prints_and_has_a_repr(world):
    world.entry("cwd")
    world.file("cwd/random.py")
    explanation = world.explain("random")
    assert repr(explanation) == "<explanation of 'random': shadows-stdlib>"
    lines = str(explanation).splitlines()
    assert lines[0] == "random is a module"
    assert lines[1] == f"  file      {world.root / 'cwd/random.py'}"
    assert any(line.startswith("! ") for line in lines)
    assert f"     0 {world.root / 'cwd'}: has random.py" in lines


def test_sentences_are_wrapped_and_marks_can_be_ascii(world):
    world.entry("cwd")
    explanation = world.explain("yaml")
    text = layout.plain(explanation, 60, ascii_only=True)
    assert text.isascii()
    assert "x PyYAML provides yaml" in text
    assert "  -> " in text
    sentences = text.partition("the search for")[0].splitlines()
    paths = [os.sep in line for line in sentences]
    assert all(len(line) <= 60 or path for line, path in zip(sentences, paths, strict=True))


def test_rich_shows_the_same_text(world):
    pytest.importorskip("rich", reason="the extra cli is not installed")
    world.entry("cwd")
    explanation = world.explain("yaml")
    assert explanation.__rich__().plain.split() == str(explanation).split()


def test_json_has_a_schema_with_a_version(world):
    world.entry("site")
    world.dist("somelib", "somelib.py")
    world.path.append(3)
    data = json.loads(json.dumps(world.explain("somelib").as_json()))
    assert (data["schema"], data["version"]) == ("entrepot.why", 1)
    assert sorted(data) == [
        "findings", "found", "given", "imported", "module", "name", "ok", "program", "python",
        "schema", "searches", "version",
    ]  # fmt: skip
    assert sorted(data["module"]) == [
        "bytecode", "distributions", "file", "kind", "loader", "locations", "stdlib",
    ]  # fmt: skip
    assert data["module"]["distributions"] == [
        {"name": "somelib", "version": "1.0", "editable": False}
    ]
    (search,) = data["searches"]
    assert sorted(search) == ["blocked", "finders", "found", "imported", "name"]
    assert sorted(search["finders"][-1]) == ["answer", "entries", "error", "finder"]
    entries = search["finders"][-1]["entries"]
    assert sorted(entries[0]) == ["answer", "directory", "entry", "error", "names", "stale"]
    assert [entry["answer"] for entry in entries] == ["found", "ignored"]


def test_findings_in_json(world):
    (finding,) = world.explain("yaml").as_json()["findings"]
    assert sorted(finding) == ["advice", "code", "severity", "text"]
    assert (finding["code"], finding["severity"]) == ("not-installed", "problem")


# --- What goes wrong on the way


def test_damaged_metadata_harms_nobody_else(world):
    world.entry("site")
    world.dist("good", "good.py", requires=["absent>=1"])
    world.directory("site/empty-1.0.dist-info")
    world.file("site/nameless-1.0.dist-info/METADATA", "Version: 1\n")
    world.file("site/nameless-1.0.dist-info/RECORD", "nameless.py,,\nnothing.py,,\n")
    world.file("site/binary-1.0.dist-info/METADATA", b"\xff\xfe\x00")
    world.file("site/binary-1.0.dist-info/RECORD", b'"\xff\n\x00,')
    world.file("site/odd-1.0.dist-info/METADATA", "Name: odd\nVersion: 1\n")
    world.file("site/odd-1.0.dist-info/direct_url.json", "{")
    world.file("site/odd-1.0.dist-info/RECORD", "odd.py,,\n")
    world.file("site/bad.pth", b"\xff\xfe\nimport os\n")
    assert [str(owner) for owner in world.explain("good").module.owners] == ["good 1.0"]
    assert world.explain("absent").codes() == ["not-installed"]
    for name in ("empty", "nameless", "binary", "odd", "nothing"):
        assert not world.explain(name).found


@needs("removing the current directory")
def test_a_current_directory_that_is_gone(world):
    gone = world.directory("gone")
    world.monkeypatch.chdir(gone)
    gone.rmdir()
    world.path.append("")
    world.entry("site")
    world.file("site/tool.py")
    assert world.explain("tool").found
    assert not world.explain("other").found


def test_a_finder_without_find_spec(world):
    world.meta_path.insert(0, object())
    world.entry("site")
    world.file("site/tool.py")
    explanation = world.explain("tool")
    assert explanation.found
    assert explanation.stages[0].search.steps[0].answer == "nothing"


def test_links_that_may_not_be_read(world, monkeypatch):
    """WASI refuses to read links that lead out of the directories that a process was given."""
    world.files("bin/python3")
    real = os.path.realpath

    def refusing(path, **options):
        if os.fspath(path).endswith("python3"):
            raise PermissionError(errno.EPERM, "Operation not permitted", path)
        return real(path, **options)

    monkeypatch.setenv("PATH", str(world.root / "bin"))
    monkeypatch.setattr(os.path, "realpath", refusing)
    assert not world.explain("absent").found


@needs("threads")
def test_two_systems_at_once(world):
    """Threads that explain do not serve each other's imports."""
    from concurrent.futures import ThreadPoolExecutor

    world.entry("site")
    world.files(*(f"site/tool{number}.py" for number in range(8)))
    before = list(sys.meta_path)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: world.explain(f"tool{n}").module.file, range(8)))
    assert found == [str(world.root / f"site/tool{number}.py") for number in range(8)]
    assert sys.meta_path == before


def _written(world, text):
    world.program = str(world.file("cwd/app.py", text))
    return [each.details["line"] for each in world.explain("tool").findings
            if each.code == "program-changes-path"]  # fmt: skip


def test_what_changes_no_path_is_not_said_to(world):
    for text in (
        '"""Never sys.path.insert(0, here)."""\nimport sys\n',
        "import sys\nprint(sys.path[0])  # not sys.path.append\n",
        "path = []\npath.append('lib')\n",
        "import os\nos.path.append = 1\n",
        "def f(:\n",
    ):
        assert _written(world, text) == [], text


def test_every_line_that_changes_the_path_is_told(world):
    lines = (
        "import sys, site", "sys.path = [*sys.path]", "sys.path += ['a']", "del sys.path[0]",
        "sys.path.extend(['b'])", "site.addsitedir('c')", "from site import addsitedir as add",
    )  # fmt: skip
    assert _written(world, "\n".join(lines) + "\n") == [2, 3, 4, 5, 6]


def test_an_editable_install_is_recognised_by_its_name(world):
    world.entry("site")
    world.dist("nice-lib", "_nice.pth", editable=True)
    world.file("site/_nice.pth", f"{world.root / 'moved/src'}\n")
    assert world.explain("nicelib").codes() == ["editable-nowhere"]
    assert world.explain("other_x").codes() == ["unknown", "editable-nowhere"]


def test_a_file_in_the_source_of_an_editable_install_with_a_hook_is_its(world):
    world.entry("site")
    world.entry("source")
    world.dist("built", "_hook.py", editable=True)
    url = {"url": (world.root / "source").as_uri(), "dir_info": {"editable": True}}
    world.file("site/built-1.0.dist-info/direct_url.json", json.dumps(url))
    world.files("source/tool.py", "source/.venv/lib/python3/site-packages/other.py")
    (owner,) = world.explain("tool").module.owners
    assert str(owner) == "built 1.0 (editable)"
    world.path.append(str(world.root / "source/.venv/lib/python3/site-packages"))
    assert world.explain("other").module.owners == []


def test_a_submodule_of_a_module_that_is_none_is_not_said_to_be_imported(world):
    world.modules["made"] = type(sys)("made")
    explanation = world.explain("made.part")
    assert explanation.as_json()["imported"] is None
    assert "is imported already" not in str(explanation)


@needs("extension modules")
def test_a_package_with_extensions_for_several_interpreters_is_well(world):
    world.entry("site")
    world.files("site/numx/__init__.py", "site/numx/_core.cpython-35m-darwin.so")
    assert "foreign-inside" in world.explain("numx").codes()
    world.file(f"site/numx/_core{importlib.machinery.EXTENSION_SUFFIXES[0]}")
    assert "foreign-inside" not in world.explain("numx").codes()


def test_a_stub_beside_the_module_itself_is_not_told_of(world):
    world.entry("site")
    world.files("site/pkg/__init__.py", "site/pkg/fast.cpython-35m-darwin.so", "site/pkg/fast.pyi")
    assert world.explain("pkg.fast").codes() == ["foreign-extension"]


def test_names_that_are_only_somewhat_alike_are_not_proposed():
    from entrepot.observe.why.spelling import closest

    assert closest("extra", {"textwrap"}) == []
    assert closest("thread", {"threading"}) == ["threading"]
    assert closest("pathlb", {"pathlib", "path"}) == ["pathlib", "path"]


def test_a_requirement_that_is_there_is_not_told_of(world):
    world.entry("site")
    world.dist("fastlib", "fastlib/__init__.py", "fastlib/core.cpython-35m-darwin.so")
    world.dist("app", "app.py", requires=["fastlib"])
    assert world.explain("fastlib.core").codes() == ["foreign-extension"]


def test_a_module_that_its_package_makes_is_found_without_a_file(world):
    world.entry("cwd")
    world.file("cwd/pkg/__init__.py", "import sys\nsys.modules['pkg.made'] = sys\n")
    explanation = world.explain("pkg.made")
    assert explanation.ok
    assert explanation.module is None
    assert explanation.as_json()["found"] is True
    assert "is not found" not in str(explanation)
    assert not world.explain("pkg.made.more").found


def test_a_package_in_an_archive_makes_a_module(world):
    archive = world.archive("lib.zip")
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("pkg/__init__.py", "import sys\nsys.modules['pkg.made'] = sys\n")
    world.path.append(str(archive))
    assert world.explain("pkg.made").ok
    assert not world.explain("pkg.other").found


@pytest.mark.parametrize("name", ["collections.abc", "os.path", "xml.etree.ElementTree"])
def test_modules_of_the_stdlib_are_found_however_they_are_made(world, name):
    world.path.append(STDLIB)
    assert world.explain(name).found
