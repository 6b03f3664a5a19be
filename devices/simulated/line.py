"""A pseudo-terminal as a serial line: the driver opens ``path``, a simulation holds the other end."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Callable
from contextlib import suppress


class PtyLine:
    """One line. One thread may ``read`` while others write or wake it; close in that thread, or after it has ended.

    Implements ``End``.
    """

    def __init__(self) -> None:
        self._master, self._slave = pty.openpty()
        # Our own hold on the slave keeps the line alive while no driver has it open, as a plugged-in adapter is.
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self.path = os.ttyname(self._slave)
        self._lock = threading.Lock()  # a number of a closed descriptor may be somebody else's by now
        self._closed = False

    def attach(self, port_status: Callable[[], int]) -> None:
        """See ``End``: a serial line has no port status."""

    def read(self, size: int) -> bytes:
        """Wait for bytes from the driver; ``b""`` when woken instead."""
        ready = select.select([self._master, self._wake_read], [], [])[0]
        if self._wake_read in ready:
            os.read(self._wake_read, 64)
            return b""
        with suppress(OSError):
            return os.read(self._master, size)
        return b""

    def write(self, data: bytes) -> None:
        """Send to the driver. What finds no room is lost, as on a real line."""
        self._put(self._master, data)

    def wake(self) -> None:
        """Make a waiting ``read`` return."""
        self._put(self._wake_write, b".")

    def close(self) -> None:
        """Pull the plug: a driver that has it open gets a hang-up."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for descriptor in (self._master, self._slave, self._wake_read, self._wake_write):
                    os.close(descriptor)

    def _put(self, descriptor: int, data: bytes) -> None:
        with self._lock, suppress(OSError):
            if not self._closed:
                os.write(descriptor, data)
