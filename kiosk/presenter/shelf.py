"""The shelf: what there is of a class, six a page, and by which groups it can be searched."""

from __future__ import annotations

from domain.catalogue import Item
from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow.ordering import PAGE_SIZE, choices, searchable, shelf
from kiosk.flow.presses import page_count
from kiosk.flow.reach import fetchable, redeemable
from kiosk.flow.visit import Visit
from kiosk.presenter.obstacles import why_not
from kiosk.presenter.scene import Scene
from kiosk.views import Button, GroupsView, ItemsView, ItemTile, Tone

FEW = 5
"""So many pieces left are worth saying on a tile."""


def items(session: s.Session, state: s.AtItems, scene: Scene) -> ItemsView:
    """One page of a class, or of a group of it."""
    t, visit = scene.texts, state.visit
    found = shelf(visit, state.kind)
    pages = page_count(len(found), PAGE_SIZE)
    page = min(state.page, pages - 1)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    narrow = searchable(visit, state.kind)  # one button more beside the page
    whole = t("items.title", kind=t(f"kind.{state.kind.value}"))
    return ItemsView(
        title=whole if visit.group is None else _group(visit.group, scene),
        tiles=tuple(_item_tile(session, visit, item, scene) for item in shown),
        page=t("page.short" if narrow else "page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
        groups=Button(t("button.groups"), a.ShowGroups()) if narrow else None,
    )


def groups(state: s.AtGroups, scene: Scene) -> GroupsView:
    """All of a class, or a group of it."""
    t, found = scene.texts, choices(state.visit, state.kind)
    pages = page_count(len(found), PAGE_SIZE)
    page = min(state.page, pages - 1)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return GroupsView(
        title=t("groups.title", kind=t(f"kind.{state.kind.value}")),
        choices=tuple(_group_choice(state, group, scene) for group in shown),
        page=t("page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
    )


def _group_choice(state: s.AtGroups, group: str | None, scene: Scene) -> Button:
    t, of_class = scene.texts, state.visit.catalogue.of_class(state.kind)
    count = sum(group in (None, item.group) for item in of_class)
    name = t("groups.all", kind=t(f"kind.{state.kind.value}")) if group is None else _group(group, scene)
    tone = Tone.PRIMARY if group == state.visit.group else Tone.PLAIN
    return Button(t("groups.choice", group=name, count=count), a.ChooseGroup(group), tone)


def _group(group: str, scene: Scene) -> str:
    return group or scene.texts("groups.other")


def _item_tile(session: s.Session, visit: Visit, item: Item, scene: Scene) -> ItemTile:
    t, left = scene.texts, visit.left_of(item)
    # For somebody whose points lie elsewhere what is missing here says little: they most likely have it.
    fetch = visit.away and fetchable(session, visit, item)
    note = t("item.fetch.tile") if fetch else why_not(visit, item, scene)
    if not note and left is not None and left <= FEW:
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
