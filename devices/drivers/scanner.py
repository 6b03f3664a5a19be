"""The QR scanner on a serial line or USB-CDC: whole scans out of bytes, rubbish dropped and counted."""

from __future__ import annotations

from collections import deque

from devices.drivers.scan_framing import IDLE_SECONDS, ScanFraming
from devices.drivers.wire import Flow, Wire
from devices.ports import Clock, DeviceState, Health

_LOOK_AGAIN_SECONDS = 0.1
_KEPT_MAX = 16


class SerialScanner:
    """A scanner in serial mode at ``path`` (best a name under ``/dev/serial/by-id``). Implements ``Scanner``."""

    def __init__(self, *, path: str, baud: int = 9600, clock: Clock) -> None:
        self._wire = Wire(role="scanner", path=path, baud=baud, flow=Flow.PACED, clock=clock)
        self._clock = clock
        self._framing = ScanFraming()
        # Several scans may come in one piece; old ones give way when nobody reads.
        self._scans: deque[str] = deque(maxlen=_KEPT_MAX)

    def read(self, timeout_seconds: float) -> str | None:
        """Wait for one whole scan; ``None`` when none came in time. Never raises for a missing scanner."""
        deadline = self._clock.monotonic() + timeout_seconds
        while not self._scans:
            left = deadline - self._clock.monotonic()
            if left <= 0:
                return None
            if self._wire.open():
                self._clock.sleep(min(left, _LOOK_AGAIN_SECONDS))
            else:
                self._listen(min(left, IDLE_SECONDS) if self._framing.pending else left)
        return self._scans.popleft()

    def state(self) -> DeviceState:
        """Whether the line can be opened and held. A scanner says nothing else of itself."""
        code = self._wire.open()
        return DeviceState(Health.NOT_OK, code) if code else DeviceState(Health.OK)

    @property
    def rejected(self) -> int:
        """Inputs dropped as rubbish since the start; repetitions within the hold-off are not rubbish."""
        return self._framing.rejected

    def close(self) -> None:
        """Let go of the line."""
        self._wire.close()

    def _listen(self, seconds: float) -> None:
        data = self._wire.read(seconds)
        now = self._clock.monotonic()
        if data:
            self._scans.extend(self._framing.feed(data, now))
        else:
            self._framing.idle(now)
