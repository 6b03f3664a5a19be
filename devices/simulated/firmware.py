"""What a simulated printer does with bytes: real-time questions at once, all else in its turn. No thread, no line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from devices.simulated.condition import Condition
from devices.simulated.head import BUFFER_BYTES, Head
from devices.simulated.paper.font import Font
from devices.simulated.paper.interpreter import Interpreter

XON, XOFF = b"\x11", b"\x13"
_GARBLED = b"\xff"
_QUESTIONS = {b"\x10\x04" + bytes((number,)) for number in (1, 2, 3, 4)}
_HIGH, _LOW = 0.5, 0.25


class Full(StrEnum):
    """What happens when the buffer is full."""

    WAITS = "waits"  # the line is held: RTS/CTS, USB, TCP
    XOFF = "xoff"  # the other end is told to wait, in time
    DROPS = "drops"  # nothing: what comes is lost


class Firmware:
    """One printer's mind. ``answer`` sends bytes back. Not thread-safe."""

    def __init__(
        self,
        *,
        dots: int,
        cutter: bool,
        font: Font,
        strict: bool,
        answer: Callable[[bytes], None],
        full: Full = Full.WAITS,
        buffer_bytes: int = BUFFER_BYTES,
    ) -> None:
        self._interpreter = Interpreter(
            dots=dots, cutter=cutter, font=font, strict=strict, on_fence=self._fence, on_pushing=self._pushing
        )
        self.head = Head(self._interpreter, buffer_bytes=buffer_bytes)
        self.condition = Condition()
        self.babbling = self.deaf_in_real_time = False
        self._answer = answer
        self._full = full
        self._paused = self._pushes = False
        self._next_trouble = "paper_out"
        self._recent = b""

    @property
    def oddities(self) -> Iterable[str]:
        """What it did not understand and passed over."""
        return self._interpreter.oddities

    def appetite(self, most: int) -> int:
        """How many bytes it takes off the line now."""
        return most if self._full is not Full.WAITS else min(most, self.head.room)

    def receive(self, data: bytes) -> None:
        """Bytes came."""
        self.head.take(data)
        if self._full is Full.XOFF and self.head.filled >= _HIGH and not self._paused:
            self._paused = True
            self._answer(XOFF)
        for byte in data:
            self._recent = (self._recent + bytes((byte,)))[-3:]
            if self._recent in _QUESTIONS and not self.deaf_in_real_time:
                self._say(bytes((self.condition.real_time_answer(byte),)))
        self.work()

    def change(self, **sensors: bool) -> None:
        """A sensor tells something new."""
        before, self.condition = self.condition, replace(self.condition, **sensors)
        if self._pushes and self.condition != before:
            self._say(self.condition.pushed())
        self.work()

    def change_after(self, byte_count: int, sensor: str) -> None:
        """A sensor will tell of trouble once so many bytes of a job were printed, from its first mark on paper on."""
        self.head.prints_bytes, self._next_trouble = byte_count, sensor

    def boot(self) -> None:
        """The power was gone for a moment."""
        self.head.forget()
        self._pushes = self._paused = False
        self._recent = b""

    def work(self) -> None:
        """Print what can be printed."""
        if self.condition.ready and self.head.stopped():
            self.change(**{self._next_trouble: True})
        if self._paused and self.head.filled <= _LOW:
            self._paused = False
            self._answer(XON)

    def _fence(self) -> None:
        self._say(bytes((self.condition.fence_answer(),)))

    def _pushing(self, which: int) -> None:
        self._pushes = which != 0
        if self._pushes:
            self._say(self.condition.pushed())

    def _say(self, data: bytes) -> None:
        self._answer(_GARBLED * len(data) if self.babbling else data)
