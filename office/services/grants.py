"""Points and pieces: given to a resident, handed to a station. The invariant of docs/sync.md is kept here."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Sum

from domain.facts import Granted
from domain.ids import ItemId, ResidentId
from domain.rights import AMOUNT_MAX, RightKey, points_of, stock_of
from office.books.models import Counter, Credit, Grant, Resident, Station
from office.faults import BadValue, NotGranted, Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.down import append_to, lock
from office.services.parts import Parts
from sync.fault_points import point

POINTS_MAX = 1_000_000
ITEM_MAX = 2**24 - 1


def give_points(parts: Parts, resident: str, points: int, reason: str) -> Resident:
    """Give points to a resident and hand them to the home station, if there is one. Raises ``OfficeError``."""
    if not 1 <= points <= POINTS_MAX:
        raise NotGranted(f"points: found {points}, expected 1-{POINTS_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        row = _resident(resident)
        row.credits += points
        row.save(update_fields=["credits"])
        Credit.objects.create(resident=row, points=points, reason=reason, by=parts.by, at=parts.now())
        point("grant.credited")
        if _open_home(row):
            hand_over(parts, row, points, reason)
    point("grant.after_commit")
    return row


def hand_over(parts: Parts, resident: Resident, points: int, reason: str) -> None:
    """Grant points to the home station; the caller has locked the resident's row. Raises ``NotGranted``."""
    thing = points_of(ResidentId(resident.pk))
    if resident.home_id is None or points > (free := free_points(resident)):
        left = 0 if resident.home_id is None else free
        raise NotGranted(f"{resident.name}: {points} points asked for, {left} are free to be handed to a station")
    grant(parts, resident.home_id, thing, points, reason)


def free_points(resident: Resident) -> int:
    """Return how many of a resident's points no station holds. Only what a station *returned* comes back."""
    held = Counter.objects.filter(thing=points_of(ResidentId(resident.pk))).aggregate(
        held=Sum(F("granted") - F("returned"))
    )["held"]
    return resident.credits - (held or 0)


def hand_over_all(parts: Parts, resident: str, reason: str) -> int:
    """Hand everything that is free to the home station, as when one was chosen; return how much that was."""
    with transaction.atomic():
        row = _resident(resident)
        free = free_points(row) if _open_home(row) else 0
        if free > 0:
            hand_over(parts, row, free, reason)
    return max(0, free)


def grant_stock(parts: Parts, station: str, item: int, pieces: int, reason: str) -> None:
    """Tell a station that pieces of an item were brought to it. Raises ``OfficeError``."""
    if not 1 <= pieces <= POINTS_MAX:
        raise NotGranted(f"pieces: found {pieces}, expected 1-{POINTS_MAX}")
    if not 1 <= item <= ITEM_MAX:
        raise BadValue(f"item: found {item}, expected 1-{ITEM_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        if not Station.objects.filter(pk=station).exists():
            raise Unknown(f"no station {station}; office stations lists them")
        grant(parts, station, stock_of(ItemId(item)), pieces, reason)


def _open_home(resident: Resident) -> bool:
    """Whether there is a home station whose life is open: no other is granted anything."""
    if Station.objects.exclude(unmerged=0).exists():
        return False  # after a restore: a station that was not heard may hold these very points
    return resident.home_id is not None and Station.objects.filter(pk=resident.home_id, life="open").exists()


def grant(parts: Parts, station: str, thing: RightKey, amount: int, reason: str) -> None:
    """Grant a right to the present life of a station. The caller has seen that it is free. Raises ``NotGranted``."""
    row = lock(station)
    if row.life != "open":
        raise NotGranted(f"station {station} epoch {row.epoch} is {row.life}: nothing is granted to it")
    counter, _ = Counter.objects.get_or_create(station=row, epoch=row.epoch, thing=thing)
    if counter.granted + amount > AMOUNT_MAX:
        raise NotGranted(f"{thing}: the total would pass {AMOUNT_MAX}")
    counter.granted += amount
    counter.save(update_fields=["granted"])
    point("grant.counted")
    Grant.objects.create(
        station=row,
        epoch=row.epoch,
        thing=thing,
        amount=amount,
        total=counter.granted,
        reason=reason,
        by=parts.by,
        at=parts.now(),
    )
    append_to(parts, row, [Granted(right=thing, total=counter.granted)])


def _resident(resident: str) -> Resident:
    row = Resident.objects.select_for_update(no_key=True).filter(pk=resident).first()
    if row is None:
        raise Unknown(f"no resident {resident!r}; the pages list them, and office grant takes a name too")
    return row
