"""What a redemption lacks is wished for once, and looked after until it is here; a neighbour's part is named too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.commands import RedeemItem
from domain.facts import Granted as GrantedFact
from domain.facts import Proxy, ResidentListed, WishAnswered
from domain.ids import NOBODY, CommandId, ItemId, VisitId
from domain.rights import points_of
from domain.rules import Rules, proxy_right
from kiosk.desk.answers import ResidentHere
from kiosk.desk.fetch import fetch, look
from kiosk.desk.recognise import recognise
from kiosk.desk.redeem import redeem
from kiosk.desk.wish import unwish
from kiosk.desk.wish_states import Coming, Granted, NoLine, Unreachable, Waiting
from kiosk.papers.voucher import decode_content
from tests.support.desk import CATALOGUE, CHEN, LI, LI_CARD, STATION, TestDesk, digest

RULES, KEY = Rules(), VisitId("w1")
RICE = RedeemItem(CommandId("c1"), VisitId("v1"), LI, ItemId(101))


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path)


def heard(desk: TestDesk, *, connected: bool = True) -> None:
    with desk.journal.transaction("heard"):
        desk.journal.office.set_connected(int(connected), desk.system.now_ms())


def test_what_is_missing_is_wished_for_and_comes(desk: TestDesk) -> None:
    heard(desk)
    found = fetch(desk.parts, KEY, RICE, CATALOGUE, RULES)
    assert (found.state, found.points) == (Waiting(), 100)
    assert [(one.visit, one.right, one.missing) for one in desk.journal.wishes.open(8)] == [(KEY, points_of(LI), 20)]
    desk.receive([WishAnswered(visit=KEY, right=points_of(LI), outcome="coming", elsewhere=50, place="江北")])
    assert look(desk.parts, KEY, LI, NOBODY, RULES).state == Coming("江北")
    desk.receive([GrantedFact(right=points_of(LI), total=120)])
    found = look(desk.parts, KEY, LI, NOBODY, RULES)
    assert (found.state, found.points) == (Granted(), 120)


def test_nothing_is_wished_for_what_is_here_or_where_nobody_hears_it(desk: TestDesk) -> None:
    assert fetch(desk.parts, KEY, RICE, CATALOGUE, RULES).state == NoLine()
    heard(desk)
    enough = replace(RICE, item=ItemId(201))
    assert fetch(desk.parts, KEY, enough, CATALOGUE, RULES).state == Granted()
    assert desk.journal.wishes.open(8) == ()


def test_a_wish_made_again_is_another_and_waits_for_its_own_answer(desk: TestDesk) -> None:
    heard(desk)
    fetch(desk.parts, KEY, RICE, CATALOGUE, RULES)
    desk.receive([WishAnswered(visit=KEY, right=points_of(LI), outcome="unreachable", elsewhere=50, place="江北")])
    assert look(desk.parts, KEY, LI, NOBODY, RULES).state == Unreachable("江北")
    unwish(desk.parts, KEY)
    again = VisitId("w2")
    assert fetch(desk.parts, again, RICE, CATALOGUE, RULES).state == Waiting()
    assert [one.visit for one in desk.journal.wishes.open(8)] == [again]


def test_who_was_named_may_choose_and_the_paper_says_who_came(desk: TestDesk) -> None:
    by = proxy_right(CHEN, LI, "2026-11")
    cards = (digest(b"c" * 8),)
    named = (Proxy(resident=LI, spend=True, collect=False),)
    listed = ResidentListed(resident=CHEN, name="陈*芳", cards=cards, home=STATION, proxies=named)
    desk.receive([listed, GrantedFact(right=by, total=300)])
    here = recognise(desk.parts, LI_CARD)
    assert isinstance(here, ResidentHere)
    (one,) = here.may_act_for
    assert (one.name, one.points, one.away, one.allowance) == ("陈*芳", 380, False, 300)
    command = replace(RICE, resident=CHEN, proxy=LI)
    redeem(desk.parts, command, CATALOGUE, "陈*芳", RULES, "李*")
    job = desk.journal.jobs.get(1)
    assert job is not None
    content = decode_content(job.content)
    assert (content.name, content.proxy) == ("陈*芳", "李*")
    assert look(desk.parts, KEY, CHEN, LI, RULES).allowance == 180
