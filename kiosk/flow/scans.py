"""A code before the scanner."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.events import LookUp, Scanned
from kiosk.flow.states import Looking, Printing, Redeeming, Session
from kiosk.flow.turn import Turn, go, stay


def on_scan(session: Session, event: Scanned, now: float) -> Turn:
    """Look the code up; not while points are being spent or a paper printed: first one person, then the next."""
    if isinstance(session.state, Looking | Redeeming | Printing):
        return stay(session)
    turn = go(session, Looking(event.visit, session.state), now, LookUp(event.visit, event.code))
    return Turn(replace(turn.session, touched_at=session.touched_at, warned_at=session.warned_at), turn.effects)
