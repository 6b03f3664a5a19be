"""What a printer sends back, byte by byte, told apart. Pure.

Source: Citizen CBM1000 appendix 3. The forms of the bytes do not overlap, but those of ``GS r`` and of the last three
of a pushed block (``GS a``) are the same: these belong to the block whose first byte came before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BLOCK_BYTES = 4
_BLOCK_SECONDS_MAX = 0.25  # the four bytes come in one breath; what comes later is something else
_FLOW = (0x11, 0x13)  # XON, XOFF


class Kind(StrEnum):
    """What kind of reply came back."""

    REALTIME = "realtime"  # of DLE EOT: 0xx1xx10
    QUEUED = "queued"  # of GS r: 0xx0xxxx
    PUSHED = "pushed"  # of GS a, four bytes: 0xx1xx00, then three of 0xx0xxxx
    FLOW = "flow"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: one byte, or the four of a pushed block."""

    kind: Kind
    data: bytes

    @property
    def byte(self) -> int:
        """The first or only byte."""
        return self.data[0]


def kind_of(byte: int) -> Kind:
    """What a byte is by its form alone; ``PUSHED`` is the first byte of a block."""
    if byte in _FLOW:
        return Kind.FLOW
    match byte & 0x93:
        case 0x12:
            return Kind.REALTIME
        case 0x10:
            return Kind.PUSHED
        case form if not form & 0x90:
            return Kind.QUEUED
    return Kind.NOISE


class Replies:
    """Feed it bytes in any pieces. Keeps at most the beginning of one block."""

    def __init__(self) -> None:
        self._block = b""
        self._since = 0.0

    def feed(self, data: bytes, now: float) -> list[Reply]:
        """The replies that are whole with these bytes, in order; ``now`` is in seconds."""
        found: list[Reply] = []
        if self._block and now - self._since > _BLOCK_SECONDS_MAX:
            found += self._broken()
        for byte in data:
            found += self._take(byte, now)
        return found

    def _take(self, byte: int, now: float) -> list[Reply]:
        kind, one = kind_of(byte), bytes((byte,))
        match kind:
            case Kind.PUSHED:
                found = self._broken()
                self._block, self._since = one, now
                return found
            case Kind.QUEUED if self._block:
                self._block += one
                if len(self._block) < BLOCK_BYTES:
                    return []
                whole, self._block = self._block, b""
                return [Reply(Kind.PUSHED, whole)]
            case Kind.NOISE:
                return [*self._broken(), Reply(kind, one)]
        return [Reply(kind, one)]  # real-time answers and flow control may stand inside a block

    def _broken(self) -> list[Reply]:
        """A block that did not come whole."""
        block, self._block = self._block, b""
        return [Reply(Kind.NOISE, block)] if block else []
