"""Asking a printer and hearing its answers, over a line that may break at any byte.

A printer that lost the rest of a job may be waiting for it in the middle of a command, and would take a question for
that rest. So ``padding`` NULs go before the first question: the end of a picture or a code, and nothing at all to a
printer that waits for no rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from devices.drivers.line import Line
from devices.drivers.printer.replies import Kind, Replies, Reply
from devices.drivers.printer.status import query
from devices.ports import Clock

_NOISE_READS_MAX = 64  # a line that never falls quiet must not hold us


class Talk:
    """One printer's answers. ``block`` is the last block that it pushed (``GS a``) since the line was opened."""

    def __init__(self, *, line: Line, clock: Clock, reply_seconds: float) -> None:
        self.block: bytes | None = None
        self.block_at = -math.inf  # when it came, or was asked for
        self.padding = 0
        self._reply_seconds = self.reply_seconds = reply_seconds
        self._line = line
        self._clock = clock
        self._replies = Replies()
        self._opened = 0

    @property
    def alive(self) -> bool:
        """Whether the line is open."""
        return self._line.is_open

    def now(self) -> float:
        """The clock's time in seconds."""
        return self._clock.monotonic()

    def say(self, data: bytes) -> bool:
        """Send a question. ``False`` when the line did not take it all: no answer need be awaited.

        ``reply_seconds`` is how long its answer may take.
        """
        padding, self.padding = bytes(self.padding), 0
        self.reply_seconds = self._reply_seconds + self._line.transit_seconds(len(padding))
        if self._line.write(padding + data, self._reply_seconds) < len(padding + data):
            self.padding = len(padding)
            return False
        return True

    def hear(self, seconds: float) -> list[Reply]:
        """What comes within so long; returns with the first bytes."""
        return self._understood(self._line.read(seconds))

    def hear_until(self, enough: Callable[[Reply], bool], seconds: float) -> list[Reply]:
        """What comes until one reply is ``enough``, at most for so long."""
        deadline = self.now() + seconds
        heard: list[Reply] = []
        while self.alive and (left := deadline - self.now()) > 0:
            new = self.hear(left)
            heard += new
            if any(map(enough, new)):
                break
        return heard

    def forget(self, quiet_seconds: float) -> None:
        """Drop whatever came unasked or too late, until the line is quiet."""
        for _ in range(_NOISE_READS_MAX):
            data = self._line.read(quiet_seconds)
            self._understood(data)
            if not data:
                return

    def ask(self, numbers: Sequence[int]) -> dict[int, int]:
        """The answers of ``DLE EOT``, one byte a question, in the order asked; fewer when the printer falls silent, and
        the last one of the wrong form when it talks nonsense.
        """
        self.forget(0.0)
        replies: dict[int, int] = {}
        if not self.say(b"".join(query(number) for number in numbers)):
            return replies
        deadline = self.now() + self.reply_seconds
        while self.alive and (left := deadline - self.now()) > 0:
            for reply in self.hear(left):
                if reply.kind in (Kind.REALTIME, Kind.NOISE):
                    replies[numbers[len(replies)]] = reply.byte
                    if len(replies) == len(numbers) or reply.kind is Kind.NOISE:
                        return replies
        return replies

    def _understood(self, data: bytes) -> list[Reply]:
        if self._opened != self._line.opened:
            self._opened, self._replies = self._line.opened, Replies()
            self.block, self.block_at = None, -math.inf
        heard = self._replies.feed(data, self.now())
        for reply in heard:
            if reply.kind is Kind.PUSHED:
                self.block, self.block_at = reply.data, self.now()
        return heard
