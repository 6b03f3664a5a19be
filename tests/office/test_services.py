"""Grants keep the invariant; enrolling, people, cards and documents reach every station that must know."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from domain.card import parse_code, signed_message
from domain.catalogue import decode_catalogue
from domain.entries import decode_entry
from domain.facts import DOWN, DocumentAnnounced, Granted, ResidentListed, StaffListed, fact_of
from domain.ids import ResidentId
from domain.rights import points_of
from office.books.models import Card, Counter, Credit, Document, DownEntry, Grant, Holding, Item, Resident, Staff
from office.faults import BundleInUse, NotGranted, Unknown
from office.services.documents import read_blob
from office.services.enrol import enrol
from office.services.grants import free_points, give_points, grant_stock, hand_over, hand_over_all
from office.services.people import make_card, tell_stations
from sync.identity import signed_by
from tests.office.world import FIRST, SECOND, OfficeWorld


def told(station: str) -> list[object]:
    rows = DownEntry.objects.filter(station=station).order_by("epoch", "number")
    return [fact_of(decode_entry(bytes(row.data)), DOWN) for row in rows]


def test_points_are_handed_to_the_home_station_as_a_running_total(office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"].pk
    give_points(office.parts, chen, 100, "巡逻")
    give_points(office.parts, chen, 50, "清洁")
    totals = [fact.total for fact in told(FIRST) if isinstance(fact, Granted)]
    assert totals == [100, 150]
    assert not [fact for fact in told(SECOND) if isinstance(fact, Granted)]
    resident = Resident.objects.get(pk=chen)
    assert (resident.credits, free_points(resident)) == (150, 0)
    assert list(Credit.objects.order_by("id").values_list("points", "reason", "by")) == [
        (100, "巡逻", "tester"),
        (50, "清洁", "tester"),
    ]
    assert list(Grant.objects.order_by("id").values_list("amount", "total")) == [(100, 100), (50, 150)]


def test_no_more_is_granted_than_was_given(office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"]
    give_points(office.parts, chen.pk, 100, "巡逻")
    with pytest.raises(NotGranted, match="0 are free"):
        hand_over(office.parts, Resident.objects.get(pk=chen.pk), 1, "再来")
    # Spending lowers nothing: only what a station returned can be handed out again.
    Counter.objects.filter(thing=points_of(ResidentId(chen.pk))).update(spent=60)
    assert free_points(Resident.objects.get(pk=chen.pk)) == 0
    Counter.objects.filter(thing=points_of(ResidentId(chen.pk))).update(returned=40)
    assert free_points(Resident.objects.get(pk=chen.pk)) == 40
    assert hand_over_all(office.parts, chen.pk, "收回以后") == 40
    with pytest.raises(NotGranted):
        give_points(office.parts, chen.pk, 0, "零")
    with pytest.raises(Unknown):
        give_points(office.parts, "nobody", 1, "?")
    with pytest.raises(Unknown):
        grant_stock(office.parts, "50019900100199", 101, 1, "?")


def test_points_without_a_home_stay_at_the_office_until_there_is_one(office: OfficeWorld) -> None:
    row = Resident.objects.create(id="drifter", name="赵新")
    give_points(office.parts, row.pk, 70, "迁入")
    assert not Grant.objects.exists()
    Resident.objects.filter(pk=row.pk).update(home=SECOND)
    assert hand_over_all(office.parts, row.pk, "设定所属站点") == 70
    assert hand_over_all(office.parts, row.pk, "再一次") == 0
    assert [fact.total for fact in told(SECOND) if isinstance(fact, Granted)] == [70]


def test_a_new_life_gets_everything_and_no_point_twice(office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"]
    give_points(office.parts, chen.pk, 100, "巡逻")
    Staff.objects.create(id="he", name="何静", role="站长")
    end = office.enrol(FIRST, "新机器")
    facts = [fact for fact, row in zip(told(FIRST), DownEntry.objects.filter(station=FIRST), strict=True) if row]
    assert [type(fact) for fact in facts[-3:]] == [ResidentListed, ResidentListed, StaffListed]
    assert Counter.objects.count() == 1  # the old life holds the points still: none are granted to the new one
    link = tomllib.loads((end.folder / "link.toml").read_text())
    assert link["enrolment"] == {"station": FIRST, "epoch": 2, "down_epoch": 2}
    keys = json.loads((end.folder / "office-keys.json").read_text())
    assert keys == {"1": office.parts.signer.public.hex()}
    for name in ("voucher.key", "frame.key", "pepper"):
        assert (end.folder / "secrets" / name).stat().st_mode & 0o077 == 0


def test_a_folder_that_holds_something_gets_no_keys(office: OfficeWorld, tmp_path: Path) -> None:
    from config.link import Broker

    (tmp_path / "x").write_text("x")
    with pytest.raises(BundleInUse, match="something lies there"):
        enrol(office.parts, FIRST, "驿站", Broker(host="h"), tmp_path)
    with pytest.raises(Unknown, match="14 digits"):
        enrol(office.parts, "123", "驿站", Broker(host="h"), tmp_path / "y")


def test_stations_learn_masked_names_and_digests_only(office: OfficeWorld) -> None:
    chen = office.residents["陈桂芳"]
    code = make_card(office.parts, FIRST[:6], chen)
    card, data, signature = parse_code(code)
    assert signed_by(office.parts.signer.public, signed_message(data), signature)
    assert card.county == FIRST[:6]
    tell_stations(office.parts, chen)
    Card.objects.update(blocked=True)
    tell_stations(office.parts, chen)
    for station in (FIRST, SECOND):
        before, after = [fact for fact in told(station) if isinstance(fact, ResidentListed)][-2:]
        assert (before.name, len(before.cards), before.blocked_cards) == ("陈*芳", 1, ())
        assert (after.cards, after.blocked_cards) == ((), before.cards)
    written = b"".join(bytes(row.data) for row in DownEntry.objects.all())
    assert "陈桂芳".encode() not in written
    assert card.number.hex().encode() not in written


def test_a_catalogue_is_published_from_the_items_and_announced_to_all(office: OfficeWorld) -> None:
    from office.services.catalogue import keep_picture, publish_items

    picture = keep_picture("米.PNG", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    Item.objects.create(id=101, kind="goods", name="大米", points=120, unit="袋", picture=picture, stocked=True)
    first = publish_items(office.parts)
    assert first is not None
    assert publish_items(office.parts) is None  # nothing changed
    Item.objects.update(points=110)
    second = publish_items(office.parts)
    assert second is not None
    assert (first.version, second.version) == (1, 2)
    catalogue = decode_catalogue(bytes(second.body))
    assert (catalogue.version, catalogue.items[0].points, catalogue.items[0].picture) == (2, 110, picture)
    assert read_blob(picture.partition(".")[0]) is not None
    assert read_blob(second.sha256) == bytes(second.body)
    for station in (FIRST, SECOND):
        announced = [fact for fact in told(station) if isinstance(fact, DocumentAnnounced)]
        assert [(fact.version, fact.sha256) for fact in announced] == [(1, first.sha256), (2, second.sha256)]
    assert list(Holding.objects.values_list("version", "state")) == [(2, "waiting")] * 2
    assert Document.objects.count() == 2


def test_a_station_that_comes_later_hears_of_the_newest_only(office: OfficeWorld) -> None:
    from office.services.catalogue import publish_items

    for points in (5, 6):
        Item.objects.update_or_create(id=1, defaults={"kind": "goods", "name": "盐", "points": points, "unit": "袋"})
        publish_items(office.parts)
    office.enrol("50019900100103")
    announced = [fact for fact in told("50019900100103") if isinstance(fact, DocumentAnnounced)]
    assert [fact.version for fact in announced] == [2]
