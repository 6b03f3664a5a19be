"""A frame's effects into the tables: few statements, whatever the frame holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.calendar import date_of
from domain.rights import Counters
from office.books.models import Counter, Station, Voucher
from office.worker.applying import apply, read_entries
from office.worker.effects import Books, Effects, Life, Read
from office.worker.lookup import Awards, Vouchers
from office.worker.rows import insert
from office.worker.writing_more import write_more

_COUNTERS = ("granted", "earned", "spent", "refunded", "returned")
_MOVED = _COUNTERS[1:]
_VOUCHER = (
    "station", "epoch", "number", "resident", "item", "pieces", "points", "place", "issued", "expires", "fate",
    "fate_at", "fate_by", "refunded", "entry", "proxy", "received_at",
)  # fmt: skip


def apply_entries(station: Station, first: int, entries: Sequence[bytes], now: datetime) -> tuple[list[Read], Effects]:
    """Apply entries that follow what is held of a station whose row is locked.

    Return them with why any is parked, and what they did; its errands are written down already.
    """
    return apply_reads(station, read_entries(first, list(entries)), now)


def apply_reads(station: Station, reads: list[Read], now: datetime) -> tuple[list[Read], Effects]:
    """Apply entries that were read; also one that was parked before and is tried again."""
    effects = apply(
        Life(station.pk, station.epoch, station.voucher_key),
        reads,
        Books(_counters(station, reads), Vouchers(station, reads), Awards(station, reads)),
    )
    _write_counters(station, effects)
    point("worker.counters_written")
    _write_vouchers(station, effects, now)
    write_more(station, effects, now)
    return reads, effects


def _counters(station: Station, reads: list[Read]) -> dict[str, Counters]:
    things = {move.right for read in reads if read.entry is not None for move in read.entry.moves}
    if not things:
        return {}
    rows = Counter.objects.filter(station=station, epoch=station.epoch, thing__in=things)
    return {row[0]: Counters(*row[1:]) for row in rows.values_list("thing", *_COUNTERS)}


def _write_counters(station: Station, effects: Effects) -> None:
    """The station's four counters, in one statement; ``granted`` is the office's and is not touched."""
    rows = [
        (station.pk, station.epoch, thing, *(getattr(effects.counters[thing], name) for name in _COUNTERS))
        for thing in sorted(effects.touched)
    ]
    insert(Counter, ("station", "epoch", "thing", *_COUNTERS), rows, update=_MOVED)


def _write_vouchers(station: Station, effects: Effects, now: datetime) -> None:
    rows = []
    for fact, read in effects.issued.values():
        fate, refunded = effects.fates.get(fact.number, ("", False))
        written = (now, station.pk) if fate else (None, "")
        rows.append(
            (
                *(station.pk, station.epoch, fact.number, fact.resident, int(fact.item), fact.pieces, fact.points),
                *(fact.place, date_of(fact.issued), date_of(fact.expires), fate, *written, refunded),
                *(read.number, fact.proxy, now),
            )
        )
    insert(Voucher, _VOUCHER, rows)
    mine = Voucher.objects.filter(station=station, epoch=station.epoch)
    for number, (fate, refunded) in effects.fates.items():
        if number not in effects.issued:
            mine.filter(number=number, fate="").update(fate=fate, refunded=refunded, fate_at=now, fate_by=station.pk)
    if effects.refunded:
        mine.filter(number__in=effects.refunded).update(refunded=True)
