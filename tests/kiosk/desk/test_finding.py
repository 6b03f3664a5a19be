"""Residents without a card, found by staff."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.commands import RedeemItem
from domain.entries import decode_entry
from domain.facts import UP, Granted, ResidentListed, VoucherIssued, fact_of
from domain.ids import CommandId, ItemId, ResidentId, StaffId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from kiosk.desk.answers import FoundResident, Issued, ResidentHere
from kiosk.desk.finding import NAMES_MAX, list_residents, list_surnames, recognise_by_staff
from kiosk.desk.redeem import redeem
from tests.support.desk import CATALOGUE, CHEN, HE, STATION, TestDesk

NAMES = ("王*芳", "王*国", "王*", "欧阳*珍", "赵*")


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    made = TestDesk(tmp_path)
    made.receive(
        [
            ResidentListed(ResidentId(f"r{at}"), name, (), home="" if name == "王*芳" else STATION, notice=1)
            for at, name in enumerate(NAMES)
        ]
    )
    made.receive([Granted(points_of(ResidentId("r2")), 70)])
    return made


def test_the_most_frequent_surname_comes_first(desk: TestDesk) -> None:
    assert list_surnames(desk.parts) == ("王", "李", "欧阳", "赵", "陈")


def test_those_of_this_station_come_first_with_their_points(desk: TestDesk) -> None:
    found = list_residents(desk.parts, "王")
    assert [(one.name, one.home) for one in found] == [("王*", True), ("王*国", True), ("王*芳", False)]
    assert found[0] == FoundResident(ResidentId("r2"), "王*", 70, home=True)
    assert [one.name for one in list_residents(desk.parts, "欧阳")] == ["欧阳*珍"]
    assert list_residents(desk.parts, "%") == ()


def test_no_more_than_ten_pages(desk: TestDesk) -> None:
    desk.receive([ResidentListed(ResidentId(f"z{at}"), "张*", ()) for at in range(NAMES_MAX + 5)])
    assert len(list_residents(desk.parts, "张")) == NAMES_MAX


def test_a_visit_by_staff_says_who_in_the_voucher(desk: TestDesk) -> None:
    found = recognise_by_staff(desk.parts, CHEN, HE)
    assert isinstance(found, ResidentHere)
    assert (found.resident, found.by_staff, found.points) == (CHEN, HE, 380)
    asked = RedeemItem(CommandId("c1"), VisitId("v"), CHEN, ItemId(201), by_staff=HE)
    assert isinstance(redeem(desk.parts, asked, CATALOGUE, "陈*芳"), Issued)
    facts = [fact_of(decode_entry(data), UP) for _, data, _ in desk.journal.chain.read()]
    (issued,) = [fact for fact in facts if isinstance(fact, VoucherIssued)]
    assert issued.by_staff == HE


def test_only_staff_and_only_of_whom_is_listed(desk: TestDesk) -> None:
    assert recognise_by_staff(desk.parts, CHEN, StaffId("chen")) == Refused(RefusalCode.STAFF_ONLY)
    assert recognise_by_staff(desk.parts, ResidentId("gone"), HE) == Refused(RefusalCode.CARD_UNKNOWN)
