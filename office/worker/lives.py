"""What the worker does about lives of stations: gives a lost tail back, lets a next life begin, sees to the rest."""

from __future__ import annotations

import logging

from django.db import transaction

from domain.rights import RightKey
from office.books.models import Alarm, Counter, Life, Station, UpEntry
from office.services.down import append_to, lock
from office.services.errands import leave
from office.services.fates import open_vouchers_at
from office.services.granted import confirm, unless_unwritten
from office.services.lives import open_row, revoke_told
from office.services.parts import Parts
from office.services.purses import grant_right
from office.services.recovering import FORGOTTEN, compare, finish, recover
from office.services.releasing import hand_home
from office.services.station_keys import STATION, life_key
from sync.chain import Direction, first_hash
from sync.frame import ENTRIES_MAX, SignedHead
from sync.store import AlarmCode, Position, Written
from sync.tail import encode_tail, make_tail

logger = logging.getLogger(__name__)

PRESENT = frozenset({"epoch", "life", "up_last", "up_hash", "up_signature"})
GIVEN_AGAIN = ("stock/", "budget/")  # what lies at a place or is its own; points go to where their owner is at home


def answer_tail(parts: Parts, row: Station, epoch: int, held: int) -> bytes | None:
    """Return the message that gives a station its tail from behind ``held``; ``None`` if that is nothing to give.

    The caller has locked the row, and has seen that what the station holds agrees with what is held here. From now on
    nothing is granted to this life: it will hand back all it has.
    """
    if row.life not in ("open", "closing") or epoch != row.epoch or held >= row.up_last:
        return None
    row.life = "closing"
    Life.objects.filter(station=row, epoch=epoch, state="open").update(state="closing")
    kept = UpEntry.objects.filter(station=row, epoch=epoch)
    before = kept.filter(number=held).values_list("hash", flat=True).first()
    hash_ = first_hash(Direction.UP, row.pk, epoch) if held == 0 else bytes(before or b"")
    rows = kept.filter(number__gt=held).order_by("number")[:ENTRIES_MAX]
    written = [Written(entry.number, bytes(entry.data), _bytes(entry.salt), _bytes(entry.private)) for entry in rows]
    head = SignedHead(row.up_last, bytes(row.up_hash), bytes(row.up_signature))
    position = Position(epoch, held, hash_)
    tail = make_tail(row.pk, Direction.UP, position, written, head, (row.down_epoch, row.down_last))
    logger.info("%s: entries %d to %d given back", row.pk, held + 1, held + len(tail.entries))
    return encode_tail(tail, parts.signer.sign)


def go_on(row: Station) -> None:
    """A life whose tail was asked for goes on; the row is locked, and saved by the caller."""
    row.life = "open"
    Life.objects.filter(station=row, epoch=row.epoch, state="closing").update(state="open")
    logger.warning(
        "%s: its tail was asked for by a copy of its card; the station itself is in step and goes on", row.pk
    )


def begin_next(parts: Parts, row: Station, epoch: int) -> None:
    """Begin the life that follows one which the station ended itself; the row is locked, and saved by the caller."""
    row.epoch, row.life = epoch, "open"
    row.up_last, row.up_hash, row.up_signature = 0, first_hash(Direction.UP, row.pk, epoch), b""
    given = Counter.objects.filter(
        station=row, epoch=epoch, granted__gt=0
    )  # known already: handed back after a restore
    open_row(parts, row, "log.went_back", owed=not given.exists())
    leave(parts, STATION, life_key(row.pk, epoch))
    unknown = Alarm.objects.filter(station=row, code=AlarmCode.EPOCH_UNKNOWN.value, cleared_at=None)
    unknown.update(
        cleared_at=parts.now()
    )  # a restored office heard of this life before it knew how the former one ended
    logger.info("%s: epoch %d begins", row.pk, epoch)


def look_after(parts: Parts) -> None:
    """Do what follows from ends and beginnings; whatever a kill left undone is done the next time."""
    with unless_unwritten(parts):
        _see_to_restores(parts)
    finish(parts)
    for station in revoke_told(parts):
        logger.info("%s: it has acknowledged its end, its certificates are taken back", station)
    for life in Life.objects.filter(owed=True).order_by("pk"):
        with unless_unwritten(parts):
            _settle(parts, life)


def _see_to_restores(parts: Parts) -> None:
    """Begin to recover if these books are an older copy; else say of lines of the second disk that the books hold them.

    Raises ``GrantsLogFault``: what the second disk knows is taken in before anything else.
    """
    if parts.grants_log is not None:
        compare(parts)
        confirm(parts.grants_log, parts.system.now_ms())
    if Alarm.objects.filter(code__in=FORGOTTEN, cleared_at=None).exists():
        recover(parts, "log.went_back")  # a station holds more of the office's log than the office: these are old books


def _settle(parts: Parts, life: Life) -> None:
    """Give a life that a station began by itself what its former one handed back, and tell it of open vouchers."""
    station, former = life.station_id, life.epoch - 1
    with transaction.atomic():
        row = lock(station)
        if row.epoch == life.epoch and row.life == "open":
            for thing, returned in _returned(station, former):
                grant_right(parts, row, thing, returned, "上一期交回的")
            append_to(parts, row, open_vouchers_at(row))
        Life.objects.filter(pk=life.pk).update(owed=False)
    hand_home(parts, station, "上一期交回的")


def _returned(station: str, epoch: int) -> list[tuple[RightKey, int]]:
    rows = Counter.objects.filter(station=station, epoch=epoch, returned__gt=0).order_by("thing")
    return [(RightKey(row.thing), row.returned) for row in rows if row.thing.startswith(GIVEN_AGAIN)]


def _bytes(data: memoryview | bytes | None) -> bytes | None:
    return None if data is None else bytes(data)
