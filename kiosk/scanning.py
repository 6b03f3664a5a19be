"""The scanner's thread: waits for codes and tells the screen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from devices.ports import DeviceState, Health, Scanner
from domain.ids import VisitId
from kiosk.flow.events import Scanned, ScannerReported

logger = logging.getLogger(__name__)
READ_SECONDS = 0.5


class ScanLoop:
    """Posts one event a scan, each with a fresh visit id."""

    def __init__(
        self, *, scanner: Scanner, new_id: Callable[[], str], post: Callable[[Scanned | ScannerReported], None]
    ) -> None:
        self._scanner = scanner
        self._new_id = new_id
        self._post = post
        self._known: DeviceState | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End within the time of one read."""
        self._stopping.set()
        self._thread.join()
        self._scanner.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                code, state = self._scanner.read(READ_SECONDS), self._scanner.state()
            except Exception:
                logger.exception("scanner.fault: the scanner's driver failed")
                code, state = None, DeviceState(Health.NOT_OK, "scanner.fault")
                self._stopping.wait(READ_SECONDS)
            if code is not None:
                self._post(Scanned(code, VisitId(self._new_id())))
            if state != self._known:
                self._known = state
                self._post(ScannerReported(state))
