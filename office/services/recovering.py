"""The office after a restore from a backup: what it forgot comes back from the stations, before anything goes to them.

Every station gets a new life of the office's log at once, in which it is greeted and nothing else; it is asked for what
it holds of the former one, which the office signed itself. Only when that is merged do entries flow, in both ways; and
nothing is granted while a station that could hold rights is neither merged nor released.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Sum

from domain.entries import EntryError, decode_entry
from domain.facts import DOWN, DocumentAnnounced, Fact, Granted, ResidentListed, StaffListed, fact_of
from domain.ids import Epoch
from domain.rights import RightKey
from office.books.models import Alarm, Card, Counter, Life, Office, Resident, Staff, Station
from office.books.models.stations import TAKES
from office.services.down import append_to, lock, lock_all
from office.services.enrol import everything
from office.services.parts import Parts
from office.services.releasing import hand_home
from sync.chain import Direction, first_hash

logger = logging.getLogger(__name__)
STEP = 8  # lives of the office's log that a forgotten restore may have begun meanwhile
NAME_MAX = 20
FORGOTTEN = ("log.went_back", "log.own_fork")
"""At the office: a station holds more of the office's log, or something else, than the office."""


def blocked() -> bool:
    """Whether the office still waits for a station that could hold rights it knows nothing of: nothing is granted."""
    return Station.objects.exclude(unmerged=0).exists()


def recover(parts: Parts) -> list[str]:
    """Begin: every station whose rights are not settled gets a new life of the office's log. Return which."""
    begun = []
    with transaction.atomic():
        lock_all()
        Office.objects.filter(pk=1).update(recovering_at=parts.now())
        for row in Station.objects.select_for_update().exclude(frame_key="").order_by("pk"):
            if row.life in (*TAKES, "fenced"):
                row.unmerged = row.unmerged or row.down_epoch
                begun.append(row.pk)
            row.down_epoch += STEP
            row.down_last, row.down_acked = 0, 0
            row.down_hash = first_hash(Direction.DOWN, row.pk, row.down_epoch)
            row.save(update_fields=["unmerged", "down_epoch", "down_last", "down_acked", "down_hash"])
            Life.objects.filter(station=row, epoch=row.epoch).update(down_epoch=row.down_epoch, fence=None)
        Alarm.objects.filter(code__in=FORGOTTEN, cleared_at=None).update(cleared_at=parts.now())
    logger.warning("office.recovering: %d stations are asked for what they hold", len(begun))
    return begun


def merge(parts: Parts, station: str, entries: Iterable[bytes]) -> None:
    """Take in what a station held of the former life of the office's log, then tell it everything anew."""
    with transaction.atomic():
        lock_all()
        row = lock(station)
        for data in entries:
            _take(parts, row, data)
        _raise_credits()
        Station.objects.filter(pk=station).update(unmerged=0)
        row.unmerged = 0
        append_to(parts, row, [*everything(row), *_granted(row)])
    logger.warning("office.recovering: %s is merged", station)
    finish(parts)


def finish(parts: Parts) -> None:
    """End the recovery when the last station is merged or released, and hand out what waited."""
    if blocked() or not Office.objects.filter(pk=1).exclude(recovering_at=None).update(recovering_at=None):
        return
    for station in Station.objects.order_by("pk").values_list("pk", flat=True):
        hand_home(parts, station, "恢复之后")
    logger.warning("office.recovering: done")


def _take(parts: Parts, row: Station, data: bytes) -> None:
    """Merge one entry: what only grows takes the larger value, who is unknown is known again."""
    try:
        fact = fact_of(decode_entry(data), DOWN)
    except EntryError:
        return
    if isinstance(fact, Granted):
        epoch = fact.epoch or row.epoch
        counter, _ = Counter.objects.get_or_create(station=row, epoch=epoch, thing=fact.right)
        if counter.granted < fact.total:
            Counter.objects.filter(pk=counter.pk).update(granted=fact.total)
    elif isinstance(fact, ResidentListed):
        _resident(parts, row, fact)
    elif isinstance(fact, StaffListed):
        person, _ = Staff.objects.get_or_create(pk=fact.staff, defaults={"name": fact.name, "role": fact.role})
        _cards(parts, fact, staff=person)
    elif isinstance(fact, DocumentAnnounced):
        _floor(fact.name, fact.version)


def _resident(parts: Parts, row: Station, fact: ResidentListed) -> None:
    """A resident who was taken in after the backup has the masked name until somebody writes the full one again."""
    home = fact.home or row.pk
    known = Station.objects.filter(pk=home).exists()
    person, _ = Resident.objects.get_or_create(
        pk=fact.resident, defaults={"name": fact.name[:NAME_MAX], "home_id": home if known else None}
    )
    _cards(parts, fact, resident=person)


def _cards(parts: Parts, fact: ResidentListed | StaffListed, **owner: Resident | Staff) -> None:
    for digest in (*fact.cards, *fact.blocked_cards):
        lost = digest in fact.blocked_cards
        card, _ = Card.objects.get_or_create(
            digest=digest, defaults={**owner, "blocked": lost, "issued_at": parts.now()}
        )
        if lost and not card.blocked:
            Card.objects.filter(pk=digest).update(blocked=True)


def _raise_credits() -> None:
    """What was granted was given: a resident's credits are at least what all stations hold of them."""
    held = Counter.objects.filter(thing__startswith="points/").values_list("thing")
    for thing, out in held.annotate(out=Sum(F("granted") - F("returned"))):
        Resident.objects.filter(pk=thing.partition("/")[2], credits__lt=out).update(credits=out)


def _granted(row: Station) -> list[Fact]:
    """The running totals of the present life: what a station has already changes nothing."""
    rows = Counter.objects.filter(station=row, epoch=row.epoch, granted__gt=0).order_by("thing")
    return [Granted(right=RightKey(one.thing), total=one.granted, epoch=Epoch(row.epoch)) for one in rows]


def _floor(name: str, version: int) -> None:
    office = Office.objects.get(pk=1)
    if office.floors.get(name, 0) < version:
        office.floors[name] = version
        office.save(update_fields=["floors"])
