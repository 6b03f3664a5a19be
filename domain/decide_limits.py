"""Allowances of a household and of a neighbour who comes for somebody: which rights they are, and what is missing."""

from __future__ import annotations

from domain.calendar import UNKNOWN_DAY
from domain.catalogue import Item
from domain.commands import RedeemItem, RedeemSituation
from domain.facts import Proxy
from domain.ids import Day, ResidentId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counter, Counters, Move, RightKey, points_of
from domain.rules import Limit, Rules, limit_right, period_label, proxy_right


def limits_of(rules: Rules, item: Item, household: str, day: Day) -> tuple[tuple[Limit, RightKey], ...]:
    """Return the limits of an item with their rights; a period that no right clock names is not counted."""
    labelled = ((limit, period_label(limit.period, day)) for limit in rules.limits_of(item))
    return tuple((limit, limit_right(household, limit.id, label)) for limit, label in labelled if label is not None)


def proxy_limit(rules: Rules, resident: ResidentId, proxy: ResidentId, day: Day) -> RightKey | None:
    """Return the right to what a neighbour may still spend; ``None`` for nobody, or while no period is known."""
    label = period_label(rules.proxy_period, day)
    return proxy_right(resident, proxy, label) if proxy and label is not None else None


def allowances_of(
    rules: Rules, item: Item, household: str, resident: ResidentId, proxy: ResidentId, day: Day
) -> tuple[RightKey, ...]:
    """Return every right beside points and stock that a redemption is measured by."""
    rights = [right for _, right in limits_of(rules, item, household or resident, day)]
    by = proxy_limit(rules, resident, proxy, day)
    return tuple(rights if by is None else [*rights, by])


def may_act(named: Proxy | None, day: Day, *, spend: bool = False, collect: bool = False) -> bool:
    """Whether a neighbour is named for this, and a clock that is right does not say that it is over."""
    if named is None or (spend and not named.spend) or (collect and not named.collect):
        return False
    return UNKNOWN_DAY in (named.until, day) or day <= named.until


def why_not_allowed(command: RedeemItem, situation: RedeemSituation, item: Item) -> Refused | None:
    """Return the first allowance against a redemption whose points and pieces are there."""
    rules, day = situation.rules, situation.desk.today
    for limit, right in limits_of(rules, item, situation.household or command.resident, day):
        left = situation.allowances.get(right, Counters()).available
        if left < command.pieces:
            return Refused(RefusalCode.LIMIT_REACHED, {"limit": limit.name or item.name, "left": left})
    if not command.proxy:
        return None
    by = proxy_limit(rules, command.resident, command.proxy, day)
    # Without a known period nothing can be counted, so one voucher is held to what a whole period would allow.
    left = rules.proxy_points if by is None else situation.allowances.get(by, Counters()).available
    return Refused(RefusalCode.PROXY_LIMIT, {"left": left}) if left < item.points * command.pieces else None


def allowance_moves(command: RedeemItem, situation: RedeemSituation, item: Item) -> tuple[Move, ...]:
    """Return what a redemption spends of allowances."""
    rules, day = situation.rules, situation.desk.today
    household = situation.household or command.resident
    moves = [Move(right, Counter.SPENT, command.pieces) for _, right in limits_of(rules, item, household, day)]
    by = proxy_limit(rules, command.resident, command.proxy, day)
    return tuple(moves if by is None else [*moves, Move(by, Counter.SPENT, item.points * command.pieces)])


def missing_rights(command: RedeemItem, situation: RedeemSituation, item: Item) -> dict[RightKey, int]:
    """Return how much of which right is missing here for a redemption: what a wish asks the office for."""
    rules, day = situation.rules, situation.desk.today
    points = item.points * command.pieces
    missing = {points_of(command.resident): points - situation.points.available}
    for _, right in limits_of(rules, item, situation.household or command.resident, day):
        missing[right] = command.pieces - situation.allowances.get(right, Counters()).available
    by = proxy_limit(rules, command.resident, command.proxy, day)
    if by is not None:
        missing[by] = points - situation.allowances.get(by, Counters()).available
    return {right: amount for right, amount in missing.items() if amount > 0}
