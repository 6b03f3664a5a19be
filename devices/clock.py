"""The machine's clock, for those who use ``devices`` without a kiosk around it."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MachineClock:
    """Implements ``devices.ports.Clock``."""

    def monotonic(self) -> float:
        """See ``Clock``."""
        return time.monotonic()  # noqa: TID251 - a clock has to ask for the time

    def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        time.sleep(seconds)  # noqa: TID251 - see above
