"""The machine's clock, waiting and randomness: the only place that asks for them."""

from __future__ import annotations

import ctypes
import os
import time
from dataclasses import dataclass
from typing import Protocol

_STA_UNSYNC = 0x0040  # timex.h: the kernel's clock is not synchronised
_TIMEX_BYTES = 512  # larger than struct timex on every Linux


class System(Protocol):
    """What the desk and the app ask of the machine."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC by the wall clock, right or wrong."""
        ...

    def clock_ok(self) -> bool:
        """Whether the wall clock is known to be right."""
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


@dataclass(frozen=True, slots=True)
class Machine:
    """The real machine. ``trust_clock`` is for machines whose clock somebody else keeps (a developer's, a test's)."""

    trust_clock: bool = False

    def now_ms(self) -> int:
        """See ``System``."""
        return time.time_ns() // 1_000_000

    def clock_ok(self) -> bool:
        """See ``System``."""
        return self.trust_clock or _kernel_clock_synchronised()

    def monotonic(self) -> float:
        """See ``System``."""
        return time.monotonic()  # noqa: TID251 - this is the place

    def sleep(self, seconds: float) -> None:
        """See ``System``."""
        time.sleep(seconds)  # noqa: TID251 - this is the place

    def random_bytes(self, count: int) -> bytes:
        """See ``System``."""
        return os.urandom(count)  # noqa: TID251 - this is the place


def _kernel_clock_synchronised() -> bool:
    """Ask the kernel, which every time service tells (adjtimex(2)): systemd-timesyncd, chrony and ntpd alike."""
    timex = (ctypes.c_char * _TIMEX_BYTES)()
    try:
        status_of = ctypes.CDLL(None).adjtimex
    except AttributeError:
        return False
    if status_of(ctypes.byref(timex)) < 0:
        return False
    # struct timex: int modes, padding, long offset, long freq, long maxerror, long esterror, int status
    long = ctypes.sizeof(ctypes.c_long)
    status = int.from_bytes(bytes(timex)[5 * long : 5 * long + 4], "little")
    return not status & _STA_UNSYNC
