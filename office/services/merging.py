"""What the office once wrote to a station, handed back after a restore: what each entry says counts again."""

from __future__ import annotations

from domain.entries import EntryError, decode_entry
from domain.facts import (
    DOWN,
    DocumentAnnounced,
    Fenced,
    Granted,
    RecallAsked,
    ResidentErased,
    ResidentListed,
    StaffListed,
    StationListed,
    VoucherDecided,
    fact_of,
)
from office.books.models import Card, Counter, Office, Recall, Resident, Staff, Station, ToldFate
from office.books.models.stations import TAKES
from office.services.erasing import erase_again
from office.services.errands import FATE, leave
from office.services.forgotten import remember
from office.services.lives import end_present
from office.services.parts import Parts

NAME_MAX = 20


def take(parts: Parts, row: Station, data: bytes) -> None:
    """Merge one entry: what only grows takes the larger value, who is unknown is known again. The row is locked."""
    try:
        fact = fact_of(decode_entry(data), DOWN)
    except EntryError:
        return
    match fact:
        case Granted():
            _granted(row, fact)
        case RecallAsked():
            _asked(parts, row, fact)
        case VoucherDecided():
            _decided(parts, row, fact)
        case Fenced() if fact.epoch == row.epoch and row.life in TAKES:
            end_present(parts, row, "fenced", fact.reason)
        case ResidentListed():
            _resident(parts, row, fact)
        case ResidentErased():
            erase_again(parts, fact.resident)
        case StaffListed():
            person, _ = Staff.objects.get_or_create(pk=fact.staff, defaults={"name": fact.name, "role": fact.role})
            _cards(parts, fact, staff=person)
        case StationListed() if fact.station != row.pk:
            remember(parts, fact)
        case DocumentAnnounced():
            raise_floor(fact.name, fact.version)
        case _:
            pass  # a voucher that was listed comes with its issuer's journal


def _granted(row: Station, fact: Granted) -> None:
    epoch = fact.epoch or row.epoch
    counter, _ = Counter.objects.get_or_create(station=row, epoch=epoch, thing=fact.right)
    if counter.granted < fact.total:
        Counter.objects.filter(pk=counter.pk).update(granted=fact.total)


def _asked(parts: Parts, row: Station, fact: RecallAsked) -> None:
    recall, _ = Recall.objects.get_or_create(
        station=row, epoch=fact.epoch or row.epoch, thing=fact.right, defaults={"at": parts.now(), "by": parts.by}
    )
    if recall.asked < fact.asked:
        Recall.objects.filter(pk=recall.pk).update(asked=fact.asked)


def _decided(parts: Parts, row: Station, fact: VoucherDecided) -> None:
    """The place said so once, and the issuer acts by it: whichever of the two is heard first again, it is known."""
    ToldFate.objects.get_or_create(
        station=row.pk, epoch=fact.epoch, number=fact.number, defaults={"fate": fact.fate, "place": fact.place}
    )
    leave(parts, FATE, f"{row.pk}/{fact.epoch}/{fact.number}")


def _resident(parts: Parts, row: Station, fact: ResidentListed) -> None:
    """A resident who was taken in after the backup has the masked name until somebody writes the full one again."""
    home = fact.home or row.pk
    known = Station.objects.filter(pk=home).exists()
    person, _ = Resident.objects.get_or_create(
        pk=fact.resident, defaults={"name": fact.name[:NAME_MAX], "home_id": home if known else None}
    )
    if person.erased_at is None:
        _cards(parts, fact, resident=person)
        if person.pin != fact.pin:  # each entry is newer than the one before it, and than the copy of the books
            Resident.objects.filter(pk=person.pk).update(pin=fact.pin)


def _cards(parts: Parts, fact: ResidentListed | StaffListed, **owner: Resident | Staff) -> None:
    for digest in (*fact.cards, *fact.blocked_cards):
        lost = digest in fact.blocked_cards
        card, _ = Card.objects.get_or_create(
            digest=digest, defaults={**owner, "blocked": lost, "issued_at": parts.now()}
        )
        if lost and not card.blocked:
            Card.objects.filter(pk=digest).update(blocked=True)


def raise_floor(name: str, version: int) -> None:
    """Note that everything of this name up to ``version`` may have been given out before a restore."""
    office = Office.objects.get(pk=1)
    if office.floors.get(name, 0) < version:
        office.floors[name] = version
        office.save(update_fields=["floors"])
