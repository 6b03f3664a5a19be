"""What is plugged in, with the names that ``devices.toml`` wants: for the person who has to fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.drivers.keyboard.finding import DEV, keyboards
from devices.drivers.sysfs import SYS, usb_device_of, usb_name_of, word


@dataclass(frozen=True, slots=True)
class Candidate:
    """One node. ``path`` stays the same when it is plugged in again, unless the device has no such name.

    ``usb`` is ``vendor:product`` or ``vendor:product:serial``; ``says`` is what the device calls itself: for a person
    to recognise it, never to choose it by.
    """

    kind: str  # serial, keyboard, printer
    path: str
    usb: str
    says: str


def candidates(sys: Path = SYS, dev: Path = DEV) -> list[Candidate]:
    """Serial lines, keyboards (a scanner may be one) and USB printers."""
    return [*_serial(sys, dev), *_keyboards(sys, dev), *_printers(sys, dev)]


def _serial(sys: Path, dev: Path) -> Iterator[Candidate]:
    for folder in _sorted(sys / "class" / "tty", "tty*"):
        # A port without a device behind it is a console; one of the machine's own has no USB device.
        if (folder / "device").exists() and usb_device_of(folder / "device") is not None:
            yield _candidate("serial", folder, dev / folder.name, dev / "serial")


def _keyboards(sys: Path, dev: Path) -> Iterator[Candidate]:
    for folder in keyboards(sys):
        yield _candidate("keyboard", folder, dev / "input" / folder.name, dev / "input")


def _printers(sys: Path, dev: Path) -> Iterator[Candidate]:
    for folder in _sorted(sys / "class" / "usbmisc", "lp*"):
        yield _candidate("printer", folder, dev / "usb" / folder.name, None)


def _candidate(kind: str, folder: Path, node: Path, names: Path | None) -> Candidate:
    device = folder / "device"
    behind, usb = usb_name_of(device), usb_device_of(device)
    says = " ".join(filter(None, (word(usb / "manufacturer"), word(usb / "product")))) if usb else word(device / "name")
    return Candidate(kind, _stable(node, names), str(behind or ""), says)


def _stable(node: Path, names: Path | None) -> str:
    """The name by the device, else the name by the port, else the node's own."""
    for kind in ("by-id", "by-path"):
        for name in _sorted(names / kind, "*") if names is not None else ():
            if name.resolve() == node.resolve():
                return str(name)
    return str(node)


def _sorted(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))
