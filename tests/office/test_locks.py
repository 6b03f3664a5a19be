"""Two who write at once: pages, worker, commands. Nobody writes over what the other wrote, nobody waits in a circle."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.db import connection, transaction
from django.test import RequestFactory

from domain.ids import ResidentId
from domain.rights import points_of
from office.books.models import Card, Document, DownEntry, Holding, Item, Resident, Station
from office.services.catalogue import publish_items
from office.services.corrections import take_back
from office.services.down import lock_all
from office.services.grants import free_points, give_points
from office.services.homes import move_home
from office.services.people import make_card, tell_stations
from office.services.purses import open_purse
from office.services.rules import publish_rules
from office.services.wishes import Wish, answer_wish
from tests.office.world import FIRST, SECOND, OfficeWorld

POSTGRES = bool(os.environ.get("YIZHAN_OFFICE_DATABASE"))
PATIENCE_SECONDS = 20.0


class Form:
    """What a page hands on: which fields the person changed."""

    def __init__(self, *changed: str) -> None:
        self.changed_data = changed


def save(row: Any, *changed: str) -> None:
    page = site.get_model_admin(type(row))
    page.save_model(RequestFactory().post("/"), row, Form(*changed), change=True)


def test_a_page_that_was_opened_before_a_frame_came_takes_nothing_back(office: OfficeWorld) -> None:
    row = Station.objects.get(pk=FIRST)
    office.ends[FIRST].open()
    office.talk()
    row.name = "新名字"
    save(row, "name")
    now = Station.objects.get(pk=FIRST)
    assert (now.name, now.up_last) == ("新名字", 1)


def test_a_page_that_was_opened_before_points_were_given_takes_nothing_back(office: OfficeWorld) -> None:
    row = Resident.objects.get(pk=office.residents["陈桂芳"].pk)
    give_points(office.parts, row.pk, 50, "巡逻")
    row.name = "陈桂芳芳"
    save(row, "name")
    now = Resident.objects.get(pk=row.pk)
    assert (now.name, now.credits, free_points(now)) == ("陈桂芳芳", 50, 0)


@pytest.mark.skipif(not POSTGRES, reason="SQLite lets one write at a time")
class TestOnPostgres:
    """Somebody holds the lock; another comes, is seen to wait, and then works on what is true by then."""

    def beside(self, work: Callable[[], object], meanwhile: Callable[[], object]) -> None:
        faults: list[BaseException] = []

        def other() -> None:
            try:
                work()
            except BaseException as fault:
                faults.append(fault)
            finally:
                connection.close()

        thread = threading.Thread(target=other)
        with transaction.atomic():
            lock_all()
            thread.start()
            self.wait_until_somebody_waits()
            meanwhile()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
        assert faults == []

    def wait_until_somebody_waits(self) -> None:
        pause = threading.Event()
        for _ in range(int(PATIENCE_SECONDS * 100)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return
            pause.wait(0.01)
        raise AssertionError("nobody waited")

    def test_a_blocked_card_stays_blocked_at_the_stations(self, standing_office: OfficeWorld) -> None:
        chen = standing_office.residents["陈桂芳"]
        make_card(standing_office.parts, FIRST[:6], chen)
        stale = Resident.objects.get(pk=chen.pk)

        def block() -> None:
            Card.objects.update(blocked=True)
            tell_stations(standing_office.parts, chen)

        self.beside(lambda: tell_stations(standing_office.parts, stale), block)
        newest = DownEntry.objects.filter(station=FIRST).order_by("number").last()
        assert newest is not None
        assert Card.objects.get().pk.encode() in bytes(newest.data).split(b"blocked_cards")[1]

    def test_a_station_that_is_enrolled_during_a_publication_hears_of_it(self, standing_office: OfficeWorld) -> None:
        Item.objects.create(id=101, kind="goods", name="大米", points=120, unit="袋")
        self.beside(lambda: standing_office.enrol(SECOND), lambda: publish_items(standing_office.parts))
        assert Document.objects.get().version == Holding.objects.get(station=SECOND).version == 1

    def test_a_card_is_made_while_points_are_given(self, standing_office: OfficeWorld) -> None:
        chen = standing_office.residents["陈桂芳"]

        @transaction.atomic
        def card() -> None:
            make_card(standing_office.parts, FIRST[:6], Resident.objects.get(pk=chen.pk))
            tell_stations(standing_office.parts, chen)

        def other() -> None:
            card()
            connection.close()

        with transaction.atomic():
            Resident.objects.select_for_update(no_key=True).get(pk=chen.pk)
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(PATIENCE_SECONDS)  # a lock on the row's key would keep it waiting, and then both
            assert not thread.is_alive()
            give_points(standing_office.parts, chen.pk, 10, "巡逻")
        assert Card.objects.count() == 1
        assert Resident.objects.get(pk=chen.pk).credits == 10

    def test_a_wish_waits_for_a_grant_of_the_same_points_and_then_sees_it(self, standing_office: OfficeWorld) -> None:
        office, chen = standing_office, standing_office.residents["陈桂芳"].pk
        publish_rules(office.parts, {"home_cap": 0})
        give_points(office.parts, chen, 100, "巡逻")
        said: list[str] = []
        thing = points_of(ResidentId(chen))

        def wish() -> None:
            said.append(answer_wish(office.parts, Wish(SECOND, "v2", thing, 60), frozenset()))
            connection.close()

        with transaction.atomic():
            purse = open_purse(office.parts, thing, FIRST)
            assert purse is not None
            thread = threading.Thread(target=wish)
            thread.start()
            self.wait_until_somebody_waits()
            purse.grant(FIRST, 70, "到站调取")
        thread.join(PATIENCE_SECONDS)
        assert said == ["unreachable"]  # 30 are free, 70 lie at the first station
        assert free_points(Resident.objects.get(pk=chen)) == 30

    def test_homes_wishes_gifts_and_corrections_at_once_never_wait_in_a_circle(
        self, standing_office: OfficeWorld
    ) -> None:
        office = standing_office
        faults: list[BaseException] = []
        chen, li = (standing_office.residents[name].pk for name in ("陈桂芳", "李明"))
        give_points(office.parts, chen, 500, "巡逻")
        give_points(office.parts, li, 500, "巡逻")
        works: list[Callable[[int], object]] = [
            lambda turn: move_home(office.parts, chen, (FIRST, SECOND)[turn % 2], "搬家"),
            lambda turn: give_points(office.parts, li, 1 + turn, "巡逻"),
            lambda turn: answer_wish(
                office.parts, Wish((SECOND, FIRST)[turn % 2], f"v{turn}", points_of(ResidentId(chen)), 5), frozenset()
            ),
            lambda turn: take_back(office.parts, li, 1 + turn, "更正"),
        ]

        def run(work: Callable[[int], object]) -> None:
            try:
                for turn in range(12):
                    work(turn)
            except BaseException as fault:
                faults.append(fault)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS * 2)
        assert not any(thread.is_alive() for thread in threads)
        assert faults == []
        for resident in Resident.objects.filter(pk__in=[chen, li]):
            assert free_points(resident) >= 0
