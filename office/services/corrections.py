"""Points taken back: burnt from the office's part, asked back for the rest, owed in plain sight until it comes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from domain.ids import ResidentId
from domain.rights import points_of
from office.books.models import Correction, Resident
from office.faults import BadValue, Unknown
from office.rules import purse as rule
from office.services.bounds import REASON_MAX, check_text
from office.services.errands import leave
from office.services.parts import Parts
from office.services.purses import OpenPurse
from office.services.settling import PURSE, burn, locked_purse

POINTS_MAX = 1_000_000_000


def take_back(parts: Parts, resident: str, points: int, reason: str) -> Correction:
    """Take points back from a resident. Raises ``OfficeError``."""
    if not 1 <= points <= POINTS_MAX:
        raise BadValue(f"points: found {points}, expected 1-{POINTS_MAX}")
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        return _take_back(parts, _locked(parts, resident), points, reason, None)


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


def merge(parts: Parts, resident: str, into: str, reason: str) -> Correction | None:
    """Two accounts of one person: all that the first has is taken back, and given to the second as it comes.

    Return what is on its way, ``None`` if there was nothing. The cards go along (``office.services.people``).
    """
    check_text("reason", reason, REASON_MAX)
    with transaction.atomic():
        rows = list(Resident.objects.select_for_update(no_key=True).filter(pk__in=[resident, into]).order_by("pk"))
        found = {row.pk: row for row in rows}
        if len(found) != 2 or any(row.merged_into_id or row.erased_at for row in rows):
            raise Unknown(f"{resident}, {into}: two residents are needed, neither merged nor erased")
        Resident.objects.filter(pk=resident).update(merged_into=into)
        purse = _locked(parts, resident)
        balance = max(0, purse.purse.free) + sum(max(0, held.seems) for held in purse.purse.held)
        return _take_back(parts, purse, balance, reason, found[into]) if balance else None


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


def _take_back(parts: Parts, purse: OpenPurse, points: int, reason: str, heir: Resident | None) -> Correction:
    resident = purse.owner.row
    assert isinstance(resident, Resident)
    row = Correction.objects.create(
        resident=resident, points=points, heir=heir, reason=reason, by=parts.by, at=parts.now()
    )
    burn(purse, resident)
    row.refresh_from_db()
    if row.owed:
        _, recalls = rule.take_back(purse.purse, row.owed)
        purse.recall(recalls, reason)
    if heir is not None:
        leave(parts, PURSE, points_of(ResidentId(heir.pk)))
    return row
