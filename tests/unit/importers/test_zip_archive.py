"""The archive reader: the forms of zip files there are, and every lie that one can tell."""

from __future__ import annotations

import io
import struct
import sys
import zipfile

import pytest

from entrepot.importers.archive import member as members
from entrepot.importers.archive.directory import Archive
from entrepot.importers.archive.end import ArchiveError
from tests.unit.importers.zips import DEFLATED, Member, build, deflate, zip64_end


@pytest.fixture
def opened(tmp_path):
    """A function that writes bytes to a file and opens them as an archive."""

    def open_(data):
        path = tmp_path / "tested.zip"
        path.write_bytes(data)
        return Archive(str(path))

    return open_


def content(archive, name):
    return members.Member(archive, archive.entries[name]).read(archive)


def contents(archive):
    return {name: content(archive, name) for name in archive}


PLAIN = {"a.py": b"a = 1\n", "p/b.py": b"b = 2\n" * 100}


def plain(**more):
    stored, deflated = PLAIN.items()
    return build(Member(*stored), Member(*deflated, method=DEFLATED), **more)


# --- Forms


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"prefix": b"#!/usr/bin/env python3\n" * 50},
        {"comment": b"a comment"},
        {"comment": b"PK\5\6 in a comment" * 20},
        {"comment": b"c" * 65_535},
        {"after": b"appended"},
        {"prefix": b"PK\3\4" * 9, "comment": b"both"},
        {"gap": b"PK\6\x08\4\0\0\0data", "offset": None},
    ],
    ids=["plain", "prepended", "comment", "signature", "longest", "appended", "both", "extra data"],
)
def test_forms(opened, form):
    if form.get("offset", 0) is None:
        size = len(plain()) - len(zipfile_directory(plain()))
        form = {**form, "offset": size + len(form["gap"])}
    assert contents(opened(plain(**form))) == PLAIN


def zipfile_directory(data):
    """Everything from the first entry of the directory on."""
    return data[data.index(b"PK\1\2") :]


def test_an_empty_archive(opened):
    assert contents(opened(build())) == {}


def test_zip64_end_record(opened):
    data = plain()
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    for tail in (b"", b"extensible data sector"):
        record = zip64_end(2, end - start, start, end, tail=tail)
        short = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, *[0xFFFFFFFF] * 2, 0)
        for prefix in (b"",) if tail else (b"", b"prepended"):
            assert contents(opened(prefix + data[:end] + record + short)) == PLAIN


def test_zip64_sizes(opened):
    body = b"x = 1\n"
    extra = struct.pack("<2H2Q", 1, 16, len(body), len(body))
    huge = {"size": 0xFFFFFFFF, "compressed": 0xFFFFFFFF, "extra": b"\x99\x99\1\0." + extra}
    archive = opened(build(Member("big.py", body, local={"extra": extra}, central=huge)))
    assert content(archive, "big.py") == body


