"""The answers of the desk and of the print queue."""

from __future__ import annotations

from dataclasses import replace

from devices.ports import PrintState
from domain.ids import VisitId
from domain.refusals import Refused
from kiosk.desk.answers import ResidentHere, StaffHere
from kiosk.flow.events import ListPapers, PapersListed, PrintReported, Recognised, Redeemed, StaffAnswered
from kiosk.flow.presses import STAFF_PAGE_SIZE, page_count
from kiosk.flow.states import (
    AtDone,
    AtHome,
    AtRefusal,
    AtStaff,
    Idle,
    Looking,
    Printing,
    Redeeming,
    Session,
    State,
    Visit,
    visit_of,
)
from kiosk.flow.turn import Turn, go, stay

# A paper that surely came out: the printer said so, or it is one that cannot say.
_CAME_OUT = (PrintState.PRINTED, PrintState.SENT)


def on_recognised(session: Session, event: Recognised, now: float) -> Turn:
    """A card was looked up."""
    state = session.state
    if not isinstance(state, Looking) or state.visit != event.visit:
        return stay(session)  # an answer that came too late
    match event.answer:
        case Refused() as refused:
            return go(session, _after_refused(state.before, refused), now)
        case StaffHere(staff, name):
            return go(session, AtStaff(staff, name), now, ListPapers())
        case ResidentHere() as here:
            before = visit_of(state.before)
            if before is not None and before.resident == here.resident:
                return go(session, _refreshed(state.before, here, before), now)
            return go(session, AtHome(_visit(event.visit, here)), now)


def _after_refused(before: State, refused: Refused) -> State:
    visit = visit_of(before)
    return Idle(refused) if visit is None else AtRefusal(visit, refused)


def _refreshed(before: State, here: ResidentHere, visit: Visit) -> State:
    """The same card once more: the visit goes on where it was, except that a finished one begins again."""
    return AtHome(_visit(visit.id, here)) if isinstance(before, AtDone) else before


def _visit(visit: VisitId, here: ResidentHere) -> Visit:
    return Visit(visit, here.resident, here.name, here.points, here.catalogue, here.stock)


def on_redeemed(session: Session, event: Redeemed, now: float) -> Turn:
    """The journal has the voucher, or the rules said no."""
    state = session.state
    if isinstance(event.answer, Refused):
        if isinstance(state, Redeeming):
            return go(session, AtRefusal(state.visit, event.answer), now)
        return stay(session)
    if not isinstance(state, Redeeming):
        return stay(session)
    visit = state.visit.after(event.answer, state.item)
    return go(session, Printing(visit, state.item, event.answer), now)


def on_print(session: Session, event: PrintReported) -> Turn:
    """A paper came out, or not."""
    state = session.state
    code = "" if event.state in _CAME_OUT else event.code or "print.failed"
    if isinstance(state, Printing) and state.issued.job == event.job:
        done = AtDone(state.visit, state.issued, code)
        return Turn(replace(session, state=done, touched_at=session.touched_at, warned_at=None), (ListPapers(),))
    if isinstance(state, AtStaff):
        return Turn(replace(session, state=replace(state, busy=None)), (ListPapers(),))
    return Turn(session, (ListPapers(),))


def on_papers(session: Session, event: PapersListed) -> Turn:
    """The list of papers that wait for staff."""
    session = replace(session, papers_waiting=len(event.papers))
    if isinstance(session.state, AtStaff):
        last = page_count(len(event.papers), STAFF_PAGE_SIZE) - 1
        page = min(session.state.page, last)
        session = replace(session, state=replace(session.state, papers=event.papers, page=page))
    return Turn(session)


def on_staff_answer(session: Session, event: StaffAnswered) -> Turn:
    """A reprint was queued, or a paper set aside, or neither."""
    state = session.state
    if isinstance(state, AtStaff):
        session = replace(session, state=replace(state, busy=None, refused=event.refused))
    return Turn(session, (ListPapers(),))
