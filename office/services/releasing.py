"""The rights of a life that will never speak again, released by a named person; and what a life could still spend."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from office.books.models import Counter, Life, Resident, Station
from office.faults import LifeEnded
from office.services.bounds import REASON_MAX, check_text
from office.services.down import lock
from office.services.errands import leave
from office.services.fates import list_rest, refund_rest
from office.services.forgotten import settled
from office.services.giving_back import LEFT, give_back
from office.services.granted import unless_unwritten
from office.services.grants import hand_over_all
from office.services.lives import find_life, last_voucher
from office.services.parts import Parts
from office.services.station_keys import STATION, life_key


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a life of a station could still spend: points, pieces, budget."""

    station: str
    epoch: int
    state: str
    points: int = 0
    pieces: int = 0
    budget: int = 0


def exposures() -> list[Exposure]:
    """Return every life's exposure, in the order of stations and lives."""
    left: dict[tuple[str, int, str], int] = {}
    rows = Counter.objects.values_list("station", "epoch", "thing").annotate(left=LEFT).filter(left__gt=0)
    for station, epoch, thing, number in rows:
        key = (station, epoch, thing.partition("/")[0])
        left[key] = left.get(key, 0) + number
    return [
        Exposure(
            life.station_id,
            life.epoch,
            life.state,
            *(left.get((life.station_id, life.epoch, kind), 0) for kind in ("points", "stock", "budget")),
        )
        for life in Life.objects.order_by("station", "epoch")
    ]


def points_left(station: str, epoch: int) -> int:
    """Return how many points a life could still spend."""
    rows = Counter.objects.filter(station=station, epoch=epoch, thing__startswith="points/")
    return int(rows.aggregate(left=Sum(LEFT))["left"] or 0)


def release(parts: Parts, station: str, epoch: int, reason: str) -> int:
    """Release all rights of a fenced life; return how many points that were. They are never taken back.

    Whatever that life spent and nobody heard of is a late claim from now on. Raises ``OfficeError``.
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        find_life(station, epoch)
        row = lock(station)
        life = Life.objects.select_for_update().get(station=station, epoch=epoch)
        if life.state != "fenced":
            raise LifeEnded(f"station {station} epoch {epoch} is {life.state}: only a fenced life is released")
        points = points_left(station, epoch)
        refund_rest(parts, row, epoch)
        give_back(parts, station, epoch)
        life.state, life.ended_at, life.by, life.reason = "released", parts.now(), parts.by, reason
        life.last_good = last_voucher(station, epoch)
        life.save(update_fields=["state", "ended_at", "by", "reason", "last_good"])
        leave(parts, STATION, life_key(station, epoch))
        settled(row, epoch)
        if row.epoch == epoch:
            Station.objects.filter(pk=station).update(life="released")
        list_rest(parts, row, epoch)
    hand_home(parts, station, reason)
    return points


def hand_home(parts: Parts, station: str, reason: str) -> None:
    """Hand what came free to the home stations of those who may have had points at this station."""
    things = Counter.objects.filter(station=station, thing__startswith="points/").values_list("thing", flat=True)
    whose = {thing.partition("/")[2] for thing in things}
    for resident in Resident.objects.filter(pk__in=whose).order_by("pk").values_list("pk", flat=True):
        with unless_unwritten(parts):
            hand_over_all(parts, resident, reason)