def test_data_descriptors(opened, tmp_path):
    class Unseekable(io.RawIOBase):
        def __init__(self, file):
            self.file = file

        def writable(self):
            return True

        def write(self, data):
            return self.file.write(data)

    raw = io.BytesIO()
    with zipfile.ZipFile(Unseekable(raw), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.py", PLAIN["a.py"])
    assert raw.getvalue()[6:8] == b"\x08\0"  # the sizes follow the data
    assert contents(opened(raw.getvalue())) == {"a.py": PLAIN["a.py"]}


def test_names(opened):
    utf_8, code_page = "ünï/日本.py", "Ç½█.py"
    archive = opened(
        build(
            Member(utf_8, b"1", flags=0x800),
            Member(code_page.encode("cp437"), b"2"),
            Member(bytes(range(1, 256)), b"3"),
        )
    )
    assert content(archive, utf_8) == b"1"
    assert content(archive, code_page) == b"2"
    assert content(archive, bytes(range(1, 256)).decode("cp437")) == b"3"
    assert archive.directories() >= {"ünï/"}


def test_the_last_of_equal_names_counts(opened):
    archive = opened(build(Member("a.py", b"first"), Member("a.py", b"second")))
    assert contents(archive) == {"a.py": b"second"}


def test_directories_with_and_without_entries(opened):
    names = ["a/", "b/c/d.py", "b/e/", "f.py"]
    archive = opened(build(*[Member(name) for name in names]))
    assert archive.directories() == {"a/", "b/", "b/c/", "b/e/"}
    assert archive.children("") == {"a/", "b/", "f.py"}
    assert archive.children("b/") == {"c/", "e/"}
    assert archive.children("b/c/") == {"d.py"}


def test_a_local_header_may_have_more_extra_fields(opened):
    more = struct.pack("<2H", 0xCAFE, 4000) + bytes(4000)
    archive = opened(build(Member("a.py", b"data", local={"extra": more}), Member("b.py", b"more")))
    assert contents(archive) == {"a.py": b"data", "b.py": b"more"}


def bzip2(data):
    return pytest.importorskip("bz2").compress(data)


def raw_lzma(data):
    lzma = pytest.importorskip("lzma")
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
    body = lzma.compress(data, lzma.FORMAT_RAW, filters=filters)
    return (
        b"\x09\x04\x05\x00" + bytes([(2 * 5 + 0) * 9 + 3]) + (1 << 16).to_bytes(4, "little") + body
    )


def zstandard(data):
    from compression import zstd

    return zstd.compress(data)


OTHERS = [
    pytest.param(12, bzip2, id="bzip2"),
    pytest.param(14, raw_lzma, id="lzma"),
    pytest.param(
        93,
        zstandard,
        id="zstandard",
        marks=pytest.mark.skipif(
            sys.version_info < (3, 14), reason="the interpreter has zstandard since 3.14"
        ),
    ),
]


@pytest.mark.parametrize(("method", "compress"), OTHERS)
def test_methods_that_the_stdlib_does_not_read(opened, method, compress):
    data = b"value = 42\n" * 1000
    archive = opened(build(Member("a.py", data, method=method, raw=compress(data))))
    assert content(archive, "a.py") == data
    for lie, reason in ((len(data) - 1, "more than"), (len(data) + 1, "cut short")):
        member = Member("a.py", data, method=method, raw=compress(data), central={"size": lie})
        with pytest.raises(ArchiveError, match=reason):
            content(opened(build(member)), "a.py")
    with pytest.raises(ArchiveError, match="can't decompress data"):
        content(opened(build(Member("a.py", data, method=method, raw=b"\xff" * 50))), "a.py")


def test_zipfile_writes_what_we_read(opened):
    pytest.importorskip("bz2", reason="zipfile needs it to compress")
    pytest.importorskip("lzma", reason="zipfile needs it to compress")
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.py", PLAIN["p/b.py"])
        file.writestr("b.py", PLAIN["p/b.py"], zipfile.ZIP_BZIP2)
    assert contents(opened(raw.getvalue())) == dict.fromkeys(["a.py", "b.py"], PLAIN["p/b.py"])


def test_members_are_read_ahead(tmp_path):
    path = tmp_path / "many.zip"
    path.write_bytes(build(*[Member(f"m{number}.py", b"x" * 100) for number in range(100)]))
    opens = []

    def opener(name):
        opens.append(name)
        return io.open_code(name)

    archive = Archive(str(path), opener)
    assert set(contents(archive).values()) == {b"x" * 100}
    assert len(opens) == 2


# --- Lies about the archive


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a Zip file"),
        (b"PK\5\6", "not a Zip file"),
        (b"x" * 100_000, "not a Zip file"),
        (plain()[:-1], "not a Zip file"),
        (plain(length=1 << 30), "bad central directory size"),
        (plain(offset=1 << 30), "bad central directory offset"),
        (plain(offset=len(plain()) - 50), "bad central directory size or offset"),
        (plain(entries=1, total=1), "mismatched num_files: 2 should be 1"),
        (plain(entries=65_535, total=65_535), "mismatched num_files"),
        (plain(length=46), "bad central directory entry|truncated"),
        (build(Member("a.py"), before_end=b"PK\1\2" + bytes(10)), "bad central directory"),
        (plain().replace(b"\4\0\0\0\0\0\0\0\0\0", b"\xff\x7f\0\0\0\0\0\0\0\0"), "truncated"),
        (build(Member(b"\xff\xfe.py", flags=0x800)), "bad name of a member"),
    ],
)
def test_what_is_wrong_with_an_archive_is_said(opened, data, reason):
    with pytest.raises(ArchiveError, match=reason) as caught:
        opened(data)
    assert "tested.zip" in str(caught.value)


