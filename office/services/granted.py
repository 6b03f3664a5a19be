"""The list of grants on the second disk, held against the books: where it says more, the books are an older copy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from domain.rights import RightKey
from office.books.models import Counter, Grant, Station
from office.faults import GrantsLogFault
from office.grants_log import GrantsLog, Key, Line
from office.services.parts import Parts

logger = logging.getLogger(__name__)
ID_SIZE = 8
FORGET_MS = 3_600_000


@contextmanager
def unless_unwritten(parts: Parts) -> Iterator[None]:
    """Go on where a grant could not be written onto the second disk: it is made up for later. Said once."""
    try:
        yield
    except GrantsLogFault as fault:
        if parts.grants_log is not None and parts.grants_log.said != str(fault):
            parts.grants_log.said = str(fault)
            logger.error("office.grants_log: %s", fault)  # noqa: TRY400 - the sentence says all


def note_grant(parts: Parts, row: Station, thing: RightKey, total: int) -> None:
    """Write a grant onto the second disk, inside its transaction. Raises ``GrantsLogFault``: then there is none."""
    log = parts.grants_log
    if log is None:
        return
    line = Line(parts.system.random_bytes(ID_SIZE).hex(), row.pk, row.epoch, thing, total, parts.system.now_ms())
    log.write(line)
    transaction.on_commit(lambda: log.done(line.id), robust=True)


def next_life(parts: Parts, station: str, epoch: int) -> int:
    """Return the number of a station's next life: ``epoch``, or the first that the list does not know to be given.

    It stands in the list before anybody hears of it, so that it is not given again by books that were put back twice.
    Raises ``GrantsLogFault``.
    """
    log = parts.grants_log
    if log is None:
        return epoch
    log.follow()
    epoch = max(epoch, log.lives.get(station, 0) + 1)
    log.life(station, epoch)
    return epoch


def confirm(log: GrantsLog, now_ms: int = 0) -> None:
    """Say of lines that the books hold them, where a kill came before that was said. Raises ``GrantsLogFault``.

    What the books do not hold after an hour was rolled back, and is not looked for any more.
    """
    log.follow()
    for line in list(log.undone.values()):
        rows = Grant.objects.filter(station=line.station, epoch=line.epoch, thing=line.right, total=line.total)
        if rows.exists():
            log.done(line.id)
        elif line.at + FORGET_MS < now_ms:
            del log.undone[line.id]
    log.follow()


def missing(log: GrantsLog) -> dict[Key, int]:
    """Return the totals of the list that are more than the books say. Raises ``GrantsLogFault``."""
    log.follow()
    rows = Counter.objects.values_list("station_id", "epoch", "thing", "granted")
    held = {(station, epoch, thing): granted for station, epoch, thing, granted in rows}
    return {key: total for key, total in log.totals.items() if total > held.get(key, 0)}


def take_in(log: GrantsLog) -> int:
    """Count what the list says as granted; return how many totals that changed. Raises ``GrantsLogFault``.

    Inside a transaction that holds all stations.
    """
    known = set(Station.objects.values_list("pk", flat=True))
    totals = missing(log)
    for unknown in {station for station, _, _ in totals} - known:
        logger.error("office.grants_log: %s: station %s is not in these books; enrol it anew", log.path, unknown)
    for (station, epoch, thing), total in totals.items():
        if station in known:
            counter, _ = Counter.objects.get_or_create(station_id=station, epoch=epoch, thing=thing)
            Counter.objects.filter(pk=counter.pk).update(granted=total)
    return sum(station in known for station, _, _ in totals)
