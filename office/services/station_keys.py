"""The keys under which stations sign vouchers, told to the other stations of the county: a voucher may name any."""

from __future__ import annotations

from django.db import transaction

from domain.facts import StationListed
from domain.ids import Epoch, StationId
from office.books.models import Station
from office.services.down import append_down, lock_all
from office.services.parts import Parts

STATION = "station"  # the kind of errand
KEY_ID = 1  # a life has one voucher key


def listing_of_station(row: Station, last_good: int | None = None) -> StationListed:
    """Return what other stations are told of the present life of a station."""
    return StationListed(StationId(row.pk), row.name, Epoch(row.epoch), KEY_ID, row.voucher_key, last_good)


def keys_of_others(row: Station) -> list[StationListed]:
    """Return what a station must know of the others of its county."""
    others = Station.objects.filter(pk__startswith=row.county).exclude(pk=row.pk).exclude(voucher_key="")
    return [listing_of_station(other) for other in others.order_by("pk")]


def tell_station_key(parts: Parts, station: str, last_good: int | None = None) -> None:
    """Tell the county under which key a station signs; ``last_good``: vouchers after it do not count."""
    with transaction.atomic():
        lock_all()
        row = Station.objects.filter(pk=station).exclude(voucher_key="").first()
        if row is not None:
            others = Station.objects.filter(pk__startswith=row.county).exclude(pk=station)
            append_down(parts, others.values_list("pk", flat=True), [listing_of_station(row, last_good)])
