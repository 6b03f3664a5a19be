"""What can be had in a visit: here and now, or by asking the office for what lies elsewhere."""

from __future__ import annotations

from domain.catalogue import Item
from kiosk.flow.states import Session
from kiosk.flow.visit import Visit


def redeemable(visit: Visit, item: Item) -> bool:
    """Whether everything that it needs is here; the desk decides again when the button is pressed."""
    return on_offer(visit, item) and not short_of(visit, item) and not over_allowance(visit, item)


def on_offer(visit: Visit, item: Item) -> bool:
    """Whether it is handed out, and there is one left."""
    left = visit.left_of(item)
    return item.available and (left is None or left > 0)


def short_of(visit: Visit, item: Item) -> int:
    """How many points are missing here; 0 if none."""
    return max(0, item.points - visit.points)


def over_allowance(visit: Visit, item: Item) -> bool:
    """Whether it costs more than the neighbour may still spend for the resident, as far as that is known here."""
    return visit.allowance is not None and item.points > visit.allowance


def fetchable(session: Session, visit: Visit, item: Item) -> bool:
    """Whether the office can be asked for what is missing: nothing else is in the way, and it did not say no yet."""
    if not session.line or not on_offer(visit, item) or redeemable(visit, item):
        return False
    return visit.elsewhere is None or short_of(visit, item) <= visit.elsewhere
