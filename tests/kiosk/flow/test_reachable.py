"""All that the screen can come to by any chain of events: never a fault, never stuck, never somebody's remains."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from domain.ids import CommandId, VisitId
from kiosk import actions as a
from kiosk.audit.alone import seconds_alone
from kiosk.audit.strings import strings_in
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.consenting import unasked
from kiosk.flow.step import step
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from tests.kiosk.flow.reachable import TIMES, Reached, name_of, walk
from tests.kiosk.flow.world import ISSUED, REFUSED

UNDER_WAY = s.UNDER_WAY
PERSONAL = {"chen", "zhang", "li", "陈*芳", "张*三", "李*", "v2", "v3", "v9", "press"}
"""Whatever the events of the world carry of a person or of a visit."""
OF_STAFF = {"he", "何静", "A-000001-0"}


@pytest.fixture(scope="module")
def reached() -> list[Reached]:
    """Walks once; a step that fails says how it came about."""
    found, steps = walk()
    for taken in steps:
        for effect in taken.effects:
            assert isinstance(effect, get_args(e.Effect)), (name_of(taken.event), effect)
        if isinstance(taken.before.state, s.Fetching) and not isinstance(taken.after.state, s.Fetching):
            assert [effect for effect in taken.effects if isinstance(effect, e.Unwish)]
        spends = [effect for effect in taken.effects if isinstance(effect, e.CarryOut)]
        if spends:
            confirmed = isinstance(taken.event, e.Pressed) and isinstance(taken.event.action, a.Confirm | a.AcceptLater)
            passed = isinstance(taken.event, te.PinAnswered) and taken.event.refused is None
            visit = s.visit_of(taken.before.state)
            assert visit is not None
            assert passed if visit.rules.pin_above else confirmed
    return found


def test_every_state_can_be_reached_from_the_first_screen(reached: list[Reached]) -> None:
    print(f"{len(reached)} shapes, the longest way {max(len(there.way) for there in reached)} events")
    assert {type(there.session.state) for there in reached} == set(get_args(s.State))


def test_time_alone_leads_back_from_everywhere(reached: list[Reached]) -> None:
    """Once desk and printer have answered, as they always do."""
    for there in reached:
        session, now = there.session, there.now
        for answer in (
            e.Redeemed(CommandId("press"), REFUSED), e.StaffAnswered(None), *_trusted(session.state),
            e.JoinReported(CommandId("press"), REFUSED), e.WithdrawReported(None),
        ):  # fmt: skip
            session, _ = step(session, answer, now, TIMES)
        if isinstance(session.state, s.OutOfOrder):
            continue  # the office or staff mend it; see the next test
        assert seconds_alone(session, now, TIMES) is not None, there.way


def _trusted(state: s.State) -> tuple[e.Event, ...]:
    """What the desk answers to a PIN or a withdrawal that is under way."""
    match state:
        case t.PinUnderWay(_, due):
            return (te.PinAnswered(due.command.command, REFUSED),)
        case t.Withdrawing(visit):
            return (te.ConsentKept(visit.id, None),)
        case _:
            return ()


def test_what_is_out_of_order_comes_back_when_it_is_mended(reached: list[Reached]) -> None:
    for there in reached:
        if isinstance(there.session.state, s.OutOfOrder):
            mended = e.JournalRecovered(there.session.state.code)
            assert step(there.session, mended, there.now + 1, TIMES)[0].state == s.Idle()


def test_home_and_the_end_are_one_touch_away(reached: list[Reached]) -> None:
    for there in reached:
        state = there.session.state
        if isinstance(state, UNDER_WAY | s.OutOfOrder):
            continue
        visit = s.visit_of(state)
        home, _ = step(there.session, e.Pressed(a.Home(), CommandId("p")), there.now + 1, TIMES)
        first = unasked(state) or (s.Idle() if visit is None else s.AtHome(visit))
        assert home.state == first, there.way
        end, _ = step(there.session, e.Pressed(a.Finish(), CommandId("p")), there.now + 1, TIMES)
        assert end.state == s.Idle(), there.way


def test_what_is_promised_on_a_screen_leads_somewhere(reached: list[Reached], scene: Scene) -> None:
    """Back, home, finish and help of the frame do something, wherever the frame offers them."""
    for there in reached:
        frame = present(there.session, scene, Instant(0, there.now)).frame
        for button in (frame.back, frame.home, frame.finish, frame.help):
            if button is None or isinstance(there.session.state, UNDER_WAY | s.OutOfOrder):
                continue
            after, _ = step(there.session, e.Pressed(button.action, CommandId("p")), there.now + 1, TIMES)
            stays = button is frame.home and unasked(there.session.state) == there.session.state
            assert stays or after.state != there.session.state, (there.way, button.label)


def test_nothing_of_a_person_is_left_where_nobody_is(reached: list[Reached], scene: Scene) -> None:
    """The whole session is searched, not only the screen; of staff nothing stays on the first screen either."""
    for there in reached:
        session = there.session
        visit = s.visit_of(session.state)
        if visit is not None or isinstance(session.state, s.Looking) or joins(session.state):
            continue
        found = set(strings_in(replace(session, office=None)))
        assert not found & PERSONAL, (there.way, found & PERSONAL)
        view = present(session, scene, Instant(0, there.now))
        assert not PERSONAL & set(strings_in(view)), there.way
        assert view.frame.resident == view.frame.balance == ""
        if isinstance(session.state, s.Idle):
            assert not found & OF_STAFF, (there.way, found & OF_STAFF)


def test_a_voucher_that_stands_is_never_lost_from_the_screen(reached: list[Reached]) -> None:
    """Whatever comes while its paper prints: the number stays, or the result of the printing does."""
    printing = [there for there in reached if isinstance(there.session.state, s.Printing)]
    assert printing
    for there in printing:
        for event in (e.JournalFailed("journal.unwritable"), e.Ticked(), e.Scanned("YZC1:X", VisitId("v3"))):
            after, _ = step(there.session, event, there.now + 1, TIMES)
            assert ISSUED.number in set(strings_in(after)), (there.way, name_of(event))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(load_texts(), "学田湾社区党群驿站", tmp_path_factory.mktemp("pictures"))


def joins(state: s.State) -> bool:
    """Whoever asks to join has given something, which goes with their screen."""
    return isinstance(state, j.JoinState) or (isinstance(state, s.AtHelp) and joins(state.before))
