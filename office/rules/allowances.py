"""How much of an allowance there is in all, and for which periods it is handed out by now. Pure."""

from __future__ import annotations

from domain.ids import Day
from domain.rights import RightKey
from domain.rules import Period, Rules, period_label

STEP_DAYS = 28  # no period is shorter


def labels(period: Period, today: Day, ahead: int) -> tuple[str, ...]:
    """Return the periods that are handed out on a day: its own, and those that begin within ``ahead`` days."""
    days = [*range(today, today + ahead, STEP_DAYS), today + ahead]
    found = [period_label(period, Day(day)) for day in days]
    return tuple(dict.fromkeys(label for label in found if label is not None))


def ceiling_of(rules: Rules, right: RightKey, today: Day, *, proxied: bool) -> int:
    """Return how much of a right ``limit/…`` may be out in all; 0 for what no rule gives, or not in this period.

    ``proxied``: whether the neighbour that the right names may spend for this resident.
    """
    parts = right.split("/")
    if len(parts) != 4 or parts[0] != "limit":
        return 0
    _, _, limit, label = parts
    if limit.startswith("by-"):
        now = labels(rules.proxy_period, today, rules.period_ahead_days)
        return rules.proxy_points if proxied and label in now else 0
    found = next((one for one in rules.limits if one.id == limit), None)
    if found is None or label not in labels(found.period, today, rules.period_ahead_days):
        return 0
    return found.pieces
