"""How long to leave a device alone that is not there: 0.5 s, growing to 10 s, cut short when one is plugged in."""

from __future__ import annotations

from devices.ports import Clock

RETRY_SECONDS_MIN = 0.5
RETRY_SECONDS_MAX = 10.0


class Backoff:
    """One device's next attempt. ``nudge`` may be called from any thread, everything else from the device's own."""

    def __init__(self, clock: Clock, longest_seconds: float = RETRY_SECONDS_MAX) -> None:
        self._clock = clock
        self._longest_seconds = longest_seconds
        self._pause = 0.0
        self._retry_at = clock.monotonic()

    @property
    def due(self) -> bool:
        """Whether it may be tried now."""
        return self._clock.monotonic() >= self._retry_at

    def failed(self) -> None:
        """It did not work: wait twice as long as the last time."""
        self._pause = min(max(2 * self._pause, RETRY_SECONDS_MIN), self._longest_seconds)
        self.wait(self._pause)

    def wait(self, seconds: float) -> None:
        """Try again after so long, whatever came before."""
        self._retry_at = self._clock.monotonic() + seconds

    def worked(self) -> None:
        """It worked: the next fault begins with a short pause again."""
        self._pause = 0.0

    def nudge(self) -> None:
        """Something was plugged in: try at once, and be quick about the next attempts too."""
        self._pause = 0.0
        self._retry_at = self._clock.monotonic()
