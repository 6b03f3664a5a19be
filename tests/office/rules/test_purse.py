"""What is free is never given twice, whatever the stations seem to have; and nothing that is there is out of reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rights import Counters
from office.rules.purse import Held, Purse, Recall, bring_home, fulfil, recall, take_back, top_up


@st.composite
def purses(draw: st.DrawFn) -> Purse:
    held = []
    out = 0
    for number in range(draw(st.integers(0, 4))):
        granted = draw(st.integers(0, 50))
        earned = draw(st.integers(0, 5))
        returned = draw(st.integers(0, granted + earned))
        spent = draw(st.integers(0, granted + earned - returned))
        counters = Counters(granted, earned, spent, 0, returned)
        answered = draw(st.integers(0, 20))
        asked = answered + draw(st.integers(0, 10))
        open_, connected = draw(st.booleans()), draw(st.booleans())
        held.append(Held(f"s{number}", 1, counters, asked, answered, open_, connected))
        out += granted - returned
    return Purse(max(0, out) + draw(st.integers(0, 50)), tuple(held), draw(st.booleans()))


@given(purses(), st.integers(1, 100))
def test_a_grant_never_passes_what_is_free(purse: Purse, missing: int) -> None:
    plan = fulfil(purse, "s0", missing)
    assert plan.grant in (0, missing)
    assert plan.grant <= purse.free
    assert not (plan.grant and plan.recalls)
    assert bool(plan.grant) != bool(plan.outcome)


@given(purses(), st.integers(1, 100))
def test_what_is_wished_and_lies_somewhere_is_asked_for(purse: Purse, missing: int) -> None:
    plan = fulfil(purse, "s0", missing)
    if plan.outcome in ("coming", "unreachable"):
        pending = sum(min(held.pending, held.seems) for held in purse.held if held.open and held.station != "s0")
        assert sum(recall.amount for recall in plan.recalls) + pending + purse.free >= missing
    if plan.outcome == "short" and not purse.blocked:
        assert plan.elsewhere < missing


@given(purses(), st.integers(0, 100))
def test_nobody_is_asked_for_more_than_seems_to_be_there(purse: Purse, amount: int) -> None:
    for one in recall(tuple(held for held in purse.held if held.open), amount):
        held = next(held for held in purse.held if held.station == one.station)
        assert 0 < one.amount <= held.seems - held.pending


@given(purses(), st.integers(0, 100))
def test_topping_up_stays_within_cap_and_what_is_free(purse: Purse, cap: int) -> None:
    amount = top_up(purse, "s0", cap)
    held = purse.at("s0")
    assert 0 <= amount <= purse.free
    assert amount == 0 or amount + (held.seems if held else 0) <= cap


@given(purses(), st.integers(0, 100))
def test_what_is_taken_back_is_burnt_or_asked_for_or_owed(purse: Purse, amount: int) -> None:
    burnt, recalls = take_back(purse, amount)
    assert 0 <= burnt <= min(purse.free, amount)
    assert sum(one.amount for one in recalls) <= amount - burnt


def test_home_is_not_asked_for_its_own() -> None:
    purse = Purse(
        100, (Held("home", 1, Counters(50)), Held("away", 1, Counters(20)), Held("old", 1, Counters(9), open=False))
    )
    everybody = frozenset({"home", "away", "old"})
    assert bring_home(purse, "home", everybody) == (Recall("away", 1, 20),)
    assert bring_home(purse, "home", frozenset()) == ()


@pytest.mark.parametrize(("connected", "outcome"), [(True, "coming"), (False, "unreachable")])
def test_a_wish_names_where_what_it_waits_for_lies(connected: bool, outcome: str) -> None:
    purse = Purse(100, (Held("home", 1, Counters(100, 0, 30), connected=connected),))
    plan = fulfil(purse, "away", 60)
    assert (plan.outcome, plan.place, plan.elsewhere) == (outcome, "home", 70)
    assert plan.recalls == (Recall("home", 1, 60),)


def test_a_silent_station_is_asked_once_for_the_same() -> None:
    silent = Held("home", 1, Counters(500), asked=30, answered=0, connected=False)
    assert recall((silent,), 30) == ()
    assert recall((silent,), 50) == (Recall("home", 1, 20),)
    heard = Held("away", 1, Counters(40))
    assert recall((silent, heard), 30) == (Recall("away", 1, 30),)


def test_nothing_is_granted_while_a_restored_office_has_not_heard_everybody() -> None:
    assert fulfil(Purse(100, blocked=True), "s0", 1).outcome == "short"
    assert top_up(Purse(100, blocked=True), "s0", 10) == 0


def test_what_a_silent_station_was_asked_for_is_not_waited_for_while_another_has_it() -> None:
    silent = Held("silent", 1, Counters(10), asked=10, connected=False)
    plan = fulfil(Purse(20, (silent, Held("heard", 1, Counters(10)))), "here", 10)
    assert plan.recalls == (Recall("heard", 1, 10),)
    assert (plan.outcome, plan.place) == ("coming", "heard")
