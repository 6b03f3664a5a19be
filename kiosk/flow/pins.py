"""Between "confirm" and spending: the PIN of the holder of the card, where the rules ask for one."""

from __future__ import annotations

from dataclasses import replace

from domain.catalogue import Item
from domain.commands import RedeemItem
from domain.ids import StaffId
from domain.pin import DIGITS, is_trivial
from domain.refusals import RefusalCode, Refused
from kiosk import actions as a
from kiosk.flow.events import CarryOut, Pressed
from kiosk.flow.states import AtHelp, AtRefusal, Redeeming, Session, State
from kiosk.flow.trust_events import CheckPin, LookAtPin, PinAnswered, SetPin, UnlockPin
from kiosk.flow.trust_states import AtPin, AtPinLocked, AtPinSet, AtPinStaff, Due, PinUnderWay
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit

PinState = AtPin | AtPinSet | AtPinStaff | AtPinLocked


def spend(session: Session, visit: Visit, item: Item, command: RedeemItem, page: int, now: float) -> Turn:
    """Redeem what was confirmed, or ask for the PIN first."""
    if not visit.rules.needs_pin(item.points * command.pieces):
        return _carry_out(session, visit, item, command, now)
    due = Due(item, command, page)
    if not visit.pin:
        return go(session, AtPinStaff(visit, due), now)
    if visit.pin_locked is not None:
        return _look(session, AtPinLocked(visit, due, visit.pin_locked), now)
    return go(session, AtPin(visit, due), now)


def press_pin(session: Session, state: PinState, event: Pressed, now: float) -> Turn:
    """A key of the keypad, or a way around it."""
    match state, event.action:
        case ((AtPin() | AtPinSet()), a.PressDigit(digit)) if 0 <= digit <= 9 and len(state.digits) < DIGITS:
            return go(session, _typed(state, state.digits + str(digit)), now)
        case ((AtPin() | AtPinSet()), a.EraseDigit()):
            return go(session, _typed(state, state.digits[:-1]), now)
        case ((AtPin() | AtPinSet()), a.ClearDigits()):
            return go(session, _typed(state, ""), now)
        case ((AtPin() | AtPinSet()), a.EnterPin()) if len(state.digits) == DIGITS:
            return _enter(session, state, now)
        case ((AtPin() | AtPinLocked()), a.ForgotPin()):
            return go(session, AtPinStaff(state.visit, state.due, forgotten=True), now)
        case AtPinLocked(), a.TryPin():
            return _look(session, state, now)
        case _:
            return stay(session)


def on_badge(session: Session, before: State, staff: StaffId, now: float) -> Turn | None:
    """A badge where one was waited for, also behind a call for help; ``None``: it was not."""
    state = before.before if isinstance(before, AtHelp) else before
    match state:
        case AtPinStaff(visit, due):
            return go(session, AtPinSet(visit, due, staff), now)
        case AtPinLocked(visit, due):
            unlock = UnlockPin(due.command.command, visit.holder, staff)
            return go(session, PinUnderWay(visit, due, state), now, unlock)
        case _:
            return None


def on_pin(session: Session, event: PinAnswered, now: float) -> Turn:
    """The journal answered."""
    state = session.state
    if not isinstance(state, PinUnderWay) or state.due.command.command != event.command:
        return stay(session)
    if event.refused is not None:
        return go(session, _refused(state, event.refused), now)
    visit = replace(state.visit, pin=True, pin_locked=None)
    if isinstance(state.before, AtPinLocked):
        return go(session, AtPin(visit, state.due), now)
    return _carry_out(session, visit, state.due.item, state.due.command, now)


def without_digits(state: State) -> State:
    """What is laid aside for a call or another card forgets the digits: whoever comes back begins anew."""
    return replace(state, digits="") if isinstance(state, AtPin | AtPinSet) else state


def _look(session: Session, state: AtPinLocked, now: float) -> Turn:
    """It may be over by now: nobody types six digits to be told that it is not."""
    look = LookAtPin(state.due.command.command, state.visit.holder)
    return go(session, PinUnderWay(state.visit, state.due, state), now, look)


def _typed(state: AtPin | AtPinSet, digits: str) -> AtPin | AtPinSet:
    # What was said of the last try stands until the next one begins.
    if isinstance(state, AtPinSet):
        return replace(state, digits=digits, refused=None, differs=False)
    return replace(state, digits=digits, refused=None)


def _enter(session: Session, state: AtPin | AtPinSet, now: float) -> Turn:
    key, holder = state.due.command.command, state.visit.holder
    if isinstance(state, AtPin):
        check = CheckPin(key, holder, state.digits, state.visit.rules)
        return go(session, PinUnderWay(state.visit, state.due, replace(state, digits="")), now, check)
    again = AtPinSet(state.visit, state.due, state.staff)
    if not state.first:
        if is_trivial(state.digits):
            return go(session, replace(again, refused=Refused(RefusalCode.PIN_TRIVIAL)), now)
        return go(session, replace(again, first=state.digits), now)
    if state.first != state.digits:
        return go(session, replace(again, differs=True), now)
    return go(session, PinUnderWay(state.visit, state.due, again), now, SetPin(key, holder, state.digits, state.staff))


def _refused(state: PinUnderWay, refused: Refused) -> State:
    visit, due = state.visit, state.due
    match refused.code:
        case RefusalCode.PIN_WRONG:
            return AtPin(visit, due, refused=refused)
        case RefusalCode.PIN_LOCKED:
            return AtPinLocked(replace(visit, pin_locked=refused), due, refused)
        case RefusalCode.PIN_NONE:
            return AtPinStaff(replace(visit, pin=False), due)
        case RefusalCode.PIN_TRIVIAL if isinstance(state.before, AtPinSet):
            return replace(state.before, refused=refused)
        case _:
            return AtRefusal(visit, refused)


def _carry_out(session: Session, visit: Visit, item: Item, command: RedeemItem, now: float) -> Turn:
    came = visit.proxy.name if visit.proxy else ""
    effect = CarryOut(command, visit.catalogue, visit.name, visit.rules, came)
    return go(session, Redeeming(visit, item, command.pieces), now, effect)
