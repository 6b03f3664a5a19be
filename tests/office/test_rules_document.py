"""Rules and catalogue as documents: to some first, at their time, and back; allowances follow the rules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.facts import DocumentActivated, DocumentAnnounced, Granted, ResidentListed
from domain.ids import ResidentId
from domain.rules import decode_rules
from office.books.models import Document, Holding, Household, Neighbour, Resident
from office.faults import NotPublished, Unknown
from office.services.documents import activate_due, announce_rest, bring_back, document_for
from office.services.grants import give_points
from office.services.people import tell_stations
from office.services.rules import publish_rules, rules_now
from tests.office.stations import Fleet
from tests.office.test_services import told
from tests.office.world import FIRST, SECOND, OfficeWorld

RICE = {"id": "rice", "pieces": 2, "period": "month", "items": [101]}


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def limits(station: str) -> dict[str, int]:
    return {fact.right: fact.total for fact in told(station) if isinstance(fact, Granted) and "limit/" in fact.right}


def test_rules_go_to_some_first_then_to_the_rest_and_back(office: OfficeWorld) -> None:
    publish_rules(office.parts, {"home_cap": 100})
    publish_rules(office.parts, {"home_cap": 200}, to=(SECOND,))
    assert rules_now(office.parts).home_cap == 100  # what some try does not count at the office
    assert dict(Holding.objects.values_list("station_id", "version")) == {FIRST: 1, SECOND: 2}
    assert [getattr(document_for(name, "rules"), "version", 0) for name in (FIRST, SECOND)] == [1, 2]
    document, count = announce_rest(office.parts, "rules")
    assert (document.version, count, rules_now(office.parts).home_cap) == (2, 1, 200)
    back = bring_back(office.parts, "rules", 1)
    assert (back.version, decode_rules(bytes(back.body)).home_cap) == (3, 100)
    announced = [fact.version for fact in told(FIRST) if isinstance(fact, DocumentAnnounced)]
    assert announced == [1, 2, 3]
    with pytest.raises(Unknown):
        bring_back(office.parts, "rules", 9)
    with pytest.raises(NotPublished):
        publish_rules(office.parts, {"home_cup": 1})
    assert publish_rules(office.parts, {"home_cap": 100}) is None


def test_a_document_counts_at_its_time_by_the_clock_of_the_office(office: OfficeWorld) -> None:
    later = office.parts.now() + timedelta(hours=1)
    publish_rules(office.parts, {"home_cap": 100}, at=later)
    assert activate_due(office.parts) == 0
    assert rules_now(office.parts).version == 0
    office.parts.system.wall_ms += 3_600_000  # type: ignore[attr-defined]
    assert activate_due(office.parts) == 1
    assert activate_due(office.parts) == 0
    assert rules_now(office.parts).home_cap == 100
    activated = [fact for fact in told(FIRST) if isinstance(fact, DocumentActivated)]
    assert activated == [DocumentActivated("rules", 1)]
    assert Document.objects.get().activated_at is not None


def test_allowances_lie_at_home_for_this_month_and_the_next_and_are_raised_by_the_difference(
    office: OfficeWorld, fleet: Fleet
) -> None:
    house = Household.objects.create(name="陈家")
    Resident.objects.filter(pk=chen(office)).update(household=house)
    give_points(office.parts, chen(office), 10, "巡逻")
    publish_rules(office.parts, {"limits": [RICE]})
    fleet.run()
    key = f"limit/h{house.pk}/rice"
    assert limits(FIRST) == {f"{key}/2026-11": 2, f"{key}/2026-12": 2}
    li = office.residents["李明"].pk
    assert set(limits(SECOND)) == {f"limit/{li}/rice/2026-11", f"limit/{li}/rice/2026-12"}
    fleet.stations[FIRST].issue(1, chen(office), 1, limit=f"{key}/2026-11")
    fleet.run()
    publish_rules(office.parts, {"limits": [{**RICE, "pieces": 5}]})
    fleet.run()
    assert limits(FIRST)[f"{key}/2026-11"] == 5
    publish_rules(office.parts, {"limits": [{**RICE, "pieces": 1}]})
    fleet.run()
    assert limits(FIRST)[f"{key}/2026-11"] == 5  # what was handed out is not taken away
    fleet.wish(SECOND, f"{key}/2099-01", 1)  # nobody has an allowance of a year to come
    fleet.run()
    assert fleet.stations[SECOND].outcomes() == ["short"]


def test_an_allowance_is_fetched_from_home_as_points_are(office: OfficeWorld, fleet: Fleet) -> None:
    publish_rules(office.parts, {"limits": [RICE]})
    fleet.run()
    right = f"limit/{chen(office)}/rice/2026-11"
    fleet.wish(SECOND, right, 1)
    fleet.run()
    assert (fleet.stations[FIRST].available(right), fleet.stations[SECOND].available(right)) == (1, 1)


def test_a_neighbour_may_spend_up_to_the_rule_and_stations_know_them(office: OfficeWorld, fleet: Fleet) -> None:
    li = office.residents["李明"]
    publish_rules(office.parts, {"proxy_points": 50})
    resident = Resident.objects.get(pk=chen(office))
    Neighbour.objects.create(resident=resident, neighbour=li, spend=True, by="tester", at=office.parts.now())
    tell_stations(office.parts, resident)
    fleet.now += 90_000
    fleet.run()
    assert limits(FIRST)[f"limit/{resident.pk}/by-{li.pk}/2026-11"] == 50
    listed = [fact for fact in told(SECOND) if isinstance(fact, ResidentListed) and fact.resident == resident.pk][-1]
    assert [(one.resident, one.spend, one.collect, one.until) for one in listed.proxies] == [(li.pk, True, True, 0)]
    assert listed.home == FIRST
    assert ResidentId(resident.pk) == listed.resident
