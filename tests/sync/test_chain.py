from __future__ import annotations

import hashlib
from itertools import pairwise

from sync.chain import Direction, first_hash, next_hash


def test_the_first_hash_byte_by_byte() -> None:
    expected = hashlib.sha256(b"yizhan sync 1\0up\x0050019900100101\x00\x00\x00\x01").digest()
    assert first_hash(Direction.UP, "50019900100101", 1) == expected


def test_no_two_logs_begin_alike() -> None:
    starts = {
        first_hash(direction, station, epoch)
        for direction in Direction
        for station in ("50019900100101", "50019900100102")
        for epoch in (1, 2, 256)
    }
    assert len(starts) == 12


def test_a_hash_covers_all_before_it() -> None:
    start = first_hash(Direction.UP, "50019900100101", 1)
    entries = [b"a", b"b", b"c"]
    chains = []
    for changed in (None, 0, 1, 2):
        hash_ = start
        for number, entry in enumerate(entries):
            hash_ = next_hash(hash_, entry + (b"!" if number == changed else b""))
        chains.append(hash_)
    assert all(one != other for one, other in pairwise(chains))
