"""The graph has what the trace has seen, and what the sources add to it."""

from __future__ import annotations

import pytest

import entrepot
from entrepot.observe.graph import graph
from entrepot.observe.trace.file import BadTrace
from tests.capabilities import needs
from tests.unit.observe.graph.builders import document, of_files, pairs, record, repeat


class TestEvents:
    def test_who_has_loaded_whom_and_where(self):
        made = graph(document([record(0, "b", ("a", "/a.py", 3), distribution="B 1")]))
        (edge,) = made.edges.values()
        assert (edge.importer, edge.imported, edge.kind) == ("a", "b", "first")
        assert edge.places[0].where == "/a.py:3"
        assert made.nodes["a"].before
        assert not made.nodes["b"].before
        assert (made.nodes["b"].distribution, made.nodes["b"].own_ns) == ("B 1", 5)

    def test_without_a_line_it_is_the_import_around_it(self):
        made = graph(document([record(0, "a"), record(1, "b", parent=0)]))
        (edge,) = made.edges.values()
        assert (edge.importer, edge.imported, edge.places[0].line) == ("a", "b", None)

    def test_what_was_not_found_is_no_node(self):
        made = graph(document([record(0, "no", ("a", "/a.py", 1), outcome="missing")]))
        assert "no" not in made.nodes

    def test_what_failed_at_first_and_was_loaded_then(self):
        made = graph(
            document(
                [
                    record(0, "b", ("a", "/a.py", 1), outcome="failed"),
                    record(1, "b", ("c", "/c.py", 2), origin="/b.py"),
                ]
            )
        )
        assert made.nodes["b"].outcome == "loaded"
        assert made.nodes["b"].file == "/b.py"
        assert set(made.edges) == {("a", "b"), ("c", "b")}

    def test_modules_under_construction(self):
        made = graph(
            document(
                [record(0, "a"), record(1, "b", ("a", "/a.py", 1))],
                [repeat("a", ("b", "/b.py", 7))],
            )
        )
        assert pairs(made, "initializing") == [("b", "a")]
        assert [cycle.modules for cycle in made.cycles()] == [["a", "b"]]

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("x = 1\n", "package"),
            ("x = gone = 1\n", "initializing"),  # It will have the name.
            ("from p.other import *\n", "initializing"),  # It may have it.
            ("def __getattr__(name):\n    if name == 'gone': return 1\n", "initializing"),
            ("def __getattr__(name):\n    raise AttributeError(name)\n", "package"),
        ],
    )
    def test_a_submodule_that_is_not_there_needs_nothing_of_its_package(self, tmp_path, text, kind):
        (tmp_path / "p").mkdir()
        init, inner = tmp_path / "p" / "__init__.py", tmp_path / "p" / "a.py"
        init.write_text(f"from . import a\n{text}")
        inner.write_text("try:\n    from . import gone\nexcept ImportError:\n    pass\n")
        imports = [
            record(0, "p", origin=str(init), package=True),
            record(1, "p.a", ("p", str(init), 1), origin=str(inner)),
            record(2, "p.gone", ("p.a", str(inner), 2), outcome="missing"),
        ]
        made = graph(document(imports, [repeat("p", ("p.a", str(inner), 2))]))
        assert made.edges["p.a", "p"].kind == kind
        assert len(made.cycles()) == (kind == "initializing")

    def test_what_a_function_loads_when_all_is_loaded_closes_no_circle(self, tmp_path):
        a, b = tmp_path / "a.py", tmp_path / "b.py"
        a.write_text("def run():\n    import b\n")
        b.write_text("import a\n")
        first = record(0, "a", ("__main__", "/app.py", 1), origin=str(a))

        def of(**more):
            called = record(10, "b", ("a", str(a), 2), origin=str(b), **more)
            return graph(document([first, called]))

        made = of()
        (place,) = made.edges["a", "b"].places
        assert (place.kind, place.late, place.function) == ("first", True, "run")
        assert (made.cycles(), made.components()) == ([], [])
        assert [edge.imported for edge in made.path("__main__", "b")] == ["a", "b"]
        assert made.as_json()["edges"][1]["places"][0]["late"] is True
        during = of(start=2, end=4)
        assert [cycle.modules for cycle in during.cycles()] == [["a", "b"]]
        while_another_is_loaded = of(parent=0)
        assert len(while_another_is_loaded.cycles()) == 1

    def test_of_a_running_block(self, tmp_path, monkeypatch):
        (tmp_path / "live_a.py").write_text("import live_b\n")
        (tmp_path / "live_b.py").write_text("import live_a\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        with entrepot.trace() as tracing:
            entrepot.import_module("live_a")
        made = entrepot.graph(tracing.trace)
        assert made.edges["live_a", "live_b"].kind == "first"
        assert made.edges["live_b", "live_a"].kind == "initializing"
        assert len(made.cycles()) == 1
        file = tmp_path / "t.json"
        tracing.save(file)
        assert entrepot.graph(str(file)).as_json() == made.as_json()


class TestSources:
    def test_an_import_of_what_is_there(self, tmp_path):
        made = of_files(tmp_path, {"a.py": "import b\n", "b.py": "", "c.py": "import b, a\n"})
        assert pairs(made, "again") == [("a", "b"), ("c", "a"), ("c", "b")]
        assert made.edges["c", "b"].places[0].text == "import b, a"

    def test_what_was_not_loaded_is_left_out(self, tmp_path):
        assert of_files(tmp_path, {"a.py": "import zzz\nfrom zzz import y\n"}).edges == {}

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("import b", "again"),
            ("if x:\n    import b", "conditional"),
            ("if x:\n    pass\nelse:\n    import b", "conditional"),
            ("try:\n    import b\nexcept ImportError:\n    pass", "again"),
            ("try:\n    pass\nexcept ImportError:\n    import b", "conditional"),
            ("try:\n    pass\nfinally:\n    import b", "again"),
            ("try:\n    pass\nexcept E:\n    pass\nelse:\n    import b", "conditional"),
            ("for x in y:\n    import b", "conditional"),
            ("while x:\n    import b", "conditional"),
            ("with x:\n    import b", "conditional"),
            ("match x:\n    case 1:\n        import b", "conditional"),
            ("class A:\n    import b", "again"),
            ("def f():\n    import b", "deferred"),
            ("async def f():\n    import b", "deferred"),
            ("class A:\n    def f(self):\n        if x:\n            import b", "deferred"),
            ("if TYPE_CHECKING:\n    import b", "typing"),
            ("if typing.TYPE_CHECKING:\n    import b", "typing"),
            ("if x and t.TYPE_CHECKING:\n    import b", "typing"),
            ("if False:\n    import b", "typing"),
            ("if 0:\n    import b", "typing"),
            ("if not TYPE_CHECKING:\n    import b", "again"),
            ("if TYPE_CHECKING:\n    pass\nelse:\n    import b", "again"),
            ("if TYPE_CHECKING:\n    pass\nelif x:\n    import b", "conditional"),
            ("if __name__ == '__main__':\n    import b", "deferred"),
            ("def f():\n    if TYPE_CHECKING:\n        import b", "typing"),
        ],
    )
    def test_where_it_stands(self, text, kind, tmp_path):
        made = of_files(tmp_path, {"a.py": f"{text}\n", "b.py": ""})
        assert made.edges["a", "b"].kind == kind
        assert made.edges["a", "b"].is_loading == (kind in ("again", "conditional"))

    def test_the_program_itself(self, tmp_path):
        files = {"app.py": "import a\nif __name__ == '__main__':\n    import b\n"}
        made = of_files(tmp_path, {**files, "a.py": "", "b.py": ""}, main="app.py")
        assert made.edges["__main__", "b"].is_loading

    @pytest.mark.parametrize(
        ("text", "targets"),
        [
            ("from . import c", ["p.c"]),
            ("from .c import x", ["p.c"]),
            ("from .. import p", ["p"]),
            ("from ... import p", []),
            ("from p import c, d, x", ["p", "p.c", "p.d"]),
            ("from p import *", ["p"]),
            ("import p.c, p.d as d", ["p.c", "p.d"]),
            ("from .c import *", ["p.c"]),
        ],
    )
    def test_what_is_meant(self, text, targets, tmp_path):
        files = {"p/__init__.py": "", "p/a.py": f"{text}\n", "p/c.py": "x = 1\n", "p/d.py": ""}
        made = of_files(tmp_path, files)
        expected = [] if text.startswith("from .. ") else targets
        assert [imported for _, imported in pairs(made, "again")] == expected

    def test_relative_imports_of_a_package(self, tmp_path):
        made = of_files(tmp_path, {"p/__init__.py": "from . import c\n", "p/c.py": ""})
        assert pairs(made, "again") == [("p", "p.c")]

    def test_a_package_that_is_passed_through(self, tmp_path):
        (tmp_path / "p").mkdir()
        init, a = tmp_path / "p/__init__.py", tmp_path / "p/a.py"
        init.write_text("from . import b, a\n")
        a.write_text("from p import (\n    b,\n)\n")
        made = graph(
            document(
                [
                    record(0, "p", origin=str(init), package=True),
                    record(1, "p.b", ("p", str(init), 1)),
                    record(2, "p.a", ("p", str(init), 1), origin=str(a)),
                ],
                [repeat("p", ("p.a", str(a), 2))],
            )
        )
        assert made.edges["p.a", "p"].kind == "package"
        assert made.cycles() == []
        assert made.edges["p.a", "p.b"].places[0].line == 1

    def test_c_code_that_asks_for_a_module_under_construction(self, tmp_path):
        a, b = tmp_path / "a.py", tmp_path / "b.py"
        a.write_text("import b\n")
        b.write_text("x = 1\ny = strptime()\n")
        made = graph(
            document(
                [
                    record(0, "a", origin=str(a)),
                    record(1, "b", ("a", str(a), 1), origin=str(b)),
                ],
                [repeat("a", ("b", str(b), 2))],
            )
        )
        assert made.edges["b", "a"].kind == "native"
        assert made.cycles() == []

    @needs("library on disk")
    def test_frozen_modules_have_their_source_in_the_library(self):
        made = graph(
            document(
                [record(0, "abc", origin="frozen"), record(1, "codecs", origin="frozen")],
            )
        )
        assert made.nodes["abc"].file == "<frozen abc>"
        assert made.sources.statements("<frozen codecs>")

    @pytest.mark.parametrize(
        "content", [b"", b"def (:", b"\xff\xfe\x00", b"# coding: nonsense\n", b"\x00", None]
    )
    def test_sources_that_cannot_be_read(self, content, tmp_path):
        path = tmp_path / "a.py"
        if content is not None:
            path.write_bytes(content)
        made = graph(document([record(0, "a", origin=str(path))]))
        assert list(made.nodes) == ["a"]

    def test_a_source_that_is_nested_too_deeply(self, tmp_path):
        path = tmp_path / "a.py"
        path.write_text("x = " + "(" * 5000 + ")" * 5000 + "\n")
        assert graph(document([record(0, "a", origin=str(path))])).edges == {}

    def test_many_nested_blocks(self, tmp_path):
        deep = "".join(f"{' ' * n}if x:\n" for n in range(90)) + " " * 90 + "import b\n"
        assert of_files(tmp_path, {"a.py": deep, "b.py": ""}).edges["a", "b"].kind == "conditional"

    def test_without_sources(self, tmp_path):
        path = tmp_path / "a.py"
        path.write_text("import b\n")
        records = [record(0, "a", origin=str(path)), record(1, "b")]
        assert graph(document(records), sources=False).edges == {}

    def test_progress(self, tmp_path):
        told = []
        records = [record(n, f"m{n}", origin=str(tmp_path / f"{n}.py")) for n in range(3)]
        graph(document(records), progress=lambda *both: told.append(both))
        assert told == [(1, 3), (2, 3), (3, 3)]


class TestBadTraces:
    @pytest.mark.parametrize(
        "wrong", [{}, {"format": "other"}, document(version=2), document(imports=[{}]), [], None, 5]
    )
    def test_documents(self, wrong):
        with pytest.raises((BadTrace, TypeError, OSError)):
            graph(wrong)

    @pytest.mark.parametrize("text", ["", "{", '{"format": "entrepot-trace", "version": 1,', "[]"])
    def test_files(self, text, tmp_path):
        (tmp_path / "t.json").write_text(text)
        with pytest.raises(BadTrace):
            graph(tmp_path / "t.json")

    def test_no_file(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            graph(tmp_path / "no.json")
