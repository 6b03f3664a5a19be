"""How much one station may say, and what came that should not have: limits and counts, by station."""

from __future__ import annotations

from config.office import Limits
from office.rate import Bucket, full
from office.services.irregularities import NOBODY, Tally
from office.services.parts import Parts
from sync.address import Counts
from sync.topics import STATE, UP, WANT

BURST_SECONDS = 10
WRITE_SECONDS = 2.0


class Guard:
    """Owned by the worker's thread. Holds three buckets for each station that is known, and nothing for others."""

    def __init__(self, parts: Parts, limits: Limits) -> None:
        self._parts = parts
        self._rates = {UP: limits.frames_a_second, WANT: limits.requests_a_second, STATE: limits.states_a_second}
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._tally = Tally()
        self._write_at = 0.0
        self._link = Counts()

    def admits(self, station: str, kind: str, now: float) -> bool:
        """Whether a known station may say one more thing of a kind; what it may not is counted and looked at no more.

        This comes before anything of a message is read: a flood must cost as little as can be.
        """
        rate = self._rates.get(kind)
        if rate is None:
            return True
        bucket = self._buckets.get((station, kind))
        if bucket is None:
            bucket = self._buckets[station, kind] = full(rate, rate * BURST_SECONDS, now)
        if bucket.take(now):
            return True
        self.count(station, "station.flood", kind)
        return False

    def count(self, station: str, code: str, detail: str = "") -> None:
        """Count what should not have come; ``NOBODY`` for what is of no station that is known."""
        self._tally.add(station, code, detail)

    def write(self, now: float, link: Counts, *, last: bool = False) -> None:
        """Write the counts now and then, with what the line itself dropped."""
        if now < self._write_at and not last:
            return
        self._write_at = now + WRITE_SECONDS
        for code, is_now, was in (
            ("link.oversize", link.oversize, self._link.oversize),
            ("link.overflow", link.overflow, self._link.overflow),
            ("link.fault", link.faults, self._link.faults),
        ):
            if is_now > was:
                self._tally.add(NOBODY, code, more=is_now - was)
        self._link = Counts(link.oversize, link.overflow, link.faults, link.lost)
        self._tally.write(self._parts)
