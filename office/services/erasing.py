"""Forgetting a resident: asked for, looked at a second time, then gone here, and asked of every station.

What stays is what the books need and nobody can be told by: a random id, counters, vouchers.
"""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q, QuerySet

from domain.facts import ResidentErased
from domain.ids import ResidentId
from office.books.models import Card, Erasure, ErasureStation, Neighbour, Resident, Station, UpEntry
from office.faults import Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import append_to, lock_all
from office.services.parts import Parts
from office.services.people import tell_stations
from sync.fault_points import point

NOBODY = "（已删除）"
ENTRIES_MAX = 200  # named in one entry of 4 KB


def ask_erasure(parts: Parts, resident: str, reason: str) -> Erasure:
    """Note that a resident is to be forgotten; nothing is gone yet. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    if not Resident.objects.filter(pk=resident, erased_at=None).exists():
        raise Unknown(f"no resident {resident!r}; the pages list them")
    row = open_erasures().filter(resident=resident).first()
    return row or Erasure.objects.create(resident=resident, reason=reason, by=parts.by, at=parts.now())


def open_erasures() -> QuerySet[Erasure]:
    """Return what a person has to decide."""
    return Erasure.objects.filter(confirmed_at=None, declined="").order_by("pk")


def decline_erasure(parts: Parts, erasure: int, reason: str) -> None:
    """Somebody decided otherwise. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        row = _open(erasure)
        row.declined, row.confirmed_by = reason, parts.by
        row.save(update_fields=["declined", "confirmed_by"])


def confirm_erasure(parts: Parts, erasure: int) -> Erasure:
    """Erase here, and ask every station to. It cannot be taken back. Raises ``OfficeError``."""
    with transaction.atomic():
        lock_all()
        row = _open(erasure)
        person = Resident.objects.select_for_update(no_key=True).filter(pk=row.resident, erased_at=None).first()
        if person is None:
            raise Unknown(f"{row.resident}: no such resident, or erased already")
        wards = [one.resident for one in Neighbour.objects.filter(neighbour=person).select_related("resident")]
        stations = list(Station.objects.select_for_update(no_key=True).order_by("pk"))
        _forget(parts, person)
        entries = _private_entries(person.pk)
        point("erase.gone_here")
        for station in stations:
            append_to(parts, station, _asking(person.pk, entries.get(station.pk, [])))
            ErasureStation.objects.create(erasure=row, station=station)
        for ward in wards:
            tell_stations(parts, ward)
        row.confirmed_by, row.confirmed_at = parts.by, parts.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
    return row


def _open(erasure: int) -> Erasure:
    row = Erasure.objects.select_for_update().filter(pk=erasure, confirmed_at=None, declined="").first()
    if row is None:
        raise Unknown(f"erasure {erasure}: there is none that waits")
    return row


def _forget(parts: Parts, person: Resident) -> None:
    Card.objects.filter(resident=person).delete()
    Neighbour.objects.filter(Q(resident=person) | Q(neighbour=person)).delete()
    LogEntry.objects.filter(content_type__model="resident", object_id=person.pk).update(object_repr=NOBODY)
    person.name, person.household, person.home, person.erased_at = NOBODY, None, None, parts.now()
    person.save(update_fields=["name", "household", "home", "erased_at"])


def _private_entries(resident: str) -> dict[str, list[tuple[int, int]]]:
    """Erase what can be erased of the entries that name a resident; return which those were, by station."""
    found: dict[str, list[tuple[int, int]]] = {}
    gone: list[int] = []
    for entry in UpEntry.objects.exclude(private=None).only("station_id", "epoch", "number", "data").iterator():
        if resident.encode() in bytes(entry.data):
            found.setdefault(entry.station_id, []).append((entry.epoch, entry.number))
            gone.append(entry.pk)
    for first in range(0, len(gone), 500):
        UpEntry.objects.filter(pk__in=gone[first : first + 500]).update(salt=None, private=None)
    return found


def _asking(resident: str, entries: list[tuple[int, int]]) -> list[ResidentErased]:
    parts = [entries[first : first + ENTRIES_MAX] for first in range(0, max(1, len(entries)), ENTRIES_MAX)]
    return [ResidentErased(ResidentId(resident), tuple(part)) for part in parts]
