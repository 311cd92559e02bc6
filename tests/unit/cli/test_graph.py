"""`entrepot graph`: of a program or a trace, each answer, each refusal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from entrepot import cli
from tests.conftest import clean_environment
from tests.unit.observe.graph.builders import document, record

GRAPH = ("-m", "entrepot", "graph")
FILES = {
    "app.py": "import shop.orders\nprint('hello')\n",
    "shop/__init__.py": "",
    "shop/orders.py": "import shop.customers\nimport json\nclass Order: pass\n",
    "shop/customers.py": """\
        import shop.orders
        class Customer:
            def order(self): return shop.orders.Order()
        """,
}


@pytest.fixture
def live(files, outcome):
    """A function: the exit status and the output of `entrepot graph` in a process of its own."""
    files(FILES)
    return lambda *words, **more: outcome(*words, prefix=GRAPH, **more)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A folder with the program, and its trace in t.json."""
    folder = tmp_path_factory.mktemp("world")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(textwrap.dedent(text))
    command = [sys.executable, "-m", "entrepot", "trace", "--quiet", "--json", "t.json", "app.py"]
    subprocess.run(command, cwd=folder, env=clean_environment(), check=True, capture_output=True)
    return folder


@pytest.fixture
def graph(world, monkeypatch, capsys):
    """A function: the exit status and the output of `entrepot graph`, in this process."""
    monkeypatch.chdir(world)

    def run(*words):
        status = cli.main(["graph", *words])
        return (status, *capsys.readouterr())

    return run


class TestPrograms:
    def test_a_script(self, live):
        status, out, errors = live("--format", "json", "app.py")
        assert (status, errors) == (0, "hello\n")
        told = json.loads(out)
        kinds = {(e["importer"], e["imported"]): e["kind"] for e in told["edges"]}
        assert kinds["__main__", "shop.orders"] == "first"
        assert kinds["shop.orders", "shop.customers"] == "first"
        assert kinds["shop.customers", "shop.orders"] == "initializing"

    def test_a_module_and_code(self, live):
        for words in (("-m", "app"), ("-c", "import shop.orders")):
            status, out, _ = live("--path", "__main__", "shop.customers", *words)
            assert status == 0
            assert out.startswith("__main__ → shop.orders → shop.customers\n")

    def test_arguments_are_the_programs(self, live):
        code = "import sys; print(sys.argv[1:], file=sys.stderr)"
        assert "['--cycles', '-x']" in live("-c", code, "--cycles", "-x")[2]

    def test_one_that_raises(self, live):
        status, out, errors = live("-c", "import json; 1/0")
        assert status == 0
        assert "ZeroDivisionError" in errors
        assert "entrepot: the program has ended with status 1" in errors
        assert "modules" in out

    def test_one_that_is_not_there(self, live):
        status, out, errors = live("nothing.py")
        assert (status, out) == (2, "")
        assert "nothing.py" in errors


class TestAnswers:
    def test_in_short(self, graph):
        status, out, _ = graph("t.json")
        assert status == 0
        assert "; 2 in circles (--cycles)" in out
        shown = {line.split()[0] for line in out.splitlines()[2:]}
        names = {one["name"] for one in json.loads(Path("t.json").read_text())["imports"]}
        assert shown
        assert shown <= {*names, "__main__"}  # which took longest is the machine's to say

    def test_circles(self, graph):
        status, out, _ = graph("--cycles", "--only", "shop", "t.json")
        out = out.replace("\\", "/")
        assert status == 0
        assert "1. shop.orders → shop.customers → shop.orders\n" in out
        assert "    shop/orders.py:1     import shop.customers\n" in out
        assert "  → shop/orders.py:1: remove it if" in out or "Customer.order()" in out
        assert out.endswith("With these changes, no circle is left.\n")

    def test_no_circles(self, graph):
        status, out, _ = graph("--cycles", "--exclude", "shop.customers", "--only=shop", "t.json")
        assert (status, out) == (0, "no circular imports among 2 modules\n")

    def test_circles_in_json(self, graph):
        told = json.loads(graph("--cycles", "--json", "--only", "shop", "t.json")[1])
        assert told["schema"] == "entrepot.graph.cycles"
        (cycle,) = told["cycles"]
        assert cycle["modules"] == ["shop.orders", "shop.customers"]
        assert cycle["change"]["file"].endswith(".py")

    def test_chains(self, graph):
        status, out, _ = graph("--path", "__main__", "json.decoder", "--all", "t.json")
        assert status == 0
        assert out.startswith("__main__ → shop.orders → json → json.decoder\n  app.py:1")
        told = json.loads(graph("--path", "__main__", "json.decoder", "--json", "t.json")[1])
        assert [edge["imported"] for edge in told["paths"][0]] == [
            "shop.orders",
            "json",
            "json.decoder",
        ]

    def test_no_chain(self, graph):
        assert graph("--path", "json", "shop", "t.json")[:2] == (1, "json does not lead to shop\n")

    def test_packages(self, graph):
        told = json.loads(graph("--by", "package", "--json", "t.json")[1])
        nodes = {node["name"]: node for node in told["nodes"]}
        assert sorted(nodes["shop"]["members"]) == ["shop", "shop.customers", "shop.orders"]

    @pytest.mark.parametrize("suffix", ["dot", "gv", "mmd", "json", "html", "txt"])
    def test_a_file_of_each_format(self, suffix, graph, world):
        assert graph("-o", f"g.{suffix}", "t.json") == (0, "", "")
        text = (world / f"g.{suffix}").read_text(encoding="utf-8")
        start = {"mmd": "flowchart", "json": "{", "html": "<!doctype", "txt": ""}.get(suffix)
        assert text.startswith("digraph" if start is None else start)

    @pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
    def test_svg(self, graph):
        for question in ((), ("--cycles",), ("--path", "__main__", "json")):
            out = graph(*question, "--format", "svg", "t.json")[1]
            assert ET.fromstring(out).tag == "{http://www.w3.org/2000/svg}svg"

    def test_too_much_to_draw(self, graph, world):
        imports = [record(n, f"p{n % 9}.m{n}", ("__main__", "a", 1)) for n in range(300)]
        (world / "big.json").write_text(json.dumps(document(imports)))
        _, out, errors = graph("--format", "dot", "big.json")
        assert (
            errors
            == "entrepot: 301 modules are drawn as 10 packages (--by module draws them all)\n"
        )
        assert out.count("->") == 9
        assert graph("--format", "dot", "--by", "module", "big.json")[1].count("->") == 300

    def test_an_encoding_without_the_marks(self, live):
        out = live("--cycles", "-c", "import shop.orders", env={"PYTHONIOENCODING": "ascii"})[1]
        assert "->" in out
        assert out.isascii()

    def test_help(self, graph):
        status, out, _ = graph("--help")
        assert status == 0
        assert out.startswith("usage: entrepot graph")

    def test_modules_of_the_program_are_not_executed_for_it(self, live, files, world):
        files({f"{name}.py": "print('EXECUTED')\n" for name in ("ast", "json", "difflib")})
        status, out, errors = live("--cycles", str(world / "t.json"))
        assert (status, errors) == (0, "")
        assert "EXECUTED" not in out


