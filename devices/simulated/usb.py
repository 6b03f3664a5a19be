"""A USB printer's end of its pipes: packets in, packets out, and a plug that can be pulled."""

from __future__ import annotations

import errno
import os
import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.simulated.usb_descriptors import PACKET_BYTES, UsbModel


@dataclass
class UsbLine:
    """The device's end of its two pipes; gone is ``ENODEV``, late is ``ETIMEDOUT``. Implements ``End``.

    What no printer should be asked, a reset, is counted in ``resets``.
    """

    model: UsbModel
    kernel_driver: bool = False  # whether usblp has it
    claimed_elsewhere: bool = False
    configured: bool = True
    stalled: bool = False  # its endpoints refuse transfers until that is cleared
    resets: int = 0
    _port_status: Callable[[], int] = lambda: 0x18
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _coming: bytearray = field(default_factory=bytearray)
    _going: bytearray = field(default_factory=bytearray)
    _woken: bool = False
    _gone: bool = False

    @property
    def path(self) -> str:
        """See ``End``."""
        return self.model.name

    @property
    def gone(self) -> bool:
        """Whether the plug was pulled."""
        return self._gone

    def attach(self, port_status: Callable[[], int]) -> None:
        """See ``End``."""
        self._port_status = port_status

    def read(self, size: int) -> bytes:
        """See ``End``."""
        with self._changed:
            self._changed.wait_for(lambda: self._coming or self._woken or self._gone)
            self._woken = False
            data = bytes(self._coming[:size])
            del self._coming[:size]
            self._changed.notify_all()
            return data

    def write(self, data: bytes) -> None:
        """See ``End``."""
        with self._changed:
            self._going += data
            self._changed.notify_all()

    def wake(self) -> None:
        """See ``End``."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """See ``End``."""
        with self._changed:
            self._gone = True
            self._changed.notify_all()

    def host_writes(self, data: bytes, timeout_ms: int) -> int:
        """The host's bulk transfer: packets that find no room are refused until time is up."""
        sent = 0
        with self._changed:
            while sent < len(data):
                self._wait(lambda: len(self._coming) < PACKET_BYTES, timeout_ms, sent)
                if len(self._coming) >= PACKET_BYTES:
                    break
                packet = data[sent : sent + PACKET_BYTES]
                self._coming += packet
                sent += len(packet)
                self._changed.notify_all()
        return sent

    def host_reads(self, buffer: array[int], timeout_ms: int) -> int:
        """The host's bulk transfer back."""
        with self._changed:
            self._wait(lambda: bool(self._going), timeout_ms, 0)
            data = bytes(self._going[: len(buffer)])
            del self._going[: len(data)]
        buffer[: len(data)] = array("B", data)
        return len(data)

    def host_asks_port(self) -> int:
        """GET_PORT_STATUS."""
        self.present()
        return self._port_status()

    def present(self) -> None:
        """Raises ``ENODEV`` when the plug was pulled."""
        if self._gone:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    def _wait(self, ready: Callable[[], bool], timeout_ms: int, done: int) -> None:
        self.present()
        if self.stalled:
            raise OSError(errno.EPIPE, os.strerror(errno.EPIPE))
        waited = self._changed.wait_for(lambda: ready() or self._gone, timeout_ms / 1000 if timeout_ms else None)
        self.present()
        if not waited and not done:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
