"""Archives that are damaged at random: an error that names the archive, or what was in it."""

from __future__ import annotations

import os
import tempfile
import zipfile

from hypothesis import given, settings, strategies as st

from entrepot.importers.archive import member as members
from entrepot.importers.archive.directory import Archive
from entrepot.importers.archive.end import ArchiveError
from entrepot.zipimport import ZipImportError, zipimporter
from tests.unit.importers.zips import DEFLATED, Member, build, zip64_end

BODIES = {"a.py": b"a = 1\n" * 30, "p/__init__.py": b"", "p/b.py": b"b = 'x' * 99\n" * 30}


def valid():
    plain = build(*[Member(name, body, method=DEFLATED) for name, body in BODIES.items()])
    stored = build(*[Member(name, body) for name, body in BODIES.items()], comment=b"comment")
    start, end = plain.index(b"PK\1\2"), plain.index(b"PK\5\6")
    large = plain[:end] + zip64_end(3, end - start, start, end) + plain[end:]
    return [plain, stored, large]


VALID = valid()
EDITS = st.one_of(
    st.tuples(st.just("set"), st.integers(0, 5000), st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("insert"), st.integers(0, 5000), st.binary(min_size=1, max_size=30)),
    st.tuples(st.just("delete"), st.integers(0, 5000), st.integers(1, 60)),
    st.tuples(st.just("cut"), st.integers(0, 5000), st.just(0)),
)


def edited(data, edits):
    for kind, at, what in edits:
        at %= len(data) + 1
        if kind == "set":
            data = data[:at] + what + data[at + len(what) :]
        elif kind == "insert":
            data = data[:at] + what + data[at:]
        elif kind == "delete":
            data = data[:at] + data[at + what :]
        else:
            data = data[:at]
    return data


def attempt(path, action):
    """Return what *action* returns, None if it raises an ArchiveError that names the archive."""
    told = None
    try:
        return action()
    except ArchiveError as error:
        told = str(error)
    assert os.path.basename(path) in told
    return None


def read_all(path):
    """Return what each member holds, None for those that are refused; None if all are."""
    archive = attempt(path, lambda: Archive(path))
    if archive is None:
        return None

    def read(place):
        return members.Member(archive, place).read(archive)

    return {name: attempt(path, lambda at=at: read(at)) for name, at in archive.entries.items()}


@settings(max_examples=400)
@given(base=st.sampled_from(VALID), edits=st.lists(EDITS, min_size=1, max_size=4))
def test_damage_is_told_or_harmless(base, edits):
    data = edited(base, edits)
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "fuzzed.zip")
        with open(path, "wb") as file:
            file.write(data)
        found = read_all(path) or {}
        genuine = set(BODIES.values())
        for body in found.values():
            assert body is None or body in genuine or b"PK" in body or len(body) < 8


@settings(max_examples=150)
@given(base=st.sampled_from(VALID), edits=st.lists(EDITS, min_size=1, max_size=3))
def test_the_importer_raises_only_what_it_says(base, edits):
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "fuzzed.zip")
        with open(path, "wb") as file:
            file.write(edited(base, edits))
        try:
            importer = zipimporter(path)
        except ZipImportError:
            return
        for name in ("a", "p", "p.b", "absent"):
            try:
                importer.find_spec(name)
                importer.get_code(name)
                importer.get_source(name)
            except (ZipImportError, SyntaxError):
                pass
        names = [name for name, _ in importer.iter_modules()]
        assert len(names) == len(set(names))


@settings(max_examples=60)
@given(
    names=st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0/\\:"), min_size=1, max_size=12),
        st.binary(max_size=300),
        max_size=8,
    ),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]),
    comment=st.binary(max_size=60),
    before=st.binary(max_size=60),
)
def test_what_zipfile_writes_is_read(names, method, comment, before):
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "written.zip")
        with open(path, "wb") as file:
            file.write(before)
        with zipfile.ZipFile(path, "a", method) as archive:
            for name, body in names.items():
                archive.writestr(f"d/{name}", body)
            archive.comment = comment
        assert read_all(path) == {f"d/{name}": body for name, body in names.items()}


def test_every_truncation_is_told(tmp_path):
    data = VALID[0]
    path = tmp_path / "cut.zip"
    for size in range(len(data)):
        path.write_bytes(data[:size])
        assert read_all(str(path)) is None, size
