"""The screens on which something is chosen: home, items, item, confirmation."""

from __future__ import annotations

from domain.catalogue import Item, ItemClass
from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow.presses import PAGE_SIZE, page_count, redeemable
from kiosk.presenter.scene import Scene
from kiosk.views import Button, ClassTile, ConfirmView, HomeView, ItemsView, ItemTile, ItemView, Tone


def home(state: s.AtHome, scene: Scene) -> HomeView:
    """Name, points, three classes."""
    t, visit = scene.texts, state.visit
    return HomeView(
        greeting=t("home.greeting", name=visit.name),
        points_label=t("home.points"),
        points=str(visit.points),
        question=t("home.question"),
        tiles=tuple(_class_tile(visit, kind, scene) for kind in ItemClass),
    )


def _class_tile(visit: s.Visit, kind: ItemClass, scene: Scene) -> ClassTile:
    t = scene.texts
    within_reach = sum(redeemable(visit, item) for item in visit.catalogue.of_class(kind))
    return ClassTile(
        kind=kind.value,
        label=t(f"kind.{kind.value}"),
        caption=t(f"kind.{kind.value}.caption"),
        count=t("home.count", count=within_reach) if within_reach else t("home.count.none"),
        action=a.ChooseClass(kind.value),
    )


def items(state: s.AtItems, scene: Scene) -> ItemsView:
    """One page of a class."""
    t = scene.texts
    found = state.visit.catalogue.of_class(state.kind)
    pages = page_count(len(found), PAGE_SIZE)
    page = min(state.page, pages - 1)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return ItemsView(
        title=t("items.title", kind=t(f"kind.{state.kind.value}")),
        tiles=tuple(_item_tile(state.visit, item, scene) for item in shown),
        page=t("page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
    )


def _item_tile(visit: s.Visit, item: Item, scene: Scene) -> ItemTile:
    t, left = scene.texts, visit.left_of(item)
    note = _why_not(visit, item, scene)
    if not note and left is not None and left <= 5:
        note = t("item.left", left=left, unit=item.unit)
    return ItemTile(
        item=item.id,
        name=item.name,
        price=t("points", points=item.points),
        note=note,
        affordable=redeemable(visit, item),
        picture=scene.picture(item.picture),
        action=a.ChooseItem(item.id),
    )


def _why_not(visit: s.Visit, item: Item, scene: Scene) -> str:
    t = scene.texts
    if not item.available:
        return t("item.unavailable")
    if visit.left_of(item) == 0:
        return t("item.none_left")
    if item.points > visit.points:
        return t("item.short", missing=item.points - visit.points)
    return ""


def item(state: s.AtItem, scene: Scene) -> ItemView:
    """One item."""
    t, visit, found = scene.texts, state.visit, state.item
    left = visit.left_of(found)
    facts = [(t("item.place"), scene.station if found.place is None else found.place)]
    facts.append((t("item.days"), t("item.days.value", days=found.voucher_days)))
    if left is not None:
        facts.append((t("item.stock"), t("item.stock.value", left=left, unit=found.unit)))
    reason = _why_not(visit, found, scene)
    return ItemView(
        name=found.name,
        picture=scene.picture(found.picture),
        description=found.description,
        price=t("points", points=found.points),
        facts=tuple(facts),
        redeem=Button(t("button.redeem"), a.Redeem(), Tone.PRIMARY, enabled=not reason),
        reason=reason,
    )


def confirm(state: s.AtConfirm, scene: Scene) -> ConfirmView:
    """What, how many points, what remains."""
    t, visit, found = scene.texts, state.visit, state.item
    return ConfirmView(
        title=t("confirm.title"),
        name=found.name,
        picture=scene.picture(found.picture),
        rows=(
            (t("confirm.before"), t("points", points=visit.points)),
            (t("confirm.spend"), t("points", points=found.points)),
            (t("confirm.after"), t("points", points=visit.points - found.points)),
        ),
        confirm=Button(t("button.confirm"), a.Confirm(), Tone.PRIMARY),
        cancel=Button(t("button.cancel"), a.Back(), Tone.QUIET),
    )
