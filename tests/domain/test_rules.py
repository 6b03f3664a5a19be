"""The rules as a document: defaults, bounds, periods, and what falls under a limit."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from domain.calendar import FIRST_DAY, UNKNOWN_DAY
from domain.catalogue import Item, ItemClass
from domain.ids import Day, ItemId, ResidentId
from domain.rights import is_right
from domain.rules import Limit, Period, Rules, decode_rules, limit_right, period_label, proxy_right

RICE = Item(id=ItemId(101), kind=ItemClass.GOODS, name="大米", points=50)


def day(year: int, month: int, of_month: int) -> Day:
    return Day((dt.date(year, month, of_month) - FIRST_DAY).days)


def test_what_is_not_stated_has_a_default() -> None:
    assert decode_rules(b'{"version": 3}') == Rules(version=3)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"version": -1}',
        b'{"version": 1, "home_cap": "3000"}',
        b'{"version": 1, "unheard_of": 1}',
        b'{"version": 1, "limits": [{"id": "rice", "pieces": 1, "period": "month"}]}',
        b'{"version": 1, "limits": [{"id": "rice", "pieces": 1, "period": "month", "items": [1], "kind": "goods"}]}',
        b'{"version": 1, "limits": [{"id": "Rice", "pieces": 1, "period": "month", "items": [1]}]}',
        b'{"version": 1, "limits": [{"id": "a", "pieces": 0, "period": "month", "items": [1]}]}',
        b'{"version": 1, "limits": [{"id": "a", "pieces": 1, "period": "year", "items": [1], "name": "'
        + b"n" * 15
        + b'"}]}',
        b'{"version": 1, "limits": [{"id": "a", "pieces": 1, "period": "year", "items": [1], "name": "a\\nb"}]}',
        b'{"version": 1, "limits": [{"id": "a", "pieces": 1, "period": "day", "items": [1]}]}',
    ],
)
def test_what_is_no_rule_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="not rules"):
        decode_rules(body)


def test_two_limits_of_one_name_are_refused() -> None:
    limit = Limit("rice", 1, Period.MONTH, items=(ItemId(101),))
    with pytest.raises(ValueError, match="id of its own"):
        Rules(version=1, limits=(limit, limit))


def test_a_limit_without_a_name_is_written_as_before_there_were_names() -> None:
    limit = Limit("rice", 2, Period.QUARTER, items=(ItemId(101),))
    assert b"name" not in msgspec.json.encode(limit)
    named = msgspec.structs.replace(limit, name="大米")
    assert decode_rules(msgspec.json.encode(Rules(version=1, limits=(named,)))).limits == (named,)


def test_a_document_says_again_what_it_said() -> None:
    rules = Rules(version=2, limits=(Limit("rice", 2, Period.QUARTER, items=(ItemId(101),)),))
    assert decode_rules(msgspec.json.encode(rules)) == rules


@pytest.mark.parametrize(
    ("period", "at", "label"),
    [
        (Period.MONTH, day(2026, 11, 30), "2026-11"),
        (Period.MONTH, day(2026, 12, 1), "2026-12"),
        (Period.QUARTER, day(2026, 3, 31), "2026-q1"),
        (Period.QUARTER, day(2026, 4, 1), "2026-q2"),
        (Period.QUARTER, day(2026, 12, 31), "2026-q4"),
        (Period.YEAR, day(2027, 1, 1), "2027"),
        (Period.EVER, UNKNOWN_DAY, "ever"),
        (Period.MONTH, UNKNOWN_DAY, None),
    ],
)
def test_the_period_of_a_day(period: Period, at: Day, label: str | None) -> None:
    assert period_label(period, at) == label


def test_an_item_falls_under_its_own_limits_and_those_of_its_class() -> None:
    own = Limit("rice", 1, Period.MONTH, items=(RICE.id,))
    whole = Limit("goods", 3, Period.MONTH, kind=ItemClass.GOODS)
    other = Limit("hair", 1, Period.MONTH, kind=ItemClass.SERVICE)
    assert Rules(limits=(own, whole, other)).limits_of(RICE) == (own, whole)


def test_allowances_are_rights() -> None:
    assert is_right(limit_right("h12", "rice", "2026-11"))
    assert is_right(proxy_right(ResidentId("r" * 16), ResidentId("n" * 16), "2026-q4"))
