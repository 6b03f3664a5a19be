"""The resident's own pages: vouchers and history. A page is read by the desk; until it is here nothing changes."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import NOBODY, ResidentId
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.desk.mine_answers import HistoryPage, PaperState, VouchersPage, VoucherState
from kiosk.flow.events import AskPaper, Effect, ListPapers, PageRead, PaperAsked, ReadHistory, ReadVouchers
from kiosk.flow.nested import changed
from kiosk.flow.states import (
    AtHistory,
    AtHome,
    AtMine,
    AtRefusal,
    AtVoucher,
    AtVouchers,
    Idle,
    OwnPage,
    Reading,
    Session,
    State,
    visit_of,
)
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit

# What means that nothing of this resident may be shown any more: erased meanwhile, or the neighbour not named.
_GONE = (RefusalCode.CARD_UNKNOWN, RefusalCode.PROXY_NOT_ALLOWED)


def on_own(session: Session, visit: Visit, action: a.Action, now: float) -> Turn:
    """A press on the home screen's entry, or on one of these pages. A neighbour sees no history (decision 0029)."""
    match session.state, action:
        case AtHome(), a.OpenMine() if visit.proxy is None:
            return go(session, AtMine(visit), now)
        case (AtHome() | AtMine()) as before, a.OpenVouchers():
            return _read(session, visit, before, OwnPage.VOUCHERS, 0, now)
        case AtMine() as before, a.OpenHistory() if visit.proxy is None:
            return _read(session, visit, before, OwnPage.HISTORY, 0, now)
        case AtVouchers(_, found) as before, a.TurnPage(page) if 0 <= page < found.pages:
            return _read(session, visit, before, OwnPage.VOUCHERS, page, now)
        case AtHistory(_, read) as before, a.TurnPage(page) if 0 <= page < read.pages:
            return _read(session, visit, before, OwnPage.HISTORY, page, now)
        case AtVouchers(_, found), a.OpenVoucher(at) if 0 <= at < len(found.vouchers):
            return go(session, AtVoucher(visit, found.vouchers[at], found), now)
        case AtVoucher() as state, a.AskPaper() if may_ask(state):
            asked = AskPaper(visit.id, visit.resident, _proxy(visit), state.voucher.number)
            return go(session, replace(state, busy=True), now, asked)
        case _:
            return stay(session)


def may_ask(state: AtVoucher) -> bool:
    """Whether another paper can be asked for: it is worth one, and staff do not know of it yet."""
    voucher = state.voucher
    return voucher.state is VoucherState.OPEN and voucher.paper is PaperState.OUT and not state.busy


def before_own(state: Reading | AtMine | AtVouchers | AtVoucher | AtHistory) -> State:
    """One screen back."""
    match state:
        case Reading(visit, before):
            return replace(before, visit=visit)
        case AtVoucher(visit, _, found):
            return AtVouchers(visit, found)
        case AtVouchers(visit) | AtHistory(visit) if visit.proxy is None:
            return AtMine(visit)
        case _:
            return AtHome(state.visit)


def on_page(session: Session, event: PageRead, now: float) -> Turn:
    """The desk read a page; one that was left meanwhile is not shown."""
    state = session.state
    if not isinstance(state, Reading) or (state.visit.id, state.visit.resident) != (event.visit, event.resident):
        return stay(session)
    visit = state.visit
    match event.answer:
        case Refused() as refused:
            return _refused(session, visit, refused, now)
        case VouchersPage() as found if state.what is OwnPage.VOUCHERS:
            return _arrive(session, AtVouchers(visit, found))
        case HistoryPage() as read if state.what is OwnPage.HISTORY:
            # The sum of the lines is what is here: the bar above must not say otherwise.
            return _arrive(session, AtHistory(visit.holding(read.balance, visit.allowance), read))
        case _:
            return stay(session)


def on_paper_asked(session: Session, event: PaperAsked, now: float) -> Turn:
    """The paper stands on the staff's list, or the desk said no."""
    visit = visit_of(session.state)
    if visit is None or visit.id != event.visit:
        return stay(session)
    if event.refused is not None:
        return _refused(session, visit, event.refused, now)

    def told(state: State) -> State:
        if not isinstance(state, AtVoucher) or state.voucher.number != event.number:
            return state
        voucher = replace(state.voucher, paper=PaperState.ASKED)
        rows = tuple(voucher if one.number == event.number else one for one in state.found.vouchers)
        return replace(state, voucher=voucher, found=replace(state.found, vouchers=rows), busy=False)

    return Turn(replace(session, state=changed(session.state, told)), (ListPapers(),))


def _read(
    session: Session,
    visit: Visit,
    before: AtHome | AtMine | AtVouchers | AtHistory,
    what: OwnPage,
    page: int,
    now: float,
) -> Turn:
    effect: Effect = ReadHistory(visit.id, visit.resident, page)
    if what is OwnPage.VOUCHERS:
        effect = ReadVouchers(visit.id, visit.resident, _proxy(visit), page)
    return go(session, Reading(visit, before, what), now, effect)


def _arrive(session: Session, state: State) -> Turn:
    """Not by a person's hand: the warning, if there is one, stands."""
    return Turn(replace(session, state=state))


def _refused(session: Session, visit: Visit, refused: Refused, now: float) -> Turn:
    return go(session, Idle(refused) if refused.code in _GONE else AtRefusal(visit, refused), now)


def _proxy(visit: Visit) -> ResidentId:
    return visit.proxy.resident if visit.proxy else NOBODY
