from __future__ import annotations

import msgspec
import pytest

from sync.chain import Direction, first_hash
from sync.frame import FrameError, SignedHead, head_message
from sync.identity import SigningKey, signed_by
from sync.store import Position
from sync.tail import (
    Gathered,
    Gathering,
    Tail,
    decode_tail,
    encode_tail,
    is_tail,
    make_tail,
    tail_want,
    wanted_tail,
)
from tests.simulation.memory import MemoryStore

STATION = "50019900100101"
WRITER, GIVER = SigningKey(1, b"u" * 32), SigningKey(1, b"d" * 32)
START = first_hash(Direction.UP, STATION, 1)


def by(key: SigningKey) -> object:
    return lambda message, signature: signed_by(key.public, message, signature)


@pytest.fixture
def kept() -> MemoryStore:
    store = MemoryStore(STATION, Direction.UP)
    for number in range(120):
        store.write(number.to_bytes(2, "big") * 4)
    return store


def head(store: MemoryStore, key: SigningKey = WRITER) -> SignedHead:
    own = store.own_head()
    return SignedHead(own.number, own.hash, key.sign(head_message(Direction.UP, STATION, 1, own.number, own.hash)))


def message(store: MemoryStore, held: int, signed: SignedHead | None = None) -> Tail:
    position = Position(1, held, store.own[held])
    tail = make_tail(STATION, Direction.UP, position, store.own_entries(held, 50), signed or head(store), (1, 7))
    return decode_tail(encode_tail(tail, GIVER.sign), STATION, Direction.UP, by(GIVER))  # type: ignore[arg-type]


def gathering(store: MemoryStore, held: int) -> Gathering:
    return Gathering(STATION, Direction.UP, 1, held, store.own[held])


def test_a_lost_tail_comes_back_whole_message_by_message(kept: MemoryStore) -> None:
    mine = gathering(kept, 3)
    said: list[Gathered] = []
    while not said or said[-1] is Gathered.MORE:
        place = wanted_tail(mine.want, Direction.UP)
        assert place is not None
        said.append(mine.take(message(kept, place[1]), by(WRITER)))  # type: ignore[arg-type]
    assert said == [Gathered.MORE, Gathered.MORE, Gathered.WHOLE]
    assert mine.entries == kept.own_data[3:]
    assert mine.down == (1, 7)


def test_the_same_message_again_is_left(kept: MemoryStore) -> None:
    mine = gathering(kept, 3)
    mine.take(message(kept, 3), by(WRITER))  # type: ignore[arg-type]
    assert mine.take(message(kept, 3), by(WRITER)) is Gathered.FOREIGN  # type: ignore[arg-type]
    assert mine.number == 53


def test_a_tail_that_we_never_signed_is_not_taken_back(kept: MemoryStore) -> None:
    forged = head(kept, GIVER)
    assert gathering(kept, 100).take(message(kept, 100, forged), by(WRITER)) is Gathered.FOREIGN  # type: ignore[arg-type]


def test_nothing_is_gathered_for_a_head_that_was_invented(kept: MemoryStore) -> None:
    mine, endless = gathering(kept, 0), SignedHead(2**52, b"h" * 32, b"s" * 64)
    assert mine.take(message(kept, 0, endless), by(WRITER)) is Gathered.FOREIGN  # type: ignore[arg-type]
    assert mine.entries == []


def test_a_fork_is_no_tail(kept: MemoryStore) -> None:
    mine = MemoryStore(STATION, Direction.UP)
    mine.write(b"something else")
    here = Gathering(STATION, Direction.UP, 1, 1, mine.own[1])
    assert here.take(message(kept, 1), by(WRITER)) is Gathered.FOREIGN  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"station": "50019900100102"}, "frame.misaddressed"),
        ({"direction": "down"}, "frame.misaddressed"),
        ({"v": 2}, "frame.version"),
        ({"prev_hash": b"short"}, "frame.malformed"),
        ({"epoch": 0}, "frame.malformed"),
    ],
)
def test_what_is_no_tail_for_us_is_refused(kept: MemoryStore, change: dict[str, object], code: str) -> None:
    data = encode_tail(msgspec.structs.replace(message(kept, 3), **change), GIVER.sign)
    with pytest.raises(FrameError) as fault:
        decode_tail(data, STATION, Direction.UP, by(GIVER))  # type: ignore[arg-type]
    assert fault.value.code == code


def test_only_the_other_side_gives_a_tail(kept: MemoryStore) -> None:
    data = encode_tail(message(kept, 3), WRITER.sign)
    with pytest.raises(FrameError) as fault:
        decode_tail(data, STATION, Direction.UP, by(GIVER))  # type: ignore[arg-type]
    assert fault.value.code == "frame.unsigned"
    with pytest.raises(FrameError):
        decode_tail(b"\x93nonsense", STATION, Direction.UP, by(GIVER))  # type: ignore[arg-type]
    assert is_tail(data)


def test_a_wish_for_a_tail_is_told_from_others() -> None:
    want = tail_want(Direction.DOWN, 3, 9)
    assert wanted_tail(want, Direction.DOWN) == (3, 9)
    assert wanted_tail(want, Direction.UP) is None
    assert wanted_tail(msgspec.structs.replace(want, visit="x"), Direction.DOWN) is None
    assert wanted_tail(msgspec.structs.replace(want, visit="0"), Direction.DOWN) is None
