"""Every button asks for its permission, and no page lets anybody do what was not given to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client, override_settings

from office.books.models import Alarm, Card, Document, Grant, Item, LateClaim, Life, Resident
from office.services.lives import fence
from office.services.people import make_card
from tests.office.world import FIRST, SECOND, OfficeWorld

ACTIONS = {
    "give": ("books/resident/{resident}/give/", {"points": "9999", "reason": "x"}, "add_credit"),
    "card": ("books/resident/{resident}/card/", {}, "add_card"),
    "publish": ("books/item/publish/", {}, "add_document"),
    "stock": (f"books/station/{FIRST}/stock/", {"item": "101", "pieces": "5", "reason": "x"}, "add_grant"),
    "clear": (f"books/station/{FIRST}/clear/", {}, "change_alarm"),
    "fence": ("books/life/{life}/fence/", {"reason": "x"}, "change_life"),
    "absorb": ("books/lateclaim/{claim}/absorb/", {"reason": "x"}, "change_lateclaim"),
    "release": ("books/life/{shut}/release/", {"reason": "x"}, "delete_life"),
    "delete": ("books/item/101/delete/", {"post": "yes"}, "delete_item"),
}


@pytest.fixture
def clerk(office: OfficeWorld) -> Iterator[tuple[Client, User]]:
    Item.objects.create(id=101, kind="goods", name="大米", points=120, unit="袋", stocked=True)
    fence(office.parts, SECOND, "丢失")
    LateClaim.objects.create(
        station_id=FIRST, epoch=1, number=9, data=b"{}", kind="voucher_issued", points=5, why="late",
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
    rows = {
        "resident": office.residents["陈桂芳"].pk,
        "life": Life.objects.get(station=FIRST).pk,
        "shut": Life.objects.get(station=SECOND).pk,
        "claim": LateClaim.objects.get().pk,
    }
    return clerk[0].post("/admin/" + path.format(**rows), data).status_code


def done(office: OfficeWorld) -> set[str]:
    facts = {
        "give": Resident.objects.get(pk=office.residents["陈桂芳"].pk).credits > 0,
        "card": Card.objects.exists(),
        "publish": Document.objects.exists(),
        "stock": Grant.objects.filter(thing="stock/101").exists(),
        "fence": Life.objects.get(station=FIRST).state == "fenced",
        "release": Life.objects.get(station=SECOND).state == "released",
        "absorb": LateClaim.objects.get().state == "absorbed",
        "clear": not Alarm.objects.filter(cleared_at=None).exists(),
        "delete": not Item.objects.exists(),
    }
    return {name for name, fact in facts.items() if fact}


@pytest.mark.parametrize("name", ACTIONS)
def test_without_the_permission_nothing_happens_and_with_it_that_alone(
    clerk: tuple[Client, User], office: OfficeWorld, name: str
) -> None:
    others = [permission for action, (_, _, permission) in ACTIONS.items() if action != name]
    views = ["view_item", "view_resident", "view_station", "view_life", "view_lateclaim"]
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
