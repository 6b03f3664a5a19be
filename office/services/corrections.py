"""Points taken back: burnt from the office's part, asked back for the rest, owed in plain sight until it comes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from domain.ids import ResidentId
from domain.rights import points_of
from office.books.models import Card, Correction, Resident
from office.faults import BadValue, Unknown
from office.rules import purse as rule
from office.services.bounds import REASON_MAX, check_text
from office.services.down import lock_all
from office.services.parts import Parts
from office.services.people import tell_stations
from office.services.purses import OpenPurse
from office.services.settling import burn, locked_purse, settle_open

POINTS_MAX = 1_000_000_000


def take_back(parts: Parts, resident: str, points: int, reason: str) -> Correction:
    """Take points back from a resident. Raises ``OfficeError``."""
    if not 1 <= points <= POINTS_MAX:
        raise BadValue(f"points: found {points}, expected 1-{POINTS_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        return _take_back(parts, _locked(parts, resident), points, reason)


def absorb(parts: Parts, correction: int, reason: str) -> Correction:
    """Give up what is still owed of a correction, in somebody's name. Raises ``OfficeError``."""
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        row = Correction.objects.select_for_update().filter(pk=correction).first()
        if row is None or row.owed == 0:
            raise Unknown(f"correction {correction}: nothing is owed")
        row.absorbed, row.absorbed_by, row.absorbed_reason = row.absorbed + row.owed, parts.by, reason
        row.save(update_fields=["absorbed", "absorbed_by", "absorbed_reason"])
    return row


def merge(parts: Parts, resident: str, into: str, reason: str) -> int:
    """Two accounts of one person: all that the first has is asked back, and given to the second as it comes.

    Return how much was free at once. The first has no home and no card any more: its cards are the second's.
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        lock_all()
        rows = list(Resident.objects.select_for_update(no_key=True).filter(pk__in=[resident, into]).order_by("pk"))
        if len(rows) != 2 or any(row.merged_into_id or row.erased_at for row in rows):
            raise Unknown(f"{resident}, {into}: two residents are needed, neither merged nor erased")
        Resident.objects.filter(pk=resident).update(merged_into=into, home=None)
        Card.objects.filter(resident=resident).update(resident=into)
        for row in rows:
            tell_stations(parts, row)
        purse = _locked(parts, resident)
        burnt = burn(purse, _resident(purse))
        purse.recall(rule.bring_home(purse.purse, "", frozenset(purse.stations)), reason)
    return burnt


def receivables() -> list[Correction]:
    """Return what is still owed, oldest first."""
    return list(
        Correction.objects.filter(~Q(points=F("burnt") + F("absorbed"))).select_related("resident").order_by("pk")
    )


def _locked(parts: Parts, resident: str) -> OpenPurse:
    purse = locked_purse(parts, points_of(ResidentId(resident)))
    if purse is None:
        raise Unknown(f"no resident {resident!r}; the pages list them")
    return purse


def _resident(purse: OpenPurse) -> Resident:
    row = purse.owner.row
    assert isinstance(row, Resident)
    return row


def _take_back(parts: Parts, purse: OpenPurse, points: int, reason: str) -> Correction:
    resident = _resident(purse)
    row = Correction.objects.create(resident=resident, points=points, reason=reason, by=parts.by, at=parts.now())
    settle_open(purse, reason, fill=False)
    row.refresh_from_db()
    return row
