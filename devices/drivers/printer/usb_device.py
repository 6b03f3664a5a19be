"""Finding a printer on the USB, and the interface and endpoints that it is printed to."""

from __future__ import annotations

import errno
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_FORM = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(.{1,126}))?")
_PRINTER_CLASS, _VENDOR_CLASS = 0x07, 0xFF
_BULK, _TYPE_MASK, _IN = 0x02, 0x03, 0x80
# bInterfaceProtocol, the best first: both ways, one way, IEEE 1284.4 packets (a last resort: bytes pass on most).
_PROTOCOLS = (2, 1, 3)


@dataclass(frozen=True, slots=True)
class UsbName:
    """``vid:pid`` or ``vid:pid:serial``; with the serial number two equal printers are told apart."""

    vendor: int
    product: int
    serial: str = ""

    @classmethod
    def parse(cls, text: str) -> UsbName:
        """From ``"04b8:0e15"`` or ``"04b8:0e15:J9A1"``. Raises ``ValueError``."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not vid:pid or vid:pid:serial")
        return cls(int(match[1], 16), int(match[2], 16), match[3] or "")

    def __str__(self) -> str:
        return f"{self.vendor:04x}:{self.product:04x}" + (f":{self.serial}" if self.serial else "")


def found(name: UsbName, backend: Any) -> Any:
    """The one device of that name. Raises ``OSError``: none, or more than one that cannot be told apart."""
    import usb.core
    import usb.util

    same = list(usb.core.find(find_all=True, backend=backend, idVendor=name.vendor, idProduct=name.product))
    if name.serial:
        others = [device for device in same if _serial(device) != name.serial]
        same = [device for device in same if device not in others]
        for device in others:
            usb.util.dispose_resources(device)  # opened to be asked, and not ours
    if not same:
        raise OSError(errno.ENODEV, f"no USB device {name}")
    if len(same) > 1:
        raise OSError(errno.ENOTUNIQ, f"{len(same)} USB devices {name}: add the serial number, or move one")
    return same[0]


def printer_interface(device: Any) -> tuple[Any, Any, Any]:
    """The interface, its way out and its way in (``None`` where the printer cannot answer). Raises ``OSError``."""
    configuration = _configuration(device)
    best: tuple[int, Any, Any, Any] | None = None
    for interface in configuration:
        kind = interface.bInterfaceClass
        if kind not in (_PRINTER_CLASS, _VENDOR_CLASS):
            continue
        bulk = [end for end in interface if end.bmAttributes & _TYPE_MASK == _BULK]
        out = next((end for end in bulk if not end.bEndpointAddress & _IN), None)
        back = next((end for end in bulk if end.bEndpointAddress & _IN), None)
        rank = _rank(kind, interface.bInterfaceProtocol, back is not None)
        if out is not None and (best is None or rank < best[0]):
            best = (rank, interface, out, back)
    if best is None:
        raise OSError(errno.ENODEV, "the USB device has no interface to print to")
    return best[1:]


def held_by_kernel(device: Any, number: int) -> bool:
    """Whether a driver of the kernel (``usblp``) has the interface; ``False`` where that cannot be asked."""
    with suppress(OSError, NotImplementedError):
        return bool(device.is_kernel_driver_active(number))
    return False


def _rank(kind: int, protocol: int, answers: bool) -> int:
    order = _PROTOCOLS.index(protocol) if protocol in _PROTOCOLS else len(_PROTOCOLS)
    return (0 if kind == _PRINTER_CLASS else 100) + 10 * order + (0 if answers else 1)


def _configuration(device: Any) -> Any:
    """The active configuration; chosen only when there is none, as choosing is a soft reset."""
    import usb.core

    try:
        return device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        return device.get_active_configuration()


def _serial(device: Any) -> str:
    """The serial number; ``""`` for printers whose strings cannot be read, which is common."""
    with suppress(OSError, ValueError, NotImplementedError):
        return str(device.serial_number or "")
    return ""
