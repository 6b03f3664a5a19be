"""Late claims, settled one by one by a named person: charged to the resident, or borne by the community."""

from __future__ import annotations

from django.db import transaction

from office.books.models import LateClaim
from office.faults import LifeEnded, NotGranted, Unknown
from office.services.bounds import REASON_MAX, check_text
from office.services.corrections import take_back
from office.services.parts import Parts


def accept(parts: Parts, claim: int, reason: str) -> LateClaim:
    """Charge what a claim spent to its resident. Raises ``OfficeError``.

    The claim's row is locked first, then the resident's, then those of stations: nobody waits in a circle.
    """
    with transaction.atomic():
        row = _open(claim, reason)
        if not row.resident or not row.points:
            raise NotGranted(f"claim {claim} is a {row.kind}: it spent no points of anybody")
        take_back(parts, row.resident, row.points, reason)
        return _settle(parts, row, "accepted", reason)


def absorb(parts: Parts, claim: int, reason: str) -> LateClaim:
    """Bear what a claim spent: nobody's balance changes. Raises ``OfficeError``."""
    with transaction.atomic():
        return _settle(parts, _open(claim, reason), "absorbed", reason)


def _open(claim: int, reason: str) -> LateClaim:
    check_text("reason", reason, REASON_MAX)
    row = LateClaim.objects.select_for_update().filter(pk=claim).first()
    if row is None:
        raise Unknown(f"no late claim {claim}; office claim list shows them")
    if row.state != "open":
        raise LifeEnded(f"claim {claim} was settled before: {row.state} by {row.by}")
    return row


def _settle(parts: Parts, row: LateClaim, state: str, reason: str) -> LateClaim:
    row.state, row.settled_at, row.by, row.reason = state, parts.now(), parts.by, reason
    row.save()
    return row
