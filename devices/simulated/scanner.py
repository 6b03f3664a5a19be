"""A QR scanner in serial mode on a pty, for the real driver at ``path``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from devices.simulated.line import PtyLine


class SimulatedScanner:
    """Sends what it is told to have seen. Bytes sent before the driver has the line open are lost, as ever."""

    def __init__(self) -> None:
        self._line = PtyLine()
        self._lock = threading.Lock()
        self._plugged = True

    @property
    def path(self) -> str:
        """What the driver opens."""
        return self._line.path

    def scan(self, payload: str, ending: bytes = b"\r") -> None:
        """One scan of a code, as most scanners are set up: the payload and an end."""
        self.send(payload.encode() + ending)

    def send(self, raw: bytes) -> None:
        """Any bytes at all; nothing happens when unplugged."""
        with self._lock:
            if self._plugged:
                self._line.write(raw)

    def play(self, script: Iterable[bytes | float], wait: Callable[[float], object]) -> None:
        """Bytes, with pauses in seconds between them where a bare number stands. ``wait`` lets them pass."""
        for step in script:
            if isinstance(step, bytes):
                self.send(step)
            else:
                wait(step)

    def unplug(self) -> None:
        """Pull the cable. A new ``SimulatedScanner`` is the device plugged in again."""
        with self._lock:
            self._plugged = False
            self._line.close()

    close = unplug
