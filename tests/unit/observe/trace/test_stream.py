"""The records' way out of a process."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, strategies as st

from entrepot.observe.trace import stream
from tests.capabilities import needs


def shared(size):
    """Memory for a `Shared`; without the module, as on WASI, `entrepot trace` has only files."""
    return pytest.importorskip("mmap").mmap(-1, size)


RECORDS = [(0, 7, n, "näme \udc80", None, (1, "x")) for n in range(50)]


def test_what_is_written_is_read(tmp_path):
    out = stream.Stream(str(tmp_path / "s"))
    for record in RECORDS:
        out.write(record)
    assert list(stream.read((tmp_path / "s").read_bytes())) == RECORDS


@given(cut=st.integers(0, 60))
def test_a_stream_that_is_cut_short(cut):
    memory = shared(10_000)
    out = stream.Shared(memory, "unused", 7)
    for record in RECORDS:
        out.write(record)
    data = memory[:].rstrip(b"\0")
    read = list(stream.read(data[: len(data) - cut]))
    assert read == RECORDS[: len(read)]
    assert len(read) >= len(RECORDS) - 3


def test_a_full_memory_goes_on_in_the_file(tmp_path):
    memory = shared(300)
    out = stream.Shared(memory, str(tmp_path / "s"), 7)
    for record in RECORDS:
        out.write(record)
    in_memory = list(stream.read(memory))
    assert in_memory + list(stream.read((tmp_path / "s").read_bytes())) == RECORDS
    assert 0 < len(in_memory) < 10


def test_a_record_that_was_being_written_is_left_out():
    """A signal may come in the middle: what has no mark behind it may have zeros for its end."""
    memory = shared(1000)
    out = stream.Shared(memory, "unused", 7)
    out.write(RECORDS[0])
    out.write(RECORDS[1])
    end = memory.tell() - len(stream._MARK)
    memory[end:] = bytes(len(memory) - end)
    assert list(stream.read(memory)) == RECORDS[:1]


def test_other_processes_go_to_the_file(tmp_path):
    memory = shared(1000)
    out = stream.Shared(memory, str(tmp_path / "s"), 8)
    out.write(RECORDS[0])
    assert list(stream.read(memory)) == []
    assert list(stream.read((tmp_path / "s").read_bytes())) == RECORDS[:1]


@needs("duplicates of descriptors")
def test_a_program_that_closes_all_files(tmp_path):
    out = stream.Stream(str(tmp_path / "s"))
    out.write(RECORDS[0])
    number = out._fd
    os.close(number)
    mine = os.open(tmp_path / "mine", os.O_CREAT | os.O_WRONLY)
    os.dup2(mine, number)
    try:
        out.write(RECORDS[1])
        assert out._fd != number
    finally:
        os.close(mine)
        os.close(number)
        os.close(out._fd)
    assert (tmp_path / "mine").read_bytes() == b""
    assert list(stream.read((tmp_path / "s").read_bytes())) == RECORDS[:2]


@needs("duplicates of descriptors")
def test_low_numbers_are_left_to_the_program(tmp_path):
    before = os.open(os.devnull, os.O_RDONLY)
    os.close(before)
    out = stream.Stream(str(tmp_path / "s"))
    after = os.open(os.devnull, os.O_RDONLY)
    os.close(after)
    os.close(out._fd)
    assert after == before


def test_a_file_that_is_gone_or_never_was_is_given_up(tmp_path):
    out = stream.Stream(str(tmp_path / "s"))
    os.close(out._fd)
    (tmp_path / "s").unlink()
    out.write(RECORDS[0])
    out.write(RECORDS[1])
    never = stream.Stream(str(tmp_path / "nowhere" / "s"))
    never.write(RECORDS[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this platform has no /dev/full")
def test_a_full_disk_is_given_up():
    out = stream.Stream("/dev/full")
    out.write(RECORDS[0])
    assert out._fd == -1
