"""The 16 bytes of a pyc: any value survives, any bytes are refused or read, never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from entrepot import host
from entrepot.bytecode import fresh, header, policy

CODE = compile("x = 1", "m.py", "exec")

by_time = st.builds(
    header.by_time,
    st.floats(0, 2**40, allow_nan=False) | st.integers(0, 2**40),
    st.integers(0, 2**40),
)
by_hash = st.builds(
    lambda data, checked: header.by_hash(data, checked=checked),
    st.binary(min_size=8, max_size=8),
    st.booleans(),
)


@given(by_time | by_hash)
def test_what_is_dumped_is_parsed(one):
    data = header.dump(one, CODE)
    assert len(data) > fresh.SIZE
    assert header.parse(data, "m") == one
    assert fresh.load_code(data, "m", "m.pyc") == CODE


@given(st.binary(max_size=40), st.booleans())
def test_any_bytes_are_read_or_refused(data, is_ours):
    if is_ours:
        data = host.MAGIC_NUMBER + data
    try:
        one = header.parse(data, "m", "m.pyc")
    except (ImportError, EOFError) as raised:
        error = raised
    else:
        assert header.dump(one, CODE)[: fresh.SIZE] == data[: fresh.SIZE]
        return
    if isinstance(error, EOFError):
        assert len(data) < fresh.SIZE
    else:
        assert (error.name, error.path) == ("m", "m.pyc")


@given(st.binary(max_size=8).filter(lambda data: len(data) != 8), st.booleans())
def test_hashes_have_eight_bytes(data, checked):
    with pytest.raises(ValueError, match="8 bytes"):
        header.by_hash(data, checked=checked)


@given(by_time | by_hash, st.sampled_from(["default", "always", "never"]))
def test_every_header_has_a_decision(one, which):
    decision = policy.decision(one.flags, which)
    if one.source_hash is None:
        assert decision is policy.COMPARE_TIME
    elif which == "always":
        assert decision is policy.COMPARE_HASH
    elif which == "never":
        assert decision is policy.TRUST
    else:
        checked = bool(one.flags & header.CHECK_SOURCE)
        assert decision is (policy.COMPARE_HASH if checked else policy.TRUST)


@given(st.integers(0, 2**33), st.integers(0, 2**33), st.integers(0, 2**33), st.integers(0, 2**33))
def test_a_pyc_by_time_is_fresh_for_its_own_source_only(mtime, size, other_mtime, other_size):
    one = header.by_time(mtime, size)
    assert policy.stale_by_time(one, mtime, size) is None
    assert policy.stale_by_time(one, mtime, None) is None
    differs = (other_mtime - mtime) % 2**32 or (other_size - size) % 2**32
    assert bool(policy.stale_by_time(one, other_mtime, other_size)) is bool(differs)


@given(st.binary(max_size=50), st.binary(max_size=50), st.booleans())
def test_a_pyc_by_hash_is_fresh_for_its_own_source_only(source, other, checked):
    one = header.by_hash(host.source_hash(source), checked=checked)
    assert policy.stale_by_hash(one, source) is None
    assert bool(policy.stale_by_hash(one, other)) is (source != other)
    renewed = policy.renewed(one, other, 1, 2)
    assert renewed.flags == one.flags
    assert policy.stale_by_hash(renewed, other) is None
