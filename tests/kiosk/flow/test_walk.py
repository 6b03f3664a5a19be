"""Every state meets every event: no exception, no dead end, and nothing personal stays behind."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest

from domain.ids import CommandId, VisitId
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.flow import events as e
from kiosk.flow import join_states as j
from kiosk.flow import states as s
from kiosk.flow import trust_events as te
from kiosk.flow import trust_states as t
from kiosk.flow.consenting import unasked
from kiosk.flow.step import step
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.speech import state_name
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import Button
from tests.kiosk.flow.world import ALONE, ASK, CUT_OFF, EVENTS, HEARD, OUT, REFUSED, STATES, WISH

TIMES = s.Times()
UNDER_WAY = s.Looking | s.Redeeming | s.Printing | t.PinUnderWay | t.Withdrawing
TEXTS = load_texts()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(TEXTS, "学田湾社区党群驿站", tmp_path_factory.mktemp("pictures"), demo=True)


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_every_event_is_taken_and_every_outcome_can_be_shown(state: s.State, scene: Scene) -> None:
    for event in EVENTS:
        for warned, office in product((None, 90.0), (None, HEARD, CUT_OFF, ALONE)):
            session = s.Session(state, 0.0, 0.0, warned, printer=OUT, office=office)
            after, effects = step(session, event, 100.0, TIMES)
            assert isinstance(effects, tuple)
            view = present(after, scene, Instant(1_795_388_316_000, 100.0))
            assert view.frame.clock == "06:58"
            assert view.speech or after.look.muted
            if s.visit_of(after.state) is None and not isinstance(after.state, t.AtFinding):  # staff see many names
                assert not any(name in repr(view) for name in ("陈*芳", "张*三"))
                if not joins(after.state):  # a guardian's id stays until it is sent
                    assert not any(name in repr(after) for name in ("chen", "zhang"))
            if isinstance(after.state, s.Idle):
                assert not any(secret in repr(after) for secret in ("dddd", "13800138000", "YZR1", "A-0001"))
            unasked = [effect for effect in effects if isinstance(effect, e.Unask)]
            gone = isinstance(state, j.Asking) and not isinstance(after.state, j.Asking)
            assert unasked == ([e.Unask(ASK)] if gone else [])
            asked = [effect for effect in effects if isinstance(effect, e.Unwish)]
            left = isinstance(state, s.Fetching) and not isinstance(after.state, s.Fetching)
            assert asked == ([e.Unwish(WISH)] if left else [])


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_left_alone_every_screen_comes_back_to_idle(state: s.State) -> None:
    """Answers of desk and printer come at last; then time alone leads home, with nothing of the visit left."""
    session, now = s.Session(state, entered_at=0.0, touched_at=0.0), 0.0
    for answer in (  # the journal's thread always answers, or says that the journal failed; a printer's may hang
        e.Redeemed(CommandId("press"), next(x for x in EVENTS if isinstance(x, e.Redeemed)).answer),
        e.StaffAnswered(None),
        te.PinAnswered(CommandId("press"), REFUSED),
        te.ConsentKept(VisitId("v1"), None),
        e.JoinReported(CommandId("press"), Refused(RefusalCode.JOIN_FULL)),
        e.WithdrawReported(None),
    ):
        session, _ = step(session, answer, now, TIMES)
    for _ in range(600):
        now += 1.0
        session, _ = step(session, e.Ticked(), now, TIMES)
    if isinstance(state, s.OutOfOrder):
        assert isinstance(session.state, s.OutOfOrder)
        return
    assert session.state == s.Idle()
    assert session.warned_at is None


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_whoever_waits_for_a_person_offers_a_way_on(state: s.State, scene: Scene) -> None:
    if isinstance(state, s.UNDER_WAY | s.OutOfOrder | s.Idle):
        return
    view = present(s.Session(state), scene, Instant(0, 0.0))
    ends = [value for value in buttons(view.body) if value.action == a.Finish()]
    assert view.frame.back or view.frame.home or view.frame.finish or ends or isinstance(state, t.AtFarewell)
    pressed = e.Pressed(a.Finish(), CommandId("p"))
    after, _ = step(s.Session(state), pressed, 1.0, TIMES)
    assert after.state == s.Idle()


def joins(state: s.State) -> bool:
    return isinstance(state, j.JoinState) or (isinstance(state, s.AtHelp | s.Looking) and joins(state.before))


def buttons(body: object) -> list[Button]:
    found = [getattr(body, field.name) for field in fields(body)]  # type: ignore[arg-type]
    return [
        one for value in found for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Button)
    ]


def test_home_is_one_touch_from_every_screen_of_a_visit() -> None:
    for state in STATES:
        visit = s.visit_of(state)
        if visit is None or isinstance(state, UNDER_WAY):
            continue
        after, _ = step(s.Session(state), e.Pressed(a.Home(), CommandId("p")), 1.0, TIMES)
        assert after.state == (unasked(state) or s.AtHome(visit))


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_nothing_leads_into_a_visit_around_a_notice_that_was_not_agreed_to(state: s.State, scene: Scene) -> None:
    if unasked(state) is None:
        return
    for event in EVENTS:
        after, effects = step(s.Session(state), event, 1.0, TIMES)
        agreed = event == e.Pressed(a.AgreeNotice(), CommandId("press"))
        visit = s.visit_of(after.state)
        same = visit is not None and visit.holder == "chen" and not isinstance(after.state, s.AtRefusal)
        assert not same or agreed or unasked(after.state) or isinstance(event, e.Recognised)
        assert any(isinstance(effect, te.GiveConsent) for effect in effects) == (agreed and after.state != state)


@pytest.mark.parametrize("state", STATES, ids=state_name)
def test_digits_of_a_pin_are_in_no_view_and_no_repr(state: s.State, scene: Scene) -> None:
    for event in EVENTS:
        after, effects = step(s.Session(state), event, 1.0, TIMES)
        view = present(after, scene, Instant(1_795_388_316_000, 100.0))
        assert not any(digits in repr(shown) for digits in ("482913", "111111") for shown in (after, effects, view))
        if isinstance(after.state, s.AtHelp | s.Looking) and state != after.state:
            inner = after.state.before
            assert not isinstance(inner, t.AtPin | t.AtPinSet) or inner.digits == "" or state == after.state


def test_a_card_code_is_in_no_repr() -> None:
    assert "YZC1" not in repr(e.Scanned("YZC1:SECRET", EVENTS[-1].__class__))  # type: ignore[arg-type]
    assert "YZC1" not in repr(e.LookUp("v", "YZC1:SECRET"))  # type: ignore[arg-type]
