"""Pieces that come in, and pieces that are gone though nobody got them."""

from __future__ import annotations

from collections.abc import Callable

from domain.commands import Accepted
from domain.decide_award import decide_receive, decide_write_off
from domain.ids import ItemId, StaffId
from domain.refusals import Refused
from domain.rights import Counters, stock_of
from kiosk.desk.award import write
from kiosk.desk.parts import DeskParts

Decide = Callable[[ItemId, int, Counters, StaffId, str], Accepted | Refused]


def receive_stock(parts: DeskParts, item: ItemId, pieces: int, staff: StaffId, reason: str) -> Refused | None:
    """Write down that pieces came in."""
    return _move(parts, item, pieces, staff, reason, decide_receive)


def write_off(parts: DeskParts, item: ItemId, pieces: int, staff: StaffId, reason: str) -> Refused | None:
    """Write down that pieces are broken, spoiled or missing."""
    return _move(parts, item, pieces, staff, reason, decide_write_off)


def _move(parts: DeskParts, item: ItemId, pieces: int, staff: StaffId, reason: str, decide: Decide) -> Refused | None:
    journal = parts.journal
    with journal.transaction("stock"):
        if (refused := parts.why_not_staff(staff)) is not None:
            return refused
        decision = decide(item, pieces, journal.rights.get(stock_of(item)), staff, reason)
        if isinstance(decision, Refused):
            return decision
        write(parts, decision)
    return None
