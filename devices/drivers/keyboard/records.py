"""Bytes of an event node → events. Pure.

``struct input_event`` (input.h): two longs of time, u16 type, u16 code, s32 value; 24 bytes on a 64-bit system. On a
32-bit one it has 16, also where time itself has 64 bits by now: the two stay longs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

RECORD = struct.Struct("@llHHi")

EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event. ``at`` is the kernel's time in seconds; only differences mean something."""

    at: float
    kind: int
    code: int
    value: int


class Records:
    """Cuts a stream into events; keeps at most one unfinished record."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[InputEvent]:
        """Take bytes in any pieces; give the events that they complete."""
        data = self._rest + data
        whole = len(data) - len(data) % RECORD.size
        self._rest = data[whole:]
        for seconds, micros, kind, code, value in RECORD.iter_unpack(data[:whole]):
            yield InputEvent(seconds + micros / 1_000_000, kind, code, value)

    def forget(self) -> None:
        """The node was closed: what comes next begins with a whole record."""
        self._rest = b""
