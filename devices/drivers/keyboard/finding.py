"""Which event node is the scanner: the path that was named, or the keyboard of the USB device that was named.

Never by a product's name: a keyboard for staff may call itself anything.
"""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from devices.drivers.keyboard.layout import ENTER
from devices.drivers.sysfs import SYS, UsbName, usb_device_of, usb_name_of, word

DEV = Path("/dev")
_KEY_1 = 2

Locate = Callable[[], Path]
"""Gives the node. Raises ``FileNotFoundError`` when there is none, ``Ambiguous`` when there are several."""


class Ambiguous(OSError):
    """Several devices of that name are plugged in."""


def at_path(path: Path) -> Locate:
    """A stable name under ``/dev/input/by-id`` or, for a port, ``/dev/input/by-path``."""
    return lambda: path


def at_usb(name: UsbName, sys: Path = SYS, dev: Path = DEV) -> Locate:
    """The keyboard of one USB device, wherever it is plugged in."""

    def locate() -> Path:
        nodes = defaultdict(list)
        for device in keyboards(sys):
            behind = usb_name_of(device / "device")
            if behind is not None and name.covers(behind):
                nodes[usb_device_of(device / "device")].append(device.name)
        if not nodes:
            raise FileNotFoundError(errno.ENOENT, f"no keyboard {name} is plugged in")
        if len(nodes) > 1:
            raise Ambiguous(errno.ENOTUNIQ, f"{len(nodes)} devices {name} are plugged in")
        (names,) = nodes.values()
        return dev / "input" / names[0]

    return locate


def keyboards(sys: Path = SYS) -> Iterator[Path]:
    """The folders of all event nodes that have the keys of a scanner: digits and Enter."""
    folders = [folder for folder in (sys / "class" / "input").glob("event*") if folder.name[5:].isdigit()]
    for folder in sorted(folders, key=lambda folder: int(folder.name[5:])):
        # A bitmap in hexadecimal words, the lowest last; both keys stand in it.
        lowest = word(folder / "device" / "capabilities" / "key").rpartition(" ")[2]
        try:
            keys = int(lowest, 16)
        except ValueError:
            continue
        if keys >> ENTER & 1 and keys >> _KEY_1 & 1:
            yield folder
