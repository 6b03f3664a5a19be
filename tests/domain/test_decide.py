from __future__ import annotations

from dataclasses import replace

import pytest

from domain.calendar import UNKNOWN_DAY
from domain.catalogue import Catalogue, Item, ItemClass
from domain.commands import Accepted, Desk, RedeemItem, RedeemSituation, VoidVoucher, VoucherRecord
from domain.decide import decide_redeem, decide_void
from domain.facts import VoucherIssued
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counter, Counters, Move, RightKey
from domain.voucher_number import NUMBER_MAX, VoucherNumber

RICE = Item(id=ItemId(101), kind=ItemClass.GOODS, name="大米", points=120, pieces_max=2, stocked=True)
HAIRCUT = Item(id=ItemId(201), kind=ItemClass.SERVICE, name="理发", points=20, voucher_days=7)
CLOSED = Item(id=ItemId(301), kind=ItemClass.REPAIR, name="补鞋", points=5, available=False)
DESK = Desk(StationId("50019900100101"), Epoch(1), Day(2518), next_number=42, key_id=1)
HERE = RedeemSituation(
    desk=DESK,
    catalogue=Catalogue(3, (RICE, HAIRCUT, CLOSED)),
    points=Counters(granted=300),
    stock=Counters(granted=2),
)


def ask(item: int = 101, pieces: int = 1) -> RedeemItem:
    return RedeemItem(CommandId("c"), VisitId("v"), ResidentId("r1"), ItemId(item), pieces)


def test_goods_spend_points_and_pieces() -> None:
    decision = decide_redeem(ask(pieces=2), HERE)
    assert isinstance(decision, Accepted)
    assert isinstance(decision.fact, VoucherIssued)
    assert decision.moves == (
        Move(RightKey("points/r1"), Counter.SPENT, 240),
        Move(RightKey("stock/101"), Counter.SPENT, 2),
    )
    voucher = decision.voucher
    assert voucher is not None
    assert (voucher.text, voucher.points, voucher.pieces, voucher.expires) == ("A-000042-0", 240, 2, 2548)
    assert voucher.place == PlaceId(DESK.station)
    assert decision.fact.catalogue == 3


def test_a_service_never_runs_out() -> None:
    decision = decide_redeem(ask(201), replace(HERE, stock=Counters()))
    assert isinstance(decision, Accepted)
    assert decision.moves == (Move(RightKey("points/r1"), Counter.SPENT, 20),)


def test_without_a_right_clock_no_day_is_stated() -> None:
    decision = decide_redeem(ask(), replace(HERE, desk=replace(DESK, today=UNKNOWN_DAY)))
    assert isinstance(decision, Accepted)
    assert decision.voucher is not None
    assert (decision.voucher.issued, decision.voucher.expires) == (UNKNOWN_DAY, UNKNOWN_DAY)


@pytest.mark.parametrize(
    ("command", "situation", "refused"),
    [
        (ask(999), HERE, Refused(RefusalCode.ITEM_GONE)),
        (ask(301), HERE, Refused(RefusalCode.ITEM_UNAVAILABLE)),
        (ask(pieces=3), HERE, Refused(RefusalCode.PIECES_TOO_MANY, {"most": 2})),
        (ask(pieces=0), HERE, Refused(RefusalCode.PIECES_TOO_MANY, {"most": 2})),
        (ask(), replace(HERE, stock=Counters()), Refused(RefusalCode.STOCK_OUT, {"left": 0})),
        (ask(pieces=2), replace(HERE, stock=Counters(granted=1)), Refused(RefusalCode.STOCK_OUT, {"left": 1})),
        (ask(), replace(HERE, points=Counters(granted=100)), Refused(RefusalCode.POINTS_SHORT, {"missing": 20})),
        (
            ask(),
            replace(HERE, desk=replace(DESK, next_number=NUMBER_MAX + 1)),
            Refused(RefusalCode.NUMBERS_EXHAUSTED),
        ),
    ],
)
def test_reasons_against_it(command: RedeemItem, situation: RedeemSituation, refused: Refused) -> None:
    assert decide_redeem(command, situation) == refused


def record(fate: str | None = None, place: str = DESK.station) -> VoucherRecord:
    decision = decide_redeem(ask(), HERE)
    assert isinstance(decision, Accepted)
    assert decision.voucher is not None
    voucher = replace(decision.voucher, place=PlaceId(place))
    return VoucherRecord(voucher, ResidentId("r1"), stocked=True, fate=fate, spent=decision.moves)


VOID = VoidVoucher(VoucherNumber(Epoch(1), 42), StaffId("s1"), "拿错了")


def test_a_void_voucher_gives_points_and_pieces_back() -> None:
    decision = decide_void(VOID, record(), DESK)
    assert isinstance(decision, Accepted)
    assert decision.moves == (
        Move(RightKey("points/r1"), Counter.REFUNDED, 120),
        Move(RightKey("stock/101"), Counter.REFUNDED, 1),
    )


def test_a_fate_is_written_once_and_only_by_the_place_named() -> None:
    assert decide_void(VOID, None, DESK) == Refused(RefusalCode.VOUCHER_UNKNOWN)
    assert decide_void(VOID, record(fate="honoured"), DESK) == Refused(
        RefusalCode.VOUCHER_DECIDED, {"fate": "honoured"}
    )
    assert decide_void(VOID, record(place="P7"), DESK) == Refused(RefusalCode.VOUCHER_ELSEWHERE, {"place": "P7"})
