"""Telling replies apart: whatever comes, in whatever pieces, nothing escapes and little is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.printer.replies import Kind, Replies, Reply, kind_of
from devices.drivers.printer.status import fence_trouble, state_of, state_of_block, state_of_port
from devices.ports import Health
from tests.devices.soaking import soak

WELL = bytes.fromhex("10 00 00 0F")


def kinds(*pieces: bytes, seconds: float = 0.0) -> list[Kind]:
    replies, now, found = Replies(), 0.0, []
    for piece in pieces:
        found += replies.feed(piece, now)
        now += seconds
    return [reply.kind for reply in found]


def test_every_byte_is_of_one_kind() -> None:
    of = {byte: kind_of(byte) for byte in range(256)}
    assert of[0x11] is of[0x13] is Kind.FLOW
    extras = [a | b for a in range(0, 0x80, 0x20) for b in (0, 4, 8, 12)]
    assert {byte for byte, kind in of.items() if kind is Kind.REALTIME} == {0x12 | extra for extra in extras}
    assert {byte for byte, kind in of.items() if kind is Kind.PUSHED} == {0x10 | extra for extra in extras}
    assert of[0x00] is of[0x0F] is of[0x6C] is Kind.QUEUED
    assert of[0xFF] is of[0x80] is of[0x31] is Kind.NOISE


def test_a_block_is_one_reply_and_its_bytes_are_no_answers_of_a_fence() -> None:
    assert Replies().feed(WELL, 0.0) == [Reply(Kind.PUSHED, WELL)]
    assert kinds(WELL + b"\x00" + WELL) == [Kind.PUSHED, Kind.QUEUED, Kind.PUSHED]
    assert kinds(*(bytes((byte,)) for byte in WELL)) == [Kind.PUSHED]


def test_answers_in_real_time_and_flow_control_may_stand_inside_a_block() -> None:
    assert kinds(WELL[:2] + b"\x12\x13" + WELL[2:] + b"\x11") == [Kind.REALTIME, Kind.FLOW, Kind.PUSHED, Kind.FLOW]


def test_half_a_block_is_noise_and_swallows_nothing_for_long() -> None:
    assert kinds(WELL[:2] + WELL) == [Kind.NOISE, Kind.PUSHED]
    assert kinds(WELL[:3] + b"\xff" + b"\x00") == [Kind.NOISE, Kind.NOISE, Kind.QUEUED]
    assert kinds(WELL[:2], b"\x00", seconds=1.0) == [Kind.NOISE, Kind.QUEUED]
    assert kinds(WELL[:2], b"\x00\x0f", seconds=0.1) == [Kind.PUSHED]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("38 00 00 0F", "printer.cover_open"),
        ("18 00 0F 0F", "printer.paper_out"),
        ("18 08 00 0F", "printer.cutter"),
        ("18 40 00 0F", "printer.overheated"),
        ("18 20 00 0F", "printer.fault"),
        ("18 00 00 0F", "printer.offline"),
        ("38 68 0F 0F", "printer.cover_open"),
    ],
)
def test_troubles_of_a_block(block: str, code: str) -> None:
    state = state_of_block(bytes.fromhex(block))
    assert (state.health, state.code) == (Health.NOT_OK, code)


def test_a_block_that_is_well() -> None:
    assert state_of_block(WELL).health is Health.OK
    assert state_of_block(bytes.fromhex("14 00 03 0F")).warning == "printer.paper_near_end"  # and the drawer is open


@pytest.mark.parametrize(
    ("byte", "health", "code"),
    [
        (0x18, Health.OK, ""),
        (0x38, Health.NOT_OK, "printer.paper_out"),
        (0x20, Health.NOT_OK, "printer.paper_out"),
        (0x10, Health.NOT_OK, "printer.attention"),
        (0x08, Health.NOT_OK, "printer.offline"),
        (0x00, Health.NOT_OK, "printer.attention"),
        (None, Health.UNKNOWN, "printer.silent"),
    ],
)
def test_the_ports_status(byte: int | None, health: Health, code: str) -> None:
    state = state_of_port(byte)
    assert (state.health, state.code, state.warning) == (health, code, "")


PIECES = st.lists(st.tuples(st.binary(max_size=12), st.floats(0, 1)), max_size=12)


def check(pieces: list[tuple[bytes, float]]) -> None:
    """Every byte that came is in one reply, or in the beginning of one block."""
    replies, now, found = Replies(), 0.0, b""
    for piece, seconds in pieces:
        now += seconds
        for reply in replies.feed(piece, now):
            found += reply.data
            assert len(reply.data) == 4 or reply.kind in (Kind.NOISE, Kind.REALTIME, Kind.QUEUED, Kind.FLOW)
            match reply.kind:
                case Kind.PUSHED:
                    assert state_of_block(reply.data).health in (Health.OK, Health.NOT_OK)
                case Kind.QUEUED:
                    assert fence_trouble(reply.byte) in ("", "printer.paper_out")
                case _:
                    assert state_of({4: reply.byte}).health is not Health.OK  # one answer of four is never enough
            assert state_of_port(reply.byte).health is not Health.UNKNOWN
    came = b"".join(piece for piece, _ in pieces)
    assert len(found) + len(replies._block) == len(came)
    assert sorted(found + replies._block) == sorted(came)
    assert len(replies._block) < 4


@given(PIECES)
def test_anything_at_all_is_told_apart(pieces: list[tuple[bytes, float]]) -> None:
    check(pieces)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(9))
def test_very_much_is_told_apart(number: int) -> None:
    soak(check, number, PIECES)
