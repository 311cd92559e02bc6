"""Each format holds the graph, and is what its readers take."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from entrepot.observe.graph.picture import NoGraphviz
from tests.unit.observe.graph.builders import of_edges, of_files

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
NASTY = [
    'quo"te', "back\\slash", "new\nline", "ünïcödé", "sp ace", "a->b", "<b>", "{x}|y", "--", "end",
    "#hash;", "%pc", "`tick`", "semi;colon", "\\", '\\"', "graph", "𝒳", "tab\tx", "&amp;", "]]>",
    "</script>", "subgraph", "\\N", "\\n",
]  # fmt: skip


def nasty():
    return of_edges(list(zip(NASTY, [*NASTY[1:], NASTY[0]], strict=True)))


@needs_dot
def test_graphviz_reads_what_is_meant():
    made = subprocess.run(
        ["dot", "-Tdot_json"], input=nasty().dot().encode(), capture_output=True, check=True
    )
    read = json.loads(made.stdout)
    # They come as they were written, so a backslash is still two, and "&" an entity.
    labels = [node["label"].replace("&amp;", "&") for node in read["objects"]]
    assert labels == [name.replace("\\", "\\\\").replace("\n", "\\n") for name in NASTY]
    pairs = [(NASTY[edge["tail"]], NASTY[edge["head"]]) for edge in read["edges"]]
    assert pairs == list(nasty().edges)


@needs_dot
def test_the_picture_shows_the_names():
    import xml.etree.ElementTree as ET

    picture = nasty().svg()
    root = ET.fromstring(picture)
    shown = {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {name for name in NASTY if not re.search(r"\s", name)} <= shown


def test_without_graphviz(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoGraphviz, match="install Graphviz .* or take --format html or mermaid"):
        of_edges(["ab"]).svg()


MERMAID = re.compile(
    r"""flowchart\ LR\n
    (?:\ \ (?:\ \ )?(?:
        n\d+\["[^"\n]*"\] | subgraph\ g\d+\["[^"\n]*"\] | end
      | n\d+\ (?:-->|-\.->)\ n\d+
      | classDef\ \w+\ [\w:\#,-]+ | class\ n\d+(?:,n\d+)*\ \w+
      | linkStyle\ \d+(?:,\d+)*\ [\w:\#,-]+
    )\n)*""",
    re.VERBOSE,
)


def decoded(label):
    text = label.replace("<br/>", "\n")
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)


@pytest.mark.parametrize("graph", [nasty(), of_edges(["ab", "bc", "ca", "cd"]), of_edges([], "a")])
def test_mermaid_is_of_its_grammar(graph):
    text = graph.mermaid()
    assert MERMAID.fullmatch(text)
    labels = re.findall(r'n\d+\["([^"]*)"\]', text)
    assert [decoded(label) for label in labels] == list(graph.nodes)
    names = list(graph.nodes)
    arrows = re.findall(r"n(\d+) --> n(\d+)", text)
    assert [(names[int(a)], names[int(b)]) for a, b in arrows] == list(graph.edges)


def test_circles_are_drawn_out():
    graph = of_edges(["ab", "ba", "bc"])
    assert graph.dot().count("#c0392b") == 4  # Two nodes, two edges.
    assert "linkStyle 0,1 stroke:#c0392b" in graph.mermaid()


def test_chains_are_drawn_out():
    graph = of_edges(["ab", "bc"])
    assert graph.dot(marked=graph.path("a", "b")).count("#1f6feb") == 1
    assert "linkStyle 0 stroke:#1f6feb" in graph.mermaid(marked=graph.path("a", "b"))


def test_clusters_times_and_failures():
    graph = of_edges(["ab", "bc"], own={"a": 40_000_000})
    graph.nodes["a"].distribution = graph.nodes["b"].distribution = 'My "dist" 1'
    graph.nodes["c"].outcome = "failed"
    text = graph.dot()
    assert 'label="My \\"dist\\" 1"' in text
    assert "40.0 ms" in text
    assert "failed" in text


def test_what_is_not_imported_at_loading_is_not_drawn(tmp_path):
    graph = of_files(tmp_path, {"a.py": "def f():\n    import b\n", "b.py": ""})
    assert "->" not in graph.dot()
    assert graph.as_json()["edges"][0]["kind"] == "deferred"


def test_json():
    graph = of_edges(["ab", "ba"])
    told = graph.as_json()
    assert json.loads(json.dumps(told)) == told
    assert (told["schema"], told["version"], told["by"]) == ("entrepot.graph", 1, "module")
    assert [node["name"] for node in told["nodes"]] == ["a", "b"]
    assert told["components"] == [["a", "b"]]
    assert told["edges"][0] == {
        "importer": "a",
        "imported": "b",
        "kind": "first",
        "places": [
            {
                "importer": "a",
                "imported": "b",
                "kind": "first",
                "file": "/a.py",
                "line": 1,
                "statement": None,
                "function": None,
                "late": False,
            }
        ],
    }


def test_the_page_holds_all_and_needs_nothing():
    text = nasty().html()
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", text)
    assert text.count("</script>") == 1
    (data,) = re.findall(r"const data = (.*);\n", text)
    read = json.loads(data)
    assert [node[0] for node in read["nodes"]] == NASTY
    assert len(read["edges"]) == len(NASTY)
    assert read["cycles"][0]["modules"] == list(range(len(NASTY)))


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_the_page_in_a_browser(tmp_path):
    page = tmp_path / "graph.html"
    page.write_text(nasty().html(), encoding="utf-8")
    made = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    shown = made.stdout.decode()
    assert f"{len(NASTY)} modules, {len(NASTY)} imports" in shown
    assert "1 circular imports" in shown
    assert "&lt;/script&gt;" in shown
    assert "It is imported in" in shown
