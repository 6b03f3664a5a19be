"""One person, to one station that asked whose card it has before it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from office.books.models import Card, DownEntry, Resident, Staff, Station
from office.services.down import append_to, lock, lock_all
from office.services.parts import Parts
from office.services.people import listing_of

BACKLOG_MAX = 2000  # entries looked through for a listing that is on its way


def list_to(parts: Parts, station: str, digest: str) -> bool:
    """List whose card has this digest to a station, unless that is on its way; return whether anybody has it."""
    with transaction.atomic():
        lock_all()
        card = Card.objects.filter(Q(pk=digest) | Q(newer=digest)).select_related("resident", "staff").first()
        person = None if card is None else card.resident or card.staff
        if person is None or (isinstance(person, Resident) and person.erased_at is not None):
            return False
        row = lock(station)
        if not _on_its_way(row, person):
            append_to(parts, row, [listing_of(person)])
    return True


def _on_its_way(row: Station, person: Resident | Staff) -> bool:
    behind = DownEntry.objects.filter(station=row, epoch=row.down_epoch, number__gt=row.down_acked)
    newest = behind.order_by("-number").values_list("data", flat=True)[:BACKLOG_MAX]
    return any(b"_listed" in bytes(data) and person.pk.encode() in bytes(data) for data in newest)
