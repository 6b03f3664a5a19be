from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entries import ENTRY_BYTES_MAX, EntryError, Stamp, decode_entry, encode_entry, private_digest
from domain.facts import DOWN, UP, Granted, fact_of
from domain.rights import Counter, Move, RightKey

STAMP = Stamp(bytes(range(16)), boot=3, at=1_795_388_316_506, clock_ok=True)


def test_the_bytes_of_an_entry() -> None:
    """The format is final: what is written today is read in ten years."""
    data = encode_entry(
        STAMP, "granted", Granted(RightKey("points/r1"), 100), (Move(RightKey("stock/7"), Counter.SPENT, 2),)
    )
    assert data == (
        b'{"kind":"granted","nonce":"000102030405060708090a0b0c0d0e0f","boot":3,"at":1795388316506,"clock_ok":true,'
        b'"moves":[["stock/7","spent",2]],"body":{"right":"points/r1","total":100}}'
    )
    entry = decode_entry(data)
    assert fact_of(entry, DOWN) == Granted(RightKey("points/r1"), 100)


def test_an_unknown_kind_still_tells_its_moves() -> None:
    move = Move(RightKey("points/r1"), Counter.SPENT, 5)
    entry = decode_entry(encode_entry(STAMP, "from_the_future", {"x": [1, 2]}, (move,)))
    assert fact_of(entry, UP) is None
    assert entry.moves == (move,)


def test_unknown_fields_are_read_over() -> None:
    data = encode_entry(STAMP, "granted", Granted(RightKey("points/r1"), 1)).replace(b'"boot"', b'"new":[],"boot"')
    assert decode_entry(data).kind == "granted"


def test_an_entry_has_at_most_4_kb() -> None:
    with pytest.raises(EntryError, match="4096"):
        encode_entry(STAMP, "note", {"text": "x" * ENTRY_BYTES_MAX})
    with pytest.raises(EntryError, match="4096"):
        decode_entry(b" " * (ENTRY_BYTES_MAX + 1))


@given(st.binary(max_size=300))
def test_rubbish_is_an_entry_error_and_nothing_else(data: bytes) -> None:
    with pytest.raises(EntryError):
        decode_entry(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values, json_values)
def test_wrong_shapes_are_entry_errors(boot: object, moves: object, body: object) -> None:
    document = {"kind": "granted", "nonce": "0" * 32, "boot": boot, "at": 1, "clock_ok": True, "moves": moves}
    data = msgspec.json.encode({**document, "body": body})
    with contextlib.suppress(EntryError):  # any other exception fails the test
        fact_of(decode_entry(data), DOWN)


def test_a_body_that_does_not_fit_its_kind_is_an_entry_error() -> None:
    entry = decode_entry(encode_entry(STAMP, "granted", {"right": "points/r1", "total": -1}))
    with pytest.raises(EntryError, match="granted"):
        fact_of(entry, DOWN)


def test_a_private_part_is_known_by_its_digest_alone() -> None:
    assert private_digest(b"salt", b"13800000000") != private_digest(b"other", b"13800000000")
    entry = decode_entry(encode_entry(STAMP, "note", {}, private=private_digest(b"salt", b"13800000000")))
    assert entry.private == private_digest(b"salt", b"13800000000")


def test_rights_and_counters_of_a_later_version_are_read_and_never_written() -> None:
    data = encode_entry(STAMP, "granted", Granted(RightKey("points/r1"), 1)).replace(
        b'"body"', b'"moves":[["tickets/x","burned",3,"more"],["points/r1","spent",1]],"body"'
    )
    later, known = decode_entry(data).moves
    assert (later.right, later.counter, later.amount, later.known) == ("tickets/x", "burned", 3, False)
    assert known.known
    with pytest.raises(EntryError, match="does not know"):
        encode_entry(STAMP, "note", {}, (later,))


def test_a_household_limit_is_a_right() -> None:
    assert Move(RightKey("limit/h7/rice/2026-11"), Counter.SPENT, 1).known
