"""Which vouchers the present life of a place may be told of: a fate is written once, whichever life of it wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import china_time
from office.books.models import Life, PlaceFate, Station, Voucher
from office.services.issues import packed_of


def still_open(row: Station, vouchers: Iterable[Voucher]) -> list[Voucher]:
    """Leave out what a former life of a place decided, and what it may have decided while nobody knows its end."""
    said = PlaceFate.objects.filter(place=row.pk, settled=False).exclude(place_epoch=row.epoch)
    decided = {(fate.station, fate.epoch, fate.number): fate.packed for fate in said}
    doubt = _in_doubt_until(row)
    return [
        voucher
        for voucher in vouchers
        if not voucher.fate and not _is_decided(voucher, decided) and not _is_in_doubt(voucher, doubt)
    ]


def _is_decided(voucher: Voucher, decided: dict[tuple[str, int, int], str]) -> bool:
    packed = decided.get((voucher.station_id, voucher.epoch, voucher.number))
    return packed is not None and packed in ("", packed_of(voucher))


def _is_in_doubt(voucher: Voucher, doubt: date | None) -> bool:
    return doubt is not None and (voucher.issued is None or voucher.issued <= doubt)


def _in_doubt_until(row: Station) -> date | None:
    """Return the day on which the present life began, if a former one is neither imported nor released."""
    lives = Life.objects.filter(station=row.pk)
    if not lives.filter(state="fenced").exclude(epoch=row.epoch).exists():
        return None
    return china_time(int(lives.get(epoch=row.epoch).opened_at.timestamp() * 1000)).date()
