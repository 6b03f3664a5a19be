"""Token buckets: so much a second, in bursts of a little more. Bounded, whoever knocks. Pure."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

ADDRESSES_MAX = 1024


@dataclass(slots=True)
class Bucket:
    """Holds ``burst`` tokens at most and gains ``rate`` a second."""

    rate: float
    burst: float
    left: float
    at: float

    def take(self, now: float, tokens: float = 1.0) -> bool:
        """Take tokens; ``False`` if there are not enough, and then none are taken."""
        self.left = min(self.burst, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.left < tokens:
            return False
        self.left -= tokens
        return True


def full(rate: float, burst: float, now: float) -> Bucket:
    """Return a bucket that is full."""
    return Bucket(rate, burst, burst, now)


class Addresses:
    """A bucket for each address that knocked lately; whoever has been away longest is forgotten first."""

    def __init__(self, a_minute: int) -> None:
        self._rate, self._burst = a_minute / 60, float(a_minute)
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def may(self, address: str, now: float) -> bool:
        """Whether this address may make another request."""
        bucket = self._buckets.pop(address, None) or full(self._rate, self._burst, now)
        self._buckets[address] = bucket
        while len(self._buckets) > ADDRESSES_MAX:
            self._buckets.popitem(last=False)
        return bucket.take(now)
