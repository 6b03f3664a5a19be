"""A serial line with one owner: opened when first needed, closed on any fault, opened again with a growing pause.

No call raises for a missing or broken line and none blocks without end. pyserial only opens and configures: its
``write`` spins on a full buffer with a zero time-out and forgets how much went out with any other, so reading and
writing are done on the descriptor.
"""

from __future__ import annotations

import errno
import logging
import math
import os
import select
import termios
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from devices.ports import Clock

if TYPE_CHECKING:
    import serial

CHUNK_BYTES_MAX = 256
PACED_CHUNK_BYTES = 32
PACE = 1.25  # a paced line is kept this many times slower than its baud rate
RETRY_SECONDS_MIN = 0.5
RETRY_SECONDS_MAX = 10.0

_LOG = logging.getLogger(__name__)
_FAULTS = (OSError, termios.error)  # termios.error is no OSError; serial.SerialException is one
_HELD = {errno.EBUSY, errno.EAGAIN}  # TIOCEXCL of somebody else, flock of somebody else


class Flow(StrEnum):
    """How the line is kept from overrunning the device. There is no DTR/DSR flow control on Linux."""

    RTSCTS = "rtscts"
    XONXOFF = "xonxoff"
    PACED = "paced"


class Wire:
    """One serial line at ``path``, 8N1. ``role`` is the first half of its codes: ``printer`` → ``printer.missing``."""

    def __init__(self, *, role: str, path: str, baud: int, flow: Flow, clock: Clock) -> None:
        self._role = role
        self._path = path
        self._baud = baud
        self._flow = flow
        self._clock = clock
        self._port: serial.Serial | None = None
        self._code = ""
        self._pause = 0.0
        self._retry_at = clock.monotonic()

    @property
    def is_open(self) -> bool:
        """Whether the line is held open now."""
        return self._port is not None

    def open(self) -> str:
        """Open the line if it is due. Returns ``""`` when it is open, else the code that says why not."""
        if self._port is None and self._clock.monotonic() >= self._retry_at:
            try:
                self._port = self._opened()
            except _FAULTS as fault:
                held = getattr(fault, "errno", None) in _HELD
                self._gone("busy_elsewhere" if held else "missing", fault)
            else:
                if self._code:
                    _LOG.info("%s is back at %s", self._role, self._path)
                self._code, self._pause = "", 0.0
        return self._code

    def write(self, data: bytes, stall_seconds: float, total_seconds: float = math.inf) -> int:
        """Hand ``data`` to the line in chunks. Returns how many bytes went out: fewer when it dies, takes nothing for
        ``stall_seconds`` or is not done after ``total_seconds``.
        """
        end = self._clock.monotonic() + total_seconds
        deadline = min(end, self._clock.monotonic() + stall_seconds)
        size = PACED_CHUNK_BYTES if self._flow is Flow.PACED else CHUNK_BYTES_MAX
        sent = 0
        while self._port is not None and sent < len(data) and (left := deadline - self._clock.monotonic()) > 0:
            try:
                if select.select([], [self._port.fileno()], [], left)[1]:
                    went = os.write(self._port.fileno(), data[sent : sent + size])
                    sent += went
                    if self._flow is Flow.PACED:
                        self._clock.sleep(went * 10 / self._baud * PACE)
                    deadline = min(end, self._clock.monotonic() + stall_seconds)
            except BlockingIOError:
                continue
            except _FAULTS as fault:
                self._gone("missing", fault)
        return sent

    def read(self, timeout_seconds: float, size: int = CHUNK_BYTES_MAX) -> bytes:
        """Wait for bytes. ``b""`` when none came in time or the line died."""
        if self._port is None:
            return b""
        try:
            if not select.select([self._port.fileno()], [], [], max(0.0, timeout_seconds))[0]:
                return b""
            data = os.read(self._port.fileno(), size)
            if not data:  # readable, yet nothing to read: how Linux shows an unplugged adapter
                raise OSError(errno.ENODEV, "the line was unplugged")
        except BlockingIOError:
            return b""
        except _FAULTS as fault:
            self._gone("missing", fault)
            return b""
        return data

    def drained(self, timeout_seconds: float) -> bool:
        """Wait until the kernel's buffer has gone out (``tcdrain`` would wait for ever on a stalled line)."""
        deadline = self._clock.monotonic() + timeout_seconds
        try:
            while self._port is not None and self._port.out_waiting:
                if self._clock.monotonic() >= deadline:
                    return False
                self._clock.sleep(0.01)
        except _FAULTS as fault:
            self._gone("missing", fault)
        return self._port is not None

    def drop_output(self) -> None:
        """Throw away what the kernel still holds, so that an abandoned job does not go on by itself."""
        if self._port is not None:
            with suppress(*_FAULTS):
                self._port.reset_output_buffer()

    def nudge(self) -> None:
        """Something was plugged in: try at once, and be quick about the next attempts. From any thread."""
        self._pause = 0.0
        self._retry_at = self._clock.monotonic()

    def close(self) -> None:
        """Let go of the line; the next call of ``open`` may take it again at once."""
        port, self._port = self._port, None
        if port is not None:
            with suppress(*_FAULTS):
                port.close()

    def _opened(self) -> serial.Serial:
        import serial

        return serial.Serial(
            self._path,
            self._baud,
            timeout=0,
            exclusive=True,
            rtscts=self._flow is Flow.RTSCTS,
            xonxoff=self._flow is Flow.XONXOFF,
        )

    def _gone(self, why: str, fault: BaseException) -> None:
        """Note the fault, say so once, and wait longer before each next attempt."""
        self.drop_output()
        self.close()
        code = f"{self._role}.{why}"
        if code != self._code:
            _LOG.warning("%s at %s: %s", code, self._path, fault)
        self._code = code
        self._pause = min(max(2 * self._pause, RETRY_SECONDS_MIN), RETRY_SECONDS_MAX)
        self._retry_at = self._clock.monotonic() + self._pause
