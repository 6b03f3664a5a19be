"""A screen that nobody uses grows dark; the first touch wakes it, a card wakes it and counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.board import Board, Span
from domain.ids import CommandId, VisitId
from kiosk import actions as a
from kiosk.dimness import Dimness
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.flow.waking import dimness
from tests.kiosk.flow.world import REFUSED, STATES, VISITING

TIMES = s.Times()
NOON, EVENING, NIGHT = 720, 1200, 60
BOARD = Board(version=1, dim=(Span(1140, 480),), off=(Span(1320, 360),))
IDLE = s.Session(board=BOARD, touched_at=0.0)
WAKE = e.Pressed(a.Wake(), CommandId("w"))


@pytest.mark.parametrize(
    ("minute", "unused", "expected"),
    [
        (NOON, 299.0, Dimness.BRIGHT),
        (NOON, 300.0, Dimness.DIM),
        (NOON, 90_000.0, Dimness.DIM),
        (EVENING, 59.0, Dimness.BRIGHT),
        (EVENING, 60.0, Dimness.DARK),
        (NIGHT, 59.0, Dimness.BRIGHT),
        (NIGHT, 60.0, Dimness.OFF),
        (None, 60.0, Dimness.BRIGHT),
        (None, 300.0, Dimness.DIM),  # by a clock that may be wrong nothing is black
    ],
)
def test_how_dark_by_hour_and_time_without_a_touch(minute: int | None, unused: float, expected: Dimness) -> None:
    assert dimness(IDLE, unused, minute, TIMES) is expected


def test_a_board_without_hours_of_darkness_dims_alone() -> None:
    plain = replace(IDLE, board=Board())
    assert dimness(plain, 299.0, NIGHT, TIMES) is Dimness.BRIGHT
    assert dimness(plain, 300.0, NIGHT, TIMES) is Dimness.DIM


def test_a_setting_under_a_minute_is_not_overruled_by_the_night() -> None:
    assert dimness(IDLE, 20.0, NIGHT, replace(TIMES, dim_seconds=20.0)) is Dimness.OFF


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
def test_only_a_screen_that_waits_for_nobody_rests(state: s.State) -> None:
    resting = state == s.Idle() or isinstance(state, s.OutOfOrder)
    dark = dimness(s.Session(state, board=BOARD), 1e6, NIGHT, TIMES)
    assert (dark is Dimness.OFF) is resting
    assert (dark is Dimness.BRIGHT) is not resting


def test_a_touch_only_wakes() -> None:
    for state in (s.Idle(), s.OutOfOrder("journal.damaged")):
        session = replace(IDLE, state=state)
        after, effects = step(session, WAKE, 4000.0, TIMES)
        assert (after, effects) == (replace(session, touched_at=4000.0), ())
        assert dimness(after, 4001.0, NIGHT, TIMES) is Dimness.BRIGHT


def test_within_a_visit_a_wake_means_nothing() -> None:
    for state in (*VISITING, s.Idle(REFUSED)):
        session = s.Session(state, touched_at=5.0, warned_at=8.0)
        assert step(session, WAKE, 9.0, TIMES) == (session, ())


def test_a_card_wakes_and_counts() -> None:
    after, effects = step(IDLE, e.Scanned("YZC1:X", VisitId("v")), 4000.0, TIMES)
    assert effects == (e.LookUp(VisitId("v"), "YZC1:X"),)
    assert dimness(after, 4000.0, NIGHT, TIMES) is Dimness.BRIGHT
    refused, _ = step(after, e.Recognised(VisitId("v"), REFUSED), 4001.0, TIMES)
    gone, _ = step(refused, e.Ticked(), 4020.0, TIMES)
    assert gone.state == s.Idle()
    assert dimness(gone, 4021.0, NIGHT, TIMES) is Dimness.BRIGHT


def test_a_visit_that_ended_leaves_the_screen_bright_for_a_while() -> None:
    session = s.Session(VISITING[0], board=BOARD)
    ended, _ = step(session, e.Pressed(a.Finish(), CommandId("p")), 500.0, TIMES)
    assert dimness(ended, 559.0, NIGHT, TIMES) is Dimness.BRIGHT
    assert dimness(ended, 560.0, NIGHT, TIMES) is Dimness.OFF


def test_a_board_is_known_from_when_it_is_told() -> None:
    after, effects = step(s.Session(), e.BoardTold(BOARD), 1.0, TIMES)
    assert (after.board, effects) == (BOARD, ())
