"""What the first screen says by the board: hours of today, one notice after the other, and what is featured."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from domain.board import Board, Featured, Notice, Span, Special
from domain.calendar import CHINA
from domain.refusals import RefusalCode, Refused
from kiosk.flow import states as s
from kiosk.presenter.board import PAGE_SECONDS, hours_line, is_open, page_at
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.texts import load_texts
from kiosk.views import BoardPage, IdleView

SCENE = Scene(load_texts(), "学田湾社区党群驿站", Path())
DAY = (Span(540, 720), Span(840, 1050))
WEEK = ((DAY,) * 5) + ((Span(540, 720),), ())
SPRING = Special(dt.date(2027, 2, 5), dt.date(2027, 2, 11), (), "春节")
CHECK = Special(dt.date(2026, 11, 26), dt.date(2026, 11, 26), (Span(600, 660),))
BOARD = Board(version=1, week=WEEK, specials=(SPRING, CHECK))


def at(day: str, clock: str = "10:00", monotonic: float = 0.0) -> Instant:
    moment = dt.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=CHINA)
    return Instant(int(moment.timestamp() * 1000), monotonic)


@pytest.mark.parametrize(
    ("day", "clock", "line", "is_now_open"),
    [
        ("2026-11-24", "09:00", "今天 9:00-12:00，14:00-17:30", True),
        ("2026-11-24", "08:59", "现在休息，9:00 开门", False),
        ("2026-11-24", "12:00", "现在休息，14:00 开门", False),
        ("2026-11-24", "17:30", "今天已关门，明天 9:00 开门", False),
        ("2026-11-25", "18:00", "今天已关门，明天 10:00 开门", False),
        ("2026-11-26", "10:30", "今天 10:00-11:00", True),
        ("2026-11-28", "13:00", "今天已关门，星期一 9:00 开门", False),
        ("2026-11-29", "10:00", "今天休息，明天 9:00 开门", False),
        ("2027-02-05", "10:00", "今天休息（春节），2月12日 9:00 开门", False),
        ("2027-02-08", "10:00", "今天休息（春节），星期五 9:00 开门", False),
    ],
)
def test_the_hours_of_today_or_when_it_opens_again(day: str, clock: str, line: str, is_now_open: bool) -> None:
    assert hours_line(BOARD, SCENE, at(day, clock)) == line
    assert is_open(BOARD, at(day, clock)) is is_now_open


def test_without_hours_nothing_is_said_of_them() -> None:
    assert hours_line(Board(), SCENE, at("2026-11-24")) == ""
    assert is_open(Board(), at("2026-11-24"))


def test_a_station_that_does_not_open_again_in_sight_promises_nothing() -> None:
    never = Board(version=1, week=((),) * 7)
    assert hours_line(never, SCENE, at("2026-11-24")) == "今天休息"


def test_notices_take_turns_and_what_is_featured_comes_last() -> None:
    notices = (Notice("一", "甲"), Notice("二", "乙"), Notice("三", "丙", last=dt.date(2026, 11, 23)))
    board = Board(version=1, notices=notices, featured=Featured("改衣裳", "每周二"))
    pages = [page_at(board, SCENE, at("2026-11-24", monotonic=turn * PAGE_SECONDS)) for turn in range(4)]
    assert pages == [
        BoardPage("一", "甲", place=0, pages=3),
        BoardPage("二", "乙", place=1, pages=3),
        BoardPage("本站特色", "改衣裳\n每周二", featured=True, place=2, pages=3),
        BoardPage("一", "甲", place=0, pages=3),
    ]
    just_before = at("2026-11-24", monotonic=PAGE_SECONDS - 0.01)
    assert page_at(board, SCENE, just_before) == pages[0]
    assert page_at(Board(), SCENE, just_before) is None


def body(session: s.Session, instant: Instant) -> IdleView:
    shown = present(session, SCENE, instant).body
    assert isinstance(shown, IdleView)
    return shown


def test_the_first_screen_is_sensible_without_a_board() -> None:
    shown = body(s.Session(), at("2026-11-24"))
    assert (shown.hours, shown.page, shown.serving) == ("", None, ())
    assert shown.title
    assert shown.steps


def test_numbers_being_served_are_shown_only_while_there_are_any() -> None:
    session = s.Session(board=BOARD)
    assert body(session, at("2026-11-24")).serving == ()
    assert body(replace(session, serving=("A-012",)), at("2026-11-24")).serving == ("正在服务", "A-012")


def test_the_picture_changes_its_place_every_minute_and_comes_back() -> None:
    places = [present(s.Session(), SCENE, at("2026-11-24", monotonic=60.0 * minute)).shift for minute in range(19)]
    assert len(set(places[:9])) == 9
    assert places[9:18] == places[:9]
    assert all(max(abs(x), abs(y)) <= 1 for x, y in places)
    assert all(abs(x - u) <= 1 and abs(y - v) <= 1 for (x, y), (u, v) in pairwise(places))
    in_a_refusal = s.Session(s.Idle(Refused(RefusalCode.CARD_UNKNOWN)))
    assert body(in_a_refusal, at("2026-11-24")).message
