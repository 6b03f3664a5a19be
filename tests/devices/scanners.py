"""Every kind of scanner as a test sees it: a driver, the device at the other end, and the hand that pulls the cable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from devices.drivers.keyboard.finding import at_path, at_usb
from devices.drivers.keyboard.node import Calls
from devices.drivers.keyboard.scanner import KeyboardScanner
from devices.drivers.scanner import SerialScanner
from devices.drivers.sysfs import usb_name
from devices.ports import Clock, Scanner
from devices.simulated.keyboard.kernel import SimulatedKernel
from devices.simulated.keyboard.keys import presses
from devices.simulated.keyboard.scanner import SimulatedKeyboardScanner
from devices.simulated.keyboard.tree import InputTree
from devices.simulated.scanner import SimulatedScanner


class Rig(Protocol):
    """One scanner that can be plugged in and out; ``driver`` finds it by a name that stays the same."""

    def driver(self, clock: Clock) -> Scanner: ...
    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def scan(self, payload: str) -> None: ...
    def type(self, text: str) -> None:
        """Characters without an ending."""

    def noise(self) -> None:
        """What no code has, with an ending."""

    def cut(self, payload: str, places: float) -> None:
        """So much of a scan (0 to 1 of its bytes, ending included), and then the cable is pulled."""


class SerialRig:
    def __init__(self, root: Path) -> None:
        self._link = root / "scanner"
        self._device: SimulatedScanner | None = None
        self.plug()

    @property
    def device(self) -> SimulatedScanner:
        assert self._device is not None
        return self._device

    def driver(self, clock: Clock) -> Scanner:
        return SerialScanner(path=str(self._link), clock=clock)

    def plug(self) -> None:
        self._device = SimulatedScanner()
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(self._device.path)

    def unplug(self) -> None:
        self._link.unlink(missing_ok=True)  # first: the number of a pty is given out again at once
        self.device.unplug()

    def scan(self, payload: str) -> None:
        self.device.scan(payload)

    def type(self, text: str) -> None:
        self.device.send(text.encode())

    def noise(self) -> None:
        self.device.send(b"\xff\x00\r")

    def cut(self, payload: str, places: float) -> None:
        data = payload.encode() + b"\r"
        self.device.send(data[: round(places * len(data))])
        self.unplug()


class KeyboardRig:
    def __init__(self, root: Path, *, by_usb: bool = False) -> None:
        self.tree = InputTree(root)
        self._by_usb = by_usb
        self._device: SimulatedKeyboardScanner | None = None
        self.plug()

    @property
    def device(self) -> SimulatedKeyboardScanner:
        assert self._device is not None
        return self._device

    def driver(self, clock: Clock) -> Scanner:
        by_id = self.tree.dev / "input" / "by-id" / "usb-Station_Scanner_A1-event-kbd"
        by_usb = at_usb(usb_name("0c2e:0b61:A1"), self.tree.sys, self.tree.dev)
        return KeyboardScanner(
            locate=by_usb if self._by_usb else at_path(by_id), clock=clock, calls=calls(self.tree.kernel)
        )

    def plug(self) -> None:
        self._device = self.tree.plug(serial="A1")

    def unplug(self) -> None:
        self.device.unplug()

    def scan(self, payload: str) -> None:
        self.device.scan(payload)

    def type(self, text: str) -> None:
        self.device.play(presses(text))

    def noise(self) -> None:
        self.device.play([(29, 1), (27, 1), (27, 0), (29, 0), (28, 1), (28, 0)])

    def cut(self, payload: str, places: float) -> None:
        self.device.scan_cut(payload, places)
        self.unplug()


def calls(kernel: SimulatedKernel) -> Calls:
    return Calls(kernel.open, kernel.ioctl, kernel.read)


RIGS: dict[str, Callable[[Path], Rig]] = {
    "serial": SerialRig,
    "keyboard-by-id": KeyboardRig,
    "keyboard-by-usb": lambda root: KeyboardRig(root, by_usb=True),
}
