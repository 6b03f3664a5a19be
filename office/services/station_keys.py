"""The keys under which stations sign vouchers, told to the other stations of the county: a voucher may name any."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from domain.facts import StationListed
from domain.ids import Epoch, StationId
from office.books.models import Life, Station
from office.books.models.stations import TAKES
from office.services.down import append_down, lock_all
from office.services.parts import Parts

STATION = "station"  # the kind of errand
KEY_ID = 1  # a life has one voucher key


def life_key(station: str, epoch: int) -> str:
    """The key of an errand about a life's voucher key."""
    return f"{station}/{epoch}"


def keys_of_others(row: Station) -> list[StationListed]:
    """Return what a station must know of the others of its county, and of its own former lives."""
    lives = _lives().filter(station__pk__startswith=row.county).exclude(station=row.pk, epoch=row.epoch)
    return [_listing(life) for life in lives]


def tell_station_key(parts: Parts, station: str, epoch: int) -> None:
    """Tell the county under which key a life signs, and after its end which of its vouchers count.

    The station's own next life is among those who are told. ``epoch`` 0: of the present life.
    """
    with transaction.atomic():
        lock_all()
        lives = _lives().filter(station=station, epoch=epoch) if epoch else _lives().filter(station=station)
        life = lives.last()
        if life is not None:
            theirs = Station.objects.filter(pk__startswith=life.station.county)
            theirs = theirs.exclude(pk=station, epoch=life.epoch)
            append_down(parts, theirs.values_list("pk", flat=True), [_listing(life)])


def _lives() -> QuerySet[Life]:
    return Life.objects.exclude(voucher_key="").select_related("station").order_by("station", "epoch")


def _listing(life: Life) -> StationListed:
    """Of a life that goes on every voucher counts; of one that is over, those that the books hold."""
    last_good = None if life.state in TAKES else life.last_good
    name = life.station.name
    return StationListed(StationId(life.station_id), name, Epoch(life.epoch), KEY_ID, life.voucher_key, last_good)
