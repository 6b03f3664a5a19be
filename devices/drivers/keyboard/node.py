"""An event node with one owner: opened when first needed, grabbed, closed on any fault and opened again after a pause.

The grab keeps a code from being typed into whatever has the focus. The kernel allows one, and ends it with the
descriptor. No call raises for a missing or broken node and none blocks without end.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import select
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from devices.backoff import Backoff
from devices.drivers.keyboard.finding import Ambiguous, Locate
from devices.drivers.keyboard.records import RECORD
from devices.ports import Clock

EVIOCGRAB = 0x40044590  # input.h: _IOW('E', 0x90, int)
EVIOCSCLOCKID = 0x400445A0  # _IOW('E', 0xa0, int)
_CLOCK_MONOTONIC = struct.pack("i", 1)  # the wall clock, which is the default, may jump in the middle of a scan
_READ_BYTES = 64 * RECORD.size
# udev makes the node first and gives it to our group a moment later.
PERMISSION_TRIES, PERMISSION_SECONDS = 5, 0.2
STEADY_SECONDS = 5.0

_LOG = logging.getLogger(__name__)


def _ioctl(descriptor: int, request: int, argument: int | bytes) -> object:
    return fcntl.ioctl(descriptor, request, argument)


@dataclass(frozen=True, slots=True)
class Calls:
    """What is asked of the kernel. The bench has pipes in place of nodes, and answers in its stead."""

    open: Callable[[Path, int], int] = os.open
    ioctl: Callable[[int, int, int | bytes], object] = _ioctl
    read: Callable[[int, int], bytes] = os.read


class EventNode:
    """One scanner's node. ``open`` and ``read`` are for one thread, ``nudge`` for any."""

    def __init__(self, *, locate: Locate, clock: Clock, calls: Calls | None = None) -> None:
        self._locate = locate
        self._calls = calls or Calls()
        self._clock = clock
        self._backoff = Backoff(clock)
        self._opened_at = 0.0
        self._descriptor: int | None = None
        self._code = self._said = ""
        self._refusals = 0

    @property
    def is_open(self) -> bool:
        """Whether the node is held now."""
        return self._descriptor is not None

    def open(self) -> str:
        """Open and grab the node if it is due. Returns ``""`` when it is held, else the code that says why not."""
        if self._descriptor is None and self._backoff.due:
            try:
                self._descriptor = self._grabbed(self._locate())
            except OSError as fault:
                self._failed(fault)
            else:
                if self._said:
                    _LOG.info("scanner is back")
                self._code = self._said = ""
                self._refusals = 0
                self._opened_at = self._clock.monotonic()
        return self._code

    def read(self, timeout_seconds: float) -> bytes:
        """Wait for records. ``b""`` when none came in time or the node died."""
        if self._descriptor is None:
            return b""
        try:
            if not select.select([self._descriptor], [], [], max(0.0, timeout_seconds))[0]:
                return b""
            data = self._calls.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as fault:  # errno 19 is how an unplugged scanner shows itself
            self._died(fault)
            return b""
        if not data:
            self._died(OSError(errno.ENODEV, "the node ended"))
        return data

    def nudge(self) -> None:
        """Something was plugged in: try at once."""
        self._backoff.nudge()

    def close(self) -> None:
        """Let go of the node; the next call of ``open`` may take it again at once."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                self._calls.ioctl(descriptor, EVIOCGRAB, 0)
            with suppress(OSError):
                os.close(descriptor)

    def _grabbed(self, path: Path) -> int:
        descriptor = self._calls.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self._calls.ioctl(descriptor, EVIOCGRAB, 1)
            with suppress(OSError):
                self._calls.ioctl(descriptor, EVIOCSCLOCKID, _CLOCK_MONOTONIC)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor

    def _died(self, fault: OSError) -> None:
        """It was open. One that can be opened and dies at once, again and again, is left alone for longer each time."""
        self.close()
        if self._clock.monotonic() - self._opened_at >= STEADY_SECONDS:
            self._backoff.worked()
        self._gone("scanner.missing", fault)

    def _failed(self, fault: OSError) -> None:
        if fault.errno == errno.EACCES:
            self._refusals += 1
            if self._refusals <= PERMISSION_TRIES:
                self._code = self._code or "scanner.missing"
                self._backoff.wait(PERMISSION_SECONDS)
                return
            code = "scanner.not_permitted"
        elif isinstance(fault, Ambiguous):
            code = "scanner.ambiguous"
        else:
            code = "scanner.busy_elsewhere" if fault.errno == errno.EBUSY else "scanner.missing"
            self._refusals = 0
        self._gone(code, fault)

    def _gone(self, code: str, fault: OSError) -> None:
        """Note the fault, say so once, and wait longer before each next attempt."""
        if code != self._said:
            _LOG.warning("%s: %s", code, fault)
        self._code = self._said = code
        self._backoff.failed()
