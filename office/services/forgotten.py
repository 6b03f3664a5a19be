"""Lives of stations that began after the backup to which an office was restored: their numbers are taken, and what they
were granted nobody can tell.

Such a life is learned of from another station that was told its key. It stands as fenced and not heard: nothing is
granted until a named person has released it.
"""

from __future__ import annotations

import logging

from django.db.models import QuerySet

from domain.facts import StationListed
from office.books.models import Life, Office, Station
from office.services.lives import end_present, open_row
from office.services.parts import Parts
from sync.chain import Direction, first_hash

logger = logging.getLogger(__name__)
LIVES = "lives"
"""Beside the versions of documents in the office's row: so many lives of a station may have been forgotten."""
WHY = "恢复之后才得知"
NAME_MAX = 20


def first_free(former: int) -> int:
    """Return the number of the life that follows ``former``: none is given twice, also after a restore."""
    office = Office.objects.filter(pk=1).only("floors").first()
    return former + 1 + (0 if office is None else int(office.floors.get(LIVES, 0)))


def remember(parts: Parts, fact: StationListed) -> None:
    """Take note of a life that another station was told of, if it is newer than what the books know.

    One with the key of the life before it a station began by itself: the same machine speaks, and is asked. The
    office's row is locked.
    """
    row = Station.objects.select_for_update().filter(pk=fact.station).first()
    if row is None:
        row = Station(id=fact.station, enrolled_at=parts.now(), down_epoch=1)
    elif row.epoch >= fact.epoch or row.voucher_key == fact.key:
        learned = Life.objects.filter(station=row, epoch=fact.epoch, voucher_key=fact.key, state="fenced")
        learned.filter(last_good=None).update(last_good=fact.last_good)
        return
    else:
        end_present(parts, row, "fenced", WHY)
    row.unmerged = row.unmerged or row.down_epoch
    row.down_epoch += 1
    row.name, row.epoch, row.line, row.life = fact.name[:NAME_MAX], fact.epoch, fact.epoch, "fenced"
    row.voucher_key, row.frame_key = fact.key, ""  # the frame key was told to nobody: it cannot be heard by wire
    row.up_last, row.up_hash, row.up_signature = 0, first_hash(Direction.UP, row.pk, row.epoch), b""
    row.down_last, row.down_acked, row.down_hash = 0, 0, first_hash(Direction.DOWN, row.pk, row.down_epoch)
    row.save()
    life = open_row(parts, row, WHY)
    # Of its vouchers those count that the county was told of: none is refused because the office forgot it.
    Life.objects.filter(pk=life.pk).update(state="fenced", fenced_at=parts.now(), last_good=fact.last_good)
    logger.warning("office.recovering: %s epoch %d began after the backup: release it", row.pk, row.epoch)


def unheard_before(row: Station) -> bool:
    """Whether a life before the present one was not heard since a restore, and no person has settled it."""
    return _unheard(row).filter(state="fenced").exclude(epoch=row.epoch).exists()


def settled(row: Station, epoch: int) -> None:
    """A person settled a life: if it was the last that was not heard since a restore, nobody waits for it any more.

    Lives that had ended before the restore have an older log of the office's; what they held is known.
    """
    if not row.unmerged:
        return
    unheard = _unheard(row)
    waits = unheard.filter(state="fenced").exclude(epoch=epoch).exists()
    if not waits and (epoch == row.epoch or unheard.filter(epoch=epoch).exists()):
        Station.objects.filter(pk=row.pk).update(unmerged=0)


def _unheard(row: Station) -> QuerySet[Life]:
    """Lives whose log of the office the books may have forgotten something of."""
    return Life.objects.filter(station=row, down_epoch__gt=row.unmerged)
