"""A voucher as it was issued: read again from the entry that the books keep byte for byte."""

from __future__ import annotations

from domain.entries import Entry, EntryError, decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from domain.ids import Epoch, StationId
from domain.rights import Move
from domain.voucher import Voucher as Paper
from domain.voucher import pack
from domain.voucher_number import VoucherNumber
from office.books.models import UpEntry, Voucher


def issue_of(row: Voucher) -> tuple[Entry, VoucherIssued] | None:
    """Return the entry that issued a voucher; ``None`` if the books do not have it."""
    entries = UpEntry.objects.filter(station=row.station_id, epoch=row.epoch, kind=VoucherIssued.KIND, parked="")
    if row.entry is not None:
        entries = entries.filter(number=row.entry)
    for data in entries.order_by("number").values_list("data", flat=True).iterator():
        try:
            entry = decode_entry(bytes(data))
            fact = fact_of(entry, UP)
        except EntryError:
            continue
        if isinstance(fact, VoucherIssued) and fact.number == row.number:
            return entry, fact
    return None


def moves_of(row: Voucher) -> tuple[Move, ...]:
    """Return what issuing a voucher moved."""
    found = issue_of(row)
    return () if found is None else found[0].moves


def packed_of(row: Voucher) -> str | None:
    """Return the 29 bytes of a voucher, hex."""
    found = issue_of(row)
    if found is None:
        return None
    fact = found[1]
    paper = Paper(
        station=StationId(row.station_id),
        number=VoucherNumber(Epoch(row.epoch), fact.number),
        place=fact.place,
        kind=fact.kind,
        item=fact.item,
        pieces=fact.pieces,
        points=fact.points,
        issued=fact.issued,
        expires=fact.expires,
        key_id=fact.key_id,
    )
    return pack(paper).hex()
