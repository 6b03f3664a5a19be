"""Points and pieces: given to a resident, handed to a station. The invariant of docs/sync.md is kept in ``purses``."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Sum

from domain.ids import ItemId, ResidentId
from domain.rights import AWARDS, RightKey, points_of, stock_of
from office.books.models import Counter, Credit, Resident, Station
from office.faults import BadValue, NotGranted, Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import lock
from office.services.parts import Parts
from office.services.purses import OpenPurse, grant_right
from office.services.settling import locked_purse, settle, settle_open
from sync.fault_points import point

POINTS_MAX = 1_000_000
ITEM_MAX = 2**24 - 1


def give_points(parts: Parts, resident: str, points: int, reason: str) -> Resident:
    """Give points to a resident; the home station gets them up to its cap. Raises ``OfficeError``."""
    if not 1 <= points <= POINTS_MAX:
        raise NotGranted(f"points: found {points}, expected 1-{POINTS_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        purse = _purse(parts, resident)
        if purse.purse.blocked:
            raise NotGranted(
                "the office is recovering: give points when every station has been heard (office stations)"
            )
        row = purse.owner.row
        assert isinstance(row, Resident)
        if row.erased_at is not None or row.merged_into_id is not None:
            raise NotGranted(f"{row.pk}: this account was closed")
        row.credits += points
        row.save(update_fields=["credits"])
        Credit.objects.create(resident=row, points=points, reason=reason, by=parts.by, at=parts.now())
        point("grant.credited")
        purse.owner.ceiling = row.ceiling
        purse.look()
        settle_open(purse, reason)
    point("grant.after_commit")
    return row


def hand_over(parts: Parts, resident: Resident, points: int, reason: str) -> None:
    """Grant points to the home station. Raises ``NotGranted``."""
    with transaction.atomic():
        purse = _purse(parts, resident.pk)
        free = purse.purse.free if purse.owner.home else 0
        if points > free:
            raise NotGranted(f"{resident.name}: {points} points asked for, {free} are free to be handed to a station")
        purse.grant(purse.owner.home, points, reason)


def free_points(resident: Resident) -> int:
    """Return how many of a resident's points no station holds. Only what a station *returned* comes back."""
    held = Counter.objects.filter(thing=points_of(ResidentId(resident.pk))).aggregate(
        held=Sum(F("granted") - F("returned"))
    )["held"]
    return resident.ceiling - (held or 0)


def hand_over_all(parts: Parts, resident: str, reason: str) -> int:
    """Fill the home station up to its cap, as when one was chosen; return how much that was."""
    return settle(parts, points_of(ResidentId(resident)), reason)


def grant_stock(parts: Parts, station: str, item: int, pieces: int, reason: str) -> None:
    """Tell a station that pieces of an item were brought to it. Raises ``OfficeError``."""
    if not 1 <= item <= ITEM_MAX:
        raise BadValue(f"item: found {item}, expected 1-{ITEM_MAX}")
    _give(parts, station, stock_of(ItemId(item)), "pieces", pieces, reason)


def grant_budget(parts: Parts, station: str, points: int, reason: str) -> None:
    """Let a station award so many points more. Raises ``OfficeError``."""
    _give(parts, station, AWARDS, "points", points, reason)


def _give(parts: Parts, station: str, thing: RightKey, what: str, amount: int, reason: str) -> None:
    if not 1 <= amount <= POINTS_MAX:
        raise NotGranted(f"{what}: found {amount}, expected 1-{POINTS_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        if not Station.objects.filter(pk=station).exists():
            raise Unknown(f"no station {station}; office stations lists them")
        row = lock(station)
        if row.unmerged:  # its running total is not known: a smaller one would never be believed again
            raise NotGranted(f"station {station}: the office was restored and has not heard from it yet")
        grant_right(parts, row, thing, amount, reason)


def _purse(parts: Parts, resident: str) -> OpenPurse:
    purse = locked_purse(parts, points_of(ResidentId(resident)))
    if purse is None:
        raise Unknown(f"no resident {resident!r}; the pages list them, and office grant takes a name too")
    return purse
