"""Points that lie elsewhere: asked for only where that can help, never longer than said, withdrawn with the screen."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from domain.catalogue import ItemClass
from domain.ids import NOBODY, CommandId, ItemId, ResidentId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk import actions as a
from kiosk.desk.answers import StaffHere
from kiosk.desk.wish_states import Coming, Fetched, Granted, NoLine, Short, Unreachable, Waiting, WishState
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from tests.kiosk.flow.world import ALONE, CUT_OFF, FAR, FOR_ZHANG, HEARD, HERE, OK, RICE, STAFF, VISIT, WISH
from tests.support.desk import CATALOGUE

TIMES = s.Times()
CHEN = ResidentId("chen")
ASKED = e.Fetch(WISH, VISIT.command(CommandId("press"), RICE), CATALOGUE, VISIT.rules)
GONE = (e.Unwish(WISH),)


def at(state: s.State, office: s.Office | None = HEARD) -> s.Session:
    return s.Session(state, printer=OK, office=office)


def press(here: s.Session, action: a.Action, now: float = 1.0) -> tuple[s.Session, tuple[e.Effect, ...]]:
    return step(here, e.Pressed(action, CommandId("press")), now, TIMES)


def told(here: s.Session, state: WishState, points: int = 100) -> tuple[s.State, tuple[e.Effect, ...]]:
    after, effects = step(here, e.WishLooked(WISH, Fetched(state, points)), 2.0, TIMES)
    return after.state, effects


def test_what_is_short_here_is_asked_of_the_office_while_it_is_heard() -> None:
    here, effects = press(at(s.AtItem(FAR, RICE, 1)), a.Redeem())
    assert (here.state, effects) == (s.Fetching(FAR, RICE, WISH, 1), (ASKED,))
    for office in (None, CUT_OFF):
        assert press(at(s.AtItem(FAR, RICE), office), a.Redeem()) == (at(s.AtItem(FAR, RICE), office), ())


def test_nothing_is_asked_for_what_nobody_can_have() -> None:
    gone = replace(FAR, stock={ItemId(101): 0})
    off = msgspec.structs.replace(RICE, available=False)
    for state in (s.AtItem(gone, RICE), s.AtItem(FAR, off)):
        assert press(at(state), a.Redeem()) == (at(state), ())


def test_once_it_is_here_the_confirmation_comes_by_itself_with_what_is_here_now() -> None:
    state, effects = told(at(s.Fetching(FAR, RICE, WISH, 1)), Granted(), points=130)
    assert (state, effects) == (s.AtConfirm(replace(FAR, points=130), RICE, 1), GONE)


def test_the_last_piece_may_go_while_points_come() -> None:
    gone = replace(FAR, stock={ItemId(101): 0})
    state, _ = told(at(s.Fetching(gone, RICE, WISH)), Granted(), points=130)
    assert state == s.AtItem(replace(gone, points=130), RICE)


def test_it_is_looked_at_one_look_at_a_time_and_says_where_it_comes_from() -> None:
    here = at(s.Fetching(FAR, RICE, WISH))
    assert step(here, e.Ticked(), 1.0, TIMES) == (here, ())
    state, effects = told(here, Coming("江北社区驿站"))
    assert (state, effects) == (s.Fetching(FAR, RICE, WISH, place="江北社区驿站", looked=False), ())
    after, effects = step(replace(here, state=state), e.Ticked(), 3.0, TIMES)
    assert effects == (e.LookAtWish(WISH, CHEN, NOBODY, VISIT.rules),)
    assert step(after, e.Ticked(), 4.0, TIMES)[1] == ()


@pytest.mark.parametrize("why", [Short(5), Unreachable("江北社区驿站"), NoLine()])
def test_what_does_not_come_ends_in_a_sentence_and_leads_back_to_the_shelf(
    why: Short | Unreachable | NoLine,
) -> None:
    state, effects = told(at(s.Fetching(FAR, RICE, WISH, 1)), why)
    assert isinstance(state, s.AtNotFetched)
    assert (state.why, effects) == (why, GONE)
    shelf, _ = press(at(state), a.Back())
    assert shelf.state == s.AtItems(state.visit, ItemClass.GOODS, 1)


def test_nobody_is_asked_to_wait_longer_than_the_rules_say() -> None:
    here = at(s.Fetching(FAR, RICE, WISH))
    assert isinstance(step(here, e.Ticked(), 19.9, TIMES)[0].state, s.Fetching)
    after, effects = step(here, e.Ticked(), 20.0, TIMES)
    assert (after.state, effects) == (s.AtNotFetched(FAR, RICE, 0, Waiting()), GONE)
    again, effects = press(after, a.Redeem(), 21.0)
    assert (again.state, effects) == (s.Fetching(FAR, RICE, WISH), (ASKED,))


def test_what_the_office_said_is_short_is_not_asked_again_in_this_visit() -> None:
    state, _ = told(at(s.Fetching(FAR, RICE, WISH)), Short(5))
    assert press(at(state), a.Redeem()) == (at(state), ())
    item = s.AtItem(replace(FAR, elsewhere=5), RICE)
    assert press(at(item), a.Redeem()) == (at(item), ())
    cheaper = s.AtItem(replace(FAR, elsewhere=5), msgspec.structs.replace(RICE, points=105))
    assert isinstance(press(at(cheaper), a.Redeem())[0].state, s.Fetching)


@pytest.mark.parametrize(
    ("action", "left"),
    [
        (a.Back(), s.AtItem(FAR, RICE)),
        (a.Home(), s.AtHome(FAR)),
        (a.Finish(), s.Idle()),
        (a.CallStaff(), s.AtHelp(s.AtItem(FAR, RICE))),
    ],
)
def test_whoever_does_not_wait_any_longer_withdraws_the_wish(action: a.Action, left: s.State) -> None:
    here, effects = press(at(s.Fetching(FAR, RICE, WISH)), action)
    assert (here.state, effects) == (left, GONE)


def test_a_card_a_fault_and_time_withdraw_it_too() -> None:
    here = at(s.Fetching(FAR, RICE, WISH))
    scanned, effects = step(here, e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    assert effects == (*GONE, e.LookUp(VisitId("v9"), "code"))
    same, _ = step(scanned, e.Recognised(VisitId("v9"), HERE), 2.0, TIMES)
    assert same.state == s.AtItem(FAR, RICE)
    assert step(here, e.JournalFailed("journal.unwritable"), 1.0, TIMES)[1] == GONE
    patient = replace(FAR, rules=Rules(wish_seconds=600))
    waiting = at(s.Fetching(patient, RICE, WISH))
    warned, effects = step(waiting, e.Ticked(), 60.0, TIMES)
    assert (warned.warned_at, effects) == (60.0, ())
    left, effects = step(warned, e.Ticked(), 90.0, TIMES)
    assert (left.state, effects) == (s.Idle(), GONE)


def test_an_answer_to_another_wish_means_nothing() -> None:
    here = at(s.Fetching(FAR, RICE, WISH))
    assert step(here, e.WishLooked(VisitId("earlier"), Fetched(Granted(), 900)), 2.0, TIMES) == (here, ())
    idle = at(s.AtItem(FAR, RICE))
    assert step(idle, e.WishLooked(WISH, Fetched(Granted(), 900)), 2.0, TIMES) == (idle, ())


@pytest.mark.parametrize("code", [RefusalCode.LIMIT_REACHED, RefusalCode.PROXY_LIMIT, RefusalCode.POINTS_SHORT])
def test_an_allowance_that_lies_elsewhere_is_fetched_after_the_desk_missed_it(code: RefusalCode) -> None:
    no = Refused(code, {"limit": "rice", "left": 0})
    rich = replace(FAR, points=380)
    after, effects = step(at(s.Redeeming(rich, RICE)), e.Redeemed(CommandId("press"), no), 1.0, TIMES)
    assert after.state == s.Fetching(rich, RICE, WISH, allowance=True)
    assert effects == (ASKED,)
    for visit, office in ((rich, CUT_OFF), (VISIT, HEARD)):
        after, effects = step(at(s.Redeeming(visit, RICE), office), e.Redeemed(CommandId("press"), no), 1.0, TIMES)
        assert (after.state, effects) == (s.AtRefusal(visit, no), ())


def test_what_a_neighbour_may_still_spend_is_fetched_as_well() -> None:
    little = replace(FOR_ZHANG, allowance=50)
    here, effects = press(at(s.AtItem(little, RICE)), a.Redeem())
    assert here.state == s.Fetching(little, RICE, WISH, allowance=True)
    assert effects == (e.Fetch(WISH, little.command(CommandId("press"), RICE), CATALOGUE, VISIT.rules),)
    after, _ = step(here, e.WishLooked(WISH, Fetched(Granted(), 500, 120)), 2.0, TIMES)
    assert isinstance(after.state, s.AtConfirm)
    assert after.state.visit.allowance == 120


def test_where_nothing_is_sold_no_visit_begins_and_staff_still_get_in() -> None:
    here, _ = step(at(s.Idle(), ALONE), e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    after, _ = step(here, e.Recognised(VisitId("v9"), HERE), 2.0, TIMES)
    assert after.state == s.Idle()
    staff, _ = step(here, e.Recognised(VisitId("v9"), StaffHere(STAFF.staff, STAFF.name)), 2.0, TIMES)
    assert isinstance(staff.state, s.AtStaff)
