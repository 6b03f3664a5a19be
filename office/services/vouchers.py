"""The open vouchers of a life that ended, for the life that honours them from now on."""

from __future__ import annotations

from domain.entries import EntryError, decode_entry
from domain.facts import UP, VoucherIssued, VoucherListed, fact_of
from domain.ids import Epoch, StationId
from domain.voucher import Voucher as Packed
from domain.voucher import pack
from domain.voucher_number import VoucherNumber
from office.books.models import UpEntry, Voucher


def open_vouchers(station: str, epoch: int) -> list[VoucherListed]:
    """Return the vouchers of a life that name their own station as the place and have no fate yet, by number.

    They are read from the entries that issued them: the books' rows do not have all that a voucher says.
    """
    waiting = Voucher.objects.filter(station=station, epoch=epoch, place=station, fate="")
    numbers = set(waiting.values_list("number", flat=True))
    entries = UpEntry.objects.filter(station=station, epoch=epoch, kind=VoucherIssued.KIND, parked="").order_by(
        "number"
    )
    listed = []
    for data in entries.values_list("data", flat=True).iterator() if numbers else ():
        fact = _issued(bytes(data))
        if fact is not None and fact.number in numbers:
            listed.append(VoucherListed(packed=packed(station, epoch, fact).hex()))
    return listed


def packed(station: str, epoch: int, fact: VoucherIssued) -> bytes:
    """Return the 29 bytes of a voucher that was issued."""
    return pack(
        Packed(
            station=StationId(station),
            number=VoucherNumber(Epoch(epoch), fact.number),
            place=fact.place,
            kind=fact.kind,
            item=fact.item,
            pieces=fact.pieces,
            points=fact.points,
            issued=fact.issued,
            expires=fact.expires,
            key_id=fact.key_id,
        )
    )


def _issued(data: bytes) -> VoucherIssued | None:
    try:
        fact = fact_of(decode_entry(data), UP)
    except EntryError:
        return None
    return fact if isinstance(fact, VoucherIssued) else None
