"""A clock that can be skipped forward, so that a minute without a touch takes no minute."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.system import Machine


@dataclass
class SkippingMachine:
    """The machine, except that its time may be let pass at once. Implements ``kiosk.system.System``.

    ``wall``: the wall clock is skipped too. Where another process of the station keeps the true time, it is not.
    """

    machine: Machine = field(default_factory=lambda: Machine(trust_clock=True))
    skipped: float = 0.0
    wall: bool = True

    def skip(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.skipped += seconds

    def now_ms(self) -> int:
        """See ``System``."""
        return self.machine.now_ms() + (int(self.skipped * 1000) if self.wall else 0)

    def clock_ok(self) -> bool:
        """See ``System``."""
        return self.machine.clock_ok()

    def monotonic(self) -> float:
        """See ``System``."""
        return self.machine.monotonic() + self.skipped

    def sleep(self, seconds: float) -> None:
        """See ``System``."""
        self.machine.sleep(seconds)

    def random_bytes(self, count: int) -> bytes:
        """See ``System``."""
        return self.machine.random_bytes(count)
