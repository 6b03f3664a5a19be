"""The pages in Chinese, by a browser's requests: granting, cards, publishing; history cannot be touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from domain.card import CODE_LENGTH, PREFIX
from office.books.models import Card, Credit, Document, DownEntry, Item, Resident, UpEntry
from tests.office.world import FIRST, OfficeWorld


@pytest.fixture
def browser(office: OfficeWorld) -> Iterator[Client]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(User.objects.create_superuser("tester"))
        yield client


def page(browser: Client, path: str) -> str:
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_list_is_there_in_chinese(browser: Client, office: OfficeWorld) -> None:
    end = office.ends[FIRST]
    end.open()
    end.write(b"rubbish")
    office.talk()
    for table, word in {
        "resident": "陈桂芳",
        "household": "家庭",
        "staff": "工作人员",
        "station": FIRST,
        "upentry": "entry.malformed",
        "voucher": "兑换券",
        "item": "发布目录",
        "document": "发布记录",
        "grant": "拨付",
        "credit": "积分发放",
        "recall": "收回",
        "correction": "积分更正",
        "neighbour": "代领人",
        "consent": "同意记录",
        "erasure": "删除个人信息",
        "placefate": "异地兑付",
        "award": "站点奖励",
        "stockmove": "库存变动",
    }.items():
        assert word in page(browser, f"/admin/books/{table}/"), table
    assert "搁置 1 条" in page(browser, "/admin/books/station/")
    assert "epoch_opened" in page(
        browser, f"/admin/books/upentry/{UpEntry.objects.get(kind='epoch_opened').pk}/change/"
    )


def test_the_library_under_the_pages_speaks_chinese_too(browser: Client) -> None:
    said = page(browser, "/admin/books/item/") + page(browser, "/admin/books/resident/add/")
    for english in ("Type to search", "Filters", "Select value", "Choose file"):
        assert english not in said
    assert "搜索" in said


def test_points_are_given_with_a_reason(browser: Client, office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"].pk
    path = f"/admin/books/resident/{chen}/give/"
    assert "发放积分" in page(browser, f"/admin/books/resident/{chen}/change/")
    assert "原因" in page(browser, path)
    said = browser.post(path, {"points": "0", "reason": "x"}).content.decode()
    assert "大于或等于" in said
    answer = browser.post(path, {"points": "80", "reason": "巡逻"}, follow=True)
    assert "陈桂芳 +80 分" in answer.content.decode()
    row = Credit.objects.get()
    assert (row.points, row.reason, row.by) == (80, "巡逻", "tester")
    assert Resident.objects.get(pk=chen).credits == 80


def test_a_card_is_shown_once_and_every_station_knows_it(browser: Client, office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"].pk
    before = DownEntry.objects.count()
    browser.get(f"/admin/books/resident/{chen}/card/")
    assert not Card.objects.exists()  # looking makes none
    answer = browser.post(f"/admin/books/resident/{chen}/card/").content.decode()
    assert "data:image/svg+xml" in answer
    card = Card.objects.get()
    assert card.resident_id == chen
    assert DownEntry.objects.count() == before + 2
    assert PREFIX not in page(browser, f"/admin/books/resident/{chen}/change/")
    assert CODE_LENGTH == 128


def test_a_new_resident_and_a_blocked_card_reach_the_stations(browser: Client, office: OfficeWorld) -> None:
    formsets = {
        f"{name}-{field}": "0" for name in ("card_set", "credit_set") for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    answer = browser.post("/admin/books/resident/add/", {"name": "赵新", "home": FIRST, **formsets}, follow=True)
    assert answer.status_code == 200
    row = Resident.objects.get(name="赵新")
    assert len(row.pk) == 16
    browser.post(f"/admin/books/resident/{row.pk}/card/")
    card = Card.objects.get()
    before = DownEntry.objects.count()
    formsets |= {
        "card_set-TOTAL_FORMS": "1",
        "card_set-INITIAL_FORMS": "1",
        "card_set-0-digest": card.pk,
        "card_set-0-resident": row.pk,
        "card_set-0-blocked": "on",
    }
    browser.post(f"/admin/books/resident/{row.pk}/change/", {"name": "赵新", **formsets})
    card.refresh_from_db()
    assert card.blocked
    assert DownEntry.objects.count() == before + 2


def test_a_price_changed_in_the_list_is_published_by_the_button(browser: Client) -> None:
    Item.objects.create(id=101, kind="goods", name="大米", points=120, unit="袋")
    formset = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": "101",
        "form-0-points": "110",
        "form-0-available": "on",
        "form-0-position": "0",
        "_save": "1",
    }
    assert browser.post("/admin/books/item/", formset).status_code == 302
    assert Item.objects.get().points == 110
    page(browser, "/admin/books/item/publish/")
    assert not Document.objects.exists()  # looking publishes nothing
    answer = browser.post("/admin/books/item/publish/", follow=True).content.decode()
    assert "第 1 版已发布" in answer
    assert "第 1 版 等待" in answer
    assert b'"points":110' in bytes(Document.objects.get().body)
    assert "没有要发布的" in browser.post("/admin/books/item/publish/", follow=True).content.decode()


def test_history_cannot_be_changed_or_deleted(browser: Client, office: OfficeWorld) -> None:
    end = office.ends[FIRST]
    end.open()
    office.talk()
    entry = UpEntry.objects.get()
    assert browser.post(f"/admin/books/upentry/{entry.pk}/change/", {"kind": "x"}).status_code == 403
    assert browser.post(f"/admin/books/upentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert browser.post(f"/admin/books/station/{FIRST}/delete/", {"post": "yes"}).status_code == 403
    assert browser.get("/admin/books/station/add/").status_code == 403


def test_nobody_sees_anything_without_logging_in(office: OfficeWorld) -> None:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for path in ("/admin/books/resident/", "/admin/books/item/publish/", "/admin/books/resident/x/give/"):
            answer = Client().get(path)
            assert answer.status_code == 302
            assert "login" in answer["Location"]


def test_the_rules_are_a_form_and_its_mistakes_are_said(browser: Client, office: OfficeWorld) -> None:
    from office.services.rules import newest_rules
    from tests.office.test_permissions import RULES

    assert "所属站点最多放多少积分" in page(browser, "/admin/books/document/rules/")
    said = browser.post("/admin/books/document/rules/", {**RULES, "limits": "rice two month 101"}).content.decode()
    assert "看不懂这一行" in said
    browser.post("/admin/books/document/rules/", RULES)
    rules = newest_rules()
    assert (rules.version, rules.home_cap, [limit.name for limit in rules.limits]) == (1, 77, ["大米", ""])
    assert "rice 2 month 101,102 大米\n" in page(browser, "/admin/books/document/rules/")


def test_a_neighbour_is_added_on_a_page_and_stations_hear_of_it(browser: Client, office: OfficeWorld) -> None:
    from office.books.models import Neighbour

    chen, li = office.residents["陈桂芳"].pk, office.residents["李明"].pk
    before = DownEntry.objects.count()
    form = {"resident": chen, "neighbour": li, "until": ""}
    assert "至少选一样" in browser.post("/admin/books/neighbour/add/", form).content.decode()
    assert browser.post("/admin/books/neighbour/add/", {**form, "spend": "on"}).status_code == 302
    row = Neighbour.objects.get()
    assert (row.spend, row.collect, row.by) == (True, False, "tester")
    assert DownEntry.objects.count() == before + 2
    assert browser.post("/admin/books/neighbour/add/", {**form, "neighbour": chen, "spend": "on"}).status_code == 200
