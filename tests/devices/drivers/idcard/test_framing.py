from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.idcard.framing import CAPACITY, HEAD, LENGTH_MAX, AnswerFraming, framed

NO_CARD = bytes.fromhex("AAAAAA9669 0004 000080 84")
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
SELECTED = bytes.fromhex("AAAAAA9669 000C 000090 0000000000000000 9C")
GARBLED = bytes.fromhex("AAAAAA9669 0004 000080 85")


def answers(framing: AnswerFraming, *pieces: bytes) -> list[tuple[int, bytes]]:
    """Feed bytes as a line gives them: never more than there is room for."""
    found = []
    for piece in pieces:
        rest = piece
        while rest:
            room = framing.room()
            count = min(len(room), len(rest))
            assert count, "no room although nothing whole waits"
            room[:count] = rest[:count]
            framing.grew(count)
            rest = rest[count:]
            while answer := framing.next():
                found.append((answer.sw3, bytes(answer.data)))
    return found


@pytest.mark.parametrize(
    ("came", "expected", "spoiled"),
    [
        (NO_CARD, [(0x80, b"")], 0),
        (FOUND, [(0x9F, bytes(4))], 0),
        (NO_CARD + FOUND + SELECTED, [(0x80, b""), (0x9F, bytes(4)), (0x90, bytes(8))], 0),
        (b"\x00\xff noise" + FOUND, [(0x9F, bytes(4))], 0),
        (b"\xaa" + FOUND, [(0x9F, bytes(4))], 0),
        (b"\xaa\xaa\xaa\xaa" + FOUND, [(0x9F, bytes(4))], 0),
        (HEAD[:4] + FOUND, [(0x9F, bytes(4))], 0),
        (GARBLED, [], 1),
        (GARBLED + FOUND, [(0x9F, bytes(4))], 1),
        (HEAD + b"\x00\x03\x00\x90\x93" + FOUND, [(0x9F, bytes(4))], 1),  # too short to hold a status
        (HEAD + b"\xff\xff" + FOUND, [(0x9F, bytes(4))], 1),
        (HEAD + (LENGTH_MAX + 1).to_bytes(2, "big") + FOUND, [(0x9F, bytes(4))], 1),
        (HEAD + FOUND, [(0x9F, bytes(4))], 1),  # AAAA is no length
        (FOUND[:-1], [], 0),
        (b"", [], 0),
    ],
)
def test_frames(came: bytes, expected: list[tuple[int, bytes]], spoiled: int) -> None:
    whole, single = AnswerFraming(), AnswerFraming()
    assert answers(whole, came) == expected
    assert answers(single, *(bytes((byte,)) for byte in came)) == expected
    assert whole.spoiled == single.spoiled == spoiled


def test_an_answer_of_the_greatest_length() -> None:
    long = framed(b"\x00\x00\x90" + b"\x5a" * (LENGTH_MAX - 4))
    assert len(long) == CAPACITY
    assert answers(AnswerFraming(), b"xx" + long + FOUND) == [(0x90, b"\x5a" * (LENGTH_MAX - 4)), (0x9F, bytes(4))]


def test_a_head_of_noise_that_swallows_the_answer_is_given_up() -> None:
    framing = AnswerFraming()
    assert answers(framing, HEAD + b"\x0f\x00" + FOUND) == []
    framing.skip()
    answer = framing.next()
    assert answer
    assert answer.sw3 == 0x9F
    assert not framing.pending


def test_wiping_leaves_nothing() -> None:
    framing = AnswerFraming()
    answers(framing, framed(b"\x00\x00\x90" + b"\x33" * 900) + b"\xaa\xaa")
    framing.wipe()
    assert not framing.pending
    assert not any(framing._buffer)


def test_what_was_read_is_overwritten_when_more_comes() -> None:
    framing = AnswerFraming()
    answers(framing, framed(b"\x00\x00\x90" + b"\x33" * 900) + NO_CARD[:9])
    framing.room()
    assert bytes(framing._buffer).strip(b"\x00") == NO_CARD[:9].rstrip(b"\x00")


bodies = st.binary(min_size=3, max_size=40)
lines = st.lists(
    st.one_of(st.binary(max_size=40), bodies.map(framed), st.sampled_from([HEAD, HEAD[:3], FOUND, GARBLED]))
)


def survives(pieces: list[bytes]) -> None:
    """Whatever comes, however it is cut: no exception, no lost room, the same answers."""
    came = b"".join(pieces)
    cut, whole = AnswerFraming(), AnswerFraming()
    assert answers(cut, *pieces) == answers(whole, came)
    while cut.pending:
        cut.skip()
        cut.next()


@given(lines)
def test_whatever_comes_nothing_breaks(pieces: list[bytes]) -> None:
    survives(pieces)


@given(st.binary(max_size=600), bodies)
def test_after_any_rubbish_and_a_wipe_an_answer_is_read(rubbish: bytes, body: bytes) -> None:
    framing = AnswerFraming()
    answers(framing, rubbish)
    framing.wipe()
    assert answers(framing, framed(body)) == [(body[2], body[3:])]
