"""How the screen looks and speaks: chosen in any state, and gone with whoever chose it."""

from __future__ import annotations

from dataclasses import replace

from kiosk import actions as a
from kiosk.flow.join_states import Asking, JoinState
from kiosk.flow.states import (
    AtHelp,
    AtStaff,
    Idle,
    Looking,
    OutOfOrder,
    Printing,
    Redeeming,
    Session,
    State,
    Times,
    visit_of,
)
from kiosk.flow.trust_states import AtFarewell, AtFinding
from kiosk.look import CHINESE, ENGLISH, Look

SOMEBODY = "somebody"
"""Whoever is here without a visit: not known, or taking leave."""

_UNDER_WAY = Looking | Redeeming | Printing
_LEAVING = a.Home | a.Finish | a.CallStaff | a.Wake
"""What the frame offers on the page of looks too, and means the state below: the page is left by it."""


def chose(session: Session, action: a.Action, now: float) -> Session | None:
    """Carry out what concerns the look alone; None when ``action`` concerns the state.

    While the page of looks is open, nothing that it does not offer reaches the state: nobody saw what it would mean.
    """
    if isinstance(action, a.LookAction):
        return _carried_out(_here(session, now), action)
    if not session.choosing or isinstance(action, _LEAVING):
        return None
    return _here(replace(session, choosing=isinstance(action, a.MoreTime)), now)


def can_choose(state: State) -> bool:
    """Whether the page of looks may stand in place of this state's: not before what ends by itself in a moment."""
    return not isinstance(state, _UNDER_WAY)


def settled(before: Session, after: Session, now: float, times: Times) -> Session:
    """Bring the first look back when whoever chose another is gone, and leave the page of looks with its screen."""
    if after.choosing and type(before.state) is not type(after.state):
        after = replace(after, choosing=False)
    if after.look == Look() and not after.choosing:
        return after
    was, whose = _whose(before.state), _whose(after.state)
    found = isinstance(before.state, Asking) and whose is not None  # the office knew them: the same person
    gone = was is not None and whose != was and not found and not isinstance(after.state, AtFarewell)
    alone = isinstance(after.state, Idle | OutOfOrder) and now - after.touched_at >= times.idle_seconds
    return replace(after, look=Look(), choosing=False) if gone or alone else after


def _carried_out(session: Session, action: a.LookAction) -> Session:
    look = session.look
    match action:
        case a.ToggleLarge():
            return replace(session, look=replace(look, large=not look.large))
        case a.ToggleContrast():
            return replace(session, look=replace(look, contrast=not look.contrast))
        case a.ToggleLanguage():
            return replace(session, look=replace(look, language=CHINESE if look.language == ENGLISH else ENGLISH))
        case a.ToggleMute():
            return replace(session, look=replace(look, muted=not look.muted))
        case a.RepeatLine():  # whoever asks to hear wants to hear
            return replace(session, look=replace(look, muted=False), said=session.said + 1)
        case a.ChooseLook():
            return replace(session, choosing=can_choose(session.state))


def _here(session: Session, now: float) -> Session:
    """Somebody stands here: a warning is answered by any touch."""
    return replace(session, touched_at=now, warned_at=None)


def _whose(state: State) -> str | None:
    if isinstance(state, Looking | AtHelp):
        return _whose(state.before)
    if isinstance(state, AtStaff | AtFinding):
        return state.staff
    if isinstance(state, JoinState | AtFarewell):
        return SOMEBODY
    visit = visit_of(state)
    return None if visit is None else visit.id
