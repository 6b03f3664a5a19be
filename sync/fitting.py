"""How many entries one message takes. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sync.frame import FRAME_BYTES_MAX, Private
from sync.store import Written

_ROOM = FRAME_BYTES_MAX - 2048  # for everything in a message that is not entries


def fitting(written: Sequence[Written]) -> list[Written]:
    """Return the entries from the first on that go into one frame or one tail together."""
    chosen: list[Written] = []
    room = _ROOM
    for entry in written:
        room -= len(entry.data) + len(entry.private or b"") + 64
        if room < 0:
            break
        chosen.append(entry)
    return chosen


def privates_of(written: Sequence[Written]) -> tuple[Private, ...]:
    """Return the erasable parts of entries that still have theirs."""
    return tuple(
        Private(entry.number, entry.salt, entry.private)
        for entry in written
        if entry.salt is not None and entry.private is not None
    )
