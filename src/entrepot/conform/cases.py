"""The files of the cases: a header, then files, in the manner of the txtar format.

    title: A submodule is bound in its parent after it was executed
    source: The import system, 5.4.2 Submodules
    -- p/__init__.py --
    -- p/a.py --
    -- program.py --
    import p.a
    print(hasattr(p, "a"))
    -- expect --
    True

A value of the header goes on in the next line if that is indented; lines with `#` are comments.
The keys are title, source, requires (names of CAPABILITIES), since (a version that changed this:
older interpreters' own import systems are not held against it) and flags (options of python).

Files are text in UTF-8; `-- name (base64) --` and `-- name (encoding NAME) --` are others,
`-- name (symlink TARGET) --` is a link, `-- name (zip ARCHIVE) --` a member of an archive, and a
name that ends in `/` is an empty directory. Whatever is wrong with a file is a CaseError that
names it.
"""

from __future__ import annotations

import base64
import binascii
import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DIRECTORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
PROGRAM, EXPECT = "program.py", "expect"

#: What a case may require, and what it is (docs/conformance.md).
CAPABILITIES = {
    "bytecode": "writes bytecode files",
    "extensions": "loads extension modules",
    "lazy": "has lazy imports (PEP 810)",
    "process": "the candidate is the import system of the whole process",
    "program": "starts programs with the candidate in place, as `python` does",
    "subprocess": "starts processes",
    "symlinks": "has symbolic links",
    "threads": "has threads",
    "zlib": "has the module zlib",
}
_KEYS = frozenset({"title", "source", "requires", "since", "flags"})
_FILE = re.compile(r"-- (?P<name>\S+)(?: \((?P<kind>\w+)(?: (?P<argument>[^()]+))?\))? --\s*$")
_KINDS = {"base64": False, "encoding": True, "symlink": True, "zip": True}


class CaseError(ValueError):
    """A file of a case that is not as it should be; the text says which and where."""


class File:
    """A file of a case's tree: its *name*, and its bytes or what it links to.

    *archive* is the name of the zip archive that it is a member of, or "".
    """

    __slots__ = ("archive", "data", "link", "name")

    def __init__(self, name: str, data: bytes = b"", *, link: str = "", archive: str = "") -> None:
        self.name = name
        self.data = data
        self.link = link
        self.archive = archive


class Case:
    """One case; *id* is "AREA/NAME", and *source* the section of the documentation."""

    __slots__ = ("expect", "files", "flags", "id", "requires", "since", "source", "title")

    def __init__(self, id: str, header: dict[str, str], files: list[File], expect: str) -> None:
        self.id = id
        self.title = header["title"]
        self.source = header["source"]
        self.requires = tuple(header.get("requires", "").replace(",", " ").split())
        self.since = tuple(int(part) for part in header.get("since", "0").split("."))
        self.flags = header.get("flags", "").split()
        self.files = files
        self.expect = expect

    @property
    def area(self) -> str:
        """The directory of the case: a group of sections."""
        return self.id.partition("/")[0]


def read_cases(directory: str = DIRECTORY) -> list[Case]:
    """Return all cases below *directory*, in the order of their ids."""
    cases = []
    for area in sorted(os.listdir(directory)):
        if not os.path.isdir(os.path.join(directory, area)):
            continue
        for name in sorted(os.listdir(os.path.join(directory, area))):
            stem, dot = os.path.splitext(name)
            if dot == ".txt":
                with open(os.path.join(directory, area, name), encoding="utf-8") as file:
                    cases.append(parse(f"{area}/{stem}", file.read()))
    return cases


def parse(id: str, text: str) -> Case:
    """Return the case *id* that *text* says; CaseError if it makes no sense."""
    parts = list(_parts(text.splitlines(keepends=True)))
    header = _header(id, parts[0][1])
    files: list[File] = []
    expect = None
    for head, body in parts[1:]:
        content = "".join(body)
        if head["name"] == EXPECT:
            expect = content
        else:
            files.append(_file(id, head, content))
    if expect is None or PROGRAM not in [file.name for file in files]:
        raise CaseError(f"{id}: a case has a {PROGRAM} and an {EXPECT}")
    return Case(id, header, files, expect)


def _parts(lines: Iterable[str]) -> Iterator[tuple[dict[str, str | None], list[str]]]:
    """Yield the header's lines, and those of each file with what its first line said."""
    head: dict[str, str | None] = {}
    body: list[str] = []
    for line in lines:
        found = _FILE.match(line)
        if found:
            yield head, body
            head, body = found.groupdict(), []
        else:
            body.append(line)
    yield head, body


def _header(id: str, lines: Iterable[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    key = ""
    for line in lines:
        if line[0] in " \t" and key and line.strip():
            header[key] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            key, colon, value = line.partition(":")
            if not colon or key not in _KEYS or key in header:
                raise CaseError(f"{id}: not a line of a header: {line.strip()!r}")
            header[key] = value.strip()
    _check(id, header)
    return header


def _check(id: str, header: dict[str, str]) -> None:
    for key in ("title", "source"):
        if not header.get(key):
            raise CaseError(f"{id}: a case has a {key}")
    if not re.fullmatch(r"\d+\.\d+", header.get("since", "0.0")):
        raise CaseError(f"{id}: since is a version such as 3.12, not {header['since']!r}")
    for name in header.get("requires", "").replace(",", " ").split():
        if name not in CAPABILITIES:
            raise CaseError(f"{id}: nothing can be required by the name {name!r}")


def _file(id: str, head: dict[str, str | None], content: str) -> File:
    name, kind, argument = head["name"] or "", head["kind"], head["argument"] or ""
    if name.startswith("/") or ".." in name.split("/"):
        raise CaseError(f"{id}: {name} is outside of the case's tree")
    if kind is None:
        return File(name, content.encode())
    if _KINDS.get(kind) != bool(argument):
        raise CaseError(f"{id}: what is ({kind} {argument}), of {name}?")
    if kind == "symlink":
        return File(name, link=argument)
    if kind == "zip":
        return File(name, content.encode(), archive=argument)
    try:
        data = base64.b64decode(content) if kind == "base64" else content.encode(argument)
    except (binascii.Error, LookupError, UnicodeError) as error:
        raise CaseError(f"{id}: {name} cannot be encoded: {error}") from error
    return File(name, data)
