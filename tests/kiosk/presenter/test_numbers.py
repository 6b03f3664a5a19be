from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.spoken import SpokenLine
from kiosk.presenter.numbers import NUMBER_MAX, number_names, spoken_points
from kiosk.texts import load_texts

TEXTS = load_texts()


def said(line: SpokenLine) -> str:
    return "".join(fragment.text for fragment in line)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "两百"),
        (202, "两百零二"),
        (222, "两百二十二"),
        (1000, "一千"),
        (1002, "一千零二"),
        (1010, "一千零一十"),
        (1205, "一千二百零五"),
        (2000, "两千"),
        (2222, "两千二百二十二"),
        (9999, "九千九百九十九"),
        (10000, "一万"),
        (10001, "一万零一"),
        (10010, "一万零一十"),
        (10200, "一万零二百"),
        (12000, "一万两千"),
        (20000, "两万"),
        (22222, "两万两千二百二十二"),
        (99999, "九万九千九百九十九"),
        (100000, "十万"),
        (100500, "十万零五百"),
        (105000, "十万五千"),
        (120034, "十二万零三十四"),
        (220000, "二十二万"),
        (2000000, "两百万"),
        (20000002, "两千万零二"),
        (99999999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_numbers(number: int, words: str) -> None:
    assert "".join(TEXTS(f"speech.number.{name}") for name in number_names(number)) == words


@pytest.mark.parametrize(
    ("points", "words"), [(0, "零分"), (2, "两分"), (12, "十二分"), (1205, "一千二百零五分"), (20000, "两万分")]
)
def test_points(points: int, words: str) -> None:
    assert said(spoken_points(points, TEXTS)) == words


@pytest.mark.parametrize("number", [-1, NUMBER_MAX + 1])
def test_numbers_that_nobody_says(number: int) -> None:
    with pytest.raises(ValueError, match="is not in"):
        number_names(number)


VALUES = {"two": 2, "ten": 10, "hundred": 100, "thousand": 1000, "ten_thousand": 10_000}


def heard(names: list[str]) -> int:
    """What a listener makes of it, told apart from how it is put together."""
    whole, group, digit = 0, 0, 0
    for name in names:
        if name == "ten_thousand":
            whole, group, digit = (group + digit) * 10_000, 0, 0
        elif name in ("ten", "hundred", "thousand"):
            group, digit = group + (digit or 1) * VALUES[name], 0
        else:
            digit = VALUES.get(name, 0) or int(name)
    return whole + group + digit


@given(st.integers(0, NUMBER_MAX))
def test_a_listener_hears_the_same_number(number: int) -> None:
    names = number_names(number)
    assert heard(names) == number
    assert all(pair != ("0", "0") for pair in pairwise(names))
    assert number == 0 or names[-1] != "0"
