"""The screens on which something is chosen: for whom, which class, and the confirmation."""

from __future__ import annotations

from domain.catalogue import ItemClass
from kiosk import actions as a
from kiosk.desk.answers import ActFor
from kiosk.flow import states as s
from kiosk.flow.presses import WHOM_PAGE_SIZE, page_count
from kiosk.flow.reach import on_offer, over_allowance, over_limit, redeemable, short_of
from kiosk.flow.visit import Visit
from kiosk.presenter.mine import total_line
from kiosk.presenter.scene import Scene
from kiosk.presenter.sentences import so_many
from kiosk.views import Button, ClassTile, ConfirmView, HomeView, Tone, WhomView


def whom(state: s.AtWhom, scene: Scene) -> WhomView:
    """For whom, six a page."""
    t, choices = scene.texts, state.visit.choices
    pages = page_count(len(choices), WHOM_PAGE_SIZE)
    page = min(state.page, pages - 1)
    first = page * WHOM_PAGE_SIZE
    return WhomView(
        title=t("whom.title"),
        choices=tuple(_choice(first + at, one, scene) for at, one in enumerate(choices[first:][:WHOM_PAGE_SIZE])),
        page=t("page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
    )


def _choice(at: int, one: ActFor, scene: Scene) -> Button:
    t = scene.texts
    label = t("whom.other", name=one.name) if at else t("whom.self", name=one.name)
    return Button(label, a.ChooseWhom(at), Tone.PLAIN if at else Tone.PRIMARY)


def home(session: s.Session, state: s.AtHome, scene: Scene) -> HomeView:
    """Name, points, three classes."""
    t, visit = scene.texts, state.visit
    total = "" if visit.proxy else total_line(visit, scene, "home.total.short")
    question = t("home.question")
    if visit.away and session.cut_off:
        question = t("home.cut_off")
    elif visit.away and session.line:
        question = t("home.away")
    elif visit.proxy and visit.allowance is not None:
        question = t("home.allowance", left=visit.allowance)
    return HomeView(
        greeting=t("home.for" if visit.proxy else "home.greeting", name=visit.name),
        points_label=t("home.points.here" if visit.away or total else "home.points"),
        points=str(visit.points),
        question=question,
        tiles=tuple(_class_tile(visit, kind, scene) for kind in ItemClass),
        total=total,
        mine=_mine(visit, scene),
    )


def _class_tile(visit: Visit, kind: ItemClass, scene: Scene) -> ClassTile:
    t = scene.texts
    within_reach = sum(redeemable(visit, item) for item in visit.catalogue.of_class(kind))
    return ClassTile(
        kind=kind.value,
        label=t(f"kind.{kind.value}"),
        caption=t(f"kind.{kind.value}.caption"),
        count=t("home.count", count=within_reach) if within_reach else _next(visit, kind, scene),
        action=a.ChooseClass(kind.value),
    )


def _next(visit: Visit, kind: ItemClass, scene: Scene) -> str:
    """How many points the nearest thing of a class still needs, where points are all that is missing."""
    t = scene.texts
    offered = (item for item in visit.catalogue.of_class(kind) if on_offer(visit, item))
    free = (item for item in offered if not over_allowance(visit, item) and not over_limit(visit, item))
    missing = min((short_of(visit, item) for item in free), default=0)
    return t("item.short", missing=missing) if missing and not visit.away else t("home.count.none")


def _mine(visit: Visit, scene: Scene) -> Button:
    t = scene.texts
    if visit.proxy:
        return Button(t("home.mine.for"), a.OpenVouchers(), Tone.PLAIN)
    return Button(t("home.mine"), a.OpenMine(), Tone.PLAIN)


def confirm(state: s.AtConfirm, scene: Scene) -> ConfirmView:
    """What, how many points, what remains."""
    t, visit, found = scene.texts, state.visit, state.item
    spent, spend = found.points * state.pieces, t("confirm.spend")
    if state.pieces > 1:
        spend = t("confirm.spend.pieces", pieces=state.pieces, unit=found.unit)
    return ConfirmView(
        title=t("confirm.title"),
        name=so_many(found.name, state.pieces, found.unit, scene),
        picture=scene.picture(found.picture),
        rows=(
            *([(t("confirm.for"), visit.name)] if visit.proxy else []),
            (t("confirm.before"), t("points", points=visit.points)),
            (spend, t("points", points=spent)),
            (t("confirm.after"), t("points", points=visit.points - spent)),
        ),
        confirm=Button(t("button.confirm"), a.Confirm(), Tone.PRIMARY),
        cancel=Button(t("button.cancel"), a.Back(), Tone.QUIET),
    )
