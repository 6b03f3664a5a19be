"""What the books know of the vouchers and awards that a frame speaks of, looked up once."""

from __future__ import annotations

from domain.facts import (
    AwardUndone,
    PointsAwarded,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
)
from domain.voucher_number import NUMBER_MAX
from office.books.models import Award, PlaceFate, ToldFate, Voucher
from office.books.models import Life as LifeRow
from office.services.issues import moves_of
from office.worker.effects import KnownAward, KnownVoucher, Life, Read, Said

_OLDER = (VoucherHonoured, VoucherVoided, VoucherExpired, VoucherRefunded)


def life_of(station: str, epoch: int, key: str, first: int) -> Life:
    """Return a life whose entries from ``first`` on are to be applied; entry 1 says what it follows."""
    if first > 1:
        return Life(station, epoch, key)
    rows = {row.epoch: row for row in LifeRow.objects.filter(station=station, epoch__in=(epoch, epoch - 1))}
    own, former = rows.get(epoch), rows.get(epoch - 1)
    if own is None or former is None or own.enrolled == epoch:
        return Life(station, epoch, key)  # it was enrolled: it follows nothing
    return Life(station, epoch, key, (former.epoch, former.last, bytes(former.hash).hex()))


class Vouchers:
    """``Books.voucher``: vouchers of this life. What a new one would be twice is enough; the rest needs its issue."""

    def __init__(self, life: Life, reads: list[Read]) -> None:
        self._known: dict[tuple[int, int], KnownVoucher] = {}
        new: set[int] = set()
        older: set[int] = set()
        for read in reads:
            fact = read.fact
            if isinstance(fact, VoucherIssued):
                new.add(fact.number)
            elif isinstance(fact, _OLDER) and fact.epoch == life.epoch:
                older.add(fact.number)
        numbers = [number for number in new | older if 1 <= number <= NUMBER_MAX]
        if not numbers:
            return
        rows = Voucher.objects.filter(station=life.station, epoch=life.epoch, number__in=numbers)
        for row in rows.only("station", "epoch", "number", "place", "fate", "refunded", "entry"):
            moves = moves_of(row) if row.number in older else ()
            self._known[life.epoch, row.number] = KnownVoucher(row.place, moves, row.fate, row.refunded)

    def __call__(self, epoch: int, number: int) -> KnownVoucher | None:
        """Return a voucher of this life."""
        return self._known.get((epoch, number))


class SaidFates:
    """``Books.said``: what a place, or the office before a restore, said of vouchers that this frame refunds."""

    def __init__(self, life: Life, reads: list[Read]) -> None:
        self._said: dict[int, Said] = {}
        numbers = [read.fact.number for read in reads if isinstance(read.fact, VoucherRefunded)]
        numbers = [number for number in numbers if 1 <= number <= NUMBER_MAX]
        if not numbers:
            return
        these = {"station": life.station, "epoch": life.epoch, "number__in": numbers}
        told = ToldFate.objects.filter(**these).values_list("number", "fate", "place")
        heard = PlaceFate.objects.filter(**these, settled=False).values_list("number", "fate", "place_id")
        for number, fate, place in (*told, *heard):
            self._said[number] = (*self._said.get(number, ()), (fate, place))

    def __call__(self, _epoch: int, number: int) -> Said:
        """Return what was said of a voucher of this life."""
        return self._said.get(number, ())


class Awards:
    """``Books.award``: awards of this life."""

    def __init__(self, life: Life, reads: list[Read]) -> None:
        named = {read.fact.award[:41] for read in reads if isinstance(read.fact, PointsAwarded | AwardUndone)}
        named = {award for award in named if award.isascii() and award.isprintable()}
        self._known: dict[str, KnownAward] = {}
        if named:
            rows = Award.objects.filter(station=life.station, epoch=life.epoch, award__in=named)
            self._known = {row.award: KnownAward(row.resident, row.points, bool(row.undone)) for row in rows}

    def __call__(self, award: str) -> KnownAward | None:
        """Return an award of this life."""
        return self._known.get(award)
