"""Asking the office for what lies elsewhere: begin, wait, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

from domain.catalogue import Item
from domain.ids import NOBODY, CommandId, VisitId
from domain.refusals import RefusalCode, Refused
from kiosk.desk.wish_states import Coming, Granted, NoLine, Short, Unreachable, Waiting
from kiosk.flow.events import Effect, Fetch, LookAtWish, Redeemed, Unwish, WishLooked
from kiosk.flow.reach import redeemable, short_of
from kiosk.flow.states import AtConfirm, AtItem, AtNotFetched, AtRefusal, Fetching, Redeeming, Session, State
from kiosk.flow.turn import Turn, go, stay
from kiosk.flow.visit import Visit

_MAY_LIE_ELSEWHERE = (RefusalCode.POINTS_SHORT, RefusalCode.LIMIT_REACHED, RefusalCode.PROXY_LIMIT)


def fetch(session: Session, visit: Visit, item: Item, page: int, pieces: int, press: CommandId, now: float) -> Turn:
    """Ask for what the item needs and is not here."""
    few = not short_of(visit, item, pieces)
    state = Fetching(visit, item, VisitId(press), page, allowance=few, pieces=pieces)
    asked = Fetch(state.wish, visit.command(press, item, pieces), visit.catalogue, visit.rules)
    return go(session, state, now, asked)


def refused(session: Session, state: Redeeming, event: Redeemed, refusal: Refused, now: float) -> Turn:
    """The desk said no: that is all, unless what it misses may lie elsewhere and the office can be asked."""
    if refusal.code in _MAY_LIE_ELSEWHERE and state.visit.away and session.line:
        return fetch(session, state.visit, state.item, 0, state.pieces, event.command, now)
    return go(session, AtRefusal(state.visit.told(refusal, state.item, state.pieces), refusal), now)


def on_wish(session: Session, event: WishLooked, now: float) -> Turn:
    """How things stand with the wish; an answer to one that was withdrawn means nothing."""
    state = session.state
    if not isinstance(state, Fetching) or state.wish != event.wish:
        return stay(session)
    found, item, pieces = event.found, state.item, state.pieces
    visit = state.visit.holding(found.points, found.allowance, found.limits)
    match found.state:
        case Waiting():
            return Turn(replace(session, state=replace(state, visit=visit, looked=False)))
        case Coming(place):
            return Turn(replace(session, state=replace(state, visit=visit, looked=False, place=place)))
        case Granted():
            # Not all that stands in the way can be fetched: the last piece may have gone meanwhile.
            here = redeemable(visit, item, pieces)
            shown = AtConfirm if here else AtItem
            return go(session, shown(visit, item, state.page, pieces), now)
        case Short(elsewhere) as why:
            known = visit if state.allowance else replace(visit, elsewhere=elsewhere)
            return go(session, _not(replace(state, visit=known), why), now)
        case NoLine() | Unreachable() as why:
            return go(session, _not(replace(state, visit=visit), why), now)


def tick(session: Session, state: Fetching, now: float) -> Turn:
    """Give up when it takes longer than a person is asked to wait; look how it stands, one look at a time."""
    if now - session.entered_at >= state.visit.rules.wish_seconds:
        return go(session, _not(state, Waiting()), now)
    if state.looked:
        return stay(session)
    asked = replace(session, state=replace(state, looked=True))
    return Turn(asked, (_look(state),))


def withdrawn(before: State, after: State) -> tuple[Effect, ...]:
    """A wish goes with the screen that waits for it, whatever ended it."""
    if not isinstance(before, Fetching) or (isinstance(after, Fetching) and after.wish == before.wish):
        return ()
    return (Unwish(before.wish),)


def _look(state: Fetching) -> LookAtWish:
    visit = state.visit
    return LookAtWish(state.wish, visit.resident, visit.proxy.resident if visit.proxy else NOBODY, visit.rules)


def _not(state: Fetching, why: Waiting | Short | Unreachable | NoLine) -> AtNotFetched:
    return AtNotFetched(state.visit, state.item, state.page, why, state.allowance, state.pieces)
