"""Every kind of entry: applied when it moves exactly what it says, else parked with a reason. No database is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.entries import Stamp, encode_entry
from domain.facts import (
    AwardUndone,
    CardRekeyed,
    ConsentWithdrawn,
    EpochClosed,
    Fact,
    PointsAwarded,
    ResidentForgotten,
    Returned,
    RightsHandedBack,
    StockReceived,
    StockWrittenOff,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
)
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.rights import AWARDS, Counter, Counters, Move, RightKey, points_of, stock_of
from domain.voucher import ItemKind, Voucher, pack
from domain.voucher_number import VoucherNumber
from office.worker.applying import Books, Effects, KnownAward, KnownVoucher, Life, apply, read_entries

HERE, THERE = "50019900100101", "50019900100102"
CHEN, LI, HE = ResidentId("chen"), ResidentId("li"), StaffId("he")
POINTS, STOCK = points_of(CHEN), stock_of(ItemId(101))
LIMIT, BY = RightKey("limit/h1/rice/2026-11"), RightKey("limit/chen/by-li/2026-11")
ISSUE = (Move(POINTS, Counter.SPENT, 120), Move(STOCK, Counter.SPENT, 2), Move(LIMIT, Counter.SPENT, 2))
BACK = tuple(Move(move.right, Counter.REFUNDED, move.amount) for move in ISSUE)


@dataclass
class Case:
    """A frame of entries, against books that hold some rights."""

    counters: dict[str, Counters] = field(
        default_factory=lambda: {
            POINTS: Counters(500), STOCK: Counters(9), LIMIT: Counters(4), BY: Counters(300), AWARDS: Counters(100),
        }
    )  # fmt: skip
    vouchers: dict[tuple[int, int], KnownVoucher] = field(default_factory=dict)
    awards: dict[str, KnownAward] = field(default_factory=dict)

    def of(self, *entries: tuple[Fact, Iterable[Move]]) -> tuple[Effects, list[str]]:
        data = [
            encode_entry(Stamp(bytes([index]) * 16, 1, 1, clock_ok=True), fact.KIND, fact, tuple(moves))
            for index, (fact, moves) in enumerate(entries)
        ]
        reads = read_entries(2, data)
        effects = apply(
            Life(HERE, 3, "00" * 32), reads, Books(self.counters, lambda *key: self.vouchers.get(key), self.awards.get)
        )
        return effects, [read.parked.partition(":")[0] for read in reads]


def issue(number: int = 1, place: str = HERE, proxy: str = "") -> VoucherIssued:
    return VoucherIssued(
        number, CommandId("c"), VisitId("v"), CHEN, ItemKind.GOODS, ItemId(101), 2, 120, 1, PlaceId(place), Day(2500),
        Day(2530), 1, ResidentId(proxy),
    )  # fmt: skip


def honoured(station: str, epoch: int, number: int, *, known: bool = True, packed: str = "") -> VoucherHonoured:
    return VoucherHonoured(StationId(station), Epoch(epoch), number, HE, known, packed)


def voided(station: str, epoch: int, number: int) -> VoucherVoided:
    return VoucherVoided(StationId(station), Epoch(epoch), number, HE, "拿错了")


def expired(station: str, epoch: int, number: int) -> VoucherExpired:
    return VoucherExpired(StationId(station), Epoch(epoch), number, Day(2531))


def test_limits_and_the_proxy_move_with_the_voucher() -> None:
    proxied = (Move(POINTS, Counter.SPENT, 120), Move(BY, Counter.SPENT, 120))
    effects, parked = Case().of((issue(1), ISSUE), (issue(2, proxy=LI), proxied))
    assert parked == ["", ""]
    assert effects.counters[LIMIT].available == 2
    assert effects.counters[BY].available == 180
    wrong = [
        (issue(1), (*ISSUE[:2], Move(LIMIT, Counter.SPENT, 3))),
        (issue(2), (*ISSUE, Move(BY, Counter.SPENT, 120))),  # no proxy is named
        (issue(3), ISSUE[1:]),  # no points
        (issue(4), (*ISSUE[:1], *ISSUE[:1])),
        (issue(5), (*ISSUE[:1], Move(AWARDS, Counter.SPENT, 2))),
    ]
    assert Case().of(*wrong)[1] == ["entry.moves"] * 5


def test_only_the_place_writes_a_fate_and_only_once() -> None:
    effects, parked = Case().of(
        (issue(1), ISSUE),
        (issue(2, THERE), ISSUE[:1]),
        (voided(HERE, 3, 1), BACK),
        (honoured(HERE, 3, 1), ()),
        (honoured(HERE, 3, 2), ()),
        (honoured(HERE, 3, 9), ()),
        (expired(HERE, 3, 2), BACK[:1]),
    )
    wanted = ["", "", "", "entry.twice", "entry.not_the_place", "entry.unknown_voucher", "entry.not_the_place"]
    assert parked == wanted
    assert effects.fates == {1: ("void", True)}
    assert effects.counters[LIMIT].refunded == 2
    assert list(effects.errands) == [("list", f"{HERE}/3/2")]


def test_what_expired_is_refunded_whole_or_not_at_all() -> None:
    for moves, code, fates in (
        (BACK, "", {1: ("expired", True)}),
        ((), "", {1: ("expired", False)}),
        (BACK[:1], "entry.moves", {}),
    ):
        case = Case(vouchers={(3, 1): KnownVoucher(HERE, ISSUE)})
        case.counters |= {move.right: Counters(9_999, 0, 200) for move in ISSUE}
        effects, parked = case.of((expired(HERE, 3, 1), moves))
        assert (parked, effects.fates) == ([code], fates)


def test_a_fate_of_another_lifes_voucher_waits_for_the_office() -> None:
    paper = Voucher(
        StationId(THERE),
        VoucherNumber(Epoch(1), 7),
        PlaceId(HERE),
        ItemKind.GOODS,
        ItemId(101),
        1,
        60,
        Day(1),
        Day(9),
        1,
    )
    packed = pack(paper).hex()
    effects, parked = Case().of(
        (honoured(THERE, 1, 7, known=False, packed=packed), ()),
        (voided(HERE, 2, 5), ()),  # of this station's former life
        (honoured(THERE, 1, 7), ()),
        (honoured(THERE, 1, 8, known=False, packed=packed), ()),
        (honoured(THERE, 1, 8, known=False, packed="zz"), ()),
        (voided(THERE, 1, 8), BACK[:1]),
    )
    assert parked == ["", "", "entry.twice", "entry.malformed", "entry.malformed", "entry.moves"]
    assert [(one.station, one.number, one.fate, one.packed) for one in effects.elsewhere] == [
        (THERE, 7, "honoured", packed),
        (HERE, 5, "void", ""),
    ]
    assert list(effects.errands) == [("fate", f"{THERE}/1/7"), ("fate", f"{HERE}/2/5")]


def test_a_refund_needs_a_fate_of_the_place() -> None:
    vouchers = {
        (3, 1): KnownVoucher(THERE, ISSUE[:1], "void"),
        (3, 2): KnownVoucher(THERE, ISSUE[:1]),
        (3, 3): KnownVoucher(THERE, ISSUE[:1], "honoured"),
        (3, 4): KnownVoucher(THERE, ISSUE[:1], "void", refunded=True),
    }
    case = Case(counters={POINTS: Counters(500, 0, 480)}, vouchers=vouchers)
    refund = [(VoucherRefunded(Epoch(3), number, "void"), BACK[:1]) for number in (1, 1, 2, 3, 4, 5)]
    effects, parked = case.of(*refund)
    assert parked == ["", "entry.twice", "entry.no_fate", "entry.no_fate", "entry.twice", "entry.unknown_voucher"]
    assert effects.refunded == {1}
    assert effects.counters[POINTS].refunded == 120


def test_a_recall_is_answered_with_what_was_there() -> None:
    back = Move(POINTS, Counter.RETURNED, 40)
    effects, parked = Case().of(
        (Returned(POINTS, 40), (back,)),
        (Returned(POINTS, 60), ()),
        (Returned(STOCK, 1), (back,)),
        (Returned(POINTS, 900), (Move(POINTS, Counter.RETURNED, 900),)),
    )
    assert parked == ["", "", "entry.moves", "entry.overspent"]
    assert (effects.counters[POINTS].returned, effects.answered) == (40, {POINTS: 60})
    assert ("purse", POINTS) in effects.errands


def test_an_award_moves_budget_and_points_and_is_undone_once() -> None:
    def both(given: int) -> tuple[Move, Move]:
        return Move(AWARDS, Counter.SPENT, given), Move(POINTS, Counter.EARNED, given)

    undo = (Move(POINTS, Counter.SPENT, 30), Move(AWARDS, Counter.REFUNDED, 30))
    effects, parked = Case().of(
        (PointsAwarded("a1", CHEN, 30, HE, "巡逻"), both(30)),
        (PointsAwarded("a1", CHEN, 30, HE, "巡逻"), both(30)),
        (PointsAwarded("a2", CHEN, 30, HE, "巡逻"), both(40)),
        (PointsAwarded("a3", CHEN, 90, HE, "巡逻"), both(90)),
        (AwardUndone("a1", CHEN, 30, HE, "记错"), undo),
        (AwardUndone("a1", CHEN, 30, HE, "记错"), undo),
        (AwardUndone("a9", CHEN, 30, HE, "记错"), undo),
    )
    wanted = ["", "entry.twice", "entry.moves", "entry.overspent", "", "entry.twice", "entry.unknown_award"]
    assert parked == wanted
    assert effects.counters[AWARDS].available == 100
    assert effects.counters[POINTS].available == 500


def test_pieces_come_in_and_are_written_off() -> None:
    effects, parked = Case().of(
        (StockReceived(ItemId(101), 5, HE, "捐赠"), (Move(STOCK, Counter.EARNED, 5),)),
        (StockWrittenOff(ItemId(101), 3, HE, "受潮"), (Move(STOCK, Counter.SPENT, 3),)),
        (StockWrittenOff(ItemId(101), 3, HE, "受潮"), (Move(STOCK, Counter.SPENT, 2),)),
        (StockWrittenOff(ItemId(101), 99, HE, "受潮"), (Move(STOCK, Counter.SPENT, 99),)),
    )
    assert parked == ["", "", "entry.moves", "entry.overspent"]
    assert effects.counters[STOCK].available == 11
    assert len(effects.pieces) == 2


def test_a_life_hands_everything_back_and_closes() -> None:
    moves = (Move(POINTS, Counter.RETURNED, 500), Move(STOCK, Counter.RETURNED, 9))
    effects, parked = Case().of((RightsHandedBack(1), moves), (EpochClosed("log.went_back"), ()))
    assert parked == ["", ""]
    assert effects.closed == EpochClosed("log.went_back")
    assert Case().of((RightsHandedBack(1), (Move(POINTS, Counter.SPENT, 5),)))[1] == ["entry.moves"]


def test_people_are_noted_and_move_nothing() -> None:
    old, new = "1:" + "a" * 64, "2:" + "a" * 64
    effects, parked = Case().of(
        (ConsentWithdrawn(CHEN), ()),
        (ResidentForgotten(CHEN), ()),
        (CardRekeyed(old, new), ()),
        (CardRekeyed(old, old), ()),
        (ResidentForgotten(ResidentId("no\x00body")), ()),
        (ConsentWithdrawn(CHEN, StaffId("no\x00body")), ()),
        (ConsentWithdrawn(CHEN), BACK[:1]),
    )
    assert parked == ["", "", "", "entry.range", "entry.range", "entry.range", "entry.moves"]
    assert list(effects.errands) == [("person", CHEN), ("card", f"{old} {new}")]
    assert effects.forgotten == {CHEN}
