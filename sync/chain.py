"""The chain of a log: each hash covers every entry before it. Pure.

``hash(0) = SHA-256(protocol ‖ direction ‖ station ‖ epoch)``, ``hash(n) = SHA-256(hash(n-1) ‖ bytes(n))``.
Protocol and direction end with a zero byte, the station is 14 ASCII digits, the epoch four bytes big-endian, so that no
two logs begin alike.
"""

from __future__ import annotations

import hashlib
from enum import Enum

PROTOCOL = b"yizhan sync 1\0"
HASH_SIZE = 32


class Direction(Enum):
    """Which of the two logs: the station's journal, or the office's down-log for that station."""

    UP = b"up\0"
    DOWN = b"down\0"


def first_hash(direction: Direction, station: str, epoch: int) -> bytes:
    """Return hash(0) of a log."""
    start = PROTOCOL + direction.value + station.encode("ascii") + epoch.to_bytes(4, "big")
    return hashlib.sha256(start).digest()


def next_hash(previous: bytes, entry: bytes) -> bytes:
    """Return hash(n) from hash(n-1) and the bytes of entry n."""
    return hashlib.sha256(previous + entry).digest()
