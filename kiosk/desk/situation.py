"""What a decision needs to know, read within one transaction."""

from __future__ import annotations

from domain.alone import alone_for
from domain.catalogue import Catalogue
from domain.commands import Desk, RedeemItem, RedeemSituation
from domain.decide_limits import allowances_of, missing_rights, proxy_limit
from domain.entries import Stamp, decode_entry
from domain.ids import ResidentId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counters, RightKey, points_of, stock_of
from domain.rules import Rules, limit_right, period_label
from kiosk.desk.answers import LimitLeft
from kiosk.desk.parts import DeskParts


def situation_of(
    parts: DeskParts, command: RedeemItem, catalogue: Catalogue, rules: Rules, desk: Desk
) -> RedeemSituation:
    """Return all that decides a redemption."""
    journal, item = parts.journal, catalogue.item(command.item)
    resident = journal.people.resident(command.resident)
    household = "" if resident is None else resident.household
    allowances: dict[RightKey, Counters] = {}
    if item is not None:
        rights = allowances_of(rules, item, household, command.resident, command.proxy, desk.today)
        allowances = {right: journal.rights.get(right) for right in rights}
    return RedeemSituation(
        desk=desk,
        catalogue=catalogue,
        points=journal.rights.get(points_of(command.resident)),
        stock=journal.rights.get(stock_of(command.item)),
        rules=rules,
        household=household,
        allowances=allowances,
        named=journal.people.proxy(command.resident, command.proxy) if command.proxy else None,
        pin_passed=journal.pins.passed(command.command, command.holder),
    )


def missing(
    parts: DeskParts, command: RedeemItem, catalogue: Catalogue, rules: Rules | None = None
) -> dict[RightKey, int]:
    """Return how much of which right a redemption lacks here, for a wish; empty if nothing, or no such item."""
    item = catalogue.item(command.item)
    if item is None:
        return {}
    with parts.journal.reading():
        desk = parts.desk(parts.stamp())
        return missing_rights(command, situation_of(parts, command, catalogue, rules or parts.rules(), desk), item)


def allowance_of(parts: DeskParts, resident: ResidentId, proxy: ResidentId, rules: Rules) -> int | None:
    """Return how many points a neighbour may still spend for a resident, as far as that lies here; ``None``: nobody."""
    if not proxy:
        return None
    right = proxy_limit(rules, resident, proxy, parts.desk(parts.stamp()).today)
    # Without a known period one voucher is held to what a whole period would allow.
    return rules.proxy_points if right is None else parts.journal.rights.get(right).available


def limits_left(parts: DeskParts, household: str, rules: Rules) -> tuple[LimitLeft, ...]:
    """Return how a household stands with every limit whose period is known, as far as that lies here."""
    today = parts.desk(parts.stamp()).today
    found = []
    for limit in rules.limits:
        label = period_label(limit.period, today)
        if label is not None:
            held = parts.journal.rights.get(limit_right(household, limit.id, label))
            found.append(LimitLeft(limit.id, held.available, held.spent - held.refunded))
    return tuple(found)


def why_closed(parts: DeskParts, rules: Rules, stamp: Stamp) -> Refused | None:
    """Return why no right may be spent or given here at all, ``None`` if it may."""
    journal = parts.journal
    if journal.office.alarm():
        return Refused(RefusalCode.STATION_HALTED)
    if journal.down.unknown():
        return Refused(RefusalCode.STATION_OUTDATED)
    days = days_alone(parts, rules, stamp)
    return None if days is None else Refused(RefusalCode.STATION_ALONE, {"days": days})


def days_alone(parts: DeskParts, rules: Rules, stamp: Stamp) -> int | None:
    """Return the days without the office if they are more than the rules allow."""
    heard = parts.journal.office.seen().heard_at
    return alone_for(stamp.at, heard, _opened_at(parts), rules, clock_ok=stamp.clock_ok)


def _opened_at(parts: DeskParts) -> int | None:
    """When this life of the station was opened, by a clock that was right."""
    data = parts.journal.chain.first()
    entry = None if data is None else decode_entry(data)
    return entry.at if entry is not None and entry.clock_ok else None
