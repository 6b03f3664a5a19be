"""An ID card on the reader is a card like any other; one that cannot be read disturbs nobody's visit."""

from __future__ import annotations

from devices.ports import DocumentType, IdCardProblem, IdCardRead
from domain.ids import VisitId
from domain.refusals import RefusalCode, Refused
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from tests.kiosk.flow.world import HERE, LAID, RICE, VISIT

TIMES = s.Times()


def after(session: s.Session, *events: e.Event) -> tuple[s.Session, tuple[e.Effect, ...]]:
    effects: tuple[e.Effect, ...] = ()
    for event in events:
        session, effects = step(session, event, 1.0, TIMES)
    return session, effects


def test_a_card_laid_is_looked_up_and_a_visit_begins() -> None:
    session, effects = after(s.Session(), LAID)
    assert effects == (e.LookUpCard(LAID.visit, LAID.digest),)
    session, _ = after(session, e.Recognised(LAID.visit, HERE))
    assert isinstance(session.state, s.AtHome)


def test_it_waits_while_points_are_spent_or_a_paper_is_printed() -> None:
    session = s.Session(s.Redeeming(VISIT, RICE))
    assert after(session, LAID) == (session, ())


def test_one_that_cannot_be_read_is_said_to_whoever_stands_there() -> None:
    session, effects = after(s.Session(), e.CardUnread("idcard.lifted"))
    assert effects == ()
    assert session.state == s.Idle(Refused(RefusalCode.CARD_UNREADABLE, {"code": "idcard.lifted"}))
    visit = s.Session(s.AtHome(VISIT))
    assert after(visit, e.CardUnread("idcard.lifted")) == (visit, ())


def test_of_a_card_nothing_goes_on_but_its_digest() -> None:
    event = e.card_laid(IdCardRead("1:abc", DocumentType.RESIDENT, 1948), VisitId("v"))
    assert event == e.CardLaid("1:abc", VisitId("v"), 1948)
    assert not any(secret in repr(event) for secret in ("abc", "1948"))
    assert e.card_laid(IdCardProblem("idcard.unreadable"), VisitId("v")) == e.CardUnread("idcard.unreadable")
