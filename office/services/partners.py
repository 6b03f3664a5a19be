"""Vouchers that name a partner without a terminal: the office is that place, and a person writes the fate."""

from __future__ import annotations

from django.db import transaction

from domain.calendar import china_time
from domain.ids import StationId
from domain.voucher import parse_code, signed_message
from domain.voucher_number import parse_voucher_number
from office.books.models import Life, Station, Voucher
from office.faults import BadValue, Unknown
from office.services.fates import decide
from office.services.issues import packed_of
from office.services.parts import Parts
from sync.identity import signed_by

PARTNER = "P"
FATES = ("honoured", "void")


def find_partner_voucher(said: str, station: str = "") -> Voucher:
    """Return an open voucher of a partner by its code, or by its number and its station. Raises ``OfficeError``."""
    row = _by_code(said) if said.startswith("YZ1:") else _by_number(said, station)
    if row is None:
        raise Unknown(f"{said[:40]}: the books have no such voucher; was the station heard since it was issued?")
    if not row.place.startswith(PARTNER):
        raise BadValue(f"{row}: it names {row.place}, and only that place writes its fate")
    if row.fate:
        raise BadValue(f"{row}: it is {row.fate} since {row.fate_at:%Y-%m-%d %H:%M}, by {row.fate_by}")
    return row


def write_fate(parts: Parts, voucher: Voucher, fate: str) -> Voucher:
    """Write what became of a partner's voucher, in somebody's name. Raises ``OfficeError``."""
    if fate not in FATES:
        raise BadValue(f"fate: found {fate!r}, expected honoured or void")
    return _write(parts, voucher, fate)


def expire_partners(parts: Parts) -> int:
    """Let vouchers of partners expire whose last day has passed by the office's clock; return how many."""
    today = china_time(parts.system.now_ms()).date()
    late = Voucher.objects.filter(place__startswith=PARTNER, fate="", expires__lt=today).order_by("pk")
    for voucher in late:
        _write(parts, voucher, "expired")
    return len(late)


def _write(parts: Parts, voucher: Voucher, fate: str) -> Voucher:
    with transaction.atomic():
        issuer = Station.objects.select_for_update(no_key=True).get(pk=voucher.station_id)
        row = Voucher.objects.select_for_update().get(pk=voucher.pk)
        if not row.fate:
            decide(parts, issuer, row, fate, parts.by)
    return row


def _by_number(said: str, station: str) -> Voucher | None:
    number = parse_voucher_number(said, StationId(station))
    if number is None:
        raise BadValue(f"{said[:40]}: no number of a voucher of station {station or '(name it)'}")
    return Voucher.objects.filter(station=station, epoch=number.epoch, number=number.number).first()


def _by_code(said: str) -> Voucher | None:
    try:
        paper, data, signature = parse_code(said)
    except ValueError as error:
        raise BadValue(f"no code of a voucher: {error}") from error
    row = Voucher.objects.filter(
        station=paper.station, epoch=paper.number.epoch, number=paper.number.number
    ).first()  # fmt: skip
    if row is None:
        return None
    life = Life.objects.filter(station=row.station_id, epoch=row.epoch).first()
    key = "" if life is None else life.voucher_key
    if packed_of(row) != data.hex() or not signed_by(bytes.fromhex(key), signed_message(data), signature):
        raise BadValue(f"{row}: this paper is not the one that was issued")
    return row
