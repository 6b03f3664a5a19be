"""The office after a restore from a backup: what it forgot comes back from the stations, before anything goes to them.

Every station gets a new life of the office's log at once, in which it is greeted and nothing else; it is asked for what
it holds of the former ones, which the office signed itself: also of those that an earlier restore began and a second
restore from the same backup forgot. Only when that is merged do entries flow, in both ways; and nothing is granted
while a station that could hold rights is neither merged nor released.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from domain.facts import Fact, Fenced, Granted, RecallAsked
from domain.ids import Epoch
from domain.rights import RightKey
from office.books.models import Alarm, Counter, Life, Office, Recall, Station
from office.books.models.stations import TAKES
from office.services.down import append_to, lock, lock_all
from office.services.enrol import everything
from office.services.erasing import asked_before
from office.services.fates import decided_at
from office.services.forgotten import LIVES, unheard_before
from office.services.granted import confirm, missing
from office.services.granted import take_in as take_in_log
from office.services.lives import find_life
from office.services.merging import raise_floor, take
from office.services.parts import Parts
from office.services.releasing import hand_home
from sync.chain import Direction, first_hash

logger = logging.getLogger(__name__)
STEP = 8  # lives of a station, or of the office's log, that may have begun since the backup and were forgotten
ASKED = (*TAKES, "fenced", "closed")
"""Lives of whose rights the office may have forgotten something; after ``closed``, of the next one's too."""
FORGOTTEN = ("log.went_back", "log.own_fork")
"""At the office: a station holds more of the office's log, or something else, than the office."""


def blocked() -> bool:
    """Whether the office still waits for a station that could hold rights it knows nothing of: nothing is granted."""
    return Station.objects.exclude(unmerged=0).exists()


def compare(parts: Parts) -> list[str]:
    """Hold the books against the list of grants on the second disk; if that says more, recover. Return which stations.

    Raises ``GrantsLogFault``: until it is done nothing is granted.
    """
    log = parts.grants_log
    if log is None or log.compared:
        return []
    confirm(log, parts.system.now_ms())
    begun = []
    with transaction.atomic():
        lock_all()
        known = set(Station.objects.values_list("pk", flat=True))
        if any(station in known for station, _, _ in missing(log)):
            begun = recover(parts, "拨付清单比账目新")
    log.compared = True
    return begun


def recover(parts: Parts, reason: str) -> list[str]:
    """Begin: every station whose rights are not settled gets a new life of the office's log. Return which.

    What the second disk says of grants is taken in at once. Raises ``GrantsLogFault``.
    """
    begun = []
    with transaction.atomic():
        lock_all()
        office = {"recovering_at": parts.now(), "recovering_why": reason, "recovering_by": parts.by}
        Office.objects.filter(pk=1).update(**office)
        raise_floor(LIVES, STEP)
        if parts.grants_log is not None:
            take_in_log(parts.grants_log)
        for row in Station.objects.select_for_update().exclude(frame_key="").order_by("pk"):
            if row.life in ASKED:
                row.unmerged = row.unmerged or row.down_epoch
                begun.append(row.pk)
            row.down_epoch += STEP
            row.down_last, row.down_acked = 0, 0
            row.down_hash = first_hash(Direction.DOWN, row.pk, row.down_epoch)
            row.save(update_fields=["unmerged", "down_epoch", "down_last", "down_acked", "down_hash"])
            Life.objects.filter(station=row, epoch=row.epoch).update(down_epoch=row.down_epoch, fence=None)
        Alarm.objects.filter(code__in=FORGOTTEN, cleared_at=None).update(cleared_at=parts.now())
    logger.warning("office.recovering: %d stations are asked for what they hold: %s", len(begun), reason)
    return begun


def take_in(parts: Parts, station: str, former: int, entries: Iterable[bytes]) -> None:
    """Take in what a station held of one former life of the office's log; the next one is asked for then."""
    with transaction.atomic():
        lock_all()
        list(Station.objects.select_for_update().order_by("pk").values_list("pk"))  # it may tell of any of them
        row = lock(station)
        if not 0 < row.unmerged <= former < row.down_epoch:
            return  # released meanwhile
        for data in entries:
            take(parts, row, data)
        if unheard_before(row):
            return  # new hardware: what it does not hold the machine before it may hold, and that one still counts
        Station.objects.filter(pk=station).update(unmerged=min(former + 1, row.down_epoch - 1))


def merge(parts: Parts, station: str) -> None:
    """A station has handed back all that it holds of the office's former logs: tell it everything anew.

    New hardware holds nothing, and says nothing about the machine before it.
    """
    with transaction.atomic():
        lock_all()
        row = lock(station)
        if unheard_before(row):
            logger.warning(
                "office.recovering: %s is new hardware; the life before it must be imported or released", station
            )
            return
        Station.objects.filter(pk=station).update(unmerged=0)
        row.unmerged = 0
        told = (*everything(row, anew=False), *_granted(row), *_asked(row), *decided_at(row), *asked_before(row))
        append_to(parts, row, told)
        if row.life == "fenced":  # perhaps it was never told, and its certificates go only when it was
            life = find_life(station, row.epoch)
            append_to(parts, row, [Fenced(epoch=Epoch(row.epoch), reason=life.reason)])
            Life.objects.filter(pk=life.pk).update(fence=row.down_last)
    logger.warning("office.recovering: %s is merged", station)
    finish(parts)


def finish(parts: Parts) -> None:
    """End the recovery when the last station is merged or released, and hand out what waited."""
    if blocked() or not Office.objects.filter(pk=1).exclude(recovering_at=None).update(recovering_at=None):
        return
    for station in Station.objects.order_by("pk").values_list("pk", flat=True):
        hand_home(parts, station, "恢复之后")
    logger.warning("office.recovering: done")


def _granted(row: Station) -> list[Fact]:
    """The running totals of the present life: what a station has already changes nothing."""
    rows = Counter.objects.filter(station=row, epoch=row.epoch, granted__gt=0).order_by("thing")
    return [Granted(right=RightKey(one.thing), total=one.granted, epoch=Epoch(row.epoch)) for one in rows]


def _asked(row: Station) -> list[Fact]:
    """What the present life was asked for and did not answer: it may never have heard of it."""
    rows = Recall.objects.filter(station=row, epoch=row.epoch, asked__gt=F("answered")).order_by("thing")
    return [RecallAsked(right=RightKey(one.thing), asked=one.asked, epoch=Epoch(row.epoch)) for one in rows]
