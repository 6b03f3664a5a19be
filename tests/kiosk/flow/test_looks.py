"""How the screen looks and speaks is chosen in every state, changes nothing else, and is gone with its chooser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.ids import CommandId, ResidentId, VisitId
from kiosk import actions as a
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.look import ENGLISH, Look
from kiosk.presenter.speech import state_name
from tests.kiosk.flow.world import ACTIONS, HERE, ISSUED, RICE, STATES, VISIT

TIMES = s.Times()
CHOSEN = Look(large=True, contrast=True, language=ENGLISH, muted=True)
TOGGLES = (a.ToggleLarge(), a.ToggleContrast(), a.ToggleLanguage(), a.ToggleMute())


def after(session: s.Session, *events: a.Action | e.Event, now: float = 10.0) -> s.Session:
    for one in events:
        event = one if isinstance(one, e.Event) else e.Pressed(one, CommandId("p"))
        session, _ = step(session, event, now, TIMES)
    return session


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_every_state_takes_every_look_and_stays_what_it_is(state: s.State) -> None:
    chosen = after(s.Session(state, warned_at=5.0), *TOGGLES)
    assert chosen.look == CHOSEN
    assert chosen.state == state
    assert chosen.warned_at is None
    assert after(chosen, *TOGGLES).look == Look()


def test_a_look_lasts_for_the_visit_and_no_longer() -> None:
    session = s.Session(s.AtHome(VISIT), look=CHOSEN)
    assert after(session, a.ChooseClass("goods")).look == CHOSEN
    assert after(session, a.CallStaff(), a.Back()).look == CHOSEN
    assert after(session, a.Finish()).look == Look()
    assert after(replace(session, state=s.AtDone(VISIT, ISSUED)), e.Ticked(), now=30.0).look == Look()
    assert after(session, e.JournalFailed("journal.unwritable")).look == Look()


def test_another_persons_card_does_not_inherit_it() -> None:
    here = e.Recognised(VisitId("v2"), replace(HERE, resident=ResidentId("li"), name="李*"))
    session = s.Session(s.Looking(here.visit, s.AtHome(VISIT)), look=CHOSEN)
    assert after(session, here).look == Look()
    assert after(replace(session, state=s.Looking(here.visit, s.Idle())), here).look == CHOSEN


def test_before_the_visit_it_lasts_until_nobody_has_touched_for_a_minute() -> None:
    session = after(s.Session(), *TOGGLES, now=10.0)
    assert after(session, e.Ticked(), now=69.0).look == CHOSEN
    assert after(session, e.Ticked(), now=70.0).look == Look()


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_the_page_of_looks_leaves_all_below_it_as_it_was(state: s.State) -> None:
    session = after(s.Session(state), a.ChooseLook())
    assert session.choosing is not isinstance(state, s.Looking | s.Redeeming | s.Printing)
    assert after(session, a.Back()).choosing is False
    assert after(session, a.Back()).state == (state if session.choosing else after(s.Session(state), a.Back()).state)


def test_nothing_that_the_page_does_not_offer_reaches_the_state_below() -> None:
    session = s.Session(s.AtConfirm(VISIT, RICE), choosing=True)
    for action in ACTIONS:
        if not isinstance(action, a.LookAction | a.Home | a.Finish | a.CallStaff | a.Wake):
            left, effects = step(session, e.Pressed(action, CommandId("p")), 10.0, TIMES)
            assert left.state == session.state
            assert effects == ()
    assert after(session, a.Home()).state == s.AtHome(VISIT)
    assert after(session, a.MoreTime()).choosing
    assert not after(s.Session(s.Idle(), choosing=True), a.Finish()).choosing


def test_time_goes_on_under_the_page_of_looks() -> None:
    session = after(s.Session(s.AtDone(VISIT, ISSUED), entered_at=10.0), a.ChooseLook())
    done = after(session, e.Ticked(), now=31.0)
    assert done.state == s.Idle()
    assert not done.choosing


def test_whoever_asks_to_hear_hears() -> None:
    session = after(s.Session(look=Look(muted=True)), a.RepeatLine())
    assert not session.look.muted
    assert session.said == 1
