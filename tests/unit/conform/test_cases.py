"""The format of the cases, and the cases that are there."""

from __future__ import annotations

import re

import pytest

from entrepot.conform import CaseError, read_cases
from entrepot.conform.cases import CAPABILITIES, parse

GOOD = """\
# a comment
title: A title
  that goes on
source: The reference, 1.2
requires: threads, zlib
since: 3.12
flags: -X dev
-- p/__init__.py --
x = 1
-- program.py --
print(1)
-- expect --
1
"""
CASES = read_cases()


def test_all_that_a_case_says():
    case = parse("area/name", GOOD)
    assert (case.id, case.area, case.title) == ("area/name", "area", "A title that goes on")
    assert case.source == "The reference, 1.2"
    assert (case.requires, case.since, case.flags) == (("threads", "zlib"), (3, 12), ["-X", "dev"])
    assert [(f.name, f.data) for f in case.files] == [
        ("p/__init__.py", b"x = 1\n"),
        ("program.py", b"print(1)\n"),
    ]
    assert case.expect == "1\n"


@pytest.mark.parametrize(
    ("head", "body", "data"),
    [
        ("-- m.py (encoding koi8-r) --", "я\n", "я\n".encode("koi8-r")),
        ("-- m.py (encoding utf-8-sig) --", "x\n", b"\xef\xbb\xbfx\n"),
        ("-- m.py (base64) --", "AAEC\n", b"\0\1\2"),
    ],
)
def test_files_that_are_no_plain_text(head, body, data):
    case = parse("a/b", f"{GOOD}{head}\n{body}")
    assert case.files[-1].data == data


def test_links_archives_and_directories():
    more = "-- link (symlink p) --\n-- m.py (zip lib.zip) --\nx\n-- empty/ --\n"
    link, member, directory = parse("a/b", GOOD + more).files[-3:]
    assert (link.name, link.link) == ("link", "p")
    assert (member.name, member.archive, member.data) == ("m.py", "lib.zip", b"x\n")
    assert directory.name == "empty/"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: A title\n  that goes on\n", "", "a case has a title"),
        ("source: The reference, 1.2\n", "", "a case has a source"),
        ("threads, zlib", "wings", "by the name 'wings'"),
        ("3.12", "soon", "since is a version such as 3.12, not 'soon'"),
        ("flags:", "flag:", "not a line of a header: 'flag: -X dev'"),
        ("flags: -X dev", "title: again", "not a line of a header: 'title: again'"),
        ("-- program.py --", "-- other.py --", "has a program.py and an expect"),
        ("-- expect --", "-- other --", "has a program.py and an expect"),
        ("-- p/__init__.py --", "-- ../m.py --", "../m.py is outside"),
        ("-- p/__init__.py --", "-- /m.py --", "/m.py is outside"),
        ("-- p/__init__.py --", "-- m.py (strange) --", "what is (strange )"),
        ("-- p/__init__.py --", "-- m.py (symlink) --", "what is (symlink )"),
        ("-- p/__init__.py --", "-- m.py (base64 x) --", "what is (base64 x)"),
        ("-- p/__init__.py --", "-- m.py (encoding none-such) --", "cannot be encoded"),
        ("-- p/__init__.py --", "-- m.py (base64) --", "cannot be encoded"),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_case(old, new, says):
    assert old in GOOD
    with pytest.raises(CaseError, match="^" + re.escape("a/b: ")) as caught:
        parse("a/b", GOOD.replace(old, new))
    assert says in str(caught.value)


def test_only_txt_files_in_areas_are_cases(tmp_path):
    (tmp_path / "area").mkdir()
    for name in ("area/one.txt", "area/notes.md", "loose.txt"):
        (tmp_path / name).write_text(GOOD)
    assert [case.id for case in read_cases(str(tmp_path))] == ["area/one"]


# --- The cases that are there


def test_there_are_as_many_as_promised():
    assert len(CASES) >= 250


#: Section 5 of the reference, but for its introduction and its closing lists.
SECTIONS = (
    "5.1 5.2 5.2.1 5.2.2 5.3 5.3.1 5.3.2 5.3.3 5.3.4 5.4 5.4.1 5.4.2 5.4.3 5.4.4 5.4.5 5.4.6"
    " 5.5 5.5.1 5.5.2 5.6 5.7 5.8 5.8.1"
)


@pytest.mark.parametrize("section", SECTIONS.split())
def test_each_section_of_the_reference_has_cases(section):
    assert any(case.source.startswith(f"The import system, {section} ") for case in CASES)


#: Of the library reference.
DOCUMENTS = """
    importlib importlib.abc importlib.machinery importlib.metadata importlib.resources
    importlib.resources.abc importlib.util pkgutil runpy site sys zipimport
"""


@pytest.mark.parametrize("document", DOCUMENTS.split())
def test_each_document_of_the_library_has_cases(document):
    assert any(re.search(rf"\b{re.escape(document)}\b", case.source) for case in CASES)


PEPS = "235 263 302 328 366 420 451 488 489 552 810 3120 3147"


@pytest.mark.parametrize("pep", PEPS.split())
def test_each_pep_has_cases(pep):
    assert any(re.search(rf"\bPEP {pep}\b", case.source) for case in CASES)


def test_no_two_cases_are_about_the_same():
    titles = [case.title for case in CASES]
    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


def test_each_capability_is_required_somewhere():
    assert {name for case in CASES for name in case.requires} == set(CAPABILITIES)
