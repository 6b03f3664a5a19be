"""Agreeing to what is kept, and taking that back."""

from __future__ import annotations

from kiosk import actions as a
from kiosk.flow.events import Pressed
from kiosk.flow.states import AtHelp, AtHome, AtRefusal, AtWhom, Idle, Looking, Session, State, visit_of
from kiosk.flow.trust_events import ConsentKept, GiveConsent, WithdrawConsent
from kiosk.flow.trust_states import DECLINED, WITHDRAWN, AtConsent, AtFarewell, AtWithdraw, Withdrawing
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit


def begun(visit: Visit, notice: int = 0) -> State:
    """The first screen of a visit. ``notice``: the version that its holder did not agree to yet, 0: nothing to ask."""
    if notice:
        return AtConsent(visit, notice)
    return AtWhom(visit) if visit.choices else AtHome(visit)


def unasked(state: State) -> AtConsent | None:
    """Return the question that still stands, whatever was laid over it: nothing leads around it into a visit."""
    match state:
        case AtConsent():
            return state
        case AtRefusal(visit, _, notice) if notice:
            return AtConsent(visit, notice)
        case AtHelp(before) | Looking(_, before):
            return unasked(before)
        case _:
            return None


def press_consent(session: Session, state: AtConsent, event: Pressed, now: float) -> Turn:
    """Agreed, or not: then nothing is written, and the visit is over."""
    match event.action:
        case a.AgreeNotice():
            asked = GiveConsent(state.visit.id, state.visit.holder, state.notice, state.visit.by_staff)
            return go(session, begun(state.visit), now, asked)
        case a.DeclineNotice():
            return go(session, AtFarewell(DECLINED), now)
        case _:
            return stay(session)


def press_withdraw(session: Session, visit: Visit, event: Pressed, now: float) -> Turn:
    """From home to what is kept, and from there to the end of it. Only for oneself."""
    match session.state, event.action:
        case AtHome(), a.Withdraw() if visit.proxy is None:
            return go(session, AtWithdraw(visit), now)
        case AtWithdraw(), a.ConfirmWithdraw():
            return go(session, Withdrawing(visit), now, WithdrawConsent(visit.id, visit.holder, visit.by_staff))
        case _:
            return stay(session)


def on_consent(session: Session, event: ConsentKept, now: float) -> Turn:
    """The journal answered. A no to an agreement ends what was begun meanwhile, and one to a withdrawal is said."""
    state = session.state
    if isinstance(state, Withdrawing) and state.visit.id == event.visit:
        if event.refused is None:
            return go(session, AtFarewell(WITHDRAWN), now)
        return go(session, AtRefusal(state.visit, event.refused), now)
    visit = visit_of(state)
    if event.refused is None or visit is None or visit.id != event.visit:
        return stay(session)
    return go(session, Idle(event.refused), now)
