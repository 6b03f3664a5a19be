"""Forgetting a resident: asked for, looked at a second time, then gone here, and asked of every station.

What stays is what the books need and nobody can be told by: a random id, counters, vouchers.
"""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q, QuerySet

from domain.entries import decode_entry
from domain.facts import DOWN, ResidentErased, fact_of
from domain.ids import ResidentId
from office.books.models import Card, DownEntry, Erasure, ErasureStation, Neighbour, Resident, Station, UpEntry
from office.faults import Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import append_to, lock_all
from office.services.joining import forget_of
from office.services.parts import Parts
from office.services.people import tell_stations
from sync.fault_points import point

NOBODY = "（已删除）"
AGAIN = "恢复之前已删除"
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
        _erase(parts, row, person)
    return row


def erase_again(parts: Parts, resident: str) -> None:
    """The books are older than an erasure that a station was told of: erase here once more, and ask every station.

    Somebody whom the books do not know is known as erased from now on, so that no later word brings them back. All
    stations are locked.
    """
    person, _ = Resident.objects.select_for_update(no_key=True).get_or_create(pk=resident, defaults={"name": NOBODY})
    if person.erased_at is None:
        row = open_erasures().filter(resident=resident).first()
        row = row or Erasure.objects.create(resident=resident, reason=AGAIN, by=parts.by, at=parts.now())
        _erase(parts, row, person)


def asked_before(row: Station) -> list[ResidentErased]:
    """Return whom a station was asked to forget in former lives of the office's log, and has not said it did."""
    open_at = ErasureStation.objects.filter(station=row, done_at=None)
    residents = set(open_at.values_list("erasure__resident", flat=True))
    if not residents:
        return []
    entries = DownEntry.objects.filter(station=row, epoch__lt=row.down_epoch).order_by("epoch", "number")
    kind = ResidentErased.KIND.encode("ascii")
    told = [bytes(data) for data in entries.values_list("data", flat=True).iterator() if kind in bytes(data)]
    facts = dict.fromkeys(fact_of(decode_entry(data), DOWN) for data in told)
    return [fact for fact in facts if isinstance(fact, ResidentErased) and fact.resident in residents]


def _erase(parts: Parts, row: Erasure, person: Resident) -> None:
    wards = [one.resident for one in Neighbour.objects.filter(neighbour=person).select_related("resident")]
    forget_of(parts, person)  # writes to stations, whose rows are read only then
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
    person.pin = ""
    person.save(update_fields=["name", "household", "home", "erased_at", "pin"])


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
