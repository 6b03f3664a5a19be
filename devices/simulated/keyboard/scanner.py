"""A QR scanner in keyboard mode at a pipe, for the real driver at ``path``."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from devices.simulated.keyboard.kernel import SimulatedKernel
from devices.simulated.keyboard.keys import ENTER, Press, overrun, presses, report, stroke

STEP_US = 4_000  # a full-speed keyboard is asked every few milliseconds
PAUSE_US = 500_000  # between two scans
PIPE_BYTES = 1 << 20


class SimulatedKeyboardScanner:
    """Types what it is told to have seen. What is typed while nobody holds the node goes elsewhere, as ever.

    Times stand in the records alone: a script of many seconds is written at once. ``removed`` is called at unplugging.
    """

    def __init__(self, path: Path, kernel: SimulatedKernel, removed: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self._kernel = kernel
        self._removed = removed
        os.mkfifo(path)
        # Both ends: the pipe lives while no driver has it open, as a plugged-in device does.
        self._pipe: int | None = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._node = os.fstat(self._pipe).st_ino
        kernel.plugged(self._node)
        self._lock = threading.Lock()
        self._at_us = 1_000_000_000

    @property
    def grabbed(self) -> bool:
        """Whether a driver holds it."""
        return self._kernel.grabbed(self._node)

    def scan(self, payload: str, ending: int = ENTER) -> None:
        """One scan of a code: pause, keys, ending."""
        self.pause()
        self.play([*presses(payload), *stroke(ending)])

    def scan_cut(self, payload: str, part: float) -> None:
        """The beginning of a scan: ``part`` (0 to 1) of its bytes, also in the middle of a record."""
        self.pause()
        data = self._records([*presses(payload), *stroke(ENTER)])
        self.send(data[: round(part * len(data))])

    def play(self, script: Iterable[Press | int]) -> None:
        """Presses, with pauses in milliseconds between them where a bare number stands."""
        self.send(self._records(script))

    def pause(self, microseconds: int = PAUSE_US) -> None:
        """Let time pass in the records."""
        self._at_us += microseconds

    def drop(self) -> None:
        """The kernel lost events: the reader was too slow."""
        self.send(overrun(self._at_us))

    def send(self, raw: bytes) -> None:
        """Any bytes at all; nothing happens when unplugged or when nobody holds the node."""
        with self._lock:
            if self._pipe is None or not self.grabbed:
                return
            try:
                os.write(self._pipe, raw)
            except BlockingIOError:
                return  # the reader sleeps: lost

    def unplug(self) -> None:
        """Pull the cable: errno 19 for whoever reads. Another one is the device plugged in again."""
        with self._lock:
            if self._pipe is None:
                return
            self._kernel.unplugged(self._node)
            self.path.unlink()
            self._removed()
            os.close(self._pipe)
            self._pipe = None

    close = unplug

    def _records(self, script: Iterable[Press | int]) -> bytes:
        data = bytearray()
        for step in script:
            if isinstance(step, int):
                self._at_us += step * 1000
            else:
                self._at_us += STEP_US
                data += report(self._at_us, step)
        return bytes(data)
