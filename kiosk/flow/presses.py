"""A press of a button: what it means depends on where it was pressed."""

from __future__ import annotations

from dataclasses import replace

from devices.ports import Health
from domain.ids import CommandId, ItemId
from kiosk import actions as a
from kiosk.flow.consenting import press_consent, press_withdraw, unasked
from kiosk.flow.events import Pressed, ReprintPaper, SettlePaper
from kiosk.flow.fetching import fetch
from kiosk.flow.finding import begin, press_finding
from kiosk.flow.join_states import Asking, AtUnknown, JoinState, WhyUnknown
from kiosk.flow.joining import before_step, on_join_press
from kiosk.flow.mine import before_own, on_own
from kiosk.flow.ordering import PAGE_SIZE, choices, searchable, shelf
from kiosk.flow.pins import press_pin, spend, without_digits
from kiosk.flow.reach import fetchable, most_pieces, redeemable
from kiosk.flow.states import (
    UNDER_WAY,
    AtConfirm,
    AtDone,
    AtGroups,
    AtHelp,
    AtHistory,
    AtHome,
    AtItem,
    AtItems,
    AtLaterQuestion,
    AtMine,
    AtNotFetched,
    AtRefusal,
    AtStaff,
    AtVoucher,
    AtVouchers,
    AtWhom,
    Fetching,
    Idle,
    Looking,
    Reading,
    Session,
    State,
    visit_of,
)
from kiosk.flow.trust_states import (
    AtConsent,
    AtFinding,
    AtPin,
    AtPinLocked,
    AtPinSet,
    AtPinStaff,
    AtWithdraw,
)
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit
from kiosk.flow.waking import woken

STAFF_PAGE_SIZE = 3
WHOM_PAGE_SIZE = 6


def on_press(session: Session, event: Pressed, now: float) -> Turn:
    """Carry a press out, if it means something in this state."""
    state, action = session.state, event.action
    if isinstance(state, UNDER_WAY):
        # What is under way ends by itself; but what a warning over it offers can be had.
        warned = isinstance(state, Looking) and session.warned_at is not None
        if not warned or not isinstance(action, a.MoreTime | a.Finish):
            return stay(session)
    match action:
        case a.Back() if isinstance(state, AtFinding):
            return press_finding(session, state, event, now)
        case a.MoreTime():
            return Turn(replace(session, touched_at=now, warned_at=None))
        case a.Wake():
            return woken(session, now)
        case a.Finish():
            return go(session, Idle(), now)
        case a.CallStaff():
            return _help(session, now)
        case a.Home():
            return _home(session, now)
        case a.Back():
            return _back(session, now)
        case _:
            return on_join_press(session, event, now) or _on_screen(session, event, now)


def _on_screen(session: Session, event: Pressed, now: float) -> Turn:
    match state := session.state:
        case AtStaff():
            return _staff(session, state, event, now)
        case AtFinding():
            return press_finding(session, state, event, now)
        case AtConsent():
            return press_consent(session, state, event, now)
        case AtPin() | AtPinSet() | AtPinStaff() | AtPinLocked():
            return press_pin(session, state, event, now)
        case AtWhom():
            return _whom(session, state, event, now)
    visit = visit_of(state)
    return stay(session) if visit is None else _in_visit(session, visit, event, now)


def _help(session: Session, now: float) -> Turn:
    match session.state:
        case AtHelp():
            return stay(session)
        case Fetching(visit, item, _, page, pieces=pieces):
            return go(session, AtHelp(AtItem(visit, item, page, pieces)), now)  # nobody waits for the office any more
        case Reading() as state:
            return go(session, AtHelp(before_own(state)), now)
        case Asking(_, card):
            return go(session, AtHelp(AtUnknown(card, WhyUnknown.SLOW)), now)
        case state:
            return go(session, AtHelp(without_digits(state)), now)


def _home(session: Session, now: float) -> Turn:
    visit = visit_of(session.state)
    home = unasked(session.state) or (Idle() if visit is None else AtHome(visit))
    return go(session, home, now)


def _back(session: Session, now: float) -> Turn:
    state = session.state
    before = before_step(session, state) if isinstance(state, JoinState) else _before(state)
    return go(session, before, now)


def _before(state: State) -> State:
    match state:
        case AtHelp(before):
            return before
        case AtHome(visit) if visit.choices:
            return AtWhom(visit.acting_for(visit.choices[0]))
        case AtGroups(visit, kind):
            return AtItems(visit, kind)
        case AtItem(visit, item, page) | AtNotFetched(visit, item, page):
            return AtItems(visit, item.kind, page)
        case AtConfirm(visit, item, page, pieces) | AtLaterQuestion(visit, item, page, pieces):
            return AtItem(visit, item, page, pieces)
        case Fetching(visit, item, _, page, pieces=pieces):
            return AtItem(visit, item, page, pieces)
        case AtPin(visit, due) | AtPinSet(visit, due) | AtPinStaff(visit, due) | AtPinLocked(visit, due):
            return AtConfirm(visit, due.item, due.page, due.command.pieces)
        case AtItems(visit) | AtRefusal(visit) | AtDone(visit) | AtWithdraw(visit):
            return unasked(state) or AtHome(visit)
        case Reading() | AtMine() | AtVouchers() | AtVoucher() | AtHistory():
            return before_own(state)
        case _:
            return Idle()


