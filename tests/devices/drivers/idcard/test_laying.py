from __future__ import annotations

import pytest

from devices.drivers.idcard.laying import ABSENT_FINDS, Laying
from devices.drivers.idcard.trouble import Trouble

HOLD_OFF = 5.0


@pytest.fixture
def laying() -> Laying:
    return Laying(HOLD_OFF)


def gone(laying: Laying, now: float, finds: int = ABSENT_FINDS) -> list[str]:
    return [laying.absent(now) for _ in range(finds)]


def test_a_card_that_is_found_all_the_time_is_read_once(laying: Laying) -> None:
    assert laying.found()
    assert laying.read("a", 0.0)
    assert not laying.found()


def test_a_card_that_is_found_once_is_news_once(laying: Laying) -> None:
    assert laying.read("a", 0.0)
    gone(laying, 1.0, 100)
    assert laying.found()
    assert not laying.read("a", 2.0), "within the hold-off"
    gone(laying, 8.0)
    assert laying.read("a", 9.0)


@pytest.mark.parametrize("finds", range(1, ABSENT_FINDS))
def test_the_same_card_after_a_flicker_is_no_news_however_late(laying: Laying, finds: int) -> None:
    laying.read("a", 0.0)
    gone(laying, 60.0, finds)
    assert laying.found()
    assert not laying.read("a", 61.0)


def test_another_card_is_news_at_once(laying: Laying) -> None:
    assert laying.read("a", 0.0)
    gone(laying, 0.3, 1)
    assert laying.read("b", 0.6)


def test_two_cards_side_by_side_are_no_endless_news(laying: Laying) -> None:
    news = []
    for at in range(20):
        news.append(laying.read("ab"[at % 2], at * 0.2))
        gone(laying, at * 0.2, 1)
    assert sum(news) == 2


def test_a_reader_that_was_away_may_have_another_card(laying: Laying) -> None:
    laying.read("a", 0.0)
    laying.unsure()
    assert laying.found()
    assert not laying.read("a", 60.0)
    laying.unsure()
    assert laying.read("b", 61.0)


def test_a_failure_is_said_at_the_second_try_and_once(laying: Laying) -> None:
    said = [laying.failed(Trouble.UNVERIFIED) for _ in range(5)]
    assert said == ["", Trouble.UNVERIFIED, "", "", ""]
    assert laying.found(), "it is tried on: the card may be moved"
    assert laying.read("a", 1.0)


def test_a_card_taken_away_after_one_failure_was_lifted_too_early(laying: Laying) -> None:
    assert laying.failed(Trouble.UNREADABLE) == ""
    assert gone(laying, 0.0) == [Trouble.LIFTED, "", ""]
    assert laying.failed(Trouble.UNKNOWN_KIND) == ""
    assert gone(laying, 0.0) == [Trouble.UNKNOWN_KIND, "", ""]


def test_a_card_that_flickers_is_complained_of_once(laying: Laying) -> None:
    said = []
    for _ in range(6):
        said.append(laying.failed(Trouble.UNREADABLE))
        said += gone(laying, 0.0, 1)
    assert [code for code in said if code] == [Trouble.LIFTED]


def test_nothing_is_kept_longer_than_it_is_needed(laying: Laying) -> None:
    laying.read("a", 0.0)
    assert "'a'" not in repr(vars(laying)), "the digest itself not even so long"
    gone(laying, HOLD_OFF)
    assert str(hash("a")) not in repr(vars(laying))
