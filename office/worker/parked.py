"""A parked entry tried again: by a person, or by itself when this version knows its kind now."""

from __future__ import annotations

import logging

from django.db import transaction

from domain.facts import UP, VoucherIssued, VoucherRefunded
from office.books.models import Station, UpEntry
from office.faults import BadValue
from office.services.bounds import REASON_MAX, check_text
from office.services.corrections import take_back
from office.services.errands import RETRY, leave
from office.services.giving_back import OVERSPENT, UNKNOWN
from office.services.parked import cleared, lock_known, parked_entry, word_of_place
from office.services.parts import Parts
from office.worker.applying import read_entries
from office.worker.effects import Life, Read
from office.worker.lookup import life_of
from office.worker.writing import apply_claim, apply_reads

logger = logging.getLogger(__name__)


def retry(parts: Parts, station: str, epoch: int, number: int) -> str:
    """Apply a parked entry to the books as they are now; return why it is parked still, empty if it is applied."""
    with transaction.atomic():
        row = lock_known(station)
        entry = parked_entry(station, epoch, number)
        if word_of_place(entry).exists():  # it is noted, and waits for the issue of its voucher, or does not fit
            return entry.parked
        return _again(parts, row, entry)


def retry_unknown(parts: Parts) -> int:
    """Apply, in order, what was parked for its kind and is known by now; return how many were."""
    rows = UpEntry.objects.filter(parked__startswith=UNKNOWN, kind__in=list(UP)).order_by("station", "epoch", "number")
    found = list(rows.values_list("station_id", "epoch", "number"))
    return sum(not retry(parts, *one) for one in found)


def settle_claim(parts: Parts, station: str, epoch: int, number: int, reason: str, *, accept: bool) -> str:
    """A voucher that was issued with more than there was: it stands, and its points are taken back, or given up.

    Return the resident's id. Raises ``OfficeError``.
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        waiting = parked_entry(station, epoch, number)
        read = read_entries(number, [bytes(waiting.data)])[0]
        if not isinstance(read.fact, VoucherIssued) or read.entry is None:
            raise BadValue(f"{station} {epoch}-{number}: only a voucher that was issued can be a claim")
        if not waiting.parked.startswith(OVERSPENT):
            raise BadValue(f"{station} {epoch}-{number}: it is no voucher at all ({waiting.parked})")
        if accept:  # the resident's row comes before any station's
            take_back(parts, read.fact.resident, read.fact.points, reason)
        row = lock_known(station)
        entry = parked_entry(station, epoch, number)
        moves = read.entry.moves
        apply_claim(Life(row.pk, epoch, ""), read, parts.now(), borne=not accept)
        word = "认账，向居民追回" if accept else "认账，不追"
        cleared(parts, row, entry, f"{parts.by}：{word}，{reason}")
        logger.info("%s %d-%d: %d moves were not counted", station, epoch, number, len(moves))
    return str(read.fact.resident)


def _again(parts: Parts, row: Station, entry: UpEntry) -> str:
    read: Read = read_entries(entry.number, [bytes(entry.data)])[0]
    key = row.voucher_key if row.epoch == entry.epoch else ""
    apply_reads(life_of(row.pk, entry.epoch, key, entry.number), [read], parts.now())
    if not read.parked:
        cleared(parts, row, entry, f"{parts.by}：已入账")
        if isinstance(read.fact, VoucherRefunded):
            _spent_since(parts, row, entry)
    elif read.parked != entry.parked:
        entry.parked = read.parked
        entry.save(update_fields=["parked"])
    return read.parked


def _spent_since(parts: Parts, row: Station, refund: UpEntry) -> None:
    """What spent the points of a refund that waited was parked for want of them."""
    waiting = UpEntry.objects.filter(station=row, epoch=refund.epoch, number__gt=refund.number)
    for number in waiting.filter(parked__startswith=OVERSPENT).order_by("number").values_list("number", flat=True):
        leave(parts, RETRY, f"{row.pk}/{refund.epoch}/{number}")
