"""Allowances of households and of neighbours, handed to the home stations for this period and the next."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from domain.calendar import day_of
from domain.ids import ResidentId
from domain.rights import RightKey
from domain.rules import limit_right, proxy_right
from office.books.models import Counter, Neighbour, Resident
from office.rules.allowances import labels
from office.services.parts import Parts
from office.services.purses import limit_owner
from office.services.rules import rules_now
from office.services.settling import settle

REASON = "按规则发放额度"


def hand_out(parts: Parts, owner: str = "*") -> int:
    """Grant what is not handed out yet, of one owner or of all; return how many grants that were.

    A limit that was raised is granted the difference; one that was lowered changes only what is not handed out.
    """
    wanted = dict(_wanted(parts, owner))
    out = Counter.objects.filter(thing__startswith="limit/" if owner == "*" else f"limit/{owner}/")
    held = dict(out.values_list("thing").annotate(held=Sum(F("granted") - F("returned"))))
    todo = [right for right, amount in wanted.items() if amount > held.get(right, 0)]
    return sum(settle(parts, right, REASON) > 0 for right in todo)


def _wanted(parts: Parts, owner: str) -> Iterator[tuple[RightKey, int]]:
    rules, today = rules_now(parts), day_of(parts.system.now_ms())
    people = Resident.objects.exclude(home=None).filter(erased_at=None, merged_into=None)
    owners = dict.fromkeys(limit_owner(row) for row in people.order_by("pk"))
    for name in owners if owner == "*" else [owner]:
        for limit in rules.limits:
            for label in labels(limit.period, today, rules.period_ahead_days):
                yield limit_right(name, limit.id, label), limit.pieces
    live = Q(until=None) | Q(until__gte=parts.now().date())
    pairs = Neighbour.objects.filter(live, spend=True, resident__erased_at=None)
    pairs = pairs if owner == "*" else pairs.filter(resident=owner)
    for resident, neighbour in pairs.values_list("resident_id", "neighbour_id"):
        for label in labels(rules.proxy_period, today, rules.period_ahead_days):
            yield proxy_right(ResidentId(resident), ResidentId(neighbour), label), rules.proxy_points