BAD = {
    "empty.json": "",
    "cut.json": json.dumps(document([record(0, "a")]))[:200],
    "other.json": json.dumps(document(version=99)),
    "nothing.json": json.dumps(document()),
}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "of what: a trace (.json) or a program?"),
        (
            ("--format", "png", "t.json"),
            "--format takes one of text, dot, mermaid, json, svg, html",
        ),
        (("--format",), "--format takes a value"),
        (("--cycles=1", "t.json"), "--cycles takes no value"),
        (("--path", "a"), "--path takes two values"),
        (("--limit", "0", "t.json"), "--limit takes a number from 1, not '0'"),
        (("--by", "colour", "t.json"), "--by takes one of module, package, distribution"),
        (("-o", "g.png", "t.json"), "no format has the suffix '.png'"),
        (("t.json", "u.json"), "'u.json' is too much behind a trace"),
        (("t.json", "--no-such"), "'--no-such' is too much behind a trace"),
        (("--cycles", "--path", "a", "b", "t.json"), "--cycles and --path are two questions"),
        (("--nothing", "t.json"), "unknown option --nothing"),
        (("no.json",), "no.json: No such file or directory"),
        (("empty.json",), "empty"),
        (("cut.json",), "cut short"),
        (("other.json",), "version 99"),
        (("nothing.json",), "the trace has no imports"),
        (("--only", "zzz", "t.json"), "no module is left by --only and --exclude"),
        (("--path", "__main__", "shop.order", "t.json"), "there is shop.orders"),
        (("-o", "no/g.dot", "t.json"), "no/g.dot: No such file or directory"),
        (("-o", "shop.d.dot", "t.json"), "shop.d.dot: Is a directory"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
def test_what_makes_no_sense(words, problem, graph, world):
    for name, text in BAD.items():
        (world / name).write_text(text)
    (world / "shop.d.dot").mkdir(exist_ok=True)
    before = sorted(path.name for path in world.iterdir())
    status, out, errors = graph(*words)
    assert (status, out) == (2, "")
    assert errors.startswith("entrepot: ")
    assert errors.count("\n") == 1
    assert problem in errors
    assert sorted(path.name for path in world.iterdir()) == before


def test_without_graphviz(graph, monkeypatch):
    monkeypatch.setenv("PATH", "")
    status, out, errors = graph("--format", "svg", "t.json")
    assert (status, out) == (2, "")
    assert errors.startswith("entrepot: SVG needs the program dot, which is not there")
    assert errors.count("\n") == 1


def test_options_may_stand_on_both_sides_of_a_trace_but_only_before_a_program():
    from entrepot.cli.graph_request import parse

    request = parse(["--all", "t.json", "--cycles", "--limit", "3"])
    assert (request.trace, request.every, request.cycles, request.limit) == (
        "t.json",
        True,
        True,
        3,
    )
    request = parse(["--all", "app.py", "--cycles"])
    assert (request.program, request.cycles) == (["app.py", "--cycles"], False)
    assert parse(["t.json", "--help"]).help
