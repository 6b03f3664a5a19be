"""Two people cannot get mixed up: a card is swapped in the middle of every state of a visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.ports import PrintState
from domain.ids import CommandId, ResidentId
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.presenter.speech import state_name
from tests.kiosk.flow.world import ACTIONS, EVENTS, HERE, ISSUED, LAID, STATES, VISITING

TIMES = s.Times()
LI = replace(HERE, resident=ResidentId("li"), name="李*", points=5)
FIRST = ("chen", "zhang", "陈*芳", "张*三")
UNDER_WAY = tuple(state for state in STATES if isinstance(state, s.Redeeming | s.Printing))


@pytest.mark.parametrize("state", VISITING, ids=state_name)
def test_another_card_begins_another_visit_with_nothing_of_the_first(state: s.State) -> None:
    if state in UNDER_WAY:
        return
    session, effects = step(s.Session(state), LAID, 1.0, TIMES)
    assert e.LookUpCard(LAID.visit, LAID.digest) in effects
    for action in ACTIONS:  # nothing is done for anybody while it is not known who stands there
        held, effects = step(session, e.Pressed(action, CommandId("x")), 1.1, TIMES)
        assert held.state == session.state
        assert effects == ()
    after, _ = step(session, e.Recognised(LAID.visit, LI), 2.0, TIMES)
    assert isinstance(after.state, s.AtHome)
    assert (after.state.visit.id, after.state.visit.holder) == (LAID.visit, "li")
    assert not any(word in repr(after) for word in FIRST)


@pytest.mark.parametrize("state", UNDER_WAY, ids=state_name)
def test_while_points_are_spent_no_card_is_taken_and_then_the_next_one_is(state: s.State) -> None:
    same, effects = step(s.Session(state), LAID, 1.0, TIMES)
    assert same.state == state
    assert effects == ()
    done = same
    for answer in (e.Redeemed(CommandId("press"), ISSUED), e.PrintReported(ISSUED.job, PrintState.PRINTED)):
        done, _ = step(done, answer, 2.0, TIMES)
    assert isinstance(done.state, s.AtDone)
    looking, _ = step(done, LAID, 3.0, TIMES)
    after, _ = step(looking, e.Recognised(LAID.visit, LI), 4.0, TIMES)
    assert not any(word in repr(after) for word in FIRST)


@pytest.mark.parametrize("state", VISITING, ids=state_name)
def test_what_was_asked_for_the_first_never_reaches_the_second(state: s.State) -> None:
    """Answers that come late, for a visit that a card ended, change nothing of the next one."""
    if state in UNDER_WAY:
        return
    looking, _ = step(s.Session(state), LAID, 1.0, TIMES)
    second, _ = step(looking, e.Recognised(LAID.visit, LI), 2.0, TIMES)
    for late in EVENTS:
        if isinstance(late, e.Redeemed | e.WishLooked | e.PrintReported | e.Recognised):
            after, effects = step(second, late, 3.0, TIMES)
            assert after.state == second.state, late
            assert not any(isinstance(effect, e.CarryOut | e.Fetch) for effect in effects)
