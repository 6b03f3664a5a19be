"""How many points lie in all but here: looked up while the resident stands at their home screen, asked once a visit."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.events import ElsewhereLooked, LookElsewhere
from kiosk.flow.nested import with_visit
from kiosk.flow.states import AtHome, AtMine, Session, visit_of
from kiosk.flow.turn import Turn, stay
from kiosk.flow.visit import Elsewhere, Visit

LOOK_SECONDS = 10.0
"""So long an answer of the office is looked for; the screen shows what it has meanwhile, and nobody waits."""


def look(session: Session, state: AtHome | AtMine, now: float) -> Turn:
    """Ask the desk, one look at a time. A neighbour is not told what somebody else has elsewhere."""
    visit = state.visit
    known = visit.known
    if visit.proxy or known.looking or not _wanted(session, known, now):
        return stay(session)
    ask = session.line and known.asked_at is None
    looking = replace(known, looking=True, asked_at=now if ask else known.asked_at)
    asked = replace(session, state=replace(state, visit=replace(visit, known=looking)))
    return Turn(asked, (LookElsewhere(visit.id, visit.resident, ask=ask),))


def on_looked(session: Session, event: ElsewhereLooked) -> Turn:
    """What the office said last; also when the resident went on to another screen meanwhile."""
    visit = visit_of(session.state)
    if visit is None or (visit.id, visit.resident) != (event.visit, event.resident):
        return stay(session)

    def told(visit: Visit) -> Visit:
        return replace(visit, known=replace(visit.known, told=event.told, looking=False, looked=True))

    return Turn(replace(session, state=with_visit(session.state, told)))


def _wanted(session: Session, known: Elsewhere, now: float) -> bool:
    if not known.looked:
        return True
    if not session.line or (known.told is not None and known.told.fresh):
        return False
    return known.asked_at is None or now - known.asked_at < LOOK_SECONDS
