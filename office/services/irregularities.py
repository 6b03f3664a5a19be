"""What came that should not have: counted by station and code, so that nobody can fill a table from outside."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from office.books.models import Irregularity
from office.services.parts import Parts

DETAIL_MAX = 200
NOBODY = ""
"""In place of a station: what came was of none that is known."""


def count(parts: Parts, numbers: Mapping[tuple[str, str], tuple[int, str]]) -> None:
    """Add to the counts: (station or ``NOBODY``, code) → how many more, and words on the latest."""
    now = parts.now()
    with transaction.atomic():
        for (station, code), (more, detail) in sorted(numbers.items()):
            row, _ = Irregularity.objects.get_or_create(
                station=station, code=code, defaults={"first_at": now, "last_at": now}
            )
            words = "".join(char if char.isprintable() else "·" for char in detail[:DETAIL_MAX])
            Irregularity.objects.filter(pk=row.pk).update(count=F("count") + more, last_at=now, detail=words)


def counted() -> dict[str, dict[str, int]]:
    """Return the counts: station → code → how many."""
    found: dict[str, dict[str, int]] = {}
    for station, code, number in Irregularity.objects.values_list("station", "code", "count"):
        found.setdefault(station, {})[code] = number
    return found


class Tally:
    """Counts in memory until they are written: a flood must not become a flood of writes. Any thread may add."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, station: str, code: str, detail: str = "", more: int = 1) -> None:
        """Count. ``station`` is one that is known, or ``NOBODY``; ``code`` is one of ours: so there are few rows."""
        with self._lock:
            known, _ = self._numbers.get((station, code), (0, ""))
            self._numbers[station, code] = (known + more, detail)

    def write(self, parts: Parts) -> None:
        """Write what was counted since the last time."""
        with self._lock:
            numbers, self._numbers = self._numbers, {}
        if numbers:
            count(parts, numbers)
