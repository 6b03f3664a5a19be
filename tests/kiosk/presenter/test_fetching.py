"""What is said of points that lie elsewhere: where, how many, and what can be had here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.catalogue import ItemClass
from kiosk.desk.wish_states import NoLine, Short, Unreachable, Waiting
from kiosk.flow import states as s
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import Body, FetchingView, HomeView, ItemsView, ItemView, MessageView, Tone, WhomView
from tests.kiosk.flow.world import ALONE, CUT_OFF, FAR, FOR_ZHANG, HEARD, NEIGHBOUR, RICE, VISIT, WISH

SCENE = Scene(load_texts(), "学田湾社区党群驿站", Path())
POOR = replace(VISIT, points=100)


def body(state: s.State, office: s.Office | None = HEARD, now: float = 0.0) -> Body:
    return present(s.Session(state, office=office), SCENE, Instant(0, now)).body


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Waiting(), "总站还没有把积分送到。没有扣分，可以再试一次。本站有 100 分可以用。"),
        (Short(0), "您的积分都在本站，共 100 分，还差 20 分。没有扣分。"),
        (Short(5), "本站有 100 分，别处还有 5 分，合起来还差 15 分。没有扣分。"),
        (Short(50), "您在别处还有 50 分，总站现在调不过来，请过些时候再来。没有扣分。本站有 100 分可以用。"),
        (
            Unreachable("江北驿站"),
            "您的积分在江北驿站，那里现在没有网络。没有扣分，请过些时候再来。本站有 100 分可以用。",
        ),
        (Unreachable(), "总站还没有把积分送到。没有扣分，可以再试一次。本站有 100 分可以用。"),
        (NoLine(), "没有网络，只能用本站的 100 分，还差 20 分。没有扣分。"),
    ],
)
def test_why_it_did_not_come(why: Waiting | Short | Unreachable | NoLine, said: str) -> None:
    view = body(s.AtNotFetched(FAR, RICE, 0, why))
    assert isinstance(view, MessageView)
    assert view.message == said
    assert view.buttons[1].label == "看看别的"


def test_the_bar_fills_up_to_what_the_rules_say() -> None:
    for now, left in ((0.0, 20), (0.4, 20), (7.6, 13), (25.0, 0)):
        view = body(s.Fetching(FAR, RICE, WISH), now=now)
        assert isinstance(view, FetchingView)
        assert (view.seconds_left, view.seconds, view.left) == (left, 20, f"最多再等 {left} 秒")


def test_the_shelf_of_somebody_whose_points_lie_elsewhere() -> None:
    shown = [body(s.AtItem(FAR, RICE), office) for office in (HEARD, CUT_OFF)]
    assert [
        (v.stepper.note if v.stepper else v.reason, v.redeem.enabled, v.reason_tone)
        for v in shown
        if isinstance(v, ItemView)
    ] == [
        ("本站还差 20 分，可调取", True, Tone.PLAIN),
        ("没有网络，还差 20 分", False, Tone.WARNING),
    ]
    for office, note, affordable in ((HEARD, "可向总站调取", True), (CUT_OFF, "还差 20 分", False)):
        view = body(s.AtItems(FAR, ItemClass.GOODS), office)
        assert isinstance(view, ItemsView)
        assert (view.tiles[0].note, view.tiles[0].affordable) == (note, affordable)
    for office, question in ((HEARD, "选好东西，积分就调过来"), (CUT_OFF, "没有网络，只能用本站的积分")):
        home = body(s.AtHome(FAR), office)
        assert isinstance(home, HomeView)
        assert (home.points_label, home.question) == ("本站积分", question)


def test_at_home_the_office_may_be_asked_and_nobody_is_promised_anything() -> None:
    view = body(s.AtItem(POOR, RICE))
    assert isinstance(view, ItemView)
    assert (view.reason, view.redeem.label, view.redeem.tone) == ("还差 20 分", "问问总站", Tone.PLAIN)
    tiles = body(s.AtItems(POOR, ItemClass.GOODS))
    assert isinstance(tiles, ItemsView)
    assert (tiles.tiles[0].note, tiles.tiles[0].affordable) == ("还差 20 分", False)
    for office in (None, CUT_OFF):
        view = body(s.AtItem(POOR, RICE), office)
        assert isinstance(view, ItemView)
        assert (view.redeem.label, view.redeem.enabled) == ("我要兑换", False)


def test_for_whom_is_on_every_screen() -> None:
    asked = body(s.AtWhom(NEIGHBOUR))
    assert isinstance(asked, WhomView)
    assert [choice.label for choice in asked.choices] == ["自己办\n陈*芳", "代领\n张*三"]
    view = present(s.Session(s.AtHome(FOR_ZHANG)), SCENE, Instant(0, 0.0))
    assert (view.frame.resident, view.frame.balance) == ("代 张*三", "500 分")
    assert isinstance(view.body, HomeView)
    assert (view.body.greeting, view.body.question) == ("代 张*三 办理", "代领额度还剩 300 分")
    own = present(s.Session(s.AtHome(NEIGHBOUR)), SCENE, Instant(0, 0.0))
    assert own.frame.resident == "陈*芳"


def test_out_of_service_is_said_before_anybody_takes_out_a_card() -> None:
    view = present(s.Session(office=ALONE), SCENE, Instant(0, 0.0))
    assert isinstance(view.body, MessageView)
    assert "31 天没有联系上总站" in view.body.message
    assert view.speech[0].id == "speech.stopped"
    for code, word in (("station.fenced", "停用"), ("stick.ahead", "U盘")):
        out = body(s.OutOfOrder(code))
        assert isinstance(out, MessageView)
        assert word in out.message
