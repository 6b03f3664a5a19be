"""USB printers on a bus of this program: what libusb would show, as a back end that pyusb can be given.

Speaks pyusb's ``usb.backend`` without importing it; the names of methods and arguments are pyusb's.
"""

from __future__ import annotations

import errno
import os
from array import array
from collections.abc import Iterator
from types import SimpleNamespace

from devices.simulated.usb import UsbLine

_STRING, _DEVICE_TO_HOST, _GET_DESCRIPTOR = 3, 0x80, 6
_GET_PORT_STATUS = (0xA1, 1)


class UsbBus:
    """The devices that are plugged in, as pyusb's back end. Give it to ``usb.core.find``."""

    def __init__(self) -> None:
        self._lines: list[UsbLine] = []

    def plug(self, line: UsbLine) -> UsbLine:
        """Plug a device in."""
        self._lines = [other for other in self._lines if not other.gone] + [line]
        return line

    def enumerate_devices(self) -> Iterator[UsbLine]:
        """See ``usb.backend``; so are all below."""
        return iter([line for line in self._lines if not line.gone])

    def get_device_descriptor(self, dev: UsbLine) -> SimpleNamespace:  # noqa: D102
        return dev.model.device(address=self._lines.index(dev) + 1)

    def get_configuration_descriptor(self, dev: UsbLine, config: int) -> SimpleNamespace:  # noqa: D102
        return dev.model.configuration(config)

    def get_interface_descriptor(self, dev: UsbLine, intf: int, alt: int, config: int) -> SimpleNamespace:  # noqa: D102
        del config
        return dev.model.interface(intf, alt)

    def get_endpoint_descriptor(self, dev: UsbLine, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:  # noqa: D102
        del config
        return dev.model.endpoint(ep, intf, alt)

    def open_device(self, dev: UsbLine) -> UsbLine:  # noqa: D102
        dev.present()
        return dev

    def close_device(self, dev_handle: UsbLine) -> None:  # noqa: D102
        del dev_handle

    def get_configuration(self, dev_handle: UsbLine) -> int:  # noqa: D102
        dev_handle.present()
        return int(dev_handle.configured)

    def set_configuration(self, dev_handle: UsbLine, config_value: int) -> None:  # noqa: D102
        dev_handle.present()
        dev_handle.configured = bool(config_value)

    def set_interface_altsetting(self, dev_handle: UsbLine, intf: int, altsetting: int) -> None:  # noqa: D102
        del intf, altsetting
        dev_handle.present()

    def claim_interface(self, dev_handle: UsbLine, intf: int) -> None:  # noqa: D102
        del intf
        dev_handle.present()
        if dev_handle.claimed_elsewhere or dev_handle.kernel_driver:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def release_interface(self, dev_handle: UsbLine, intf: int) -> None:  # noqa: D102
        del intf
        dev_handle.present()

    def is_kernel_driver_active(self, dev_handle: UsbLine, intf: int) -> bool:  # noqa: D102
        del intf
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle: UsbLine, intf: int) -> None:  # noqa: D102
        del intf
        dev_handle.kernel_driver = False

    def attach_kernel_driver(self, dev_handle: UsbLine, intf: int) -> None:  # noqa: D102
        del intf
        dev_handle.present()
        dev_handle.kernel_driver = True

    def reset_device(self, dev_handle: UsbLine) -> None:  # noqa: D102
        dev_handle.resets += 1

    def clear_halt(self, dev_handle: UsbLine, ep: int) -> None:  # noqa: D102
        del ep
        dev_handle.present()
        dev_handle.stalled = False

    def bulk_write(self, dev_handle: UsbLine, ep: int, intf: int, data: array[int], timeout: int) -> int:  # noqa: D102
        del ep, intf
        return dev_handle.host_writes(data.tobytes(), timeout)

    def bulk_read(self, dev_handle: UsbLine, ep: int, intf: int, buff: array[int], timeout: int) -> int:  # noqa: D102
        del ep, intf
        return dev_handle.host_reads(buff, timeout)

    intr_write = iso_write = bulk_write  # pyusb looks these up, and no printer has them
    intr_read = iso_read = bulk_read

    def ctrl_transfer(  # noqa: D102
        self,
        dev_handle: UsbLine,
        bmRequestType: int,  # noqa: N803 - pyusb's names
        bRequest: int,  # noqa: N803
        wValue: int,  # noqa: N803
        wIndex: int,  # noqa: N803
        data: array[int],
        timeout: int,
    ) -> int:
        del wIndex, timeout
        dev_handle.present()
        if (bmRequestType, bRequest) == _GET_PORT_STATUS:
            answer = bytes((dev_handle.host_asks_port(),))
        elif (bmRequestType, bRequest, wValue >> 8) == (_DEVICE_TO_HOST, _GET_DESCRIPTOR, _STRING):
            answer = dev_handle.model.string(wValue & 0xFF)
        else:
            raise OSError(errno.EPIPE, os.strerror(errno.EPIPE))
        answer = answer[: len(data)]
        data[: len(answer)] = array("B", answer)
        return len(answer)
