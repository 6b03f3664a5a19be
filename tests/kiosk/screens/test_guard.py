"""A fault in a screen ends the visit and the kiosk goes on; a second one within a minute ends the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


class Fault(Exception):
    """Of a screen."""


@pytest.fixture
def guarded(stage: Any) -> Iterator[tuple[Any, list[str]]]:
    from kivy.base import ExceptionManager

    from kiosk.screens.guard import Guard

    ended: list[str] = []
    guard = Guard(lambda: stage.now, lambda: ended.append("visit"))
    ExceptionManager.add_handler(guard)
    yield stage, ended
    ExceptionManager.remove_handler(guard)


def fail_in_a_frame(stage: Any) -> None:
    from kivy.clock import Clock

    def fail(_elapsed: float) -> None:
        raise Fault

    Clock.schedule_once(fail)
    stage.hand.pump(3)


def test_the_first_fault_ends_the_visit_and_frames_go_on(guarded: tuple[Any, list[str]]) -> None:
    stage, ended = guarded
    fail_in_a_frame(stage)
    assert ended == ["visit"]
    stage.now += 61
    fail_in_a_frame(stage)
    assert ended == ["visit", "visit"]


def test_a_second_fault_within_a_minute_leaves_the_loop(guarded: tuple[Any, list[str]]) -> None:
    stage, ended = guarded
    fail_in_a_frame(stage)
    stage.now += 59
    with pytest.raises(Fault):
        fail_in_a_frame(stage)
    assert ended == ["visit"]


def test_an_end_that_is_asked_for_is_no_fault(guarded: tuple[Any, list[str]]) -> None:
    from kivy.base import ExceptionManager

    from kiosk.screens.guard import Guard

    guard = Guard(lambda: 0.0, lambda: None)
    for wanted in (KeyboardInterrupt(), SystemExit()):
        assert guard.handle_exception(wanted) is ExceptionManager.RAISE
    assert guard.handle_exception(Fault()) is ExceptionManager.PASS


def test_a_visit_that_cannot_be_ended_ends_the_process(guarded: tuple[Any, list[str]]) -> None:
    from kivy.base import ExceptionManager

    from kiosk.screens.guard import Guard

    def fail() -> None:
        raise Fault

    assert Guard(lambda: 0.0, fail).handle_exception(Fault()) is ExceptionManager.RAISE
