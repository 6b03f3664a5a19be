"""A frame's effects into the tables: few statements, whatever the frame holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.calendar import date_of
from domain.facts import DocumentTaken, VoucherIssued, VoucherVoided
from domain.rights import Counters
from domain.voucher_number import NUMBER_MAX
from office.books.models import Counter, Holding, Station, Voucher
from office.worker.applying import Books, Effects, KnownVoucher, Life, Read, apply, clean, read_entries
from office.worker.rows import insert
from sync.fault_points import point

_COUNTERS = ("granted", "earned", "spent", "refunded", "returned")
_MOVED = _COUNTERS[1:]
_VOUCHER = (
    "station", "epoch", "number", "resident", "item", "pieces", "points", "place", "issued", "expires", "fate",
    "received_at",
)  # fmt: skip


def apply_entries(station: Station, first: int, entries: Sequence[bytes], now: datetime) -> list[Read]:
    """Apply entries that follow what is held of a station whose row is locked; return them with why any is parked."""
    reads = read_entries(first, list(entries))
    effects = apply(
        Life(station.pk, station.epoch, station.voucher_key),
        reads,
        Books(_counters(station, reads), _vouchers(station, reads)),
    )
    _write_counters(station, effects)
    point("worker.counters_written")
    _write_vouchers(station, effects, now)
    point("worker.vouchers_written")
    _write_documents(station, effects, now)
    point("worker.documents_noted")
    return reads


def _counters(station: Station, reads: list[Read]) -> dict[str, Counters]:
    things = {move.right for read in reads if read.entry is not None for move in read.entry.moves}
    if not things:
        return {}
    rows = Counter.objects.filter(station=station, epoch=station.epoch, thing__in=things)
    return {row[0]: Counters(*row[1:]) for row in rows.values_list("thing", *_COUNTERS)}


class _vouchers:  # noqa: N801 - used like the functions beside it
    """The vouchers that a frame speaks of, looked up once."""

    def __init__(self, station: Station, reads: list[Read]) -> None:
        numbers = {
            read.fact.number
            for read in reads
            if isinstance(read.fact, VoucherIssued | VoucherVoided) and 1 <= read.fact.number <= NUMBER_MAX
        }
        self._known: dict[tuple[int, int], KnownVoucher] = {}
        if numbers:
            rows = Voucher.objects.filter(station=station, epoch=station.epoch, number__in=numbers)
            for row in rows.only("number", "resident", "item", "pieces", "points", "fate"):
                known = KnownVoucher(row.resident, row.item, row.pieces, row.points, row.fate)
                self._known[station.epoch, row.number] = known

    def __call__(self, epoch: int, number: int) -> KnownVoucher | None:
        return self._known.get((epoch, number))


def _write_counters(station: Station, effects: Effects) -> None:
    """The station's four counters, in one statement; ``granted`` is the office's and is not touched."""
    rows = [
        (station.pk, station.epoch, thing, *(getattr(effects.counters[thing], name) for name in _COUNTERS))
        for thing in sorted(effects.touched)
    ]
    insert(Counter, ("station", "epoch", "thing", *_COUNTERS), rows, update=_MOVED)


def _write_vouchers(station: Station, effects: Effects, now: datetime) -> None:
    rows = [
        (
            *(station.pk, station.epoch, fact.number, fact.resident, int(fact.item), fact.pieces, fact.points),
            *(fact.place, date_of(fact.issued), date_of(fact.expires)),
            "void" if (station.epoch, fact.number) in effects.voided else "",
            now,
        )
        for fact in effects.issued.values()
    ]
    insert(Voucher, _VOUCHER, rows)
    earlier = [number for _, number in effects.voided if number not in effects.issued]
    if earlier:
        those = Voucher.objects.filter(station=station, epoch=station.epoch, number__in=earlier, fate="")
        those.update(fate="void")


def _write_documents(station: Station, effects: Effects, now: datetime) -> None:
    for (name, version), fact in effects.documents.items():
        taken = isinstance(fact, DocumentTaken)
        reason = "" if isinstance(fact, DocumentTaken) else clean(f"{fact.code}: {fact.reason}", 300)
        Holding.objects.filter(station=station, name=name, version=version).update(
            state="taken" if taken else "refused", reason=reason, at=now
        )
