"""The board as people write it: all mistakes at once, each with its line."""

from __future__ import annotations

import msgspec
import pytest

from config.board import Board, minutes_of
from domain.board import Span, decode_board
from tests.config.samples import EXAMPLES, load, mistakes

WEEK = "[hours]\n" + "\n".join(f'{day} = ["9:00-12:00"]' for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


def test_an_empty_file_is_an_empty_board() -> None:
    assert load("", Board).to_document() == {
        "week": [],
        "specials": [],
        "notices": [],
        "featured": None,
        "dim": [],
        "off": [],
    }


def test_what_is_written_is_what_stations_decode() -> None:
    text = (EXAMPLES / "board.toml").read_text(encoding="utf-8")
    document = decode_board(msgspec.json.encode({"version": 1, **load(text, Board).to_document()}))
    assert document.week[0] == (Span(540, 720), Span(840, 1050))
    assert document.off == (Span(1320, 360),)
    assert [notice.title for notice in document.notices][:2] == ["免费量血压", "新到长粒大米"]
    spring = document.specials[0]
    assert (str(spring.first), str(spring.last), spring.name) == ("2027-02-05", "2027-02-11", "春节")


def test_midnight_is_the_end_of_a_day_either_way() -> None:
    assert minutes_of("18:00-24:00") == minutes_of("18:00-0:00") == (1080, 1440)
    assert minutes_of("0:00-24:00") == (0, 1440)
    with pytest.raises(ValueError, match="no span"):
        minutes_of("9:00")


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    found = mistakes(
        WEEK.replace('mon = ["9:00-12:00"]', 'mon = ["9:00-25:00"]').replace(
            'tue = ["9:00-12:00"]', 'tue = ["12:00-9:00"]'
        )
        + """
[[special]]
from = 2027-02-11
until = 2027-02-05
[[notice]]
title = "一二三四五六七八九十一二三"
text = ""
from = "2027-01-01"
[screen]
off = ["6:00-6:00"]
night = []
""",
        Board,
    )
    assert {(mistake.line, mistake.key) for mistake in found} == {
        (2, "hours.mon[1]"),
        (3, "hours.tue[1]"),
        (11, "special[1].until"),
        (13, "notice[1].title"),
        (14, "notice[1].text"),
        (15, "notice[1].from"),
        (17, "screen.off[1]"),
        (18, "screen.night"),
    }


@pytest.mark.parametrize("spans", ['["9:00-12:00", "12:00-14:00"]', '["14:00-17:00", "9:00-12:00"]'])
def test_the_hours_of_a_day_follow_each_other_with_a_break(spans: str) -> None:
    (mistake,) = mistakes(WEEK.replace('["9:00-12:00"]', spans, 1), Board)
    assert (mistake.line, mistake.key) == (2, "hours.mon[2]")
    assert "break between" in mistake.expected
