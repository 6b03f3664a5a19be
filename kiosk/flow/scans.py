"""A code before the scanner, an ID card on the reader."""

from __future__ import annotations

from dataclasses import replace

from domain.refusals import RefusalCode, Refused
from kiosk.flow.events import CardLaid, CardUnread, LookUp, LookUpCard, Scanned
from kiosk.flow.mine import before_own
from kiosk.flow.pins import without_digits
from kiosk.flow.states import AtItem, Fetching, Idle, Looking, Printing, Reading, Redeeming, Session, State
from kiosk.flow.trust_states import PinUnderWay, Withdrawing
from kiosk.flow.turn import Turn, go, stay


def on_scan(session: Session, event: Scanned | CardLaid, now: float) -> Turn:
    """Look the card up; not while points are being spent or a paper printed: first one person, then the next."""
    if isinstance(session.state, Looking | Redeeming | Printing | PinUnderWay | Withdrawing):
        return stay(session)
    match event:
        case CardLaid(digest, visit):
            look: LookUp | LookUpCard = LookUpCard(visit, digest)
        case Scanned(code, visit):
            look = LookUp(visit, code)
    before: State = without_digits(session.state)
    if isinstance(before, Fetching):
        before = AtItem(before.visit, before.item, before.page, before.pieces)
    elif isinstance(before, Reading):
        before = before_own(before)  # its answer would find another screen
    turn = go(session, Looking(event.visit, before, id_card=isinstance(event, CardLaid)), now, look)
    return Turn(replace(turn.session, touched_at=session.touched_at, warned_at=session.warned_at), turn.effects)


def on_unread(session: Session, event: CardUnread, now: float) -> Turn:
    """Say it to whoever stands there; somebody in the middle of a visit is not disturbed by another's card."""
    if not isinstance(session.state, Idle):
        return stay(session)
    return go(session, Idle(Refused(RefusalCode.CARD_UNREADABLE, {"code": event.code})), now)
