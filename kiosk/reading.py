"""The loop around a device that is read: hands over what comes, and says when the device's state changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from devices.ports import DeviceState, Health, Nudged
from kiosk.supervised import Source

logger = logging.getLogger(__name__)
READ_SECONDS = 0.5
STOP_SECONDS = 2.0

T = TypeVar("T")


class ReadLoop(Generic[T]):
    """``took`` gets what was read, ``told`` each new state; both on the loop's own thread."""

    def __init__(
        self,
        *,
        role: str,
        device: Source[T],
        took: Callable[[T], None],
        told: Callable[[DeviceState], None],
    ) -> None:
        self._role = role
        self._device = device
        self._took = took
        self._told = told
        self._known: DeviceState | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"{role}-loop", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def nudge(self) -> None:
        """Something was plugged in. From any thread."""
        if isinstance(self._device, Nudged):
            self._device.nudge()

    def stop(self) -> None:
        """End within the time of one read; a device that hangs is let go of all the same."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)
        self._device.close()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                read, state = self._device.read(READ_SECONDS), self._device.state()
            except Exception as fault:  # noqa: BLE001 - its words may hold what was read: they are not logged
                logger.error("%s.fault: the driver raised %s", self._role, type(fault).__name__)  # noqa: TRY400
                read, state = None, DeviceState(Health.NOT_OK, f"{self._role}.fault")
                self._stopping.wait(READ_SECONDS)
            if read is not None:
                self._took(read)
            if state != self._known:
                self._known = state
                self._told(state)
