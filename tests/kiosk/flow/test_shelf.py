"""The shelf: its order, its groups, several pieces, and the limits of a household."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from domain.catalogue import Catalogue, Item, ItemClass
from domain.ids import CommandId, ItemId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Limit, Period, Rules
from kiosk import actions as a
from kiosk.desk.answers import LimitLeft
from kiosk.desk.wish_states import Fetched, Granted
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.ordering import PAGE_SIZE, shelf
from kiosk.flow.reach import fetchable, most_pieces, redeemable
from kiosk.flow.step import step
from kiosk.flow.visit import Visit
from tests.kiosk.flow.world import FAR, FOR_ZHANG, HEARD, ISSUED, LIMITED, LONG, OK, RICE, VISIT, WISH

TIMES = s.Times()
GOODS = ItemClass.GOODS


def press(state: s.State, *actions: a.Action) -> tuple[s.State, tuple[e.Effect, ...]]:
    session, effects = s.Session(state, printer=OK, office=HEARD), ()
    for action in actions:
        session, effects = step(session, e.Pressed(action, CommandId("press")), 1.0, TIMES)  # type: ignore[assignment]
    return session.state, effects


def ids(visit: Visit) -> list[int]:
    return [int(item.id) for item in shelf(visit, GOODS)]


def test_what_can_be_had_comes_first_then_what_was_taken_lately_then_the_order_of_the_office() -> None:
    prices = {101: 500, 102: 30, 103: 20, 104: 600, 105: 10}
    items = tuple(msgspec.structs.replace(RICE, id=ItemId(at), points=price) for at, price in prices.items())
    visit = replace(
        VISIT, points=100, catalogue=Catalogue(3, items), stock={ItemId(at): 9 for at in prices}, recent=(ItemId(105),)
    )
    assert ids(visit) == [105, 102, 103, 101, 104]
    assert ids(replace(visit, recent=(ItemId(104), ItemId(103)))) == [103, 102, 105, 104, 101]
    assert ids(replace(visit, stock={ItemId(101): 9})) == [105, 101, 102, 103, 104]  # all but one are gone or too dear


def test_nothing_is_ever_hidden_and_nothing_moves_when_the_line_goes() -> None:
    for visit in (LIMITED, replace(LIMITED, points=0), replace(LIMITED, away=True)):
        assert sorted(ids(visit)) == [int(item.id) for item in LONG.items]


def test_the_first_page_needs_no_touch_more_and_a_group_is_found_with_two() -> None:
    state, _ = press(s.AtHome(LIMITED), a.ChooseClass("goods"))
    assert isinstance(state, s.AtItems)
    state, _ = press(state, a.ShowGroups(), a.ChooseGroup("粮油"))
    assert isinstance(state, s.AtItems)
    assert {item.group for item in shelf(state.visit, GOODS)} == {"粮油"}
    deeper, _ = press(state, a.ChooseItem(104), a.Redeem(), a.Back(), a.Back())
    assert deeper == state
    again, _ = press(state, a.Back(), a.ChooseClass("goods"))
    assert isinstance(again, s.AtItems)
    assert again.visit.group is None


def test_groups_are_offered_only_where_they_help() -> None:
    assert press(s.AtItems(VISIT, GOODS), a.ShowGroups())[0] == s.AtItems(VISIT, GOODS)
    few = replace(LIMITED, catalogue=Catalogue(3, LONG.items[:PAGE_SIZE]))
    assert press(s.AtItems(few, GOODS), a.ShowGroups())[0] == s.AtItems(few, GOODS)
    assert press(s.AtGroups(LIMITED, GOODS), a.ChooseGroup("不存在"))[0] == s.AtGroups(LIMITED, GOODS)


def test_several_pieces_go_through_to_the_desk() -> None:
    state, effects = press(s.AtItem(VISIT, RICE), a.SetPieces(2), a.Redeem(), a.Confirm())
    assert state == s.Redeeming(VISIT, RICE, 2)
    assert isinstance(effects[0], e.CarryOut)
    assert effects[0].command.pieces == 2


@pytest.mark.parametrize("asked", [-3, 0, 3, 99])
def test_pieces_stay_within_what_can_be_had(asked: int) -> None:
    state, _ = press(s.AtItem(VISIT, RICE), a.SetPieces(asked))
    assert state == s.AtItem(VISIT, RICE, 0, 1 if asked < 1 else 2)


def most(visit: Visit, item: Item = RICE, office: s.Office | None = None) -> int:
    return most_pieces(s.Session(office=office), visit, item)


def test_points_stock_the_voucher_limits_and_a_neighbours_allowance_each_bound_the_pieces() -> None:
    plenty = replace(VISIT, points=9999, stock={RICE.id: 99})
    many = msgspec.structs.replace(RICE, pieces_max=9)
    limited = replace(plenty, rules=LIMITED.rules, limits=(LimitLeft("rice", 2, 0),))
    neighbour = replace(FOR_ZHANG, points=9999, stock={RICE.id: 99})  # 300 points of 120 each
    assert [most(plenty, many), most(replace(plenty, points=400), many), most(limited, many)] == [9, 3, 2]
    assert [most(replace(plenty, stock={RICE.id: 4}), many), most(neighbour, many), most(plenty)] == [4, 2, 2]
    assert most(FAR, RICE, HEARD) == 2  # the rest can be asked for
    assert most(FAR, RICE) == 1


def test_a_redemption_of_two_counts_as_two_everywhere() -> None:
    visit = replace(LIMITED, stock={RICE.id: 5}, limits=(LimitLeft("rice", 2, 0),))
    stocked = msgspec.structs.replace(RICE, pieces_max=3)
    after = visit.after(replace(ISSUED, pieces=2, points=240, left=140), stocked)
    assert (after.points, after.left_of(stocked), after.limits) == (140, 3, (LimitLeft("rice", 0, 2),))
    assert not redeemable(after, stocked)


def test_a_limit_that_was_used_here_is_not_asked_of_the_office_and_one_that_lies_elsewhere_is() -> None:
    session = s.Session(office=HEARD)
    used = replace(LIMITED, limits=(LimitLeft("rice", 0, 2),))
    elsewhere = replace(LIMITED, limits=(LimitLeft("rice", 0, 0),))
    item = LONG.items[0]
    assert not redeemable(used, item)
    assert not fetchable(session, used, item)
    assert fetchable(session, elsewhere, item)
    assert redeemable(replace(LIMITED, limits=()), item)  # no clock, no period: the desk counts nothing either


def test_a_limit_that_came_leads_on_to_the_confirmation() -> None:
    visit = replace(LIMITED, limits=(LimitLeft("rice", 0, 0),))
    waiting = s.Session(s.Fetching(visit, LONG.items[0], WISH, pieces=2, allowance=True), office=HEARD)
    found = Fetched(Granted(), 380, None, (LimitLeft("rice", 2, 0),))
    after, _ = step(waiting, e.WishLooked(WISH, found), 1.0, TIMES)
    assert isinstance(after.state, s.AtConfirm)
    assert after.state.pieces == 2


def test_what_the_desk_said_of_stock_and_points_is_believed() -> None:
    gone = Refused(RefusalCode.STOCK_OUT, {"left": 0})
    after, _ = step(s.Session(s.Redeeming(VISIT, RICE, 2)), e.Redeemed(CommandId("press"), gone), 1.0, TIMES)
    assert isinstance(after.state, s.AtRefusal)
    assert not redeemable(after.state.visit, RICE)
    short = Refused(RefusalCode.POINTS_SHORT, {"missing": 40})
    after, _ = step(s.Session(s.Redeeming(VISIT, RICE, 2)), e.Redeemed(CommandId("press"), short), 1.0, TIMES)
    assert isinstance(after.state, s.AtRefusal)
    assert after.state.visit.points == 200


def test_whoever_laid_an_id_card_is_reminded_of_it() -> None:
    from tests.kiosk.flow.world import HERE

    laid, _ = step(s.Session(), e.CardLaid("1:" + "a" * 64, VisitId("v5")), 1.0, TIMES)
    home, _ = step(laid, e.Recognised(VisitId("v5"), HERE), 2.0, TIMES)
    assert isinstance(home.state, s.AtHome)
    assert home.state.visit.id_card
    scanned, _ = step(s.Session(), e.Scanned("YZC1:X", VisitId("v5")), 1.0, TIMES)
    home, _ = step(scanned, e.Recognised(VisitId("v5"), HERE), 2.0, TIMES)
    assert isinstance(home.state, s.AtHome)
    assert not home.state.visit.id_card


def test_a_limit_of_another_item_does_not_count() -> None:
    rules = Rules(limits=(Limit("oil", 1, Period.EVER, items=(ItemId(102),)),))
    visit = replace(VISIT, rules=rules, limits=(LimitLeft("oil", 0, 1),))
    assert redeemable(visit, RICE)
