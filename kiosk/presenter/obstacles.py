"""What stands between a resident and an item, or one more piece of it, in a few words."""

from __future__ import annotations

from domain.catalogue import Item
from domain.rules import Limit
from kiosk.desk.answers import LimitLeft
from kiosk.flow.reach import over_allowance, over_limit, short_of, used_up
from kiosk.flow.visit import Visit
from kiosk.presenter.scene import Scene


def why_not(visit: Visit, item: Item, scene: Scene) -> str:
    """Why an item cannot be had, empty if it can."""
    t = scene.texts
    if not item.available:
        return t("item.unavailable")
    if visit.left_of(item) == 0:
        return t("item.none_left")
    if used_up(visit, item):
        limit, _ = _tightest(visit, item)
        return t(f"item.limit.used.{limit.period.value}")
    if short_of(visit, item):
        return t("item.short", missing=short_of(visit, item))
    if over_allowance(visit, item):
        return t("item.over_allowance", left=visit.allowance or 0)
    return t("item.limit.elsewhere") if over_limit(visit, item) else ""


def why_no_more(visit: Visit, item: Item, pieces: int, scene: Scene) -> str:
    """Why ``pieces`` of an item are the most."""
    t, more, left = scene.texts, pieces + 1, visit.left_of(item)
    if more > item.pieces_max:
        return t("item.most", most=pieces, unit=item.unit)
    if left is not None and left < more:
        return t("item.most.stock", most=pieces, unit=item.unit)
    if over_limit(visit, item, more):
        limit, _ = _tightest(visit, item)
        return t(f"item.most.limit.{limit.period.value}", most=pieces, unit=item.unit)
    if over_allowance(visit, item, more):
        return t("item.most.allowance", most=pieces, unit=item.unit)
    return t("item.most.points", most=pieces, unit=item.unit)


def limit_sentence(visit: Visit, item: Item, scene: Scene) -> str:
    """The limit of an item, and what is left of it: 每户每月 2 袋，还可换 1 袋; empty if there is none."""
    t = scene.texts
    limits = visit.rules.limits_of(item)
    if not limits:
        return ""
    held = visit.limits_of(item)
    limit = _tightest(visit, item)[0] if held else min(limits, key=lambda one: one.pieces)
    alone = limit.items == (item.id,)
    unit = item.unit if alone and item.unit else t("item.limit.unit")
    said = t(f"item.limit.{limit.period.value}", pieces=limit.pieces, unit=unit)
    said = said if alone else t("item.limit.together", limit=said)
    if visit.away or not held:
        return said  # what is left of it is not known here
    return t("item.limit.left", limit=said, left=_tightest(visit, item)[1].left, unit=unit)


def _tightest(visit: Visit, item: Item) -> tuple[Limit, LimitLeft]:
    """The limit of which least is left; there is one."""
    return min(visit.limits_of(item), key=lambda one: (one[1].left, one[0].pieces - one[1].used))
