"""One press, one action; nothing while a screen settles; nothing from what is disabled or under a veil."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.actions import CallStaff, Confirm, Finish, Home, MoreTime, Redeem, TurnPage
from tests.kiosk.screens.sample_bodies import STILL_THERE, items
from tests.kiosk.screens.sample_views import sample_views

VIEWS = sample_views()


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_each_button_acts_once_and_a_disabled_one_never(stage: Any, name: str) -> None:
    stage.show(VIEWS[name])
    for target in stage.hand.within_reach():
        stage.actions.clear()
        stage.now += 1.0
        stage.hand.touch(*target.center)
        assert stage.actions == ([target.action] if target.enabled else []), target.view_button


def test_a_screen_takes_no_touch_for_300_ms(stage: Any) -> None:
    stage.show(VIEWS["item"])
    stage.host.show(VIEWS["confirm"])
    stage.now += 0.29
    stage.hand.press(Confirm())
    assert stage.actions == []
    stage.now += 0.02
    stage.hand.press(Confirm())
    assert stage.actions == [Confirm()]


def test_a_refilled_screen_takes_touches_at_once(stage: Any) -> None:
    view = VIEWS["item"]
    stage.show(view)
    stage.host.show(replace(view, frame=replace(view.frame, clock="10:25", balance="379 分")))
    stage.hand.press(Redeem())
    assert stage.actions == [Redeem()]


def test_a_finger_that_was_down_when_the_screen_changed_does_nothing(stage: Any) -> None:
    stage.show(VIEWS["item"])
    target = stage.hand.find(Redeem())
    finger = stage.hand.put_down(*target.center)
    assert target.pressed
    stage.show(VIEWS["confirm"])
    stage.hand.lift(finger)
    assert stage.actions == []
    assert not target.pressed


def test_a_trembling_double_tap_counts_once(stage: Any) -> None:
    stage.show(VIEWS["item"])
    stage.hand.press(Redeem())
    stage.now += 0.15
    stage.hand.press(Redeem())
    assert stage.actions == [Redeem()]
    stage.now += 0.4
    stage.hand.press(Redeem())
    assert stage.actions == [Redeem(), Redeem()]


def test_a_finger_that_slides_away_gives_up(stage: Any) -> None:
    stage.show(VIEWS["item"])
    target = stage.hand.find(Redeem())
    finger = stage.hand.put_down(*target.center)
    finger.move({"x": 0.5, "y": 0.9})
    stage.hand.lift(finger)
    assert stage.actions == []
    assert not target.pressed


def test_a_second_finger_on_the_same_button_does_not_add_a_press(stage: Any) -> None:
    stage.show(VIEWS["item"])
    x, y = stage.hand.find(Redeem()).center
    first, second = stage.hand.put_down(x - 9, y), stage.hand.put_down(x + 9, y)
    stage.hand.lift(first)
    stage.now += 1.0
    stage.hand.lift(second)
    assert stage.actions == [Redeem()]


def test_nothing_under_the_veil_can_be_pressed(stage: Any) -> None:
    plain = replace(VIEWS["still_there"], overlay=None)
    stage.show(plain)
    under = [target.center for target in stage.hand.within_reach()]
    stage.show(VIEWS["still_there"])
    over = [target.box for target in stage.hand.within_reach()]
    for x, y in under:
        if not any(box.holds(x, y) for box in over):
            stage.hand.touch(x, y)
    assert stage.actions == []
    stage.hand.press(MoreTime())
    stage.now += 1.0
    stage.hand.press(Finish())
    assert stage.actions == [MoreTime(), Finish()]


def test_a_count_of_seconds_is_a_refill(stage: Any) -> None:
    view = VIEWS["still_there"]
    stage.show(view)
    stage.host.show(replace(view, overlay=replace(STILL_THERE, seconds_left=27)))
    assert "27" in stage.hand.words()
    stage.hand.press(MoreTime())
    assert stage.actions == [MoreTime()]


def test_turning_the_page_is_a_change_of_screen(stage: Any) -> None:
    view = VIEWS["items"]
    stage.show(view)
    stage.hand.press(TurnPage(1))
    body = replace(items(""), tiles=items("").tiles[:3], next=None)
    stage.host.show(replace(view, body=body))
    stage.hand.press(CallStaff())
    assert stage.actions == [TurnPage(1)]


def test_buttons_of_the_view_before_are_gone(stage: Any) -> None:
    from kiosk.screens.hand import HandError

    stage.show(VIEWS["message_question"])
    stage.show(VIEWS["message_trouble"])
    labels = [target.view_button.label for target in stage.hand.within_reach()]
    tools = [tool.label for tool in VIEWS["message_trouble"].frame.tools]
    assert sorted(labels) == sorted(["知道了", "找人帮忙", *tools])
    assert stage.hand.find("知道了").action == Home()
    with pytest.raises(HandError, match="nothing to press"):
        stage.hand.find(Redeem)


def test_waiting_ends(stage: Any) -> None:
    from kiosk.screens.hand import HandError

    def later() -> bool:
        stage.now += 1.0
        return bool(stage.now > 1003.5)

    def never() -> bool:
        stage.now += 1.0
        return False

    stage.hand.wait(later, "the clock")
    with pytest.raises(HandError, match="in vain for the moon"):
        stage.hand.wait(never, "the moon")


def test_other_threads_reach_the_screen(stage: Any) -> None:
    import threading

    from kiosk.screens.ui_thread import post_to_ui

    told: list[str] = []
    worker = threading.Thread(target=lambda: post_to_ui(lambda: told.append(threading.current_thread().name)))
    worker.start()
    worker.join()
    stage.hand.pump(2)
    assert told == [threading.main_thread().name]


def test_a_name_does_not_stay_behind_on_a_screen_that_was_left(stage: Any) -> None:
    from kiosk.screens.text import Text

    stage.show(VIEWS["home"])
    before = [widget for widget in stage.host.walk() if isinstance(widget, Text)]
    assert any("陈*芳" in text.text for text in before)
    stage.show(VIEWS["idle"])
    assert not any("陈*芳" in text.text for text in before)
    stage.show(VIEWS["home"])
    assert "陈*芳，您好" in stage.hand.words()
