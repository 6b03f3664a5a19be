"""The serial line: RS-232, a USB adapter, or a device that shows itself as a serial port.

pyserial only opens and configures: its ``write`` spins on a full buffer with a zero time-out and forgets how much went
out with any other, so reading and writing are done on the descriptor.
"""

from __future__ import annotations

import termios
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from devices.drivers.descriptor import DescriptorConnection
from devices.drivers.holders import holders, sentence
from devices.drivers.line import Line
from devices.ports import Clock

if TYPE_CHECKING:
    import serial

PACED_PIECE_BYTES = 32
PACE = 1.25  # a paced line is kept this many times slower than its baud rate
_BITS_PER_BYTE = 10  # 8N1


class Flow(StrEnum):
    """How the line is kept from overrunning the device. There is no DTR/DSR flow control on Linux."""

    RTSCTS = "rtscts"
    XONXOFF = "xonxoff"
    PACED = "paced"


class Wire(Line):
    """One serial line at ``path``, 8N1. ``role`` is the first half of its codes: ``printer`` → ``printer.missing``."""

    def __init__(self, *, role: str, path: str, baud: int, flow: Flow, clock: Clock) -> None:
        super().__init__(role=role, transport=SerialTransport(path=path, baud=baud, flow=flow), clock=clock)

    def read_into(self, buffer: bytearray | memoryview, timeout_seconds: float) -> int:
        """Wait for bytes and put them into ``buffer``, which the caller can wipe. Returns how many, 0 like ``read``."""
        connection = self._connection
        if not isinstance(connection, SerialConnection):
            return 0
        try:
            count = connection.receive_into(buffer, max(0.0, timeout_seconds))
        except OSError as fault:
            self._broken(fault)
            return 0
        self._worked(heard=count > 0)
        return count


class SerialTransport:
    """A serial line at ``path`` (a name under ``/dev/serial/by-id`` stays the same). Implements ``Transport``."""

    def __init__(self, *, path: str, baud: int, flow: Flow) -> None:
        self.name = path
        # Twice what the baud rate says: a device that says "wait" for half of the time is well.
        self.transit_seconds_per_byte = _BITS_PER_BYTE / baud * 2 * PACE
        self._baud = baud
        self._flow = flow

    def connect(self) -> SerialConnection:
        """See ``Transport``."""
        import serial

        try:
            port = serial.Serial(
                self.name,
                self._baud,
                timeout=0,
                exclusive=True,
                rtscts=self._flow is Flow.RTSCTS,
                xonxoff=self._flow is Flow.XONXOFF,
            )
        except termios.error as fault:  # which is no OSError
            raise OSError(*fault.args) from fault
        _without_breaks(port)
        return SerialConnection(port, _BITS_PER_BYTE / self._baud * PACE if self._flow is Flow.PACED else 0.0)

    def holder(self) -> str:
        """See ``Transport``."""
        return sentence(holders(self.name))


class SerialConnection(DescriptorConnection):
    """An open serial line. Implements ``Connection``."""

    def __init__(self, port: serial.Serial, pace_seconds: float) -> None:
        super().__init__(port.fileno())
        self._port = port
        self.pace_seconds = pace_seconds
        if pace_seconds:
            self.piece_bytes = PACED_PIECE_BYTES

    def waiting(self) -> int:
        """See ``Connection``."""
        try:
            return self._port.out_waiting
        except termios.error as fault:
            raise OSError(*fault.args) from fault

    def drop(self) -> bool:
        """See ``Connection``."""
        with suppress(OSError, termios.error):
            self._port.reset_output_buffer()
        return True

    def close(self) -> None:
        """See ``Connection``."""
        with suppress(OSError, termios.error):
            self._port.close()


def _without_breaks(port: serial.Serial) -> None:
    """A break is no byte: a device that loses its power sends one, and as 0x00 it would look like an answer."""
    with suppress(OSError, termios.error):
        flags = termios.tcgetattr(port.fileno())
        flags[0] = (flags[0] | termios.IGNBRK) & ~(termios.BRKINT | termios.PARMRK)
        termios.tcsetattr(port.fileno(), termios.TCSANOW, flags)
