"""Allowances, neighbours, recalls, awards and long silence: the decisions, without a station."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from domain.alone import DAY_MS, alone_for
from domain.calendar import UNKNOWN_DAY
from domain.catalogue import Catalogue, Item, ItemClass
from domain.commands import Accepted, Desk, RedeemItem, RedeemSituation
from domain.decide import decide_redeem
from domain.decide_award import Award, decide_award, decide_receive, decide_undo, decide_write_off
from domain.decide_limits import missing_rights
from domain.decide_return import decide_return
from domain.facts import Proxy, Returned, VoucherIssued
from domain.ids import NOBODY, CommandId, Day, Epoch, ItemId, ResidentId, StaffId, StationId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counter, Counters, Move, RightKey
from domain.rules import Limit, Period, Rules

RICE = Item(id=ItemId(101), kind=ItemClass.GOODS, name="大米", points=120, pieces_max=2)
RULES = Rules(version=4, limits=(Limit("rice", 2, Period.MONTH, (ItemId(101),)),), proxy_points=150)
DESK = Desk(StationId("50019900100101"), Epoch(1), Day(2518), next_number=42, key_id=1)
RICE_LEFT, BY_LI = RightKey("limit/h1/rice/2026-11"), RightKey("limit/r1/by-li/2026-11")
LI = ResidentId("li")
HERE = RedeemSituation(
    desk=DESK,
    catalogue=Catalogue(3, (RICE,)),
    points=Counters(granted=300),
    stock=Counters(),
    rules=RULES,
    household="h1",
    allowances={RICE_LEFT: Counters(granted=2), BY_LI: Counters(granted=200)},
    named=Proxy(LI, spend=True, collect=False, until=Day(2518)),
)
UNKNOWN = replace(HERE, desk=replace(DESK, today=UNKNOWN_DAY))
HE = StaffId("he")
NAMED = msgspec.structs.replace(RULES, limits=(msgspec.structs.replace(RULES.limits[0], name="粮油"),))
ONE_LEFT = {RICE_LEFT: Counters(granted=1)}


def ask(pieces: int = 1, proxy: ResidentId = NOBODY) -> RedeemItem:
    return RedeemItem(CommandId("c"), VisitId("v"), ResidentId("r1"), ItemId(101), pieces, proxy)


def test_an_allowance_is_spent_with_the_points() -> None:
    decision = decide_redeem(ask(2), HERE)
    assert isinstance(decision, Accepted)
    assert decision.moves == (
        Move(RightKey("points/r1"), Counter.SPENT, 240),
        Move(RICE_LEFT, Counter.SPENT, 2),
    )
    assert isinstance(decision.fact, VoucherIssued)
    assert (decision.fact.rules, decision.fact.proxy) == (4, "")


def test_a_neighbour_spends_what_is_left_to_them_too() -> None:
    decision = decide_redeem(ask(1, LI), HERE)
    assert isinstance(decision, Accepted)
    assert decision.moves[-1] == Move(BY_LI, Counter.SPENT, 120)
    assert isinstance(decision.fact, VoucherIssued)
    assert decision.fact.proxy == LI


def test_without_a_right_clock_no_period_is_counted() -> None:
    decision = decide_redeem(ask(1, LI), replace(UNKNOWN, allowances={}))
    assert isinstance(decision, Accepted)
    assert [move.right for move in decision.moves] == ["points/r1"]
    assert decide_redeem(ask(2, LI), UNKNOWN) == Refused(RefusalCode.PROXY_LIMIT, {"left": 150})


@pytest.mark.parametrize(
    ("command", "situation", "refused"),
    [
        (ask(2), replace(HERE, allowances=ONE_LEFT), ("limit.reached", {"limit": "大米", "left": 1})),
        (ask(), replace(HERE, allowances={}), ("limit.reached", {"limit": "大米", "left": 0})),
        (ask(2, LI), HERE, ("proxy.limit", {"left": 200})),
        (ask(1, LI), replace(HERE, named=None), ("proxy.not_allowed", {})),
        (ask(1, LI), replace(HERE, named=Proxy(LI, spend=False, collect=True)), ("proxy.not_allowed", {})),
        (ask(1, LI), replace(HERE, desk=replace(DESK, today=Day(2519))), ("proxy.not_allowed", {})),
    ],
)  # fmt: skip
def test_reasons_against_it(
    command: RedeemItem, situation: RedeemSituation, refused: tuple[str, dict[str, int | str]]
) -> None:
    assert decide_redeem(command, situation) == Refused(RefusalCode(refused[0]), refused[1])


def test_a_wish_names_every_right_that_is_short() -> None:
    poor = replace(HERE, points=Counters(granted=200), allowances={RICE_LEFT: Counters(granted=1)})
    assert missing_rights(ask(2, LI), poor, RICE) == {"points/r1": 40, RICE_LEFT: 1, BY_LI: 240}
    assert missing_rights(ask(), HERE, RICE) == {}


def test_a_recall_is_answered_once_with_what_is_there() -> None:
    points, held = RightKey("points/r1"), Counters(granted=100, spent=70)
    answer = decide_return(points, 0, 50, held)
    assert answer == Accepted(Returned(points, 50), (Move(points, Counter.RETURNED, 30),))
    assert decide_return(points, 0, 20, held) == Accepted(Returned(points, 20), (Move(points, Counter.RETURNED, 20),))
    assert decide_return(points, 50, 50, held) is None
    assert decide_return(points, 50, 60, Counters()) == Accepted(Returned(points, 60), ())
    assert decide_return(RightKey("stock/7"), 0, 5, held) == Accepted(Returned(RightKey("stock/7"), 5), ())


def test_an_award_moves_budget_to_a_resident_and_back() -> None:
    award = Award("a1", ResidentId("r1"), 30, HE, "打扫楼道")
    given = decide_award(award, Counters(granted=30), Rules())
    assert isinstance(given, Accepted)
    assert given.moves == (
        Move(RightKey("budget/awards"), Counter.SPENT, 30),
        Move(RightKey("points/r1"), Counter.EARNED, 30),
    )
    assert decide_award(award, Counters(granted=29), Rules()) == Refused(RefusalCode.BUDGET_SHORT, {"left": 29})
    assert decide_award(award, Counters(granted=99), Rules(award_points_max=29)) == Refused(
        RefusalCode.AWARD_TOO_MUCH, {"most": 29}
    )
    assert isinstance(decide_undo(award, Counters(earned=30), HE, "记错了"), Accepted)
    assert decide_undo(award, Counters(earned=10), HE, "记错了") == Refused(RefusalCode.POINTS_SHORT, {"missing": 20})
    assert decide_undo(None, Counters(), HE, "") == Refused(RefusalCode.AWARD_UNKNOWN)


def test_pieces_come_and_go() -> None:
    assert isinstance(decide_receive(ItemId(7), 5, Counters(), HE, "送货"), Accepted)
    assert isinstance(decide_write_off(ItemId(7), 5, Counters(earned=5), HE, "破损"), Accepted)
    assert decide_write_off(ItemId(7), 6, Counters(earned=5), HE, "破损") == Refused(RefusalCode.STOCK_OUT, {"left": 5})


NOW = 1_795_388_316_000


@pytest.mark.parametrize(
    ("heard", "opened", "clock_ok", "days"),
    [
        (NOW - 31 * DAY_MS, NOW - 90 * DAY_MS, True, 31),
        (NOW - 31 * DAY_MS + 1, NOW - 90 * DAY_MS, True, None),
        (None, NOW - 40 * DAY_MS, True, 40),
        (None, None, True, None),
        (NOW - 90 * DAY_MS, None, False, None),
        (5_000, NOW - 90 * DAY_MS, True, None),
        (NOW + 90 * DAY_MS, None, True, None),
    ],
)
def test_a_long_silence_stops_the_sale_by_a_right_clock_alone(
    heard: int | None, opened: int | None, days: int | None, *, clock_ok: bool
) -> None:
    assert alone_for(NOW, heard, opened, Rules(), clock_ok=clock_ok) == days
    assert alone_for(NOW, heard, opened, Rules(offline_days_max=0), clock_ok=clock_ok) is None
