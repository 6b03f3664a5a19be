"""An open line that is a file descriptor: serial lines, printer nodes and sockets."""

from __future__ import annotations

import errno
import math
import os
import select
import stat
from contextlib import suppress

PIECE_BYTES = 256


def ready(descriptor: int, events: int, timeout_seconds: float) -> bool:
    """Wait until the descriptor is ready for ``events`` (``POLLIN``, ``POLLOUT``), or is broken."""
    poll = select.poll()  # select() knows no descriptor above 1,023
    poll.register(descriptor, events)
    return bool(poll.poll(max(0, math.ceil(timeout_seconds * 1000))))


def hung_up(descriptor: int) -> bool:
    """Whether there is nobody at the other end any more."""
    poll = select.poll()
    poll.register(descriptor, 0)
    return bool(poll.poll(0))


def opened(path: str) -> int:
    """Open a character device for reading and writing, without waiting and without ever making a file.

    Raises ``OSError``: ``ENODEV`` for anything that is not a device.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.ENODEV, "this is no device", path)
    return descriptor


class DescriptorConnection:
    """Reads and writes a non-blocking descriptor. Implements most of ``Connection``."""

    exact = True
    piece_bytes = PIECE_BYTES
    pace_seconds = 0.0

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, data: bytes, timeout_seconds: float) -> int:
        """See ``Connection``."""
        if not ready(self._descriptor, select.POLLOUT, timeout_seconds):
            return 0
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        """See ``Connection``."""
        if not ready(self._descriptor, select.POLLIN, timeout_seconds):
            return b""
        try:
            data = os.read(self._descriptor, size)
        except BlockingIOError:
            return b""
        return data or self._nothing()

    def receive_into(self, buffer: bytearray | memoryview, timeout_seconds: float) -> int:
        """As ``receive``, but into memory of the caller's, who can wipe it. Returns how many bytes came."""
        if not ready(self._descriptor, select.POLLIN, timeout_seconds):
            return 0
        try:
            count = os.readv(self._descriptor, [buffer])
        except BlockingIOError:
            return 0
        return count or len(self._nothing())

    def port_status(self) -> int | None:
        """See ``Connection``."""
        return None

    def close(self) -> None:
        """See ``Connection``."""
        with suppress(OSError):
            os.close(self._descriptor)

    def _nothing(self) -> bytes:
        """Readable, yet nothing to read: how Linux shows an unplugged adapter."""
        raise OSError(errno.ENODEV, "the line was unplugged")
