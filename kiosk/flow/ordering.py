"""In which order a resident sees a shelf, and by which groups it can be searched. Nothing is ever hidden."""

from __future__ import annotations

from domain.catalogue import Item, ItemClass
from kiosk.flow.reach import on_offer, redeemable, used_up
from kiosk.flow.visit import Visit

PAGE_SIZE = 6


def shelf(visit: Visit, kind: ItemClass) -> tuple[Item, ...]:
    """What is shown of a class: what can be had first, then what was taken lately, then as the office has it.

    It depends on the visit alone: nothing moves under a finger because a line came or went.
    """
    found = [item for item in visit.catalogue.of_class(kind) if visit.group in (None, item.group)]
    lately = {item: at for at, item in enumerate(visit.recent)}
    return tuple(sorted(found, key=lambda item: (not _within(visit, item), lately.get(item.id, len(lately)))))


def searchable(visit: Visit, kind: ItemClass) -> bool:
    """Whether choosing a group helps: there are some, and the class does not fit a page."""
    return len(visit.catalogue.groups(kind)) > 1 and len(visit.catalogue.of_class(kind)) > PAGE_SIZE


def choices(visit: Visit, kind: ItemClass) -> tuple[str | None, ...]:
    """What a shelf can be narrowed to: ``None`` for all of it, then its groups."""
    return (None, *visit.catalogue.groups(kind))


def _within(visit: Visit, item: Item) -> bool:
    """Points and allowances of somebody from elsewhere most likely come when they are asked for."""
    here = redeemable(visit, item)
    return here or (visit.away and on_offer(visit, item) and not used_up(visit, item))
