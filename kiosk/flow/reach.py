"""What can be had in a visit: here and now, or by asking the office for what lies elsewhere."""

from __future__ import annotations

from domain.catalogue import Item
from kiosk.flow.states import Session
from kiosk.flow.visit import Visit


def redeemable(visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether everything that so many pieces need is here; the desk decides again when the button is pressed."""
    return (
        on_offer(visit, item, pieces)
        and not short_of(visit, item, pieces)
        and not over_allowance(visit, item, pieces)
        and not over_limit(visit, item, pieces)
    )


def on_offer(visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether it is handed out, on one voucher, and there are so many left."""
    left = visit.left_of(item)
    return item.available and pieces <= item.pieces_max and (left is None or left >= pieces)


def short_of(visit: Visit, item: Item, pieces: int = 1) -> int:
    """How many points are missing here; 0 if none."""
    return max(0, item.points * pieces - visit.points)


def over_allowance(visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether it costs more than the neighbour may still spend for the resident, as far as that is known here."""
    return visit.allowance is not None and item.points * pieces > visit.allowance


def over_limit(visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether it is more than the household may still have in a period, as far as that lies here."""
    return any(held.left < pieces for _, held in visit.limits_of(item))


def used_up(visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether what the household had here already leaves no room for it, wherever the rest of the allowance lies."""
    return any(held.used + pieces > limit.pieces for limit, held in visit.limits_of(item))


def fetchable(session: Session, visit: Visit, item: Item, pieces: int = 1) -> bool:
    """Whether the office can be asked for what is missing: nothing else is in the way, and it did not say no yet."""
    if not session.line or not on_offer(visit, item, pieces) or redeemable(visit, item, pieces):
        return False
    if used_up(visit, item, pieces):
        return False
    return visit.elsewhere is None or short_of(visit, item, pieces) <= visit.elsewhere


def most_pieces(session: Session, visit: Visit, item: Item) -> int:
    """How many pieces can be asked for at once, at least one."""
    most = 1
    while most < item.pieces_max and _obtainable(session, visit, item, most + 1):
        most += 1
    return most


def _obtainable(session: Session, visit: Visit, item: Item, pieces: int) -> bool:
    return redeemable(visit, item, pieces) or (visit.away and fetchable(session, visit, item, pieces))
