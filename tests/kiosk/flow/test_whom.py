"""A neighbour who comes for others says first for whom; from then on everything is that person's."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import CommandId, ResidentId, VisitId
from kiosk import actions as a
from kiosk.desk.answers import ActFor
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from tests.kiosk.flow.world import FOR_ZHANG, HERE, ISSUED, NEIGHBOUR, OK, RICE, ZHANG

TIMES = s.Times()
NAMED = replace(HERE, may_act_for=(ZHANG,))


def press(here: s.Session, action: a.Action) -> tuple[s.Session, tuple[e.Effect, ...]]:
    return step(here, e.Pressed(action, CommandId("press")), 1.0, TIMES)


def begun(others: tuple[ActFor, ...]) -> s.State:
    here, _ = step(s.Session(), e.Scanned("code", VisitId("v1")), 1.0, TIMES)
    answer = replace(HERE, may_act_for=others)
    return step(here, e.Recognised(VisitId("v1"), answer), 2.0, TIMES)[0].state


def test_only_who_was_named_by_somebody_is_asked() -> None:
    assert isinstance(begun(()), s.AtHome)
    assert begun((ZHANG,)) == s.AtWhom(NEIGHBOUR)


def test_for_oneself_nothing_is_different() -> None:
    here, _ = press(s.Session(s.AtWhom(NEIGHBOUR)), a.ChooseWhom(0))
    assert here.state == s.AtHome(NEIGHBOUR)
    assert NEIGHBOUR.proxy is None


def test_for_another_it_is_their_points_and_the_voucher_says_who_came() -> None:
    here, _ = press(s.Session(s.AtWhom(NEIGHBOUR), printer=OK), a.ChooseWhom(1))
    assert here.state == s.AtHome(FOR_ZHANG)
    for action in (a.ChooseClass("goods"), a.ChooseItem(101), a.Redeem()):
        here, _ = press(here, action)
    here, (effect,) = press(here, a.Confirm())
    assert isinstance(effect, e.CarryOut)
    assert (effect.command.resident, effect.command.proxy) == ("zhang", "chen")
    assert (effect.name, effect.proxy) == ("张*三", "陈*芳")


def test_more_than_the_neighbour_may_spend_cannot_be_pressed() -> None:
    here = s.Session(s.AtItem(replace(FOR_ZHANG, allowance=119), RICE))
    assert press(here, a.Redeem()) == (here, ())


def test_back_from_home_asks_again_and_knows_what_was_spent() -> None:
    spent = replace(ISSUED, left=380, points=120)
    here, _ = step(s.Session(s.Redeeming(FOR_ZHANG, RICE)), e.Redeemed(CommandId("press"), spent), 1.0, TIMES)
    visit = s.visit_of(here.state)
    assert visit is not None
    asked, _ = press(s.Session(s.AtHome(visit)), a.Back())
    assert isinstance(asked.state, s.AtWhom)
    assert (asked.state.visit.resident, asked.state.visit.points) == ("chen", 380)
    again, _ = press(asked, a.ChooseWhom(1))
    assert isinstance(again.state, s.AtHome)
    assert (again.state.visit.points, again.state.visit.allowance) == (380, 180)


def test_the_same_card_goes_on_and_the_other_persons_card_begins_anew() -> None:
    confirm = s.Session(s.AtConfirm(FOR_ZHANG, RICE))
    looking, _ = step(confirm, e.Scanned("code", VisitId("v9")), 1.0, TIMES)
    same, _ = step(looking, e.Recognised(VisitId("v9"), NAMED), 2.0, TIMES)
    assert same.state == confirm.state
    own = replace(HERE, resident=ResidentId("zhang"), name="张*三")
    other, _ = step(looking, e.Recognised(VisitId("v9"), own), 2.0, TIMES)
    assert isinstance(other.state, s.AtHome)
    assert other.state.visit.id == "v9"


def test_many_names_have_pages() -> None:
    many = replace(NEIGHBOUR, choices=(NEIGHBOUR.choices[0], *([ZHANG] * 9)))
    here, _ = press(s.Session(s.AtWhom(many)), a.TurnPage(1))
    assert here.state == s.AtWhom(many, 1)
    here, _ = press(here, a.TurnPage(9))
    assert here.state == s.AtWhom(many, 1)