# --- Lies about members

ZIP64_LIE = {"size": 0xFFFFFFFF, "compressed": 0xFFFFFFFF, "extra": struct.pack("<2HQ", 1, 8, 5)}
MEMBER_LIES = {
    "encrypted": (Member("a.py", b"data", flags=1), "encrypted"),
    "unknown method": (Member("a.py", b"data", method=99), "unknown compression method 99"),
    "wrong crc": (Member("a.py", b"data", central={"crc": 7}), "bad CRC-32"),
    "stored, two sizes": (Member("a.py", b"data", central={"size": 9}), "two different sizes"),
    "beyond the end": (
        Member("a.py", b"data", central={"size": 999, "compressed": 999}),
        "beyond the end",
    ),
    "offset beyond the end": (Member("a.py", b"data", central={"offset": 1 << 20}), "beyond"),
    "offset elsewhere": (Member("a.py", b"data" * 20, central={"offset": 3}), "bad local file"),
    "another name": (Member("a.py", b"data", local={"name": b"b.py"}), "another name"),
    "shorter name": (
        Member("a.py", b"data", local={"name": b"a.p", "extra": bytes(8)}),
        "another name",
    ),
    "zip64 missing": (Member("a.py", b"data", central=ZIP64_LIE), "corrupt zip64"),
    "zip64 huge": (
        Member(
            "a.py",
            b"data",
            central={**ZIP64_LIE, "extra": struct.pack("<2H2Q", 1, 16, 1 << 60, 1 << 60)},
        ),
        "beyond the end",
    ),
    "cut short": (
        Member("a.py", b"data" * 99, raw=deflate(b"data" * 99)[:-3], method=DEFLATED),
        "can't decompress data",
    ),
    "not deflated": (Member("a.py", b"data", raw=b"\xff" * 9, method=DEFLATED), "deflate: Error"),
    "expands to more": (
        Member("a.py", b"data" * 99, method=DEFLATED, central={"size": 9}),
        "more than the 9 bytes announced",
    ),
    "expands to less": (
        Member("a.py", b"data", method=DEFLATED, central={"size": 9999}),
        "it is cut short",
    ),
    "bomb": (
        Member("a.py", b"", raw=b"x", method=DEFLATED, central={"size": members.LIMIT + 1}),
        r"expands to \d+ bytes, more than the 268435456 allowed",
    ),
}


@pytest.mark.parametrize("lie", MEMBER_LIES)
def test_what_is_wrong_with_a_member_is_said(opened, lie):
    member, reason = MEMBER_LIES[lie]
    archive = opened(build(member, Member("good.py", b"good")))
    with pytest.raises(ArchiveError, match=reason) as caught:
        content(archive, "a.py")
    assert "a.py" in str(caught.value)
    assert "tested.zip" in str(caught.value)
    assert content(archive, "good.py") == b"good"


def test_a_bomb_costs_no_memory(opened):
    tracemalloc = pytest.importorskip("tracemalloc", reason="PyPy has none", exc_type=ImportError)
    archive = opened(
        build(
            Member("a.py", raw=deflate(bytes(1 << 26)), method=DEFLATED, central={"size": 100}),
        )
    )
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError, match="more than the 100 bytes announced"):
            content(archive, "a.py")
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_overlapping_members_are_refused(opened):
    """Members that quote others, headers and all, are how bombs of any size are made."""
    inner = Member("b.py", b"b" * 2000)
    quoted = inner.local_header() + inner.raw
    outer = Member("a.py", quoted)
    at = len(outer.local_header())
    again = Member("b.py", inner.raw, central={"offset": at})
    data = outer.local_header() + outer.raw
    entries = outer.entry(0) + again.entry(at)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(entries), len(data), 0)
    archive = opened(data + entries + end)
    with pytest.raises(ArchiveError, match="overlapping members, one is 'a.py'"):
        content(archive, "a.py")
    assert content(archive, "b.py") == inner.raw


def test_names_that_lead_out_are_only_names(opened):
    names = ["../up.py", "/root.py", "C:\\x.py", "a/../../b.py", "nul\0.py"]
    archive = opened(build(*[Member(name, name.encode()) for name in names]))
    assert contents(archive) == {name: name.encode() for name in names}
