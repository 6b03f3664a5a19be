"""Points for good deeds, and pieces that come and go: what staff write. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commands import Accepted
from domain.facts import AwardUndone, PointsAwarded, StockReceived, StockWrittenOff
from domain.ids import ItemId, ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import AMOUNT_MAX, AWARDS, Counter, Counters, Move, points_of, stock_of
from domain.rules import Rules

PIECES_MAX = 1_000_000  # in one delivery


@dataclass(frozen=True, slots=True)
class Award:
    """Points for a resident. ``award`` is one press of "confirm": repeated, it changes nothing."""

    award: str
    resident: ResidentId
    points: int
    staff: StaffId
    reason: str


def decide_award(award: Award, budget: Counters, rules: Rules) -> Accepted | Refused:
    """Give points from the station's budget."""
    if not 1 <= award.points <= rules.award_points_max:
        return Refused(RefusalCode.AWARD_TOO_MUCH, {"most": rules.award_points_max})
    if budget.available < award.points:
        return Refused(RefusalCode.BUDGET_SHORT, {"left": budget.available})
    fact = PointsAwarded(award.award, award.resident, award.points, award.staff, award.reason)
    moves = (
        Move(AWARDS, Counter.SPENT, award.points),
        Move(points_of(award.resident), Counter.EARNED, award.points),
    )
    return Accepted(fact, moves)


def decide_undo(award: Award | None, points: Counters, staff: StaffId, reason: str) -> Accepted | Refused:
    """Take an award back, as far as the resident did not spend it: whole or not at all.

    ``award``: as it stands in this life, ``None`` if there is none, or it was undone.
    """
    if award is None:
        return Refused(RefusalCode.AWARD_UNKNOWN)
    if points.available < award.points:
        return Refused(RefusalCode.POINTS_SHORT, {"missing": award.points - points.available})
    fact = AwardUndone(award.award, award.resident, award.points, staff, reason)
    moves = (
        Move(points_of(award.resident), Counter.SPENT, award.points),
        Move(AWARDS, Counter.REFUNDED, award.points),
    )
    return Accepted(fact, moves)


def decide_receive(item: ItemId, pieces: int, held: Counters, staff: StaffId, reason: str) -> Accepted | Refused:
    """Pieces came in."""
    if not 1 <= pieces <= min(PIECES_MAX, AMOUNT_MAX - held.earned):
        return Refused(RefusalCode.PIECES_TOO_MANY, {"most": PIECES_MAX})
    return Accepted(StockReceived(item, pieces, staff, reason), (Move(stock_of(item), Counter.EARNED, pieces),))


def decide_write_off(item: ItemId, pieces: int, held: Counters, staff: StaffId, reason: str) -> Accepted | Refused:
    """Pieces are gone that nobody got."""
    if not 1 <= pieces <= held.available:
        return Refused(RefusalCode.STOCK_OUT, {"left": held.available})
    return Accepted(StockWrittenOff(item, pieces, staff, reason), (Move(stock_of(item), Counter.SPENT, pieces),))
