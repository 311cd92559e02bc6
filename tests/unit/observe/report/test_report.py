"""The report as a file: one, whole, the same for the same trace, and closed to what names say."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from html.parser import HTMLParser

import pytest

from entrepot.host import files
from entrepot.observe import report
from entrepot.observe.report.data import page_data
from entrepot.observe.report.page import embedded
from entrepot.observe.trace.file import from_json
from tests.made_traces import trace as made

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "a\u2028b\u2029c",
    "]]>",
    "&lt;img src=x onerror=alert(1)>",
    "\udc80 half",
    "'\"`${alert(1)}",
    "\N{SNOWMAN}.\0",
]


class Page(HTMLParser):
    """The elements of a page with their attributes and text."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.open = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open = [tag, dict(attrs), ""]
        self.elements.append(self.open)

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open:
            self.open[2] += data

    def all(self, tag):
        return [each for each in self.elements if each[0] == tag]


def named(*names):
    """A trace whose modules, files and so on have these names."""
    data = made(60)
    for record, name in zip(data["imports"], names, strict=False):
        record["name"] = record["origin"] = record["distribution"] = record["error"] = name
        record["importer"] = {"module": name, "file": name, "line": 1}
    data["program"]["argv"] = list(names)
    return from_json(data)


@pytest.fixture(scope="module")
def page():
    return report.dumps(from_json(made(200)))


def test_it_is_one_file_that_asks_for_nothing(page):
    found = Page(page)
    assert not found.all("link") + found.all("img") + found.all("iframe")
    assert not any("src" in attributes for _, attributes, _ in found.elements)
    assert [each[1]["href"] for each in found.all("a")] == ["#views"]
    assert not re.search(r"@import|url\(", found.all("style")[0][2])


def test_its_policy_allows_its_own_scripts_only(page):
    found = Page(page)
    (policy,) = [each[1] for each in found.all("meta") if "http-equiv" in each[1]]
    rules = dict(rule.split(" ", 1) for rule in policy["content"].split("; "))
    assert rules["default-src"] == "'none'"
    scripts = [each[2] for each in found.all("script") if not each[1]]
    digests = [hashlib.sha256(text.encode()).digest() for text in scripts]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    assert rules["script-src"].split() == hashes
    assert len(hashes) == 3


def test_the_same_trace_gives_the_same_file():
    data = made(200)
    assert report.dumps(from_json(data)) == report.dumps(from_json(json.loads(json.dumps(data))))


def test_hash_randomisation_changes_nothing(tmp_path, python):
    data = tmp_path / "trace.json"
    data.write_text(json.dumps(made(200)))
    program = (
        "import hashlib, sys\n"
        "from entrepot.observe import report\n"
        "from entrepot.observe.trace.file import read\n"
        "print(hashlib.sha256(report.dumps(read(sys.argv[1])).encode()).hexdigest())\n"
    )
    found = {python("-c", program, data, env={"PYTHONHASHSEED": seed}).stdout for seed in "123"}
    assert len(found) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_end_the_element_it_stands_in(name):
    trace = named(name)
    text = report.dumps(trace)
    plain = report.dumps(named("harmless"))
    assert [each[:2] for each in Page(text).elements] == [each[:2] for each in Page(plain).elements]
    (data,) = [each[2] for each in Page(text).all("script") if "type" in each[1]]
    assert json.loads(data)["imports"][0]["name"] == name
    assert not re.search(r"[<>&\u2028\u2029]", data)
    text.encode("utf-8")


def test_what_is_embedded_is_read_back_as_it_was():
    assert json.loads(embedded(HOSTILE)) == HOSTILE


def test_it_is_there_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    path.write_text("the one before")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files._os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        report.write(from_json(made(60)), path)
    assert os.listdir(tmp_path) == ["report.html"]
    assert path.read_text() == "the one before"


def test_it_is_written(tmp_path, page):
    trace = from_json(made(200))
    report.write(trace, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    with pytest.raises(FileNotFoundError):
        report.write(trace, tmp_path / "no directory" / "report.html")


def test_a_link_is_followed_and_a_device_is_written_to(tmp_path):
    trace = from_json(made(60))
    link = tmp_path / "link.html"
    try:
        link.symlink_to(tmp_path / "target.html")
    except OSError:
        pytest.skip("no symbolic links here")
    report.write(trace, link)
    assert link.is_symlink()
    assert (tmp_path / "target.html").is_file()
    report.write(trace, os.devnull)
    assert not os.path.isfile(os.devnull)


def test_the_sums_are_those_of_the_trace():
    trace = from_json(made(200))
    data = page_data(trace)
    assert sum(data["phases"].values()) == sum(one.own for one in trace.imports)
    assert sum(row["own"] for row in data["distributions"]) == data["importing"]
    loaded = {one.name for one in trace.imports if one.outcome == "loaded"}
    assert sum(row["modules"] for row in data["distributions"]) == len(loaded)
    assert len(data["imports"]) == len(trace.imports)


def test_an_empty_trace_is_a_report_too():
    data = made(60)
    data["imports"], data["repeats"] = [], []
    assert Page(report.dumps(from_json(data))).all("main")
