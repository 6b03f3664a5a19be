"""A code before the scanner, an ID card on the reader."""

from __future__ import annotations

from dataclasses import replace

from domain.refusals import RefusalCode, Refused
from kiosk.flow.events import CardLaid, CardUnread, LookUp, LookUpCard, Scanned
from kiosk.flow.join_states import Asking, AtJoinCard, AtJoinGuardian
from kiosk.flow.mine import before_own
from kiosk.flow.pins import without_digits
from kiosk.flow.states import UNDER_WAY, AtItem, Fetching, Idle, Looking, Reading, Session, State
from kiosk.flow.turn import Turn, go, stay


def on_scan(session: Session, event: Scanned | CardLaid, now: float) -> Turn:
    """Look the card up; not while points are being spent or a paper printed: first one person, then the next."""
    if isinstance(session.state, UNDER_WAY):
        return stay(session)
    match event:
        case CardLaid(digest, visit, birth_year):
            look: LookUp | LookUpCard = LookUpCard(visit, digest, birth_year)
        case Scanned(code, visit):
            look = LookUp(visit, code)
    before: State = without_digits(session.state)
    if isinstance(before, Fetching):
        before = AtItem(before.visit, before.item, before.page, before.pieces)
    elif isinstance(before, Reading):
        before = before_own(before)  # its answer would find another screen
    if isinstance(before, Asking):
        before = Idle()  # nobody waits for that card any more
    turn = go(session, Looking(event.visit, before, id_card=isinstance(event, CardLaid)), now, look)
    return Turn(replace(turn.session, touched_at=session.touched_at, warned_at=session.warned_at), turn.effects)


def on_unread(session: Session, event: CardUnread, now: float) -> Turn:
    """Say it to whoever stands there; somebody in the middle of a visit is not disturbed by another's card."""
    if isinstance(session.state, AtJoinCard | AtJoinGuardian):
        return go(session, replace(session.state, unread=event.code), now)
    if not isinstance(session.state, Idle):
        return stay(session)
    return go(session, Idle(Refused(RefusalCode.CARD_UNREADABLE, {"code": event.code})), now)
