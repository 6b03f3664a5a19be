"""udev's own words, through pyudev. Implements ``hotplug.Monitor``."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

SUBSYSTEMS = ("input", "tty", "usbmisc", "usb", "sound")
CONTROL = Path("/run/udev/control")  # of the daemon; without it there is nobody to speak

_LOG = logging.getLogger(__name__)


class UdevMonitor:
    """Events after udev's rules ran: names are made and permissions given; the kernel's own events come before that."""

    def __init__(self, control: Path = CONTROL) -> None:
        self._control = control
        self._context: Any = None
        self._monitor: Any = None
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def start(self) -> bool:
        """Begin to gather events."""
        if not self._control.exists():
            return False
        try:
            import pyudev

            self._context = pyudev.Context()
            monitor = pyudev.Monitor.from_netlink(self._context, source="udev")
            for subsystem in SUBSYSTEMS:
                monitor.filter_by(subsystem)
            monitor.start()
        except (ImportError, OSError) as fault:  # libudev itself may be missing
            _LOG.warning("udev cannot be heard: %s", fault)
            return False
        self._monitor = monitor
        return True

    def present(self) -> Iterator[str]:
        """The devices that are there now."""
        if self._context is None:
            return
        with suppress(OSError):
            for subsystem in SUBSYSTEMS:
                for device in self._context.list_devices(subsystem=subsystem):
                    yield str(device.sys_path)

    def wait(self, seconds: float) -> tuple[str, str] | None:
        """The next event. Raises ``OSError`` when the socket ran over."""
        sources = [self._wake_read, *([self._monitor.fileno()] if self._monitor is not None else [])]
        ready = select.select(sources, [], [], max(0.0, seconds))[0]
        if self._wake_read in ready:
            os.read(self._wake_read, 64)
            return None
        device = self._monitor.poll(timeout=0) if ready else None
        return None if device is None else (str(device.action), str(device.sys_path))

    def wake(self) -> None:
        """Make a waiting ``wait`` return. After the end it does nothing."""
        with suppress(OSError):
            os.write(self._wake_write, b".")

    def close(self) -> None:
        """End. What wakes stays open, so that a late ``wake`` meets no other file."""
        self._monitor = self._context = None
