"""The answers of the desk and of the print queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices.ports import PrintState
from domain.ids import VisitId
from domain.refusals import Refused
from kiosk.desk.answers import ActFor, NotKnown, ResidentHere, StaffHere, UnknownCard
from kiosk.desk.wish_states import NoLine, Waiting
from kiosk.flow import asking, fetching, joining
from kiosk.flow.consenting import begun, unasked
from kiosk.flow.events import (
    ListPapers,
    OfficeAnswered,
    PapersListed,
    PrintReported,
    Recognised,
    Redeemed,
    StaffAnswered,
)
from kiosk.flow.join_states import Asking, JoinState
from kiosk.flow.pins import on_badge
from kiosk.flow.presses import STAFF_PAGE_SIZE, page_count
from kiosk.flow.states import (
    AtDone,
    AtHelp,
    AtRefusal,
    AtStaff,
    Idle,
    Looking,
    Printing,
    Redeeming,
    Session,
    State,
    visit_of,
)
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit

# A paper that surely came out: the printer said so, or it is one that cannot say.
_CAME_OUT = (PrintState.PRINTED, PrintState.SENT)


def on_recognised(session: Session, event: Recognised, now: float) -> Turn:
    """A card was looked up."""
    state = session.state
    if not isinstance(state, Looking) or state.visit != event.visit:
        return stay(session)  # an answer that came too late
    answer = event.answer
    if isinstance(answer, UnknownCard):
        turn = asking.on_unknown(session, state, answer, now)
        if isinstance(turn, Turn):
            return turn
        answer = turn
    match answer:
        case Refused() as refused:
            after = go(session, _after_refused(state.before, refused), now)
            if visit_of(state.before) is None:
                return after
            # Whoever scanned that is perhaps not whose visit this is: it does not keep the visit open.
            return Turn(replace(after.session, touched_at=session.touched_at, warned_at=session.warned_at))
        case StaffHere(staff, name):
            waited_for = on_badge(session, state.before, staff, now)
            return waited_for or go(session, AtStaff(staff, name), now, ListPapers())
        case ResidentHere() as here:
            before = visit_of(state.before)
            if before is not None and before.holder == here.resident:
                return go(session, _refreshed(state, here, before), now)
            guarded = joining.with_guardian(session, state.before, here)
            if guarded is not None:
                return go(session, guarded, now)
            if session.stopped is not None:
                return go(session, Idle(), now)  # which says so; only staff have something to do here now
            return go(session, begun(_visit(event.visit, here, id_card=state.id_card), here.notice), now)


def on_office_answered(session: Session, event: OfficeAnswered, now: float) -> Turn:
    """What the office says of a card that nobody knew here; to one that was left it means nothing."""
    state = session.state
    if not isinstance(state, Asking) or state.ask != event.ask:
        return stay(session)
    match event.answer:
        case NotKnown() | NoLine() | Waiting() as nothing:
            return asking.on_no_answer(session, state, nothing, now)
        case somebody:  # as if they had been known here all the time
            found = replace(session, state=Looking(state.ask, Idle(), id_card=state.card.id_card))
            return on_recognised(found, Recognised(state.ask, somebody), now)


def _after_refused(before: State, refused: Refused) -> State:
    if isinstance(before, JoinState):
        return joining.with_nothing(before)
    visit, asked = visit_of(before), unasked(before)
    return Idle(refused) if visit is None else AtRefusal(visit, refused, asked.notice if asked else 0)


def _refreshed(looking: Looking, here: ResidentHere, visit: Visit) -> State:
    """The same card once more: the visit goes on where it was, except that a finished one begins again."""
    again = isinstance(looking.before, AtDone)
    return begun(_visit(visit.id, here, id_card=looking.id_card), here.notice) if again else looking.before


def _visit(visit: VisitId, here: ResidentHere, *, id_card: bool) -> Visit:
    own = ActFor(here.resident, here.name, here.points, away=here.away, limits=here.limits, recent=here.recent)
    return Visit(
        id=visit,
        resident=here.resident,
        name=here.name,
        points=here.points,
        catalogue=here.catalogue,
        stock=here.stock,
        away=here.away,
        choices=(own, *here.may_act_for) if here.may_act_for else (),
        rules=here.rules,
        limits=here.limits,
        recent=here.recent,
        id_card=id_card,
        pin=here.pin,
        pin_locked=here.pin_locked,
        by_staff=here.by_staff,
    )


def on_redeemed(session: Session, event: Redeemed, now: float) -> Turn:
    """The journal has the voucher, or the rules said no."""
    state = session.state
    if isinstance(event.answer, Refused):
        if isinstance(state, Redeeming):
            return fetching.refused(session, state, event, event.answer, now)
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
    if isinstance(state, AtDone) and state.issued.job == event.job and not code:
        return Turn(replace(session, state=replace(state, code="")), (ListPapers(),))  # later than anybody waited for
    return Turn(_with_staff(session, lambda staff: replace(staff, busy=None)), (ListPapers(),))


def on_papers(session: Session, event: PapersListed) -> Turn:
    """The list of papers that wait for staff."""
    last = page_count(len(event.papers), STAFF_PAGE_SIZE) - 1
    torn = session.torn
    if torn is not None and torn.number and all(paper.number != torn.number for paper in event.papers):
        torn = replace(torn, paper_out=True)  # staff have printed it again, or seen it
    session = replace(session, papers_waiting=len(event.papers), torn=torn)
    return Turn(_with_staff(session, lambda staff: replace(staff, papers=event.papers, page=min(staff.page, last))))


def on_staff_answer(session: Session, event: StaffAnswered) -> Turn:
    """A reprint was queued, or a paper set aside, or neither."""
    session = _with_staff(session, lambda staff: replace(staff, busy=None, refused=event.refused))
    return Turn(session, (ListPapers(),))


def _with_staff(session: Session, change: Callable[[AtStaff], AtStaff]) -> Session:
    """Change the staff's screen, also when it stands behind a call for help or a card being looked up."""

    def changed(state: State) -> State:
        match state:
            case AtStaff():
                return change(state)
            case AtHelp(before) | Looking(_, before):
                return replace(state, before=changed(before))
            case _:
                return state

    return replace(session, state=changed(session.state))
