"""What every scanner does, whatever line it hangs on: wait for whole scans, open again what went away."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from devices.drivers.scan_frame import IDLE_SECONDS
from devices.ports import Clock, DeviceState, Health

_LOOK_AGAIN_SECONDS = 0.1
_KEPT_MAX = 16


class Line(Protocol):
    """Where the bytes come from. ``nudge`` may be called from any thread, everything else from one."""

    @property
    def is_open(self) -> bool:
        """Whether it is held now."""
        ...

    def open(self) -> str:
        """Open it if that is due; ``""``, or the code that says why it is not open."""
        ...

    def read(self, timeout_seconds: float) -> bytes:
        """Wait for bytes; ``b""`` when none came or the line died."""
        ...

    def nudge(self) -> None:
        """Let the next attempt be due at once."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Framing(Protocol):
    """What the bytes mean."""

    @property
    def rejected(self) -> int:
        """How many frames were rubbish."""
        ...

    @property
    def pending(self) -> bool:
        """Whether a frame was begun and not ended."""
        ...

    def feed(self, data: bytes, now: float) -> list[str]:
        """Take bytes that came at ``now``; give the payloads that they complete."""
        ...

    def idle(self, now: float) -> None:
        """Nothing came up to ``now``."""
        ...

    def lost(self) -> None:
        """The line went away: nothing of it is continued by another device."""
        ...


class LineScanner:
    """A scanner on a line. Implements ``Scanner``."""

    def __init__(self, *, line: Line, framing: Framing, clock: Clock) -> None:
        self._line = line
        self._framing = framing
        self._clock = clock
        # Several scans may come in one piece; old ones give way when nobody reads.
        self._scans: deque[str] = deque(maxlen=_KEPT_MAX)
        self._told_open: bool | None = None  # what whoever reads knows of the line

    def read(self, timeout_seconds: float) -> str | None:
        """Wait for one whole scan; ``None`` when none came in time, and at once when the scanner goes or comes back.

        Never raises for a missing scanner.
        """
        deadline = self._clock.monotonic() + timeout_seconds
        while not self._scans:
            left = deadline - self._clock.monotonic()
            is_open = not self._line.open()
            if left <= 0 or (self._told_open is not None and is_open is not self._told_open):
                return None
            if is_open:
                self._listen(min(left, IDLE_SECONDS) if self._framing.pending else left)
            else:
                self._clock.sleep(min(left, _LOOK_AGAIN_SECONDS))
        return self._scans.popleft()

    def state(self) -> DeviceState:
        """Whether the line can be opened and held. A scanner says nothing else of itself."""
        code = self._line.open()
        self._told_open = not code
        return DeviceState(Health.NOT_OK, code) if code else DeviceState(Health.OK)

    @property
    def rejected(self) -> int:
        """Inputs dropped as rubbish since the start; repetitions within the hold-off are not rubbish."""
        return self._framing.rejected

    def nudge(self) -> None:
        """Something was plugged in: a scanner that is missing is tried at once. From any thread."""
        self._line.nudge()

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()
        self._framing.lost()

    def _listen(self, seconds: float) -> None:
        began = self._clock.monotonic()
        data = self._line.read(seconds)
        if data:
            self._scans.extend(self._framing.feed(data, self._clock.monotonic()))
        elif self._line.is_open:
            # Quiet for as long as it was waited for, and not until now: more may have come since.
            self._framing.idle(began + seconds)
        else:
            self._framing.lost()
