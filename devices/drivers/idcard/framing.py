"""Frames of a SAM_V module (GA/T 467; makers' protocol texts). Pure.

To the module: ``AA AA AA 96 69 | length, 2 bytes | command, parameter, data | check``. From it the same with ``SW1 SW2
SW3 | data``. The length is big-endian and counts what follows it, the check included; the check is the XOR of
everything from the length to the byte before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from devices.drivers.idcard.sealed import Sealed

HEAD = b"\xaa\xaa\xaa\x96\x69"
LENGTH_MIN = 4  # three status bytes and the check
LENGTH_MAX = 4096  # the longest known answer has 2,314
_BEFORE_COUNTED = len(HEAD) + 2
CAPACITY = _BEFORE_COUNTED + LENGTH_MAX


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer. ``data`` looks into the framing's buffer: it is good until more bytes come or it is wiped."""

    sw3: int
    data: memoryview = field(repr=False)


def framed(body: bytes) -> bytes:
    """The frame that carries one command to the module."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return HEAD + counted + bytes((_check(counted),))


class AnswerFraming:
    """Bytes that came → answers. Holds at most ``CAPACITY`` bytes, in one buffer that can be wiped; raises for nothing.

    Put bytes into ``room()``, say how many with ``grew``, and take ``next()`` until it gives ``None``.
    """

    def __init__(self) -> None:
        self.spoiled = 0  # heads with an impossible length or a wrong check
        self._buffer = Sealed(CAPACITY)
        self._view = memoryview(self._buffer)
        self._start = self._end = 0

    @property
    def pending(self) -> bool:
        """Whether bytes wait that are no whole answer."""
        return self._start < self._end

    def room(self) -> memoryview:
        """Where the next bytes go. Never empty once ``next`` gave ``None``; takes back the answer given last."""
        kept = self._end - self._start
        if self._start:
            self._view[:kept] = self._view[self._start : self._end]
            self._view[kept : self._end] = bytes(self._end - kept)
            self._start, self._end = 0, kept
        return self._view[self._end :]

    def grew(self, count: int) -> None:
        """``count`` bytes were put into ``room()``."""
        self._end += count

    def next(self) -> Answer | None:
        """The next whole answer, or ``None`` when more bytes are needed. Whatever stands before a head is skipped."""
        while self._at_head() and self._end - self._start >= _BEFORE_COUNTED:
            counted = self._start + len(HEAD)
            length = int.from_bytes(self._view[counted : counted + 2], "big")
            end = self._start + _BEFORE_COUNTED + length
            if LENGTH_MIN <= length <= LENGTH_MAX:
                if end > self._end:
                    return None
                if _check(self._view[counted : end - 1]) == self._view[end - 1]:
                    self._start = end
                    return Answer(self._view[counted + 4], self._view[counted + 5 : end - 1])
            self.skip()
        return None

    def skip(self) -> None:
        """Give up the head that is waited for, and hunt on behind it: the true one may have come since."""
        if self.pending:
            self.spoiled += 1
            self._start += 1

    def wipe(self) -> None:
        """Forget everything, and overwrite it."""
        self._start = self._end = 0
        self._buffer.wipe()

    def _at_head(self) -> bool:
        """Skip to the next head, or to the first bytes of one at the end of what came."""
        found = self._buffer.find(HEAD, self._start, self._end)
        if found < 0:
            keep = min(len(HEAD) - 1, self._end - self._start)
            while keep and self._view[self._end - keep : self._end] != HEAD[:keep]:
                keep -= 1
            found = self._end - keep
        self._start = found
        return self._end - found >= len(HEAD)


def _check(counted: Iterable[int]) -> int:
    return reduce(xor, counted, 0)
