"""A press of a button: what it means depends on where it was pressed."""

from __future__ import annotations

from dataclasses import replace

from devices.ports import Health
from domain.catalogue import Item
from domain.commands import RedeemItem
from domain.ids import CommandId, ItemId
from kiosk import actions as a
from kiosk.flow.events import CarryOut, Pressed, ReprintPaper, SettlePaper
from kiosk.flow.states import (
    AtConfirm,
    AtDone,
    AtHelp,
    AtHome,
    AtItem,
    AtItems,
    AtLaterQuestion,
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

PAGE_SIZE = 6
STAFF_PAGE_SIZE = 3


def on_press(session: Session, event: Pressed, now: float) -> Turn:
    """Carry a press out, if it means something in this state."""
    state, action = session.state, event.action
    if isinstance(state, Looking | Redeeming | Printing):
        return stay(session)  # what is under way ends by itself
    match action:
        case a.MoreTime():
            return Turn(replace(session, touched_at=now, warned_at=None))
        case a.Finish():
            return go(session, Idle(), now)
        case a.CallStaff():
            return stay(session) if isinstance(state, AtHelp) else go(session, AtHelp(state), now)
        case a.Home():
            return _home(session, now)
        case a.Back():
            return _back(session, now)
        case _:
            pass
    if isinstance(state, AtStaff):
        return _staff(session, state, event, now)
    visit = visit_of(state)
    return stay(session) if visit is None else _in_visit(session, visit, event, now)


def _home(session: Session, now: float) -> Turn:
    visit = visit_of(session.state)
    return go(session, Idle() if visit is None else AtHome(visit), now)


def _back(session: Session, now: float) -> Turn:
    before = _before(session.state)
    return go(session, before, now)


def _before(state: State) -> State:
    match state:
        case AtHelp(before):
            return before
        case AtItems(visit):
            return AtHome(visit)
        case AtItem(visit, item, page):
            return AtItems(visit, item.kind, page)
        case AtConfirm(visit, item, page) | AtLaterQuestion(visit, item, page):
            return AtItem(visit, item, page)
        case AtRefusal(visit) | AtDone(visit):
            return AtHome(visit)
        case _:
            return Idle()


def _in_visit(session: Session, visit: Visit, event: Pressed, now: float) -> Turn:
    state = session.state
    match state, event.action:
        case ((AtHome() | AtItems()), a.ChooseClass(kind)):
            kinds = {item.kind.value: item.kind for item in visit.catalogue.items}
            return go(session, AtItems(visit, kinds[kind]), now) if kind in kinds else stay(session)
        case AtItems(), a.TurnPage(page):
            return _turn_page(session, state, page, now)
        case AtItems(), a.ChooseItem(item_id):
            item = visit.catalogue.item(ItemId(item_id))
            return stay(session) if item is None else go(session, AtItem(visit, item, state.page), now)
        case AtItem(), a.Redeem() if redeemable(visit, state.item):
            return go(session, AtConfirm(visit, state.item, state.page), now)
        case AtConfirm(), a.Confirm():
            # Asked before anything is spent: with a printer that is not known to be ready, the paper comes later.
            if session.printer.health is not Health.OK:
                return go(session, AtLaterQuestion(visit, state.item, state.page), now)
            return _carry_out(session, visit, state.item, event.press, now)
        case AtLaterQuestion(), a.AcceptLater():
            return _carry_out(session, visit, state.item, event.press, now)
        case _:
            return stay(session)


def _turn_page(session: Session, state: AtItems, page: int, now: float) -> Turn:
    pages = page_count(len(state.visit.catalogue.of_class(state.kind)), PAGE_SIZE)
    return go(session, replace(state, page=max(0, min(page, pages - 1))), now)


def _carry_out(session: Session, visit: Visit, item: Item, press: CommandId, now: float) -> Turn:
    command = RedeemItem(command=press, visit=visit.id, resident=visit.resident, item=item.id)
    return go(session, Redeeming(visit, item), now, CarryOut(command, visit.catalogue, visit.name))


def _staff(session: Session, state: AtStaff, event: Pressed, now: float) -> Turn:
    match event.action:
        case a.TurnPage(page):
            pages = page_count(len(state.papers), STAFF_PAGE_SIZE)
            return go(session, replace(state, page=max(0, min(page, pages - 1))), now)
        case a.Reprint(job) if state.busy is None:
            return go(session, replace(state, busy=job, refused=None), now, ReprintPaper(job, state.staff))
        case a.SetAside(job) if state.busy is None:
            return go(session, replace(state, busy=job, refused=None), now, SettlePaper(job, state.staff))
        case _:
            return stay(session)


def redeemable(visit: Visit, item: Item) -> bool:
    """Whether the button may be pressed; the desk decides again when it is."""
    left = visit.left_of(item)
    return item.available and item.points <= visit.points and (left is None or left > 0)


def page_count(items: int, size: int) -> int:
    """Return how many pages there are, at least one."""
    return max(1, -(-items // size))
