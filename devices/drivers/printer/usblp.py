"""A USB printer through the kernel's printer node, ``/dev/usb/lp0``. Facts from Linux: drivers/usb/class/usblp.c.

The node takes one opener (``EBUSY`` for a second). It says "taken" as soon as a transfer has begun: only when it can be
written to again has the printer the bytes, and only closing it stops a transfer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
from collections.abc import Callable

from devices.drivers.descriptor import DescriptorConnection, hung_up, opened, ready
from devices.drivers.holders import holders, sentence

_LPGETSTATUS = 0x060B  # asks GET_PORT_STATUS of the printer; the kernel waits for at most 5 s
_PIECE_BYTES = 512
_SECONDS_PER_BYTE = 1 / 4000  # printers take 10 KB a second and more
_EMPTY_READS_MAX = 1000


class UsblpTransport:
    """The node at ``path``. ``port_status`` asks an open node for its byte. Implements ``Transport``."""

    transit_seconds_per_byte = _SECONDS_PER_BYTE

    def __init__(self, *, path: str, port_status: Callable[[int], int] | None = None) -> None:
        self.name = path
        self._port_status = port_status or asked

    def connect(self) -> UsblpConnection:
        """See ``Transport``. Never makes a file: without a node there would be one that swallows vouchers."""
        descriptor = opened(self.name)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise
        return UsblpConnection(descriptor, self._port_status)

    def holder(self) -> str:
        """See ``Transport``."""
        return sentence(holders(self.name))


class UsblpConnection(DescriptorConnection):
    """An open printer node. Implements ``Connection``."""

    piece_bytes = _PIECE_BYTES

    def __init__(self, descriptor: int, port_status: Callable[[int], int]) -> None:
        super().__init__(descriptor)
        self._ask = port_status
        self._empty_reads = 0

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        """See ``Connection``."""
        data = super().receive(size, timeout_seconds)
        if data:
            self._empty_reads = 0
        return data

    def waiting(self) -> int:
        """See ``Connection``. Only whether, not how many; a node whose printer is gone would seem empty."""
        if hung_up(self._descriptor):
            raise OSError(errno.ENODEV, "the printer was unplugged")
        return 0 if ready(self._descriptor, select.POLLOUT, 0.0) else 1

    def drop(self) -> bool:
        """See ``Connection``."""
        return False

    def port_status(self) -> int | None:
        """See ``Connection``."""
        return self._ask(self._descriptor)

    def _nothing(self) -> bytes:
        """An empty packet of the printer, which is no end; a line that has only such is broken."""
        if hung_up(self._descriptor):
            return super()._nothing()
        self._empty_reads += 1
        if self._empty_reads > _EMPTY_READS_MAX:
            raise OSError(errno.EIO, "nothing but empty packets")
        return b""


def asked(descriptor: int) -> int:
    """The port's status byte. Raises ``OSError``."""
    answer = bytearray(4)
    fcntl.ioctl(descriptor, _LPGETSTATUS, answer)
    return answer[0]
