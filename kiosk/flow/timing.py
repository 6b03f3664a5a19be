"""What time does: the warning, the end of a visit, the end of a waiting."""

from __future__ import annotations

from dataclasses import replace

from domain.refusals import RefusalCode, Refused
from kiosk.flow import asking, elsewhere, fetching
from kiosk.flow.join_states import Asking, AtJoined, AtWithdrawn, Joining, JoinPrinting, JoinState, TakingBack
from kiosk.flow.states import (
    AtDone,
    AtHelp,
    AtHome,
    AtMine,
    Fetching,
    Idle,
    Looking,
    OutOfOrder,
    Printing,
    Redeeming,
    Session,
    Times,
    visit_of,
)
from kiosk.flow.trust_states import AtFarewell, PinUnderWay, Withdrawing
from kiosk.flow.turn import Turn, go, stay


def on_tick(session: Session, now: float, times: Times) -> Turn:
    """Let time pass: warn, then end the visit. Nothing that is being spent or printed is ever cut short."""
    if session.torn is not None and now - session.torn_at >= times.torn_seconds:
        session = replace(session, torn=None)
    state = session.state
    match state:
        case Idle(refused):
            over = refused is not None and now - session.entered_at >= times.refusal_seconds
            return go(session, Idle(), now) if over else stay(session)
        case Looking():
            return _looking_tick(session, state, now, times)
        case Printing(visit, _, issued):
            over = now - session.entered_at >= times.printing_seconds
            return go(session, AtDone(visit, issued, "print.failed"), now) if over else stay(session)
        case Redeeming() | OutOfOrder() | PinUnderWay() | Withdrawing() | Joining() | TakingBack():
            return stay(session)
        case Fetching():
            turn = fetching.tick(session, state, now)
            return Turn(_warn_or_end(turn.session, now, times).session, turn.effects)
        case AtHome() | AtMine():
            turn = elsewhere.look(session, state, now)
            return Turn(_warn_or_end(turn.session, now, times).session, turn.effects)
        case Asking() | JoinPrinting():
            return _join_tick(session, state, now, times)
        case (
            AtDone(_, _, "") | AtFarewell() | AtHelp(AtDone(_, _, "") | AtFarewell()) | AtJoined(_, "") | AtWithdrawn()
        ):
            over = now - max(session.touched_at, session.entered_at) >= times.result_seconds
            return go(session, Idle(), now) if over else stay(session)
        case _:
            return _warn_or_end(session, now, times)


def _looking_tick(session: Session, state: Looking, now: float, times: Times) -> Turn:
    if now - session.entered_at < times.lookup_seconds:
        return stay(session)
    if visit_of(state.before) or isinstance(state.before, JoinState):
        return Turn(replace(session, state=state.before))  # another's card keeps no visit open
    return go(session, Idle(Refused(RefusalCode.LOOKUP_SLOW)), now)


def _join_tick(session: Session, state: Asking | JoinPrinting, now: float, times: Times) -> Turn:
    if isinstance(state, Asking):
        return asking.tick(session, state, now, times)
    over = now - session.entered_at >= times.printing_seconds
    return go(session, AtJoined(state.joined, "print.failed"), now) if over else stay(session)


def _warn_or_end(session: Session, now: float, times: Times) -> Turn:
    if session.warned_at is None:
        due = now - session.touched_at >= times.idle_seconds
        return Turn(replace(session, warned_at=now)) if due else stay(session)
    return go(session, Idle(), now) if now - session.warned_at >= times.warning_seconds else stay(session)


def seconds_left(session: Session, now: float, times: Times) -> int | None:
    """Return how many seconds the warning still counts, ``None`` if there is no warning."""
    if session.warned_at is None:
        return None
    return max(0, int(times.warning_seconds - (now - session.warned_at) + 0.999))
