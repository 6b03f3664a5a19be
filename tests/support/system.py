"""A machine whose clock and randomness the test holds."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

START_MS = 1_795_388_316_000  # 2026-11-23 06:58:36 in China


@dataclass
class FakeSystem:
    """Implements ``kiosk.system.System``: seeded, and time passes only when told."""

    seed: int = 1
    wall_ms: int = START_MS
    seconds: float = 1000.0
    synchronised: bool = True
    _random: random.Random = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def now_ms(self) -> int:
        return self.wall_ms

    def clock_ok(self) -> bool:
        return self.synchronised

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def random_bytes(self, count: int) -> bytes:
        with self._lock:
            return self._random.randbytes(count)

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.wall_ms += int(seconds * 1000)
