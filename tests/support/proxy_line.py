"""One line through the proxy: two ways of bytes, each with its own queue. Non-blocking; owned by the proxy's thread."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
from collections import deque
from dataclasses import dataclass

READ_BYTES = 16 * 1024
QUEUED_BYTES_MAX = 256 * 1024
SLICES_A_SECOND = 20  # a slow line trickles, it does not come in gulps


@dataclass(frozen=True, slots=True)
class Weather:
    """How the network is. ``rate``: bytes a second each way, 0 for any. ``delay``, ``jitter``: seconds each way."""

    rate: int = 0
    delay: float = 0.0
    jitter: float = 0.0
    split: bool = False  # every byte on its own
    silent: bool = False  # half open: bytes are swallowed both ways, nobody is told
    refuse: bool = False  # nobody listens


class Way:
    """Bytes from ``source`` to ``sink``, in order."""

    def __init__(self, source: socket.socket, sink: socket.socket) -> None:
        self.source, self.sink = source, sink
        self.ended = False  # the source has said that nothing follows
        self.blocked = False
        self._queue: deque[tuple[float, bytes]] = deque()
        self._queued = 0
        self._free_at = 0.0  # when what was read so far will have gone over
        self._finished = False

    @property
    def reads(self) -> bool:
        """Whether there is room for more."""
        return not self.ended and self._queued < QUEUED_BYTES_MAX

    @property
    def next_at(self) -> float | None:
        """When the next bytes are due."""
        return None if self.blocked or not self._queue else self._queue[0][0]

    def read(self, now: float, weather: Weather, dice: random.Random) -> int:
        """Take what the source has. Raises ``OSError`` when its end was torn."""
        limit = max(1, weather.rate // SLICES_A_SECOND) if weather.rate else READ_BYTES
        data = self.source.recv(limit)
        self.ended = not data
        at = max(self._free_at, now + weather.delay + weather.jitter * dice.random())
        self._free_at = at + (len(data) / weather.rate if weather.rate else 0.0)
        for part in [data[at : at + 1] for at in range(len(data))] if weather.split else [data] if data else []:
            self._queue.append((self._free_at, part))
        self._queued += len(data)
        return len(data)

    def busy(self, now: float, weather: Weather) -> bool:
        """Whether a slow line is still at work with what it took: then the rest waits at the sender."""
        return bool(weather.rate) and self._free_at > now + weather.delay + 1 / SLICES_A_SECOND

    def write(self, now: float, limit: int | None) -> int:
        """Send what is due, at most ``limit`` bytes; return how many went. Raises ``OSError`` when the sink is gone."""
        sent, self.blocked = 0, False
        while self._queue and self._queue[0][0] <= now and (limit is None or sent < limit):
            at, data = self._queue.popleft()
            part = data if limit is None else data[: limit - sent]
            try:
                count = self.sink.send(part)
            except BlockingIOError:
                count, self.blocked = 0, True
            sent += count
            self._queued -= count
            if count < len(data):
                self._queue.appendleft((at, data[count:]))
            if self.blocked:
                break
        if self.ended and not self._queue and not self._finished:
            self._finished = True
            with contextlib.suppress(OSError):
                self.sink.shutdown(socket.SHUT_WR)
        return sent


class Line:
    """A connection and the one behind it. ``dead``: it fell silent once, and stays so, as behind a forgetful router."""

    def __init__(self, near: socket.socket, far: socket.socket) -> None:
        self.dead = False
        self.up, self.down = Way(near, far), Way(far, near)
        for plug in (near, far):
            plug.settimeout(0.0)
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def ways(self) -> tuple[tuple[str, Way], tuple[str, Way]]:
        """Both ways: ``up`` to the broker, ``down`` from it."""
        return ("up", self.up), ("down", self.down)

    @property
    def over(self) -> bool:
        """Whether both ends have said that nothing follows."""
        return self.up.ended and self.down.ended and self.up.next_at is None and self.down.next_at is None

    def close(self, *, torn: bool) -> None:
        """End it; ``torn`` tells both ends with a reset."""
        for plug in (self.up.source, self.down.source):
            if torn:
                tear(plug)
            plug.close()


def tear(plug: socket.socket) -> None:
    """Have the next close of a socket send RST."""
    with contextlib.suppress(OSError):
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
