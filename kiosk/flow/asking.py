"""A card that nobody knows here: the office is asked, for a while, and then there is what can be done without it."""

from __future__ import annotations

from dataclasses import replace

from domain.refusals import RefusalCode, Refused
from kiosk.desk.answers import NotKnown, UnknownCard
from kiosk.desk.wish_states import NoLine, Waiting
from kiosk.flow.events import AskOffice, Effect, LookAtAsk, Unask
from kiosk.flow.join_states import Asking, AtRequest, AtUnknown, WhyUnknown
from kiosk.flow.joining import with_card
from kiosk.flow.states import Idle, Looking, Session, State, Times, visit_of
from kiosk.flow.turn import Turn, go, stay

UNKNOWN = Refused(RefusalCode.CARD_UNKNOWN)


def on_unknown(session: Session, state: Looking, card: UnknownCard, now: float) -> Turn | Refused:
    """Nobody is known by this card here. ``Refused`` where somebody else's visit goes on."""
    if visit_of(state.before) is not None:
        return UNKNOWN
    if session.stopped is not None:
        return go(session, Idle(), now)  # which says so
    wanted = with_card(session, state.before, card)
    if wanted is not None:
        return go(session, wanted, now)
    if card.request is not None:
        return go(session, AtRequest(card.request), now)
    if not session.line:
        return go(session, AtUnknown(card, WhyUnknown.NO_LINE), now)
    return go(session, Asking(state.visit, card), now, AskOffice(state.visit, card))


def on_no_answer(session: Session, state: Asking, answer: NotKnown | NoLine | Waiting, now: float) -> Turn:
    """The office has not said whose card it is."""
    match answer:
        case Waiting():
            return Turn(replace(session, state=replace(state, looked=False)))
        case NotKnown():
            return go(session, AtUnknown(state.card, WhyUnknown.NOT_KNOWN), now)
        case NoLine():
            return go(session, AtUnknown(state.card, WhyUnknown.NO_LINE), now)


def tick(session: Session, state: Asking, now: float, times: Times) -> Turn:
    """Give up when it takes longer than a person is asked to wait; look how it stands, one look at a time."""
    if now - session.entered_at >= times.ask_seconds:
        return go(session, AtUnknown(state.card, WhyUnknown.SLOW), now)
    if state.looked:
        return stay(session)
    return Turn(replace(session, state=replace(state, looked=True)), (LookAtAsk(state.ask, state.card),))


def unasked(before: State, after: State) -> tuple[Effect, ...]:
    """An ask goes with the screen that waits for it, whatever ended it."""
    if not isinstance(before, Asking) or (isinstance(after, Asking) and after.ask == before.ask):
        return ()
    return (Unask(before.ask),)