def _whom(session: Session, state: AtWhom, event: Pressed, now: float) -> Turn:
    visit = state.visit
    match event.action:
        case a.ChooseWhom(at) if 0 <= at < len(visit.choices):
            return go(session, AtHome(visit.acting_for(visit.choices[at])), now)
        case a.TurnPage(page):
            pages = page_count(len(visit.choices), WHOM_PAGE_SIZE)
            return go(session, replace(state, page=max(0, min(page, pages - 1))), now)
        case _:
            return stay(session)


def _in_visit(session: Session, visit: Visit, event: Pressed, now: float) -> Turn:
    match session.state, event.action:
        case (_, a.OpenMine() | a.OpenVouchers() | a.OpenHistory() | a.OpenVoucher() | a.AskPaper()) | (
            AtVouchers() | AtHistory(),
            a.TurnPage(),
        ):
            return on_own(session, visit, event.action, now)
        case ((AtHome() | AtItems()), a.ChooseClass(kind)):
            kinds = {item.kind.value: item.kind for item in visit.catalogue.items}
            whole = replace(visit, group=None)
            return go(session, AtItems(whole, kinds[kind]), now) if kind in kinds else stay(session)
        case (AtItems() | AtGroups() as state, _):
            return _on_shelf(session, state, event.action, now)
        case _, (a.Withdraw() | a.ConfirmWithdraw()):
            return press_withdraw(session, visit, event, now)
        case _:
            return _towards(session, visit, event, now)


def _on_shelf(session: Session, state: AtItems | AtGroups, action: a.Action, now: float) -> Turn:
    visit, kind = state.visit, state.kind
    match state, action:
        case _, a.TurnPage(page):
            pages = page_count(_count(state), PAGE_SIZE)
            return go(session, replace(state, page=max(0, min(page, pages - 1))), now)
        case AtItems(), a.ShowGroups() if searchable(visit, kind):
            return go(session, AtGroups(visit, kind), now)
        case AtGroups(), a.ChooseGroup(group) if group in choices(visit, kind):
            return go(session, AtItems(replace(visit, group=group), kind), now)
        case AtItems(), a.ChooseItem(item_id):
            item = visit.catalogue.item(ItemId(item_id))
            return stay(session) if item is None else go(session, AtItem(visit, item, state.page), now)
        case _:
            return stay(session)


def _count(state: AtItems | AtGroups) -> int:
    """How many there are to choose from, on all pages."""
    visit, kind = state.visit, state.kind
    return len(choices(visit, kind) if isinstance(state, AtGroups) else shelf(visit, kind))


def _towards(session: Session, visit: Visit, event: Pressed, now: float) -> Turn:
    """From one item to its voucher."""
    match session.state, event.action:
        case AtItem() as state, a.SetPieces(pieces):
            most = most_pieces(session, visit, state.item)
            return go(session, replace(state, pieces=max(1, min(pieces, most))), now)
        case AtItem() as state, a.Redeem() if redeemable(visit, state.item, state.pieces):
            return go(session, AtConfirm(visit, state.item, state.page, state.pieces), now)
        case (AtItem() | AtNotFetched() as state, a.Redeem()) if fetchable(session, visit, state.item, state.pieces):
            return fetch(session, visit, state.item, state.page, state.pieces, event.press, now)
        case AtConfirm() as state, a.Confirm():
            # Asked before anything is spent: with a printer that is not known to be ready, the paper comes later.
            if session.printer.health is not Health.OK:
                return go(session, AtLaterQuestion(visit, state.item, state.page, state.pieces), now)
            return _carry_out(session, state, event.press, now)
        case AtLaterQuestion() as state, a.AcceptLater():
            return _carry_out(session, state, event.press, now)
        case _:
            return stay(session)


def _carry_out(session: Session, state: AtConfirm | AtLaterQuestion, press: CommandId, now: float) -> Turn:
    command = state.visit.command(press, state.item, state.pieces)
    return spend(session, state.visit, state.item, command, state.page, now)


def _staff(session: Session, state: AtStaff, event: Pressed, now: float) -> Turn:
    match event.action:
        case a.FindResident() if state.busy is None:
            return begin(session, state, now)
        case a.TurnPage(page):
            pages = page_count(len(state.papers), STAFF_PAGE_SIZE)
            return go(session, replace(state, page=max(0, min(page, pages - 1))), now)
        case a.Reprint(job) if state.busy is None:
            return go(session, replace(state, busy=job, refused=None), now, ReprintPaper(job, state.staff))
        case a.SetAside(job) if state.busy is None:
            return go(session, replace(state, busy=job, refused=None), now, SettlePaper(job, state.staff))
        case _:
            return stay(session)


def page_count(items: int, size: int) -> int:
    """Return how many pages there are, at least one."""
    return max(1, -(-items // size))
