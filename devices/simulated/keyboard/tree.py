"""The folders that Linux makes for input devices, in a folder of a test: ``/dev/input`` and their part of ``/sys``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from devices.simulated.keyboard.kernel import SimulatedKernel
from devices.simulated.keyboard.scanner import SimulatedKeyboardScanner

_TYPES = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"  # the keys of a usual keyboard
_VOLUME = "3800000000 e000000000000 0"  # three keys for a loudspeaker: many scanners show such a node too


class InputTree:
    """Scanners are plugged in and unplugged; every plugging gets new numbers, as ever."""

    def __init__(self, root: Path, kernel: SimulatedKernel | None = None) -> None:
        self.dev, self.sys = root / "dev", root / "sys"
        self.kernel = kernel or SimulatedKernel()
        self._number = 0
        for folder in (self.dev / "input" / "by-id", self.dev / "input" / "by-path", self.sys / "class" / "input"):
            folder.mkdir(parents=True)

    def plug(
        self, *, port: str = "1-1.2", vendor: str = "0c2e", product: str = "0b61", serial: str = ""
    ) -> SimulatedKeyboardScanner:
        """A scanner at a port, with the nodes and names that udev gives it."""
        usb = self.sys / "devices" / port
        usb.mkdir(parents=True)
        for name, value in (("idVendor", vendor), ("idProduct", product), ("serial", serial)):
            if value:
                (usb / name).write_text(value + "\n")
        self._input(usb / f"{port}:1.1", _VOLUME, vendor, product)
        node = self._input(usb / f"{port}:1.0", _TYPES, vendor, product)
        links = [
            self._link("by-id", f"usb-Station_Scanner_{serial or product}-event-kbd", node),
            self._link("by-path", f"platform-usb-0:{port.partition('-')[2]}:1.0-event-kbd", node),
        ]
        return SimulatedKeyboardScanner(node, self.kernel, self._remover(usb, links))

    def _input(self, interface: Path, keys: str, vendor: str, product: str) -> Path:
        self._number += 1
        device = interface / "input" / f"input{self._number}"
        event = device / f"event{self._number}"
        event.mkdir(parents=True)
        (device / "id").mkdir()
        (device / "capabilities").mkdir()
        (device / "id" / "vendor").write_text(vendor + "\n")
        (device / "id" / "product").write_text(product + "\n")
        (device / "capabilities" / "key").write_text(keys + "\n")
        (event / "device").symlink_to(device)
        (self.sys / "class" / "input" / event.name).symlink_to(event)
        return self.dev / "input" / event.name

    def _link(self, kind: str, name: str, node: Path) -> Path:
        link = self.dev / "input" / kind / name
        link.unlink(missing_ok=True)
        link.symlink_to(node)
        return link

    def _remover(self, usb: Path, links: list[Path]) -> Callable[[], None]:
        def remove() -> None:
            for link in links:
                link.unlink(missing_ok=True)
            shutil.rmtree(usb)
            for name in (self.sys / "class" / "input").iterdir():
                if not name.exists():
                    name.unlink()

        return remove
