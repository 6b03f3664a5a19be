"""The machine's clock and randomness: the office's only place that asks for them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Protocol


class System(Protocol):
    """What the office asks of the machine."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """Bytes nobody can guess."""
        ...

    def jitter(self) -> float:
        """A number from 0 to below 1 that spreads things in time."""
        ...


@dataclass(frozen=True, slots=True)
class Machine:
    """The real machine."""

    def now_ms(self) -> int:
        """See ``System``."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """See ``System``."""
        return time.monotonic()  # noqa: TID251 - this is the place

    def sleep(self, seconds: float) -> None:
        """See ``System``."""
        time.sleep(seconds)  # noqa: TID251 - this is the place

    def random_bytes(self, count: int) -> bytes:
        """See ``System``."""
        return os.urandom(count)  # noqa: TID251 - this is the place

    def jitter(self) -> float:
        """See ``System``."""
        return int.from_bytes(os.urandom(4), "big") / 2**32  # noqa: TID251 - this is the place
