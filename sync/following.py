"""Does a frame follow from what is held of the peer's log? Whatever overlaps is hashed through, never skipped. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from sync.chain import next_hash
from sync.frame import Frame
from sync.store import Position


class Course(Enum):
    """How a frame stands to what is held."""

    FOLLOWS = auto()
    GAP = auto()  # something between is missing: nothing is taken, the answer says from where to send
    FORK = auto()  # it says something else than what is held under the same number


def follow(frame: Frame, peer: Position, held: Callable[[int], bytes | None]) -> tuple[Course, list[bytes]]:
    """Return the course, and the entries that are new. ``held(number)`` is the hash held there, ``None`` beyond it."""
    before = held(frame.first - 1)
    if not frame.entries:
        # Only a greeting or an acknowledgement: its head must agree as far as both logs reach.
        mine = held(frame.head.last)
        agrees = mine is None or mine == frame.head.hash
        return (Course.FOLLOWS if agrees else Course.FORK), []
    if before is None:
        return Course.GAP, []
    if before != frame.prev_hash:
        return Course.FORK, []
    hash_, new = before, []
    for number, data in enumerate(frame.entries, start=frame.first):
        hash_ = next_hash(hash_, data)
        if number > peer.number:
            new.append(data)
        elif held(number) != hash_:
            return Course.FORK, []
    if hash_ != frame.head.hash:
        return Course.FORK, []  # signed, and yet not what it covers: as bad as a fork
    return Course.FOLLOWS, new
