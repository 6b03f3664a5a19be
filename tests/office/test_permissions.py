"""Every button asks for its permission, and no page lets anybody do what was not given to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client, override_settings

from office.books.models import (
    Alarm,
    Card,
    Correction,
    Document,
    Erasure,
    Errand,
    Grant,
    Item,
    LateClaim,
    Life,
    Resident,
    UpEntry,
)
from office.services.corrections import take_back
from office.services.erasing import ask_erasure
from office.services.grants import give_points
from office.services.lives import fence
from office.services.people import make_card
from tests.office.world import FIRST, SECOND, OfficeWorld

RULES = {
    "home_cap": "77", "idle_days": "2", "wish_seconds": "20", "offline_days_max": "30", "period_ahead_days": "31",
    "unconfirmed_vouchers_a_day": "5", "unconfirmed_points_a_day": "500", "proxy_points": "300",
    "award_points_max": "200", "notice": "1", "pin_above": "0", "pin_tries": "5", "pin_lock_minutes": "30",
    "join_days": "30", "join_keep_days": "30", "join_waiting_max": "50",
    "proxy_period": "month", "limits": "rice 2 month 101,102 大米\noil 1 year goods",
}  # fmt: skip
ACTIONS = {
    "give": ("books/resident/{resident}/give/", {"points": "9999", "reason": "x"}, "add_credit"),
    "card": ("books/resident/{resident}/card/", {}, "add_card"),
    "publish": ("books/item/publish/", {}, "add_document"),
    "stock": (f"books/station/{FIRST}/stock/", {"item": "101", "pieces": "5", "reason": "x"}, "add_grant"),
    "clear": (f"books/station/{FIRST}/clear/", {}, "change_alarm"),
    "fence": ("books/life/{life}/fence/", {"reason": "x"}, "change_life"),
    "absorb": ("books/lateclaim/{claim}/absorb/", {"reason": "x"}, "change_lateclaim"),
    "accept": ("books/lateclaim/{claim}/accept/", {"reason": "x"}, "change_lateclaim"),
    "release": ("books/life/{shut}/release/", {"reason": "x"}, "delete_life"),
    "take": ("books/resident/{resident}/take/", {"points": "5", "reason": "x"}, "add_correction"),
    "forget": ("books/resident/{resident}/forget/", {"reason": "x"}, "add_erasure"),
    "budget": (f"books/station/{FIRST}/budget/", {"points": "50", "reason": "x"}, "add_grant"),
    "rules": ("books/document/rules/", RULES, "add_document"),
    "aside": ("books/upentry/{entry}/aside/", {"reason": "x"}, "change_upentry"),
    "again": ("books/upentry/{entry}/again/", {}, "change_upentry"),
    "give_up": ("books/correction/{correction}/absorb/", {"reason": "x"}, "change_correction"),
    "confirm": ("books/erasure/{erasure}/confirm/", {}, "change_erasure"),
    "delete": ("books/item/101/delete/", {"post": "yes"}, "delete_item"),
}

VIEWED = ("item", "life", "lateclaim", "resident", "station", "upentry", "correction", "erasure", "document")


@pytest.fixture
def clerk(office: OfficeWorld) -> Iterator[tuple[Client, User]]:
    Item.objects.create(id=101, kind="goods", name="大米", points=120, unit="袋", stocked=True)
    end = office.ends[FIRST]
    end.open()
    end.write(b"rubbish")
    office.talk()
    give_points(office.parts, office.residents["李明"].pk, 5, "x")
    take_back(office.parts, office.residents["李明"].pk, 50, "x")
    ask_erasure(office.parts, office.residents["李明"].pk, "x")
    fence(office.parts, SECOND, "丢失")
    LateClaim.objects.create(
        station_id=FIRST, epoch=1, number=9, data=b"{}", kind="voucher_issued", points=5, why="late",
        resident=office.residents["李明"].pk,
        received_at=office.parts.now(),
    )  # fmt: skip
    Alarm.objects.create(station_id=FIRST, code="log.fork", detail="x", at=office.parts.now())
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        user = User.objects.create_user("clerk", is_staff=True)
        client = Client()
        client.force_login(user)
        yield client, user


def act(clerk: tuple[Client, User], office: OfficeWorld, name: str) -> int:
    path, data, _ = ACTIONS[name]
    keys = {
        "resident": office.residents["陈桂芳"].pk,
        "entry": UpEntry.objects.get(kind="?").pk,
        "correction": Correction.objects.get(resident=office.residents["李明"]).pk,
        "erasure": Erasure.objects.get(resident=office.residents["李明"].pk).pk,
        "life": Life.objects.get(station=FIRST).pk,
        "shut": Life.objects.get(station=SECOND).pk,
        "claim": LateClaim.objects.get().pk,
    }
    return clerk[0].post("/admin/" + path.format(**keys), data).status_code


def done(office: OfficeWorld) -> set[str]:
    facts = {
        "give": Resident.objects.get(pk=office.residents["陈桂芳"].pk).credits > 0,
        "card": Card.objects.exists(),
        "publish": Document.objects.filter(name="catalogue").exists(),
        "rules": Document.objects.filter(name="rules").exists(),
        "take": Correction.objects.filter(resident=office.residents["陈桂芳"]).exists(),
        "forget": Erasure.objects.filter(resident=office.residents["陈桂芳"].pk).exists(),
        "budget": Grant.objects.filter(thing="budget/awards").exists(),
        "aside": not UpEntry.objects.exclude(parked="").exists(),
        "again": Errand.objects.filter(kind="retry").exists(),
        "give_up": Correction.objects.filter(absorbed__gt=0).exists(),
        "confirm": Erasure.objects.exclude(confirmed_at=None).exists(),
        "stock": Grant.objects.filter(thing="stock/101").exists(),
        "fence": Life.objects.get(station=FIRST).state == "fenced",
        "release": Life.objects.get(station=SECOND).state == "released",
        "absorb": LateClaim.objects.get().state == "absorbed",
        "accept": LateClaim.objects.get().state == "accepted",
        "clear": not Alarm.objects.filter(cleared_at=None).exists(),
        "delete": not Item.objects.exists(),
    }
    return {name for name, fact in facts.items() if fact}


@pytest.mark.parametrize("name", ACTIONS)
def test_without_the_permission_nothing_happens_and_with_it_that_alone(
    clerk: tuple[Client, User], office: OfficeWorld, name: str
) -> None:
    own = ACTIONS[name][2]
    others = [permission for _, _, permission in ACTIONS.values() if permission != own]
    views = [f"view_{name}" for name in VIEWED]
    clerk[1].user_permissions.set(Permission.objects.filter(codename__in=[*others, *views]))
    assert act(clerk, office, name) == 403
    assert done(office) == set()
    clerk[1].user_permissions.set(Permission.objects.filter(codename__in=[ACTIONS[name][2], *views]))
    assert act(clerk, office, name) in (200, 302)
    assert done(office) == {name}


def test_whoever_may_only_look_deletes_nothing_in_bulk(clerk: tuple[Client, User]) -> None:
    clerk[1].user_permissions.set(Permission.objects.filter(codename="view_item"))
    clerk[0].post("/admin/books/item/", {"action": "delete_selected", "_selected_action": ["101"], "post": "yes"})
    assert Item.objects.exists()


def test_whoever_may_only_look_at_cards_blocks_none(clerk: tuple[Client, User], office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"]
    make_card(office.parts, FIRST[:6], chen)
    clerk[1].user_permissions.set(Permission.objects.filter(codename__in=["change_resident", "view_card"]))
    forms = {
        f"{name}-{field}": "0" for name in ("card_set", "credit_set") for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    forms |= {"card_set-TOTAL_FORMS": "1", "card_set-INITIAL_FORMS": "1", "card_set-0-digest": Card.objects.get().pk}
    clerk[0].post(f"/admin/books/resident/{chen.pk}/change/", {"name": "陈桂芳", "card_set-0-blocked": "on", **forms})
    assert not Card.objects.get().blocked
