"""Whose card is this? Asked by a visit at a station that knows nobody of it; asked and answered without a log.

The answer "nobody" travels in the ``want`` of a frame back and leaves no entry anywhere. Somebody who is known is
listed to the station, as an entry, unless that is on its way already.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from domain.joining import is_digest
from office.rate import Bucket, full
from office.services.granted import unless_unwritten
from office.services.listing import list_to
from office.services.parts import Parts
from sync.frame import Want

WHO = "who/"
KNOWN, NOT_KNOWN = 1, 0
VISIT_MAX = 40
A_SECOND, AT_ONCE = 0.1, 10.0
"""Of one station: people lay unknown cards no faster than this, and whoever would try numbers gets nowhere."""
REMEMBERED = 512


class Asking:
    """Owned by the worker's thread. What was answered is remembered a while: an ask is repeated until it is heard."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._answered: OrderedDict[tuple[str, str, str], int] = OrderedDict()
        self._buckets: dict[str, Bucket] = {}

    def hear(self, station: str, asks: Sequence[Want], now: float) -> list[Want]:
        """Answer asks of a station's frame; those that come too fast, or ask for nothing, get no answer."""
        return [Want(one.visit, one.right, known) for one in asks if (known := self._answer(station, one, now)) >= 0]

    def _answer(self, station: str, want: Want, now: float) -> int:
        digest, key = want.right.removeprefix(WHO), (station, want.visit, want.right)
        if not is_digest(digest) or not 1 <= len(want.visit) <= VISIT_MAX or not want.visit.isascii():
            return -1
        if key in self._answered:
            return self._answered[key]
        if not self._buckets.setdefault(station, full(A_SECOND, AT_ONCE, now)).take(now):
            return -1
        known = -1
        with unless_unwritten(self._parts):
            known = KNOWN if list_to(self._parts, station, digest) else NOT_KNOWN
        if known >= 0:
            self._answered[key] = known
            while len(self._answered) > REMEMBERED:
                self._answered.popitem(last=False)
        return known
