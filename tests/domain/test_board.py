"""The board as a document: strict, bounded, and what it says of a day."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from config import board as written
from domain import board
from domain.board import Board, Featured, Notice, Span, Special, decode_board

MORNING, AFTERNOON = Span(540, 720), Span(840, 1020)
WEEK = (((MORNING, AFTERNOON),) * 5) + ((MORNING,), ())
SPRING = Special(dt.date(2027, 2, 5), dt.date(2027, 2, 11), (), "春节")
BOARD = Board(
    version=3,
    week=WEEK,
    specials=(SPRING,),
    notices=(
        Notice("免费量血压", "周三上午九点"),
        Notice("春节放假", "请提前来", dt.date(2027, 1, 20), dt.date(2027, 2, 11)),
    ),
    featured=Featured("老裁缝改衣裳", "每周二上午"),
    dim=(Span(1140, 480),),
    off=(Span(1320, 360),),
)


def test_a_board_comes_back_as_it_was_sent() -> None:
    assert decode_board(msgspec.json.encode(BOARD)) == BOARD
    assert decode_board(b'{"version": 3}') == Board(version=3)


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        '{"version": -1}',
        '{"version": "1"}',
        '{"version": 1, "unheard_of": 1}',
        '{"version": 1, "week": [[]]}',
        '{"version": 1, "week": [[[700, 600]], [], [], [], [], [], []]}',
        '{"version": 1, "week": [[[540, 720], [720, 800]], [], [], [], [], [], []]}',
        '{"version": 1, "week": [[[1, 2], [3, 4], [5, 6], [7, 8]], [], [], [], [], [], []]}',
        '{"version": 1, "week": [[[540, 1441]], [], [], [], [], [], []]}',
        '{"version": 1, "off": [[60, 60]]}',
        '{"version": 1, "off": [[-1, 60]]}',
        '{"version": 1, "off": [[60]]}',
        '{"version": 1, "specials": [{"first": "2027-02-11", "last": "2027-02-05"}]}',
        '{"version": 1, "specials": [{"first": "2027-02-31", "last": "2027-03-05"}]}',
        '{"version": 1, "specials": [{"first": "2027-02-11", "last": "2027-02-11", "name": "一二三四五六七"}]}',
        '{"version": 1, "notices": [{"title": "", "text": "a"}]}',
        '{"version": 1, "notices": [{"title": "a", "text": "b\\nc"}]}',
        '{"version": 1, "notices": [{"title": "a\\u202e", "text": "b"}]}',
        '{"version": 1, "notices": [{"title": "' + "字" * 13 + '", "text": "a"}]}',
        '{"version": 1, "notices": [{"title": "a", "text": "' + "字" * 33 + '"}]}',
        '{"version": 1, "notices": [' + ", ".join(['{"title": "a", "text": "b"}'] * 7) + "]}",
        '{"version": 1, "featured": {"name": "a", "line": "' + "字" * 23 + '"}}',
        '{"version": 1, "featured": {"name": " a"}}',
    ],
)
def test_what_is_no_board_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="not a board"):
        decode_board(body.encode())


def test_the_hours_of_a_day_are_the_weeks_unless_it_is_special() -> None:
    assert BOARD.hours_on(dt.date(2026, 11, 24)) == (MORNING, AFTERNOON)
    assert BOARD.hours_on(dt.date(2026, 11, 29)) == ()
    assert BOARD.hours_on(dt.date(2027, 2, 8)) == ()
    assert Board().hours_on(dt.date(2026, 11, 24)) is None


def test_a_notice_hangs_on_its_days() -> None:
    assert [notice.title for notice in BOARD.notices_on(dt.date(2026, 11, 24))] == ["免费量血压"]
    for day in (dt.date(2027, 1, 20), dt.date(2027, 2, 11)):
        assert len(BOARD.notices_on(day)) == 2
    assert len(BOARD.notices_on(dt.date(2027, 2, 12))) == 1


def test_a_span_may_go_on_after_midnight_and_its_end_is_outside() -> None:
    night = Span(1320, 360)
    assert [night.holds(minute) for minute in (1319, 1320, 0, 359, 360)] == [False, True, True, True, False]
    assert [MORNING.holds(minute) for minute in (539, 540, 719, 720)] == [False, True, True, False]


def test_what_people_may_write_is_what_stations_take() -> None:
    for name in ("SPANS_MAX", "SPECIALS_MAX", "NOTICES_MAX", "TITLE_MAX", "TEXT_MAX", "FEATURED_MAX", "REASON_MAX"):
        assert getattr(written, name) == getattr(board, name), name
