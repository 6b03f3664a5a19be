"""What a redemption lacks here is asked of the office, and looked after until it is here or cannot come."""

from __future__ import annotations

from domain.catalogue import Catalogue
from domain.commands import RedeemItem
from domain.ids import ResidentId, VisitId
from domain.rights import points_of
from domain.rules import Rules
from kiosk.desk.parts import DeskParts
from kiosk.desk.situation import allowance_of, limits_left, missing
from kiosk.desk.wish import wish, wish_state
from kiosk.desk.wish_states import Fetched, Granted, NoLine, Waiting, WishState


def fetch(parts: DeskParts, key: VisitId, command: RedeemItem, catalogue: Catalogue, rules: Rules) -> Fetched:
    """Wish under ``key`` for all that ``command`` lacks, unless nothing is lacking or nobody would hear it."""
    lacking = missing(parts, command, catalogue, rules)
    if not lacking:
        return _fetched(parts, Granted(), command.resident, command.proxy, rules)
    if not parts.journal.office.seen().connected:
        return _fetched(parts, NoLine(), command.resident, command.proxy, rules)
    wish(parts, key, lacking)
    return _fetched(parts, Waiting(), command.resident, command.proxy, rules)


def look(parts: DeskParts, key: VisitId, resident: ResidentId, proxy: ResidentId, rules: Rules) -> Fetched:
    """Say how it stands with what was wished for under ``key``."""
    return _fetched(parts, wish_state(parts, key), resident, proxy, rules)


def _fetched(parts: DeskParts, state: WishState, resident: ResidentId, proxy: ResidentId, rules: Rules) -> Fetched:
    with parts.journal.reading():
        points = parts.journal.rights.get(points_of(resident)).available
        who = parts.journal.people.resident(resident)
        household = (who.household if who is not None else "") or resident
        allowance = allowance_of(parts, resident, proxy, rules)
        return Fetched(state, points, allowance, limits_left(parts, household, rules))
