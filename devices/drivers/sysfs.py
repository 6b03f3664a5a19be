"""Who a device says it is, from sysfs: vendor, product and serial number of the USB device behind a node."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SYS = Path("/sys")

_USB_NAME = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(.+))?")


@dataclass(frozen=True, slots=True)
class UsbName:
    """``1a86:7523`` or ``1a86:7523:A10042``. Two equal devices differ in their serial number, if they have one."""

    vendor: str
    product: str
    serial: str = ""

    def __str__(self) -> str:
        return ":".join(filter(None, (self.vendor, self.product, self.serial)))

    def covers(self, other: UsbName) -> bool:
        """Whether ``other`` may be meant: a name without serial number means all of its kind."""
        same_kind = (self.vendor, self.product) == (other.vendor, other.product)
        return same_kind and self.serial in ("", other.serial)


def usb_name(text: str) -> UsbName:
    """Read a written name. Raises ``ValueError``."""
    found = _USB_NAME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not vendor:product or vendor:product:serial")
    return UsbName(found[1].lower(), found[2].lower(), found[3] or "")


def usb_device_of(device: Path) -> Path | None:
    """The folder of the USB device that a folder of sysfs lies in; its own name is the port: ``1-1.2``."""
    folder = device.resolve()
    return next((place for place in (folder, *folder.parents) if (place / "idVendor").is_file()), None)


def usb_name_of(device: Path) -> UsbName | None:
    """Who is behind a folder of sysfs; for an input device without USB (Bluetooth) what it says itself."""
    usb = usb_device_of(device)
    if usb is not None:
        return _named(word(usb / "idVendor"), word(usb / "idProduct"), word(usb / "serial"))
    return _named(word(device / "id" / "vendor"), word(device / "id" / "product"), word(device / "uniq"))


def word(file: Path) -> str:
    """What one file of sysfs says; empty when it is not there. A device may have been pulled meanwhile."""
    try:
        return file.read_bytes()[:256].decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _named(vendor: str, product: str, serial: str) -> UsbName | None:
    try:
        return usb_name(":".join(filter(None, (vendor, product, serial))))
    except ValueError:
        return None
