"""How the lives of stations begin and end. The state of the present one stands in the station's row too."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from domain.facts import Fenced
from domain.ids import Epoch
from office.books.models import Life, Station, Voucher
from office.faults import LifeEnded, Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.certificates import revoke
from office.services.down import append_to, lock
from office.services.errands import leave
from office.services.parts import Parts
from office.services.station_keys import STATION, life_key


def find_life(station: str, epoch: int) -> Life:
    """Return a life. Raises ``Unknown``."""
    life = Life.objects.filter(station=station, epoch=epoch).first()
    if life is None:
        raise Unknown(f"station {station} has no epoch {epoch}; office lives lists them")
    return life


def open_row(parts: Parts, row: Station, reason: str = "", *, owed: bool = False) -> Life:
    """Write down that the life in a station's locked row begins."""
    return Life.objects.create(
        station=row,
        epoch=row.epoch,
        enrolled=row.line,
        voucher_key=row.voucher_key,
        frame_key=row.frame_key,
        down_epoch=row.down_epoch,
        opened_at=parts.now(),
        by=parts.by,
        reason=reason,
        owed=owed,
    )


def keep_keys(row: Station) -> None:
    """Write down the keys with which the present life was enrolled."""
    Life.objects.filter(station=row, epoch=row.epoch).update(voucher_key=row.voucher_key, frame_key=row.frame_key)


def end_present(parts: Parts, row: Station, state: str, reason: str) -> Life:
    """End the present life of a locked station, if it has not ended: what is held of its journal is written down."""
    life = Life.objects.select_for_update().get(station=row, epoch=row.epoch)
    life.last, life.hash, life.signature = row.up_last, bytes(row.up_hash), bytes(row.up_signature)
    if row.life in ("open", "closing"):
        row.life = life.state = state
        life.last_good = last_voucher(row.pk, row.epoch)
        life.fenced_at, life.by, life.reason = parts.now(), parts.by, reason
        if state == "closed":
            life.ended_at = life.fenced_at
        row.save(update_fields=["life"])
        leave(parts, STATION, life_key(row.pk, row.epoch))  # the county must know which of its vouchers count
    life.save()
    return life


def fence(parts: Parts, station: str, reason: str, *, stolen: bool = False, epoch: int = 0) -> Life:
    """Close the present life of a station: nothing more is taken from it by wire, and its rights are frozen.

    Its certificates stay until it has acknowledged that, so that it can be told; ``stolen``: they are taken back at
    once. Repeated, it changes nothing but that. ``epoch``: only if that is the present one. Raises ``OfficeError``.
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        if not Station.objects.filter(pk=station).exists():
            raise Unknown(f"no station {station}; office stations lists them")
        row = lock(station)
        if row.life not in ("open", "closing", "fenced") or epoch not in (0, row.epoch):
            raise LifeEnded(f"station {station}: the present epoch is {row.epoch}, {row.life}")
        fresh = row.life != "fenced"
        life = end_present(parts, row, "fenced", reason)
        if fresh:
            append_to(parts, row, [Fenced(epoch=Epoch(row.epoch), reason=reason)])
            life.fence = row.down_last
            life.save(update_fields=["fence"])
    if stolen:
        revoke(parts, station, life.enrolled)
    return life


def revoke_told(parts: Parts) -> list[str]:
    """Take back the certificates of lives that have acknowledged their end; return whose that were."""
    told = []
    for life in Life.objects.filter(state="fenced").exclude(fence=None).select_related("station"):
        row = life.station
        heard = (row.epoch, row.down_epoch) == (life.epoch, life.down_epoch) and row.down_acked >= (life.fence or 0)
        if heard and revoke(parts, row.pk, life.enrolled):
            told.append(row.pk)
    return told


def last_voucher(station: str, epoch: int) -> int:
    """Return the highest number of a voucher of a life that the books hold."""
    return Voucher.objects.filter(station=station, epoch=epoch).aggregate(last=Max("number"))["last"] or 0
