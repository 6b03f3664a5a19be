"""One item: what it is, where and until when it is handed over, how many can be had, and what stands in the way."""

from __future__ import annotations

from domain.catalogue import Item
from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow.reach import fetchable, most_pieces, on_offer, redeemable, short_of
from kiosk.presenter.obstacles import limit_sentence, why_no_more, why_not
from kiosk.presenter.scene import Scene
from kiosk.views import Button, ItemView, Stepper, Tone


def item(session: s.Session, state: s.AtItem, scene: Scene) -> ItemView:
    """Picture, price, facts; how many, where more than one can be had; the button."""
    t, visit, found = scene.texts, state.visit, state.item
    left = visit.left_of(found)
    reason, tone = _reason(session, state, scene)
    stepper = _stepper(session, state, scene)
    return ItemView(
        name=found.name,
        picture=scene.picture(found.picture),
        description=found.description,
        price=t("points", points=found.points),
        facts=_facts(state, scene),
        redeem=_redeem_button(session, state, scene),
        reason="" if stepper else reason,  # else it stands in the stepper
        reason_tone=tone,
        stock=t("item.stock", left=left, unit=found.unit) if left else "",
        stepper=stepper,
    )


def _facts(state: s.AtItem, scene: Scene) -> tuple[tuple[str, str], ...]:
    t, found = scene.texts, state.item
    limit = limit_sentence(state.visit, found, scene)
    return (
        (t("item.place"), place_of(found, scene)),
        (t("item.days"), t("item.days.value", days=found.voucher_days)),
        *([(t("item.limit"), limit)] if limit else []),
    )


def place_of(item: Item, scene: Scene) -> str:
    """Where an item is handed over, as people read it."""
    return scene.station if item.place is None else item.place_name or item.place


def _redeem_button(session: s.Session, state: s.AtItem, scene: Scene) -> Button:
    t, visit, found, pieces = scene.texts, state.visit, state.item, state.pieces
    fetch = fetchable(session, visit, found, pieces)
    if fetch and not visit.away:
        return Button(t("button.ask_office"), a.Redeem(), Tone.PLAIN)
    return Button(t("button.redeem"), a.Redeem(), Tone.PRIMARY, enabled=fetch or redeemable(visit, found, pieces))


def _reason(session: s.Session, state: s.AtItem, scene: Scene) -> tuple[str, Tone]:
    t, visit, found = scene.texts, state.visit, state.item
    missing = short_of(visit, found, state.pieces)
    if visit.away and missing and on_offer(visit, found, state.pieces):
        if fetchable(session, visit, found, state.pieces):
            return t("item.fetch", missing=missing), Tone.PLAIN
        if session.cut_off:
            return t("item.cut_off", missing=missing), Tone.WARNING
    return why_not(visit, found, scene), Tone.WARNING


def _stepper(session: s.Session, state: s.AtItem, scene: Scene) -> Stepper | None:
    """Only where one piece can be had, and more than one go on a voucher."""
    t, visit, found, pieces = scene.texts, state.visit, state.item, state.pieces
    one = redeemable(visit, found) or (visit.away and fetchable(session, visit, found))
    if found.pieces_max == 1 or not one:
        return None
    most, spent = most_pieces(session, visit, found), found.points * pieces
    reason, _ = _reason(session, state, scene)
    note = t("item.remains", left=max(0, visit.points - spent))
    if pieces >= most:
        note = why_no_more(visit, found, pieces, scene)
    return Stepper(
        fewer=Button(t("button.fewer"), a.SetPieces(pieces - 1), enabled=pieces > 1),
        more=Button(t("button.more"), a.SetPieces(pieces + 1), enabled=pieces < most),
        count=t("item.pieces", pieces=pieces, unit=found.unit, points=spent),
        note=reason or note,
    )
