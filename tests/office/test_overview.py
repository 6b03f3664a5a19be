"""What the list of stations says of what is open: debts, erasures, ended lives, and a recovery that goes on."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from office.books.models import Erasure, Office
from office.services.corrections import take_back
from office.services.erasing import ask_erasure, confirm_erasure
from office.services.grants import give_points
from office.services.lives import fence
from office.services.overview import overview, recovery
from office.services.recovering import merge, recover
from office.services.releasing import release
from tests.office.test_pages import browser, page
from tests.office.test_rights_commands import run
from tests.office.world import FIRST, SECOND, OfficeWorld

__all__ = ["browser"]


@pytest.fixture
def owing(office: OfficeWorld) -> OfficeWorld:
    """陈桂芳 of the first station owes points, 李明 is to be forgotten, and the second station's life ended."""
    for name in ("陈桂芳", "李明"):
        give_points(office.parts, office.residents[name].pk, 50, "巡逻")
    take_back(office.parts, office.residents["陈桂芳"].pk, 30, "记错")
    ask_erasure(office.parts, office.residents["李明"].pk, "本人要求")
    confirm_erasure(office.parts, Erasure.objects.get().pk)
    fence(office.parts, SECOND, "丢失")
    return office


def test_debts_erasures_and_ended_lives_stand_in_the_list(owing: OfficeWorld, browser: Client) -> None:
    found = {row.station: (row.owed, row.erasures, row.frozen) for row in overview()}
    assert found == {FIRST: (30, 1, 0), SECOND: (0, 1, 50)}
    rows = json.loads(run("stations", "--json").output)
    assert [(row["owed"], row["erasures"], row["frozen"]) for row in rows] == [(30, 1, 0), (0, 1, 50)]
    shown = page(browser, "/admin/books/station/")
    for words in ("待追回 30 分", "待删除个人信息 1 人", "已停用的期未了 50 分"):
        assert words in shown
    release(owing.parts, SECOND, 1, "找不到了")
    assert [row.frozen for row in overview()] == [0, 0]


def test_a_recovery_says_why_since_when_and_for_whom_it_waits(office: OfficeWorld, browser: Client) -> None:
    assert recovery() is None
    assert "恢复" not in page(browser, "/admin/books/station/")
    recover(office.parts, "换了硬盘")
    now = recovery()
    assert now is not None
    assert (now.why, now.by, now.waits) == ("换了硬盘", "tester", (FIRST, SECOND))
    assert "换了硬盘" in run("stations").output
    merge(office.parts, FIRST)
    shown = page(browser, "/admin/books/station/")
    assert "换了硬盘" in shown
    assert f"还在等：{SECOND}" in shown
    assert [row.unheard for row in overview()] == [False, True]
    merge(office.parts, SECOND)
    assert recovery() is None
    assert Office.objects.get(pk=1).recovering_why == "换了硬盘"  # kept


def test_a_life_that_was_fenced_waits_in_the_list_until_a_person_ends_it(browser: Client, office: OfficeWorld) -> None:
    fence(office.parts, SECOND, "被盗")
    assert [row.wrong for row in overview()] == ["", "fenced"]
    assert "等着导入或释放" in page(browser, "/admin/books/station/")
    release(office.parts, SECOND, 1, "卡已损坏")
    assert [row.wrong for row in overview()] == ["", ""]
