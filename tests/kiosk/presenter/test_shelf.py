"""What the shelf says: why a tile cannot be had, what a limit is, how many pieces and what they cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from domain.catalogue import ItemClass
from domain.ids import PlaceId
from domain.refusals import RefusalCode, Refused
from domain.rules import Limit, Period, Rules
from kiosk.desk.answers import LimitLeft
from kiosk.flow import states as s
from kiosk.flow.visit import Visit
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import ConfirmView, DoneView, GroupsView, ItemsView, ItemView, MessageView
from tests.kiosk.flow.world import HEARD, ISSUED, LIMITED, LONG, RICE, VISIT

SCENE = Scene(load_texts(), "学田湾驿站", Path("/nowhere"))


def body(state: s.State) -> object:
    return present(s.Session(state, office=HEARD), SCENE, Instant(0, 0.0)).body


def item(visit: Visit, pieces: int = 1) -> ItemView:
    view = body(s.AtItem(visit, visit.catalogue.items[0], 0, pieces))
    assert isinstance(view, ItemView)
    return view


@pytest.mark.parametrize(
    ("limits", "note"),
    [
        ((LimitLeft("rice", 0, 2),), "本月已换过"),
        ((LimitLeft("rice", 0, 0),), "额度不在本站"),
        ((LimitLeft("rice", 1, 1),), ""),
        ((), ""),
    ],
)
def test_a_tile_says_how_a_limit_stands(limits: tuple[LimitLeft, ...], note: str) -> None:
    visit = replace(LIMITED, limits=limits, group="粮油")
    view = body(s.AtItems(visit, ItemClass.GOODS))
    assert isinstance(view, ItemsView)
    tile = next(tile for tile in view.tiles if tile.item == RICE.id)
    assert (tile.note, tile.affordable) == (note, not note)
    assert (view.tiles[-1].item == RICE.id) == bool(note)  # what cannot be had comes last, and is there


def test_a_limit_is_explained() -> None:
    assert dict(item(LIMITED).facts)["限量"] == "每户每月 2 袋，还可换 1 袋"
    assert dict(item(replace(LIMITED, away=True)).facts)["限量"] == "每户每月 2 袋"
    kind = Rules(limits=(Limit("all", 3, Period.YEAR, kind=ItemClass.GOODS),))
    visit = replace(LIMITED, rules=kind, limits=(LimitLeft("all", 2, 1),))
    assert dict(item(visit).facts)["限量"] == "同类每户每年 3 件，还可换 2 件"
    assert "限量" not in dict(item(VISIT).facts)


def test_where_and_until_when() -> None:
    elsewhere = msgspec.structs.replace(RICE, place=PlaceId("P17"), place_name="老张修鞋", voucher_days=7)
    assert item(VISIT).facts == (("地点", "学田湾驿站"), ("期限", "兑换后 30 天内"))
    view = body(s.AtItem(VISIT, elsewhere))
    assert isinstance(view, ItemView)
    assert view.facts == (("地点", "老张修鞋"), ("期限", "兑换后 7 天内"))


def test_pieces_cost_what_they_cost_and_say_why_not_more() -> None:
    one, two = item(VISIT).stepper, item(VISIT, 2).stepper
    assert one is not None
    assert two is not None
    assert (one.count, one.note, one.fewer.enabled, one.more.enabled) == (
        "1 袋，共 120 分",
        "换后还剩 260 分",
        False,
        True,
    )
    assert (two.count, two.note, two.fewer.enabled, two.more.enabled) == (
        "2 袋，共 240 分",
        "一次最多 2 袋",
        True,
        False,
    )
    for visit, said in (
        (replace(VISIT, points=130), "积分够换 1 袋"),
        (replace(VISIT, stock={RICE.id: 1}), "只有 1 袋了"),
        (LIMITED, "本月还可换 1 袋"),
    ):
        stepper = item(visit).stepper
        assert stepper is not None
        assert stepper.note == said
    assert item(replace(VISIT, points=5)).stepper is None  # the band says why instead
    assert item(replace(VISIT, points=5)).reason == "还差 115 分"


def test_the_confirmation_counts_all_pieces() -> None:
    view = body(s.AtConfirm(VISIT, RICE, 0, 2))
    assert isinstance(view, ConfirmView)
    assert view.name == "东北大米 5公斤\n2 袋"
    assert view.rows == (("现有积分", "380 分"), ("2 袋共用", "240 分"), ("兑换后剩余", "140 分"))


def test_the_end_says_what_to_take_along() -> None:
    done = body(s.AtDone(LIMITED, replace(ISSUED, pieces=2, unit="袋")))
    assert isinstance(done, DoneView)
    assert (done.title, done.message) == ("兑换成功：2 袋", "请取走纸条，拿好身份证")
    plain = body(s.AtDone(VISIT, ISSUED))
    assert isinstance(plain, DoneView)
    assert (plain.title, plain.message) == ("兑换成功", "请取走纸条")


def test_groups_are_large_and_at_most_six_a_page() -> None:
    view, more = body(s.AtGroups(LIMITED, ItemClass.GOODS)), body(s.AtGroups(LIMITED, ItemClass.GOODS, 1))
    assert isinstance(view, GroupsView)
    assert isinstance(more, GroupsView)
    assert [choice.label for choice in view.choices][:2] == [f"全部商品\n{len(LONG.items)} 种", "粮油\n3 种"]
    assert [choice.label for choice in more.choices] == ["床品\n1 种", "其他\n1 种"]


@pytest.mark.parametrize("code", [RefusalCode.STOCK_OUT, RefusalCode.LIMIT_REACHED, RefusalCode.PROXY_LIMIT])
def test_nobody_reads_that_nought_are_left(code: RefusalCode) -> None:
    view = body(s.AtRefusal(VISIT, Refused(code, {"left": 0, "limit": "大米"})))
    assert isinstance(view, MessageView)
    assert "0" not in view.message
    assert "没有扣分" in view.message
