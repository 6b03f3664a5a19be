"""Writing to stations: entries at the end of their down-logs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from domain.entries import encode_entry
from domain.facts import Fact
from office.books.models import DownEntry, Office, Station
from office.services.parts import Parts
from sync.chain import next_hash
from sync.fault_points import point


def lock(station: str) -> Station:
    """Return a station's row, locked until the transaction ends (SQLite locks the whole file as it begins)."""
    return Station.objects.select_for_update(no_key=True).get(pk=station)


def lock_all() -> None:
    """Wait for whoever writes to all stations, and let others wait, until the transaction ends.

    Taken first, before a person's or a station's row: so two announcements never stand in a different order at two
    stations, what is announced is read after it can no longer change, and nobody waits in a circle.
    """
    if not Office.objects.select_for_update().filter(pk=1).exists():
        Office.objects.get_or_create(pk=1)
        Office.objects.select_for_update().get(pk=1)


def append_down(parts: Parts, stations: Iterable[str], facts: Sequence[Fact]) -> None:
    """Write the same facts to each station, all or nothing. Stations are locked in the order of their ids."""
    with transaction.atomic():
        for station in Station.objects.select_for_update(no_key=True).filter(pk__in=list(stations)).order_by("pk"):
            append_to(parts, station, facts)


def append_to(parts: Parts, station: Station, facts: Iterable[Fact]) -> None:
    """Write facts to one station whose row the caller has locked."""
    number, hash_ = station.down_last, bytes(station.down_hash)
    rows: list[DownEntry] = []
    for fact in facts:
        data = encode_entry(parts.stamp(), fact.KIND, fact)
        number, hash_ = number + 1, next_hash(hash_, data)
        rows.append(DownEntry(station=station, epoch=station.down_epoch, number=number, data=data, hash=hash_))
    DownEntry.objects.bulk_create(rows, batch_size=500)
    point("down.entries_written")
    station.down_last, station.down_hash = number, hash_
    station.save(update_fields=["down_last", "down_hash"])
    point("down.head_moved")
