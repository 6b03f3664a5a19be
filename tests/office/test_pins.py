"""PINs and agreements at the office: kept as stations say them, told to every station, taken away with a reason."""

from __future__ import annotations

import pytest

from domain.facts import ConsentGiven, ConsentWithdrawn, PinLocked, PinSet, PinUnlocked, ResidentListed
from domain.identity_digest import Pepper
from domain.ids import ResidentId, StaffId
from domain.pin import make_verifier
from office.books.models import PinEvent, Resident, Station, UpEntry
from office.faults import BadValue, Unknown
from office.services.erasing import ask_erasure, confirm_erasure
from office.services.merging import take
from office.services.people import agree_on_paper
from office.services.pins import reset_pin
from tests.office.stations import Fleet
from tests.office.test_services import told
from tests.office.world import FIRST, SECOND, OfficeWorld

HE = StaffId("he")


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> ResidentId:
    return ResidentId(office.residents["陈桂芳"].pk)


def verifier(resident: ResidentId, pin: str = "482913") -> str:
    return make_verifier(Pepper(1, b"p" * 32), resident, pin, b"s" * 16, cost=10)


def said(fleet: Fleet, office: OfficeWorld, *facts: object) -> None:
    end = office.ends[FIRST]
    for fact in facts:
        end.write(end.entry(fact))  # type: ignore[arg-type]
    fleet.run()


def listed(station: str, resident: ResidentId) -> ResidentListed:
    return next(
        fact for fact in reversed(told(station)) if isinstance(fact, ResidentListed) and fact.resident == resident
    )


def test_a_pin_that_was_set_at_one_station_is_known_at_all(office: OfficeWorld, fleet: Fleet) -> None:
    said(fleet, office, PinSet(chen(office), verifier(chen(office)), HE))
    assert Resident.objects.get(pk=chen(office)).pin == verifier(chen(office))
    assert listed(FIRST, chen(office)).pin == listed(SECOND, chen(office)).pin == verifier(chen(office))


def test_who_set_locked_and_unlocked_it_stands_in_the_books(office: OfficeWorld, fleet: Fleet) -> None:
    who = chen(office)
    said(fleet, office, PinSet(who, verifier(who), HE), PinLocked(who, 30), PinUnlocked(who, HE))
    events = PinEvent.objects.order_by("pk").values_list("what", "by", "station")
    assert list(events) == [("set", "he", FIRST), ("locked", "", FIRST), ("unlocked", "he", FIRST)]


def test_what_is_no_verifier_is_parked(office: OfficeWorld, fleet: Fleet) -> None:
    said(fleet, office, PinSet(chen(office), "482913", HE), PinLocked(chen(office), 0))
    assert Resident.objects.get(pk=chen(office)).pin == ""
    assert [entry.parked[:11] for entry in UpEntry.objects.exclude(parked="")] == ["entry.range"] * 2


def test_the_office_takes_one_away_with_a_reason(office: OfficeWorld, fleet: Fleet) -> None:
    who = chen(office)
    said(fleet, office, PinSet(who, verifier(who), HE))
    with pytest.raises(BadValue):
        reset_pin(office.parts, who, " ")
    reset_pin(office.parts, who, "忘了")
    assert Resident.objects.get(pk=who).pin == ""
    assert listed(FIRST, who).pin == listed(SECOND, who).pin == ""
    last = PinEvent.objects.order_by("pk").last()
    assert last is not None
    assert (last.what, last.by, last.reason) == ("reset", "tester", "忘了")
    with pytest.raises(Unknown):
        reset_pin(office.parts, who, "忘了")


def test_who_agreed_at_one_station_is_asked_at_no_other(office: OfficeWorld, fleet: Fleet) -> None:
    said(fleet, office, ConsentGiven(chen(office), 2))
    assert listed(SECOND, chen(office)).notice == 2
    said(fleet, office, ConsentWithdrawn(chen(office)))
    assert listed(SECOND, chen(office)).notice == 0


def test_paper_counts_as_the_screen_does(office: OfficeWorld, fleet: Fleet) -> None:
    agree_on_paper(office.parts, FIRST, chen(office), 1)
    said(fleet, office, PinSet(chen(office), verifier(chen(office)), HE))  # whatever lists them next
    assert listed(SECOND, chen(office)).notice == 1


def test_of_somebody_who_was_erased_no_verifier_stays(office: OfficeWorld, fleet: Fleet) -> None:
    who = chen(office)
    said(fleet, office, PinSet(who, verifier(who), HE))
    confirm_erasure(office.parts, ask_erasure(office.parts, who, "搬走").pk)
    assert Resident.objects.get(pk=who).pin == ""
    said(fleet, office, PinSet(who, verifier(who), HE))  # was under way meanwhile
    assert Resident.objects.get(pk=who).pin == ""


def test_a_restored_office_hears_of_a_pin_from_what_it_once_listed(office: OfficeWorld, fleet: Fleet) -> None:
    who = chen(office)
    row, parts = Station.objects.get(pk=FIRST), office.parts
    for pin in (verifier(who), verifier(who, "739154")):
        fact = ResidentListed(who, "陈*芳", (), home=FIRST, pin=pin)
        take(parts, row, office.ends[FIRST].entry(fact))
    assert Resident.objects.get(pk=who).pin == verifier(who, "739154")
    take(parts, row, office.ends[FIRST].entry(ResidentListed(who, "陈*芳", (), home=FIRST)))
    assert Resident.objects.get(pk=who).pin == ""
