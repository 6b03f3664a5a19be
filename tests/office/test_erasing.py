"""A resident is forgotten: here, at every station, and in what they wrote; the books stay right without a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.entries import Stamp, encode_entry, private_digest
from domain.facts import (
    ConsentGiven,
    ConsentWithdrawn,
    ResidentErased,
    ResidentForgotten,
    ResidentListed,
)
from domain.ids import ResidentId, StaffId
from office.books.models import (
    Card,
    Consent,
    Erasure,
    ErasureStation,
    Household,
    Neighbour,
    Resident,
    Station,
    UpEntry,
)
from office.faults import Unknown
from office.services.erasing import ask_erasure, confirm_erasure, decline_erasure, open_erasures
from office.services.grants import give_points
from office.services.people import make_card, set_neighbour, tell_stations
from office.worker.carrying import read_sticks
from sync.chain import Direction, first_hash, next_hash
from sync.frame import Private
from tests.office.stations import Fleet
from tests.office.test_lives import carry
from tests.office.test_services import told
from tests.office.world import FIRST, SECOND, OfficeWorld


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def test_everything_of_a_person_goes_and_the_chain_still_holds(
    office: OfficeWorld, fleet: Fleet, tmp_path: Path
) -> None:
    person, li = Resident.objects.get(pk=chen(office)), office.residents["李明"].pk
    give_points(office.parts, person.pk, 100, "巡逻")
    make_card(office.parts, FIRST[:6], person)
    set_neighbour(office.parts, li, person.pk, spend=True, collect=True)
    fact = ConsentGiven(ResidentId(person.pk), 1)
    sealed = private_digest(b"s" * 16, b"13800000000")
    data = encode_entry(Stamp(b"n" * 16, 1, 1, clock_ok=True), fact.KIND, fact, (), sealed)
    fleet.stations[FIRST].end.write(data)
    fleet.run()
    UpEntry.objects.filter(kind=fact.KIND).update(salt=b"s" * 16, private=b"13800000000")
    asked = ask_erasure(office.parts, person.pk, "本人要求")
    assert ask_erasure(office.parts, person.pk, "再一次") == asked
    assert Resident.objects.get(pk=person.pk).name == "陈桂芳"  # not before somebody has looked again
    confirm_erasure(office.parts, asked.pk)
    fleet.run()
    row = Resident.objects.get(pk=person.pk)
    assert (row.name, row.home, row.credits) == ("（已删除）", None, 100)
    assert not Card.objects.filter(resident=row).exists()
    assert not Neighbour.objects.exists()
    number = UpEntry.objects.get(kind=fact.KIND).number
    erased = [one for one in told(FIRST) if isinstance(one, ResidentErased)]
    assert erased == [ResidentErased(ResidentId(person.pk), ((1, number),))]
    hash_ = first_hash(Direction.UP, FIRST, 1)
    for entry in UpEntry.objects.filter(station=FIRST).order_by("number"):
        hash_ = next_hash(hash_, bytes(entry.data))
        assert (bytes(entry.hash), entry.private) == (hash_, None)
    old = Private(number, b"s" * 16, b"13800000000")
    assert read_sticks(office.parts, carry(fleet.stations[FIRST].end, tmp_path, old))[0][3] == ""
    assert UpEntry.objects.get(kind=fact.KIND).private is None  # not even from a stick that lay in a drawer
    tell_stations(office.parts, row)
    assert not isinstance(told(FIRST)[-1], ResidentListed) or told(FIRST)[-1].resident != row.pk  # type: ignore[attr-defined]
    fleet.stations[SECOND].write(ResidentForgotten(ResidentId(person.pk)))
    fleet.run()
    done = dict(ErasureStation.objects.values_list("station_id", "done_at"))
    assert (done[FIRST], done[SECOND] is None) == (None, False)
    with pytest.raises(Unknown):
        confirm_erasure(office.parts, asked.pk)


def test_a_withdrawn_consent_is_a_job_for_a_person(office: OfficeWorld, fleet: Fleet) -> None:
    one = fleet.stations[FIRST]
    one.write(ConsentGiven(ResidentId(chen(office)), 3))
    for _ in range(2):
        one.write(ConsentWithdrawn(ResidentId(chen(office))))
    fleet.run()
    assert list(Consent.objects.order_by("pk").values_list("notice", "withdrawn")) == [
        (3, False),
        (None, True),
        (None, True),
    ]
    (job,) = open_erasures()
    assert (job.resident, job.by) == (chen(office), FIRST)
    decline_erasure(office.parts, job.pk, "误操作")
    assert not open_erasures()
    assert Erasure.objects.get().confirmed_by == "tester"


def test_who_confirms_sees_that_no_card_was_shown(office: OfficeWorld, fleet: Fleet) -> None:
    """A badge alone must not have anybody forgotten unseen: the list says who looked the resident up."""
    fleet.stations[FIRST].write(ConsentWithdrawn(ResidentId(chen(office)), StaffId("he")))
    fleet.run()
    (job,) = open_erasures()
    assert job.reason == "居民撤回同意（工作人员 he 查找，未出示卡）"


def test_a_household_is_named_to_stations_by_its_number_alone(office: OfficeWorld) -> None:
    house = Household.objects.create(name="陈家", address="幸福路 1 号")
    Resident.objects.filter(pk=chen(office)).update(household=house)
    tell_stations(office.parts, Resident.objects.get(pk=chen(office)))
    listed = told(FIRST)[-1]
    assert isinstance(listed, ResidentListed)
    assert (listed.household, listed.home) == (f"h{house.pk}", FIRST)
    assert Station.objects.count() == 2
