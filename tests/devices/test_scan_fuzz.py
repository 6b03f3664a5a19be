"""Whatever comes on a scanner's wire: no exception, no unbounded memory, and the next good scan is read."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.keyboard.framing import KeyFraming
from devices.drivers.keyboard.records import RECORD
from devices.drivers.scan_frame import FRAME_BYTES_MAX
from devices.drivers.scan_framing import ScanFraming
from devices.simulated.keyboard.keys import presses, report, stroke

SOAK_EXAMPLES = 130_000  # twice this: over a quarter of a million inputs
GOOD = "YZ1:GOOD"

byte_pieces = st.lists(st.tuples(st.binary(max_size=700), st.floats(0, 3)), max_size=8)

_long = 2 ** (8 * struct.calcsize("l") - 1)
# Mostly what a scanner may send, with everything else that a record can hold in between.
key_codes = st.one_of(st.integers(1, 60), st.sampled_from([28, 42, 54, 15, 96, 29, 56, 58]), st.integers(0, 0xFFFF))
records = st.one_of(
    st.builds(
        lambda at, code, value: RECORD.pack(at // 1_000_000, at % 1_000_000, 1, code, value),
        st.integers(0, 4_000_000),
        key_codes,
        st.sampled_from([0, 1, 1, 1, 2]),
    ),
    st.sampled_from([RECORD.pack(0, 0, 0, 0, 0), RECORD.pack(0, 0, 0, 3, 0), RECORD.pack(0, 0, 4, 4, 458756)]),
    st.builds(
        RECORD.pack,
        st.integers(-_long, _long - 1),
        st.integers(-_long, _long - 1),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.integers(-(2**31), 2**31 - 1),
    ),
    st.binary(max_size=30),  # and where a record is cut, all that follow are shifted
)
record_pieces = st.lists(st.tuples(st.lists(records, max_size=60).map(b"".join), st.floats(0, 3)), max_size=4)


def feed_all(framing: Any, pieces: list[tuple[bytes, float]]) -> float:
    now = 0.0
    for data, later in pieces:
        now += later
        before = framing.rejected
        payloads = framing.feed(data, now)
        framing.idle(now)
        assert all(0 < len(payload) <= FRAME_BYTES_MAX for payload in payloads)
        assert all(payload.isascii() and payload.isprintable() for payload in payloads)
        assert len(framing._frame) <= FRAME_BYTES_MAX
        assert before <= framing.rejected <= before + len(data) + 1
    return now


def stream(pieces: list[tuple[bytes, float]]) -> None:
    framing = ScanFraming()
    now = feed_all(framing, pieces)
    framing.idle(now + 9)  # the line was quiet: only that ends a frame early, never the time at which bytes are read
    assert framing.feed(b"\r" + GOOD.encode() + b"\r", now + 10) == [GOOD]


def events(pieces: list[tuple[bytes, float]]) -> None:
    framing = KeyFraming()
    now = feed_all(framing, pieces)
    assert len(framing._records._rest) < RECORD.size
    framing.lost()  # after a record that was cut only opening the node again helps
    good = b"".join(report(2**52 + 1000 * number, press) for number, press in enumerate((*presses(GOOD), *stroke(28))))
    assert framing.feed(good, now + 10) == [GOOD]


@given(byte_pieces)
def test_bytes(pieces: list[tuple[bytes, float]]) -> None:
    stream(pieces)


@given(record_pieces)
def test_records(pieces: list[tuple[bytes, float]]) -> None:
    events(pieces)


@pytest.mark.soak
@settings(max_examples=SOAK_EXAMPLES)
@given(byte_pieces)
def test_very_many_bytes(pieces: list[tuple[bytes, float]]) -> None:
    stream(pieces)


@pytest.mark.soak
@settings(max_examples=SOAK_EXAMPLES)
@given(record_pieces)
def test_very_many_records(pieces: list[tuple[bytes, float]]) -> None:
    events(pieces)
