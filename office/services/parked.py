"""Entries that wait for a person: listed with their reason, set aside, or told to be cleared."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from domain.facts import EntryCleared
from domain.ids import Epoch
from office.books.models import PlaceFate, Station, UpEntry
from office.faults import Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import append_to, lock
from office.services.giving_back import give_rest
from office.services.parts import Parts


def parked_entries() -> list[UpEntry]:
    """Return what is parked, in the order in which it came."""
    return list(UpEntry.objects.filter(~Q(parked="")).order_by("pk").defer("salt", "private"))


def parked_entry(station: str, epoch: int, number: int) -> UpEntry:
    """Return one parked entry. Raises ``Unknown``."""
    found = UpEntry.objects.filter(~Q(parked=""), station=station, epoch=epoch, number=number).first()
    if found is None:
        raise Unknown(f"{station} {epoch}-{number}: no such entry is parked; office parked show lists them")
    return found


def set_aside(parts: Parts, station: str, epoch: int, number: int, reason: str) -> None:
    """It will not be applied: somebody has looked and says why. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        row = lock_known(station)
        entry = parked_entry(station, epoch, number)
        word_of_place(entry).update(settled=True)
        cleared(parts, row, entry, f"{parts.by}：不入账，{reason}")


def word_of_place(entry: UpEntry) -> QuerySet[PlaceFate]:
    """Return what an entry said, as its place, of a voucher of another life; nothing for any other entry."""
    return PlaceFate.objects.filter(place=entry.station_id, place_epoch=entry.epoch, entry=entry.number)


def cleared(parts: Parts, row: Station, entry: UpEntry, note: str) -> None:
    """Take an entry off the list and tell the station, whose row is locked. What it was parked for stays readable."""
    entry.note, entry.parked = f"{note}（{entry.parked}）"[:300], ""
    entry.save(update_fields=["note", "parked"])
    give_rest(parts, entry.station_id, entry.epoch)
    if row.epoch == entry.epoch:
        append_to(parts, row, [EntryCleared(Epoch(entry.epoch), entry.number)])


def lock_known(station: str) -> Station:
    """Lock a station's row. Raises ``Unknown``."""
    if not Station.objects.filter(pk=station).exists():
        raise Unknown(f"no station {station}; office stations lists them")
    return lock(station)
