"""A USB printer through libusb, where the kernel has no printer node for it. Endpoints are looked for, never assumed.

The printer is never reset: that takes it from whoever has it, and some do not come back. Facts: USB printer class 1.1.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from devices.drivers.holders import holders, sentence
from devices.drivers.printer.usb_device import UsbName, found, held_by_kernel, printer_interface
from devices.ports import Clock

_GET_PORT_STATUS = (0xA1, 0x01)  # class request to an interface
_PIECE_BYTES = 512
_PACKET_BYTES = 512  # a read must have room for whole packets
_SECONDS_PER_BYTE = 1 / 4000
_CONTROL_SECONDS = 0.5


class UsbTransport:
    """The printer ``usb``. ``backend`` is libusb unless another is given. Implements ``Transport``."""

    transit_seconds_per_byte = _SECONDS_PER_BYTE

    def __init__(self, *, usb: UsbName, clock: Clock, backend: Any = None) -> None:
        self.name = str(usb)
        self._usb = usb
        self._clock = clock
        self._backend = backend
        self._node = ""

    def connect(self) -> UsbConnection:
        """See ``Transport``. Nothing but a printer's interface is touched."""
        with _os_errors():
            device = found(self._usb, self._backend)
            self._node = f"/dev/bus/usb/{device.bus or 0:03}/{device.address or 0:03}"
            return UsbConnection(device, self._clock)

    def holder(self) -> str:
        """See ``Transport``."""
        return sentence(holders(self._node))


class UsbConnection:
    """A claimed interface. Implements ``Connection``."""

    exact = False  # a transfer that breaks may have brought some packets over
    piece_bytes = _PIECE_BYTES
    pace_seconds = 0.0

    def __init__(self, device: Any, clock: Clock) -> None:
        self._device = device
        self._clock = clock
        self._took_from_kernel = False
        self._number = 0
        try:
            interface, self._out, self._in = printer_interface(device)
            self._number = interface.bInterfaceNumber
            self._claim(interface)
        except BaseException:
            self.close()
            raise

    def send(self, data: bytes, timeout_seconds: float) -> int:
        """See ``Connection``."""
        try:
            with _os_errors():
                return int(self._out.write(data, _milliseconds(timeout_seconds)))
        except OSError as fault:
            self._unless_late(fault, self._out)
            return 0

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        """See ``Connection``."""
        if self._in is None:
            self._clock.sleep(timeout_seconds)
            return b""
        try:
            with _os_errors():
                return bytes(self._in.read(max(size, _PACKET_BYTES), _milliseconds(timeout_seconds)))
        except OSError as fault:
            self._unless_late(fault, self._in)
            return b""

    def waiting(self) -> int:
        """See ``Connection``. A write ends when the printer has the bytes."""
        return 0

    def drop(self) -> bool:
        """See ``Connection``."""
        return True

    def port_status(self) -> int | None:
        """See ``Connection``."""
        with _os_errors():
            kind, request = _GET_PORT_STATUS
            answer = self._device.ctrl_transfer(kind, request, 0, self._number, 1, _milliseconds(_CONTROL_SECONDS))
        return answer[0] if len(answer) == 1 else None

    def close(self) -> None:
        """See ``Connection``. What was taken from the kernel is given back."""
        import usb.util

        with suppress(OSError), _os_errors():
            usb.util.release_interface(self._device, self._number)
        if self._took_from_kernel:
            with suppress(OSError), _os_errors():
                self._device.attach_kernel_driver(self._number)
        with suppress(OSError), _os_errors():
            usb.util.dispose_resources(self._device)

    def _claim(self, interface: Any) -> None:
        import usb.util

        if held_by_kernel(self._device, self._number):
            self._device.detach_kernel_driver(self._number)
            self._took_from_kernel = True
        usb.util.claim_interface(self._device, self._number)
        if interface.bAlternateSetting:
            self._device.set_interface_altsetting(self._number, interface.bAlternateSetting)

    def _unless_late(self, fault: OSError, endpoint: Any) -> None:
        """Raise ``fault`` unless time was merely up. A stalled endpoint is told to go on, or it would stay so."""
        if fault.errno == errno.ETIMEDOUT:
            return
        if fault.errno == errno.EPIPE:
            with suppress(OSError), _os_errors():
                endpoint.clear_halt()
        raise fault


def _milliseconds(seconds: float) -> int:
    return max(1, math.ceil(seconds * 1000))  # 0 would be for ever


@contextmanager
def _os_errors() -> Iterator[None]:
    """pyusb says some things with other errors: no libusb, a device that vanished between two questions."""
    try:
        yield
    except (ValueError, NotImplementedError, IndexError) as fault:
        raise OSError(errno.EIO, f"libusb: {fault or type(fault).__name__}") from fault
