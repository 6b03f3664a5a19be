from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.chain import Direction, first_hash, next_hash
from sync.frame import (
    ENTRIES_MAX,
    FRAME_BYTES_MAX,
    Frame,
    FrameError,
    Private,
    SignedHead,
    Want,
    decode_frame,
    encode_frame,
    head_message,
)
from sync.identity import SigningKey, signed_by

STATION, OTHER = "50019900100101", "50019900100102"
KEY, ENEMY = SigningKey(1, b"k" * 32), SigningKey(1, b"e" * 32)


def verify(message: bytes, signature: bytes) -> bool:
    return signed_by(KEY.public, message, signature)


def frame(*entries: bytes, key: SigningKey = KEY, station: str = STATION) -> Frame:
    start = first_hash(Direction.UP, station, 1)
    hash_ = start
    for entry in entries:
        hash_ = next_hash(hash_, entry)
    head = head_message(Direction.UP, station, 1, len(entries), hash_)
    return Frame(
        station=station,
        epoch=1,
        boot=3,
        first=1,
        prev_hash=start,
        entries=entries,
        head=SignedHead(len(entries), hash_, key.sign(head)),
        ack_epoch=1,
        ack=0,
        ack_hash=first_hash(Direction.DOWN, station, 1),
    )


def encoded(what: Frame, key: SigningKey = KEY, direction: Direction = Direction.UP) -> bytes:
    return encode_frame(what, direction, key.sign)


def refused(data: bytes, direction: Direction = Direction.UP, station: str = STATION) -> str:
    with pytest.raises(FrameError) as caught:
        decode_frame(data, direction, station, verify)
    return caught.value.code


def test_a_frame_comes_out_as_it_went_in() -> None:
    sent = msgspec.structs.replace(
        frame(b"one", b"two"), privates=(Private(2, b"s" * 16, b"13812345678"),), want=(Want("v", "points/r", 5),)
    )
    assert decode_frame(encoded(sent), Direction.UP, STATION, verify) == sent


def test_what_is_larger_than_a_frame_is_neither_sent_nor_read() -> None:
    large = frame(*(bytes([number]) * 4096 for number in range(13)))
    with pytest.raises(FrameError) as caught:
        encoded(large)
    assert caught.value.code == "frame.oversize"
    assert refused(b"\0" * (FRAME_BYTES_MAX + 1)) == "frame.oversize"


def test_somebody_else_cannot_speak_for_the_station() -> None:
    assert refused(encoded(frame(b"one"), ENEMY)) == "frame.unsigned"
    assert refused(encoded(frame(b"one", key=ENEMY))) == "frame.unsigned"  # the frame is signed, its head is not


def test_a_frame_of_the_other_direction_is_refused() -> None:
    assert refused(encoded(frame(b"one")), Direction.DOWN) == "frame.unsigned"


def test_a_frame_of_another_station_is_refused() -> None:
    assert refused(encoded(frame(b"one")), station=OTHER) == "frame.misaddressed"


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: msgspec.structs.replace(sent, v=2),
        lambda sent: msgspec.structs.replace(sent, first=0),
        lambda sent: msgspec.structs.replace(sent, epoch=0),
        lambda sent: msgspec.structs.replace(sent, epoch=70_000),
        lambda sent: msgspec.structs.replace(sent, ack=-1),
        lambda sent: msgspec.structs.replace(sent, prev_hash=b"short"),
        lambda sent: msgspec.structs.replace(sent, entries=(b"",)),
        lambda sent: msgspec.structs.replace(sent, entries=(b"x",) * (ENTRIES_MAX + 1)),
        lambda sent: msgspec.structs.replace(sent, entries=(b"x" * 4097,)),
        lambda sent: msgspec.structs.replace(sent, privates=(Private(9, b"s" * 16, b""),)),
        lambda sent: msgspec.structs.replace(sent, privates=(Private(1, b"s", b""),)),
        lambda sent: msgspec.structs.replace(sent, head=SignedHead(7, sent.head.hash, sent.head.signature)),
        lambda sent: msgspec.structs.replace(sent, want=(Want("v", "points/r", 5),) * 9),
    ],
)
def test_what_is_out_of_range_is_refused_though_it_is_signed(change: Callable[[Frame], Frame]) -> None:
    assert refused(encoded(change(frame(b"one")))) in ("frame.malformed", "frame.version")


def test_a_truncated_frame_is_refused_wherever_it_is_cut() -> None:
    data = encoded(frame(b"one", b"two"))
    for length in range(len(data)):
        assert refused(data[:length]) in ("frame.malformed", "frame.unsigned")


@given(st.binary(max_size=300))
def test_noise_is_refused(data: bytes) -> None:
    assert refused(data) in ("frame.malformed", "frame.unsigned")


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_frame_with_a_flipped_byte_is_refused(at: int, flip: int) -> None:
    data = bytearray(encoded(frame(b"one", b"two")))
    data[at % len(data)] ^= flip
    assert refused(bytes(data)) in ("frame.malformed", "frame.unsigned")
