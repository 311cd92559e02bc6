"""What the documents say of the code is there."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest

from entrepot import cli

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = ROOT / "src" / "entrepot"
NAMED = re.compile(r"`([\w/]+\.py)(?:: ([\w.]+))?`")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def defined(path):
    """The dotted names of the classes, functions and constants of a file."""
    names = set()

    def walk(body, prefix):
        for node in body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                names.add(prefix + node.name)
                walk(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.Assign):
                names.update(prefix + t.id for t in node.targets if isinstance(t, ast.Name))

    walk(ast.parse(path.read_text(encoding="utf-8")).body, "")
    return names


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED.findall(ARCHITECTURE)}))
def test_what_the_walk_names_exists(file):
    path = ROOT / file if file.startswith("examples/") else SOURCE / file
    assert path.exists()
    named = {name for other, name in NAMED.findall(ARCHITECTURE) if other == file and name}
    assert named - defined(path) == set()


def test_the_walk_has_at_most_eight_steps():
    steps = re.findall(r"^\| (\d) \| `[^`]+` \|", ARCHITECTURE, re.MULTILINE)
    assert steps == [str(n) for n in range(1, 9)]


def test_each_of_the_fifteen_questions_has_its_place():
    answers = re.split(r"^\d+\. \*\*", ARCHITECTURE.partition("## Fifteen")[2], flags=re.MULTILINE)
    assert len(answers[1:]) == 15
    for answer in answers[1:]:
        assert NAMED.search(answer) or "`module = modules.pop(name)`" in answer


def test_the_line_that_honours_a_replacement():
    text = (SOURCE / "core" / "engine.py").read_text(encoding="utf-8")
    assert text.count("module = modules.pop(name)\n") == 1


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists()


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_each_command_is_documented(command):
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "cli.md").read_text(), re.MULTILINE)
    assert command in ", ".join(headings).split(", ")
