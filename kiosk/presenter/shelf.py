"""The shelf: what there is, whether it can be had, and if not what stands in the way."""

from __future__ import annotations

from domain.catalogue import Item
from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow.presses import PAGE_SIZE, page_count
from kiosk.flow.reach import fetchable, on_offer, over_allowance, redeemable, short_of
from kiosk.flow.visit import Visit
from kiosk.presenter.scene import Scene
from kiosk.views import Button, ItemsView, ItemTile, ItemView, Tone


def items(session: s.Session, state: s.AtItems, scene: Scene) -> ItemsView:
    """One page of a class."""
    t = scene.texts
    found = state.visit.catalogue.of_class(state.kind)
    pages = page_count(len(found), PAGE_SIZE)
    page = min(state.page, pages - 1)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return ItemsView(
        title=t("items.title", kind=t(f"kind.{state.kind.value}")),
        tiles=tuple(_item_tile(session, state.visit, item, scene) for item in shown),
        page=t("page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
    )


def _item_tile(session: s.Session, visit: Visit, item: Item, scene: Scene) -> ItemTile:
    t, left = scene.texts, visit.left_of(item)
    # For somebody whose points lie elsewhere what is missing here says little: they most likely have it.
    fetch = visit.away and fetchable(session, visit, item)
    note = t("item.fetch.tile") if fetch else _why_not(visit, item, scene)
    if not note and left is not None and left <= 5:
        note = t("item.left", left=left, unit=item.unit)
    return ItemTile(
        item=item.id,
        name=item.name,
        price=t("points", points=item.points),
        note=note,
        affordable=fetch or redeemable(visit, item),
        picture=scene.picture(item.picture),
        action=a.ChooseItem(item.id),
    )


def _why_not(visit: Visit, item: Item, scene: Scene) -> str:
    t = scene.texts
    if not item.available:
        return t("item.unavailable")
    if visit.left_of(item) == 0:
        return t("item.none_left")
    if short_of(visit, item):
        return t("item.short", missing=short_of(visit, item))
    return t("item.over_allowance", left=visit.allowance) if over_allowance(visit, item) else ""


def item(session: s.Session, state: s.AtItem, scene: Scene) -> ItemView:
    """One item."""
    t, visit, found = scene.texts, state.visit, state.item
    left = visit.left_of(found)
    facts = [(t("item.place"), scene.station if found.place is None else found.place)]
    facts.append((t("item.days"), t("item.days.value", days=found.voucher_days)))
    if left is not None:
        facts.append((t("item.stock"), t("item.stock.value", left=left, unit=found.unit)))
    reason, tone = _reason(session, visit, found, scene)
    fetch = fetchable(session, visit, found)
    return ItemView(
        name=found.name,
        picture=scene.picture(found.picture),
        description=found.description,
        price=t("points", points=found.points),
        facts=tuple(facts),
        redeem=_redeem_button(visit, found, scene, fetch=fetch),
        reason=reason,
        reason_tone=tone,
    )


def _redeem_button(visit: Visit, item: Item, scene: Scene, *, fetch: bool) -> Button:
    t = scene.texts
    if fetch and not visit.away:
        return Button(t("button.ask_office"), a.Redeem(), Tone.PLAIN)
    return Button(t("button.redeem"), a.Redeem(), Tone.PRIMARY, enabled=fetch or redeemable(visit, item))


def _reason(session: s.Session, visit: Visit, item: Item, scene: Scene) -> tuple[str, Tone]:
    t, missing = scene.texts, short_of(visit, item)
    if visit.away and missing and on_offer(visit, item):
        if fetchable(session, visit, item):
            return t("item.fetch", missing=missing), Tone.PLAIN
        if session.cut_off:
            return t("item.cut_off", missing=missing), Tone.WARNING
    return _why_not(visit, item, scene), Tone.WARNING
