"""One step of the screen."""

from __future__ import annotations

from dataclasses import replace

from domain.refusals import RefusalCode, Refused
from kiosk.actions import Wake
from kiosk.desk.answers import Issued
from kiosk.flow.answers import on_office_answered, on_papers, on_print, on_recognised, on_redeemed, on_staff_answer
from kiosk.flow.asking import unasked
from kiosk.flow.consenting import on_consent
from kiosk.flow.elsewhere import on_looked
from kiosk.flow.events import (
    Answer,
    BoardTold,
    CardLaid,
    CardReaderReported,
    CardUnread,
    Effect,
    ElsewhereLooked,
    Event,
    FoundTornOff,
    JoinAnswer,
    JoinReported,
    JournalFailed,
    JournalRecovered,
    ListPapers,
    OfficeAnswered,
    OfficeLooked,
    PageRead,
    PaperAsked,
    PapersListed,
    Pressed,
    PrinterReported,
    PrintReported,
    Recognised,
    Redeemed,
    Scanned,
    ScannerReported,
    ScreenFailed,
    SlipReported,
    StaffAnswered,
    Ticked,
    WishLooked,
    WithdrawReported,
)
from kiosk.flow.fetching import on_wish, withdrawn
from kiosk.flow.finding import on_residents, on_surnames
from kiosk.flow.joining import on_joined, on_slip, on_withdrawn
from kiosk.flow.looks import chose, settled
from kiosk.flow.mine import on_page, on_paper_asked
from kiosk.flow.pins import on_pin
from kiosk.flow.presses import on_press
from kiosk.flow.scans import on_scan, on_unread
from kiosk.flow.states import (
    UNDER_WAY,
    AtDone,
    Idle,
    OutOfOrder,
    Printing,
    Redeeming,
    Session,
    State,
    Times,
    visit_of,
)
from kiosk.flow.timing import on_tick
from kiosk.flow.trust_events import ConsentKept, PinAnswered, ResidentsListed, SurnamesListed, TrustAnswer
from kiosk.flow.turn import Turn, go
from kiosk.flow.waking import woken

__all__ = ["step"]


def step(session: Session, event: Event, now: float, times: Times) -> tuple[Session, tuple[Effect, ...]]:
    """Return the session after ``event`` at ``now`` (monotonic seconds), and what to do.

    Every event is accepted in every state; one that means nothing there changes nothing.
    """
    chosen = chose(session, event.action, now) if isinstance(event, Pressed) else None
    turn = _turn(_seen(session, event), event, now, times) if chosen is None else Turn(chosen)
    after = settled(session, turn.session, now, times)
    if after.torn is not None and visit_of(after.state) is not None:
        after = replace(after, torn=None)  # whoever reads it afterwards would take it for their own
    if after.state is not session.state and type(after.state) is not type(session.state):
        after = replace(after, entered_at=now)
    left = (*withdrawn(session.state, after.state), *unasked(session.state, after.state))
    return after, (*left, *turn.effects)


def _seen(session: Session, event: Event) -> Session:
    """A press that means something to the state leaves the page of looks, if that is open."""
    return replace(session, choosing=False) if session.choosing and isinstance(event, Pressed) else session


def _turn(session: Session, event: Event, now: float, times: Times) -> Turn:
    match event:
        case (
            PrinterReported() | ScannerReported() | CardReaderReported() | OfficeLooked() | BoardTold() | FoundTornOff()
        ):
            return Turn(_told(session, event, now))
        case JournalRecovered(code):
            over = isinstance(session.state, OutOfOrder) and session.state.code == code
            return go(session, Idle(), now, ListPapers()) if over else Turn(session)
        case _ if isinstance(session.state, OutOfOrder):
            return _while_out_of_order(session, session.state, event, now)
        case JournalFailed():
            state = _out_of_order(event.code, session.state)
            known = replace(session, papers_waiting=0)  # of devices and office; nothing of a visit stays
            return Turn(replace(known, state=state, entered_at=now, touched_at=now, warned_at=None))
        case ScreenFailed():
            return _screen_failed(session, now)
        case Ticked():
            return on_tick(session, now, times)
        case Scanned() | CardLaid():
            return on_scan(session, event, now)
        case CardUnread():
            return on_unread(session, event, now)
        case Pressed():
            return on_press(session, event, now)
        case _:
            return _answered(session, event, now)


def _screen_failed(session: Session, now: float) -> Turn:
    """What is under way ends by itself, and says how; everything else begins anew."""
    if isinstance(session.state, UNDER_WAY):
        return Turn(session)
    return go(session, Idle(Refused(RefusalCode.SCREEN_FAULT)), now)


_Told = PrinterReported | ScannerReported | CardReaderReported | OfficeLooked | BoardTold | FoundTornOff


def _told(session: Session, event: _Told, now: float) -> Session:
    """What is known of devices, of the office and its board, and of the last visit before this start."""
    match event:
        case PrinterReported(state):
            return replace(session, printer=state)
        case ScannerReported(state):
            return replace(session, scanner=state)
        case CardReaderReported(state):
            return replace(session, card_reader=state)
        case OfficeLooked(office):
            return replace(session, office=office)
        case FoundTornOff(torn):
            return replace(session, torn=torn, torn_at=now)
        case BoardTold(board):
            return replace(session, board=board)


def _out_of_order(code: str, state: State) -> OutOfOrder:
    """Nothing of the resident stays but the number of a voucher that stands: it is theirs, and names nobody."""
    match state:
        case Printing(_, _, issued) | AtDone(_, issued):
            return OutOfOrder(code, number=issued.number)
        case Redeeming():
            return OutOfOrder(code, unsure=True)
        case _:
            return OutOfOrder(code)


def _while_out_of_order(session: Session, state: OutOfOrder, event: Event, now: float) -> Turn:
    match event:
        case Redeemed(_, answer) if state.unsure:  # asked before the trouble came, answered after it: no doubt is left
            number = answer.number if isinstance(answer, Issued) else ""
            return Turn(replace(session, state=OutOfOrder(state.code, number)))
        case Pressed(Wake()):
            return woken(session, now)
        case _:
            return Turn(session)


def _answered(session: Session, event: Answer, now: float) -> Turn:
    match event:
        case Recognised():
            return on_recognised(session, event, now)
        case Redeemed():
            return on_redeemed(session, event, now)
        case WishLooked():
            return on_wish(session, event, now)
        case PrintReported():
            return on_print(session, event)
        case PapersListed():
            return on_papers(session, event)
        case StaffAnswered():
            return on_staff_answer(session, event)
        case PageRead():
            return on_page(session, event, now)
        case PaperAsked():
            return on_paper_asked(session, event, now)
        case ElsewhereLooked():
            return on_looked(session, event)
        case _:
            return _answered_further(session, event, now)


def _answered_further(session: Session, event: TrustAnswer | JoinAnswer, now: float) -> Turn:
    match event:
        case OfficeAnswered() | JoinReported() | SlipReported() | WithdrawReported():
            return _join_answered(session, event, now)
        case ConsentKept():
            return on_consent(session, event, now)
        case PinAnswered():
            return on_pin(session, event, now)
        case SurnamesListed():
            return on_surnames(session, event)
        case ResidentsListed():
            return on_residents(session, event)


def _join_answered(session: Session, event: JoinAnswer, now: float) -> Turn:
    match event:
        case OfficeAnswered():
            return on_office_answered(session, event, now)
        case JoinReported():
            return on_joined(session, event, now)
        case SlipReported():
            return on_slip(session, event, now)
        case WithdrawReported():
            return on_withdrawn(session, event, now)
