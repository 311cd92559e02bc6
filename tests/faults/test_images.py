"""Images that are damaged, foreign, cut short or unsafe: never wrong code, never a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from entrepot import host
from entrepot.image import collect, layout
from entrepot.importers import image as images
from entrepot.importers.image import format as format_

pytestmark = pytest.mark.filterwarnings("ignore:the image:RuntimeWarning")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The content of an image, and the code of its modules."""
    folder = tmp_path_factory.mktemp("lib")
    (folder / "pack").mkdir()
    for name in ("pack/__init__.py", "pack/a.py", "b.py", "c.py"):
        (folder / name).write_text(f"VALUE = {name!r}\n\ndef f(x):\n    return x, {name!r}\n")
    contents = layout.Contents()
    contents.add_all(collect.of_environment([str(folder)]))
    path = folder / "whole.image"
    layout.write(str(path), contents, {"of": "a test"})
    return path.read_bytes(), codes(str(path))


def codes(path: str) -> dict[str, object]:
    """What the image serves: the code of each module, as far as it has it."""
    image, found = images.Image(path, "sealed"), {}
    for directory in image.pieces:
        known = image.directory(directory)
        for name, record in known.records.items() if known else ():
            code = image.code(record)
            if code is not None:
                found[name] = host.marshal_dumps(code)
    return found


def served(path: Path, data: bytes) -> dict[str, object] | str:
    """What the image *data* serves, or why it is refused."""
    path.write_bytes(data)
    path.chmod(0o644)
    try:
        return codes(str(path))
    except images.Refused as problem:
        return str(problem)


def test_whole(whole, tmp_path):
    data, expected = whole
    assert served(tmp_path / "x.image", data) == expected
    assert len(expected) == 4


def test_cut_anywhere(whole, tmp_path):
    data, _ = whole
    for end in [*range(200), *range(200, len(data), 37), len(data) - 1]:
        reason = served(tmp_path / "x.image", data[:end])
        assert isinstance(reason, str), end
        assert "bytes are there" in reason or "not an image" in reason


def test_longer_than_it_says(whole, tmp_path):
    assert isinstance(served(tmp_path / "x.image", whole[0] + b"x"), str)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("flipped") / "x.image"


@settings(max_examples=300)
@given(data=st.data())
def test_flipped_anywhere(whole, place, data):
    content, expected = whole
    changed = bytearray(content)
    positions = st.integers(0, len(content) - 1)
    for at in data.draw(st.lists(positions, min_size=1, max_size=4, unique=True)):
        changed[at] ^= data.draw(st.integers(1, 255))
    found = served(place, bytes(changed))
    assert isinstance(found, str) or found.items() <= expected.items()


def test_each_byte_of_the_header_and_the_index(whole, tmp_path):
    content, _ = whole
    header = format_.parse(memoryview(content))
    start, length, _ = header.index
    end = format_.FIXED + len(header.identity)
    for at in [*range(end), *range(start, start + length)]:
        changed = bytearray(content)
        changed[at] ^= 0x55
        assert isinstance(served(tmp_path / "x.image", bytes(changed)), str), at


@pytest.mark.parametrize("data", [b"", b"entrepot", b"\x7fELF" + bytes(100), bytes(64)])
def test_what_is_no_image(tmp_path, data):
    assert "not an image" in served(tmp_path / "x.image", data) or not data.strip(b"entrpo")


def test_one_of_another_interpreter(whole, tmp_path, monkeypatch):
    here = format_.identity()
    for name in here:
        monkeypatch.setattr(format_, "identity", lambda name=name: {**here, name: "another"})
        reason = served(tmp_path / "x.image", whole[0])
        assert reason.startswith(f"it was made for another interpreter ({name} is ")
        assert "build it again" in reason


def test_one_of_another_format(whole, tmp_path):
    changed = whole[0][:16] + bytes([9]) + whole[0][17:]
    assert "version 9 of the format" in served(tmp_path / "x.image", changed)


# --- What is no file to rely on

POSIX = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


def refusal(path: object) -> str:
    with pytest.raises(images.Refused) as caught:
        images.Image(str(path))
    return str(caught.value)


def test_missing_and_a_directory(tmp_path):
    assert "no such file" in refusal(tmp_path / "none")
    assert "not a regular file" in refusal(tmp_path) or sys.platform == "win32"
    assert "cannot be read" in refusal(tmp_path / ("x" * 300))
    assert "cannot be read" in refusal("nul\0inside")


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in refusal(tmp_path / "pipe")


@POSIX
@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666, 0o777])
def test_others_may_write(whole, tmp_path, mode):
    path = tmp_path / "x.image"
    path.write_bytes(whole[0])
    path.chmod(mode)
    assert f"others than its owner may write to it (mode {mode:o}): `chmod go-w`" in refusal(path)


@POSIX
def test_somebody_else_owns_it(whole, tmp_path, monkeypatch):
    path = tmp_path / "x.image"
    path.write_bytes(whole[0])
    path.chmod(0o644)
    me = os.geteuid()
    if me == 0:
        os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr("entrepot.importers.image.opened.user", lambda: me + 1)
    assert "it belongs to user " in refusal(path)
    os.chown(path, me, -1)
    monkeypatch.undo()
    images.Image(str(path))


@POSIX
def test_roots_own_is_everybodys(whole, tmp_path, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root makes files that are root's")
    path = tmp_path / "x.image"
    path.write_bytes(whole[0])
    path.chmod(0o644)
    monkeypatch.setattr("entrepot.importers.image.opened.user", lambda: 1000)
    images.Image(str(path))
