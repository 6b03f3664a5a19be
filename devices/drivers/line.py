"""A line with one owner: opened when first needed, closed on any fault, opened again with a growing pause.

No call raises for a missing or broken line and none blocks without end. What kind of line it is, is the transport's.
"""

from __future__ import annotations

import errno
import logging
import math
from contextlib import suppress

from devices.backoff import Backoff
from devices.drivers.transport import ClosedByPeerError, Connection, Transport
from devices.ports import Clock

READ_BYTES = 256
_STEADY_SECONDS = 1.0  # a line that lives so long works, even if nothing is ever heard on it

_LOG = logging.getLogger(__name__)
_HELD = {errno.EBUSY, errno.EAGAIN}  # TIOCEXCL, a claimed interface, an open printer node; flock of somebody else


class Line:
    """One line. ``role`` is the first half of its codes: ``printer`` → ``printer.missing``."""

    def __init__(self, *, role: str, transport: Transport, clock: Clock) -> None:
        self._role = role
        self._transport = transport
        self._clock = clock
        self._connection: Connection | None = None
        self._backoff = Backoff(clock)
        self._code = ""
        self._opened_at = 0.0
        self._proved = False  # whether the open line has worked: some can be opened and die at once, again and again
        self.opened = 0  # how often it was opened: what was known of the device before ends with each time

    @property
    def is_open(self) -> bool:
        """Whether the line is held open now."""
        return self._connection is not None

    def open(self) -> str:
        """Open the line if it is due. Returns ``""`` when it is open, else the code that says why not."""
        if self._connection is None and self._backoff.due:
            try:
                self._connection = self._transport.connect()
            except OSError as fault:
                held = fault.errno in _HELD
                self._gone("busy_elsewhere" if held else "missing", self._transport.holder() if held else fault)
            else:
                self._opened_at, self._proved = self._clock.monotonic(), False
                self.opened += 1
        # A line that was closed in good order and is not due yet has no code of its own.
        return "" if self._connection is not None else self._code or f"{self._role}.missing"

    def nudge(self) -> None:
        """Something was plugged in: the next ``open`` tries at once."""
        self._backoff.nudge()

    def transit_seconds(self, byte_count: int) -> float:
        """How long so many bytes may take on the way."""
        return byte_count * self._transport.transit_seconds_per_byte

    def write(self, data: bytes, stall_seconds: float, total_seconds: float = math.inf) -> int:
        """Hand ``data`` over in pieces. Returns how many bytes went out, or may have.

        Fewer than all when the line dies, takes nothing for ``stall_seconds`` or is not done after ``total_seconds``.
        """
        end = self._clock.monotonic() + total_seconds
        deadline = min(end, self._clock.monotonic() + stall_seconds)
        sent = 0
        while (line := self._connection) is not None and sent < len(data):
            left = deadline - self._clock.monotonic()
            if left <= 0:
                break
            piece = data[sent : sent + line.piece_bytes]
            try:
                went = line.send(piece, left)
            except OSError as fault:
                sent += 0 if line.exact else len(piece)
                self._broken(fault)
                break
            if went:
                sent += went
                self._worked()
                if line.pace_seconds:
                    self._clock.sleep(went * line.pace_seconds)
                deadline = min(end, self._clock.monotonic() + stall_seconds)
        return sent

    def read(self, timeout_seconds: float, size: int = READ_BYTES) -> bytes:
        """Wait for bytes. ``b""`` when none came in time or the line died."""
        if self._connection is None:
            return b""
        try:
            data = self._connection.receive(size, max(0.0, timeout_seconds))
        except OSError as fault:
            self._broken(fault)
            return b""
        self._worked(heard=bool(data))
        return data

    def drained(self, timeout_seconds: float) -> bool:
        """Wait until everything has left (``tcdrain`` would wait for ever on a stalled line)."""
        deadline = self._clock.monotonic() + timeout_seconds
        try:
            while self._connection is not None and self._connection.waiting():
                if self._clock.monotonic() >= deadline:
                    return False
                self._clock.sleep(0.01)
        except OSError as fault:
            self._broken(fault)
            return False
        if self._connection is None:
            return False
        self._worked(heard=True)  # the device took it all
        return True

    def port_status(self) -> int | None:
        """What the printer's port says; ``None`` when it says nothing or there is none."""
        with suppress(OSError):
            return self._connection.port_status() if self._connection is not None else None
        return None

    def drop_output(self) -> bool:
        """Throw away what has not left yet, so that an abandoned job does not go on by itself.

        Returns whether something was thrown away, or may have been: always when the line is no longer open.
        """
        connection = self._connection
        if connection is None:
            return True
        with suppress(OSError):
            if not connection.waiting():
                return False
        if not connection.drop():
            self.close()
        return True

    def close(self) -> None:
        """Let go of the line; the next call of ``open`` may take it again at once."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _worked(self, *, heard: bool = False) -> None:
        """The open line did something, and so works if a sign of life came or it has been open for a while."""
        if self._proved or not (heard or self._clock.monotonic() - self._opened_at >= _STEADY_SECONDS):
            return
        self._proved = True
        self._backoff.worked()
        if self._code:
            _LOG.info("%s is back at %s", self._role, self._transport.name)
        self._code = ""

    def _broken(self, fault: OSError) -> None:
        if isinstance(fault, ClosedByPeerError) and self._proved:
            self.close()
        else:
            self._gone("missing", fault)

    def _gone(self, why: str, fault: object) -> None:
        """Note the fault, say so once, and wait longer before each next attempt."""
        self.drop_output()
        self.close()
        code = f"{self._role}.{why}"
        if code != self._code:
            _LOG.warning("%s at %s: %s", code, self._transport.name, fault)
        self._code = code
        self._backoff.failed()
