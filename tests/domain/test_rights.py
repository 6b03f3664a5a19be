from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rights import Counter, Counters, Move, RightKey

amounts = st.integers(1, 50)
steps = st.lists(st.tuples(st.sampled_from(Counter), amounts), max_size=40)


@given(st.integers(0, 100), steps)
def test_no_order_of_moves_ever_overspends(granted: int, moves: list[tuple[Counter, int]]) -> None:
    counters = Counters().granted_to(granted)
    for counter, amount in moves:
        try:
            counters = counters.moved(counter, amount)
        except ValueError:
            continue
    assert counters.available >= 0
    assert counters.refunded <= counters.spent
    assert counters.spent - counters.refunded + counters.returned <= counters.granted + counters.earned


def test_a_grant_is_a_running_total_and_may_arrive_twice() -> None:
    once = Counters().granted_to(100)
    assert once.granted_to(100) == once
    assert once.granted_to(150).available == 150
    with pytest.raises(ValueError, match="never falls"):
        once.granted_to(99)


def test_more_than_there_is_cannot_be_spent_or_refunded_or_returned() -> None:
    counters = Counters().granted_to(10).moved(Counter.SPENT, 4)
    assert counters.moved(Counter.SPENT, 6).available == 0
    for counter, amount in ((Counter.SPENT, 7), (Counter.RETURNED, 7), (Counter.REFUNDED, 5)):
        with pytest.raises(ValueError, match="overspend"):
            counters.moved(counter, amount)


@pytest.mark.parametrize("right", ["", "points", "points/", "GOLD/1", "points/a b", "points/" + "x" * 65])
def test_a_move_names_a_right(right: str) -> None:
    with pytest.raises(ValueError):
        Move(RightKey(right), Counter.SPENT, 1)


@pytest.mark.parametrize("amount", [0, -1, 2**53])
def test_a_move_has_an_amount(amount: int) -> None:
    with pytest.raises(ValueError):
        Move(RightKey("points/a"), Counter.SPENT, amount)
