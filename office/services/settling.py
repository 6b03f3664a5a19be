"""What happens to a purse when something comes back to it, or was given: what is owed is burnt, then home is filled."""

from __future__ import annotations

from django.db import transaction

from domain.ids import ResidentId
from domain.rights import RightKey, points_of
from office.books.models import Correction, Credit, Resident
from office.rules import purse as rule
from office.services.errands import PURSE, leave
from office.services.parts import Parts
from office.services.purses import OpenPurse, open_purse
from office.services.rules import rules_now
from sync.fault_points import point


def settle(parts: Parts, thing: RightKey, reason: str, *, fill: bool = True) -> int:
    """Burn what is owed from what is free, then fill the home station up; return how much went there.

    ``fill`` is off while somebody waits for what is free.
    """
    with transaction.atomic():
        purse = locked_purse(parts, thing)
        return 0 if purse is None else settle_open(purse, reason, fill=fill)


def locked_purse(parts: Parts, thing: RightKey, *also: str) -> OpenPurse | None:
    """Lock a purse as ``open_purse`` does, and before it all residents who inherit from it, in the order of ids."""
    lock_people(thing)
    return open_purse(parts, thing, *also)


def lock_people(thing: RightKey) -> None:
    """Lock a resident, and whoever inherits from them, in the order of ids."""
    if thing.startswith("points/"):
        resident = thing.partition("/")[2]
        heirs = Correction.objects.filter(resident=resident).exclude(heir=None).values_list("heir_id", flat=True)
        merged = Resident.objects.filter(pk=resident).exclude(merged_into=None).values_list("merged_into_id", flat=True)
        names = {resident, *heirs, *merged}
        list(Resident.objects.select_for_update(no_key=True).filter(pk__in=names).order_by("pk").values_list("pk"))


def settle_open(purse: OpenPurse, reason: str, *, fill: bool = True) -> int:
    """As ``settle``, for a purse that is locked already."""
    if isinstance(purse.owner.row, Resident) and purse.thing.startswith("points/"):
        _remember(purse, purse.owner.row)
        burn(purse, purse.owner.row)
        _ask_for_owed(purse, purse.owner.row)
        if purse.owner.row.merged_into_id is not None and not purse.purse.blocked:  # refunded or earned since
            purse.recall(rule.bring_home(purse.purse, "", frozenset(purse.stations)), "账户合并")
    home = purse.owner.home
    if not fill or not home or home not in purse.stations or not purse.may_grant(home):
        return 0
    # An allowance of a period is handed out once: what was spent of it is not filled up again.
    cap = rules_now(purse.parts).home_cap if purse.thing.startswith("points/") else purse.owner.ceiling
    amount = rule.top_up(purse.purse, home, cap)
    if amount > 0:
        purse.grant(home, amount, reason)
    return amount


def _ask_for_owed(purse: OpenPurse, resident: Resident) -> None:
    """Whatever is owed is on its way, as far as any station seems to have it: also what was spent and came back."""
    open_ones = Correction.objects.filter(resident=resident)
    owed = sum(points - burnt - absorbed for points, burnt, absorbed in open_ones.values_list(
        "points", "burnt", "absorbed"
    ))  # fmt: skip
    if owed and not purse.purse.blocked:
        purse.recall(rule.take_back(purse.purse, owed)[1], "更正积分")


def _remember(purse: OpenPurse, resident: Resident) -> None:
    """What stations surely hold was given once, also if the books were restored and forgot it."""
    if (amount := purse.purse.missing) > 0:
        parts, reason = purse.parts, "恢复之后补记"
        resident.credits += amount
        resident.save(update_fields=["credits"])
        Credit.objects.create(resident=resident, points=amount, reason=reason, by=parts.by, at=parts.now())
        purse.owner.ceiling = resident.ceiling
        purse.look()


def burn(purse: OpenPurse, resident: Resident) -> int:
    """Burn from the office's part what is owed, the oldest first; what has an heir is given on."""
    gone = 0
    for owed in Correction.objects.filter(resident=resident).order_by("pk"):
        amount = min(owed.owed, purse.purse.free)
        if amount <= 0:
            continue
        owed.burnt += amount
        owed.save(update_fields=["burnt"])
        resident.burnt += amount
        resident.save(update_fields=["burnt"])
        point("correction.burnt")
        purse.owner.ceiling = resident.ceiling
        purse.look()
        gone += amount
        if owed.heir is not None:
            _inherit(purse.parts, owed, owed.heir, amount)
    if resident.merged_into is not None and (late := purse.purse.free) > 0:
        gone += _late(purse, resident, resident.merged_into, late)
    return gone


def _late(purse: OpenPurse, resident: Resident, heir: Resident, amount: int) -> int:
    """What came back to an account that was merged, beyond what was counted then: earned meanwhile."""
    parts, reason = purse.parts, "账户合并后交回"
    Correction.objects.create(resident=resident, points=amount, heir=heir, reason=reason, by=parts.by, at=parts.now())
    return burn(purse, resident)


def _inherit(parts: Parts, owed: Correction, heir: Resident, amount: int) -> None:
    heir.refresh_from_db()
    heir.credits += amount
    heir.save(update_fields=["credits"])
    Credit.objects.create(resident=heir, points=amount, reason=owed.reason, by=parts.by, at=parts.now())
    leave(parts, PURSE, points_of(ResidentId(heir.pk)))
