from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.scan_frame import FRAME_BYTES_MAX, HOLD_OFF_SECONDS, IDLE_SECONDS
from devices.drivers.scan_framing import ScanFraming


@pytest.mark.parametrize(
    ("data", "payloads", "rejected"),
    [
        (b"YZ1:A\r", ["YZ1:A"], 0),
        (b"YZ1:A\n", ["YZ1:A"], 0),
        (b"YZ1:A\r\nYZ1:B\r\n", ["YZ1:A", "YZ1:B"], 0),
        (b"\r\n\r\n\n", [], 0),
        (b"]Q1YZ1:A\r", ["YZ1:A"], 0),
        (b"]C0]Q1A\r", ["]Q1A"], 0),
        (b"]1A\r", ["]1A"], 0),
        (b"]Q1\r", [], 1),
        (b"\xff\xfeA\rB\r", ["B"], 1),
        (b"A\x1dB\rC\r", ["C"], 1),
        (b"\xe7\xa7\xaf\r", [], 1),
        (b"x" * FRAME_BYTES_MAX + b"\r", ["x" * FRAME_BYTES_MAX], 0),
        (b"x" * (FRAME_BYTES_MAX + 1) + b"\rB\r", ["B"], 1),
        (b"x" * 5000 + b"\rB\r", ["B"], 1),
        (b"half", [], 0),
    ],
)
def test_frames(data: bytes, payloads: list[str], rejected: int) -> None:
    whole, single = ScanFraming(), ScanFraming()
    assert whole.feed(data, 0.0) == payloads
    assert [payload for byte in data for payload in single.feed(bytes([byte]), 0.0)] == payloads
    assert whole.rejected == single.rejected == rejected


def test_a_crlf_in_two_pieces_is_one_end() -> None:
    framing = ScanFraming()
    assert framing.feed(b"A\r", 0.0) == ["A"]
    assert framing.feed(b"\nB\r", 5.0) == ["B"]
    assert framing.rejected == 0


def test_a_gap_in_mid_frame_is_rubbish() -> None:
    framing = ScanFraming()
    framing.feed(b"YZ1:HA", 1.0)
    framing.idle(1.0 + IDLE_SECONDS / 2)
    assert framing.rejected == 0
    framing.idle(1.0 + IDLE_SECONDS)
    assert framing.rejected == 1
    assert not framing.pending
    assert framing.feed(b"YZ1:B\r", 2.0) == ["YZ1:B"]


def test_a_gap_ends_an_overlong_frame_too_and_counts_once() -> None:
    framing = ScanFraming()
    framing.feed(b"x" * 600, 1.0)
    framing.idle(1.0 + IDLE_SECONDS)
    assert framing.feed(b"B\r", 2.0) == ["B"]
    assert framing.rejected == 1


def test_a_code_that_stays_in_view_is_one_scan() -> None:
    framing = ScanFraming()
    seen = [framing.feed(b"A\r", at) for at in (0.0, 1.0, 2.0, 3.0)]
    assert seen == [["A"], [], [], []]
    assert framing.feed(b"A\r", 3.0 + HOLD_OFF_SECONDS) == ["A"]
    assert framing.rejected == 0


def test_another_code_is_another_scan() -> None:
    framing = ScanFraming()
    assert [framing.feed(data, 0.0) for data in (b"A\r", b"B\r", b"A\r")] == [["A"], ["B"], ["A"]]


@given(st.lists(st.tuples(st.binary(max_size=700), st.floats(0, 3))))
def test_whatever_comes_nothing_breaks_and_memory_is_bounded(pieces: list[tuple[bytes, float]]) -> None:
    framing, now = ScanFraming(), 0.0
    for data, later in pieces:
        now += later
        payloads = framing.feed(data, now)
        framing.idle(now)
        assert all(0 < len(payload) <= FRAME_BYTES_MAX for payload in payloads)
        assert all(payload.isascii() and payload.isprintable() for payload in payloads)
        assert len(framing._frame) <= FRAME_BYTES_MAX


@given(st.binary(max_size=700))
def test_after_any_rubbish_and_a_pause_a_good_scan_is_read(noise: bytes) -> None:
    framing = ScanFraming()
    framing.feed(noise, 0.0)
    framing.idle(9.0)
    assert framing.feed(b"\rYZ1:GOOD\r", 10.0) == ["YZ1:GOOD"]


def test_a_scan_that_was_read_late_and_in_pieces_is_whole() -> None:
    framing = ScanFraming()
    assert framing.feed(b"YZ1:ABC", 1.0) == []
    assert framing.feed(b"DEF\r", 1.0 + 9 * IDLE_SECONDS) == ["YZ1:ABCDEF"]  # both lay in the kernel's buffer
    assert framing.rejected == 0
