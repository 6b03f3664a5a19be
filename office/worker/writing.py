"""A frame's effects into the tables: few statements, whatever the frame holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.calendar import date_of
from domain.facts import VoucherIssued
from domain.rights import Counters
from office.books.models import Counter, Station, Voucher
from office.faults import BadValue
from office.worker.applying import apply, read_entries
from office.worker.effects import LIST, Books, Effects, Life, Read, voucher_key
from office.worker.lookup import Awards, SaidFates, Vouchers, life_of
from office.worker.rows import insert
from office.worker.writing_more import write_more
from sync.fault_points import point

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
    life = life_of(station.pk, station.epoch, station.voucher_key, first)
    reads = read_entries(first, list(entries))
    return reads, apply_reads(life, reads, now)


def apply_reads(life: Life, reads: list[Read], now: datetime) -> Effects:
    """Apply entries of any life, in order: also one that was parked, or that is brought by hand."""
    effects = apply(life, reads, _books(life, reads))
    _write_counters(life, effects)
    point("worker.counters_written")
    _write_vouchers(life, effects, now)
    point("worker.vouchers_written")
    write_more(life, effects, now)
    point("worker.documents_noted")
    return effects


def apply_claim(life: Life, read: Read, now: datetime, *, borne: bool) -> None:
    """Take note of a voucher whose moves do not fit into the counters: it stands, its moves are not counted.

    ``borne``: nobody paid for it, so that there is nothing that could be refunded.
    """
    fact = read.fact
    if not isinstance(fact, VoucherIssued) or Vouchers(life, [read])(life.epoch, fact.number) is not None:
        raise BadValue(f"{life.station} {life.epoch}: the books have this voucher already")
    effects = Effects(issued={fact.number: (fact, read)})
    if fact.place != life.station:
        effects.errands[LIST, voucher_key(life.station, life.epoch, fact.number)] = None
    _write_vouchers(life, effects, now)
    Voucher.objects.filter(station=life.station, epoch=life.epoch, number=fact.number).update(refunded=borne)
    write_more(life, effects, now)


def _books(life: Life, reads: list[Read]) -> Books:
    return Books(_counters(life, reads), Vouchers(life, reads), Awards(life, reads), SaidFates(life, reads))


def _counters(life: Life, reads: list[Read]) -> dict[str, Counters]:
    things = {move.right for read in reads if read.entry is not None for move in read.entry.moves}
    if not things:
        return {}
    rows = Counter.objects.filter(station=life.station, epoch=life.epoch, thing__in=things)
    return {row[0]: Counters(*row[1:]) for row in rows.values_list("thing", *_COUNTERS)}


def _write_counters(life: Life, effects: Effects) -> None:
    """The station's four counters, in one statement; ``granted`` is the office's and is not touched."""
    rows = [
        (life.station, life.epoch, thing, *(getattr(effects.counters[thing], name) for name in _COUNTERS))
        for thing in sorted(effects.touched)
    ]
    insert(Counter, ("station", "epoch", "thing", *_COUNTERS), rows, update=_MOVED)


def _write_vouchers(life: Life, effects: Effects, now: datetime) -> None:
    rows = []
    for fact, read in effects.issued.values():
        fate, refunded = effects.fates.get(fact.number, ("", False))
        written = (now, life.station) if fate else (None, "")
        rows.append(
            (
                *(life.station, life.epoch, fact.number, fact.resident, int(fact.item), fact.pieces, fact.points),
                *(fact.place, date_of(fact.issued), date_of(fact.expires), fate, *written, refunded),
                *(read.number, fact.proxy, now),
            )
        )
    insert(Voucher, _VOUCHER, rows)
    mine = Voucher.objects.filter(station=life.station, epoch=life.epoch)
    for number, (fate, refunded) in effects.fates.items():
        if number not in effects.issued:
            also = {"refunded": True} if refunded else {}
            mine.filter(number=number, fate="").update(fate=fate, fate_at=now, fate_by=life.station, **also)
    if effects.refunded:
        mine.filter(number__in=effects.refunded).update(refunded=True)
