"""What is parked is tried again when it can be, and a claim is settled in somebody's name."""

from __future__ import annotations

import pytest

from domain.facts import EntryCleared, EntryParked, PaperSettled, VoucherIssued, VoucherVoided
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.rights import Counter, Move, points_of
from domain.voucher import ItemKind
from office.books.models import Correction, UpEntry, Voucher
from office.faults import BadValue, Unknown
from office.services.grants import give_points
from office.services.parked import parked_entries
from office.worker.parked import retry, retry_unknown, settle_claim
from tests.office.stations import Fleet
from tests.office.world import FIRST, SECOND, OfficeWorld


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    give_points(office.parts, chen(office), 100, "测试")
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def overspend(fleet: Fleet, resident: str, points: int) -> int:
    """A journal that says more was spent than there was; return the number of its entry."""
    fact = VoucherIssued(
        7, CommandId("c"), VisitId("v"), ResidentId(resident), ItemKind.GOODS, ItemId(101), 1, points, 1,
        PlaceId(FIRST), Day(2500), Day(2530), 1,
    )  # fmt: skip
    end = fleet.stations[FIRST].end
    end.write(end.entry(fact, Move(points_of(ResidentId(resident)), Counter.SPENT, points)))
    fleet.run()
    return UpEntry.objects.exclude(parked="").get().number


@pytest.mark.parametrize(("accept", "owed"), [(True, 150), (False, 0)])
def test_a_claim_stands_and_is_taken_back_or_borne(office: OfficeWorld, fleet: Fleet, accept: bool, owed: int) -> None:
    number = overspend(fleet, chen(office), 150)
    assert retry(office.parts, FIRST, 1, number).startswith("entry.overspent")
    assert settle_claim(office.parts, FIRST, 1, number, "券已经兑付", accept=accept) == chen(office)
    fleet.run()
    assert Voucher.objects.get().points == 150
    assert sum(row.points for row in Correction.objects.all()) == owed
    assert fleet.stations[FIRST].said(EntryCleared) == [EntryCleared(Epoch(1), number)]
    assert parked_entries() == []
    with pytest.raises(Unknown):
        settle_claim(office.parts, FIRST, 1, number, "再来", accept=accept)


def test_an_entry_that_was_early_is_applied_once_what_it_needs_is_there(office: OfficeWorld, fleet: Fleet) -> None:
    number = overspend(fleet, chen(office), 150)
    from office.services.purses import open_purse

    give_points(office.parts, chen(office), 100, "补登")
    purse = open_purse(office.parts, points_of(ResidentId(chen(office))))
    assert purse is not None
    assert retry(office.parts, FIRST, 1, number) == ""
    assert Voucher.objects.get().points == 150
    assert UpEntry.objects.get(number=number, station=FIRST).note.startswith("tester：已入账")


def test_what_an_older_office_did_not_know_is_applied_in_order_after_the_update(
    office: OfficeWorld, fleet: Fleet
) -> None:
    one = fleet.stations[FIRST]
    moves = one.issue(1, chen(office), 20)
    one.write(
        VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "?"),
        *(Move(move.right, Counter.REFUNDED, move.amount) for move in moves),
    )
    fleet.run()
    from office.books.models import Counter as Row

    kinds = ("voucher_issued", "voucher_voided")
    UpEntry.objects.filter(kind__in=kinds).update(parked="entry.unknown_kind")  # as if that office had taken them
    Voucher.objects.all().delete()
    Row.objects.filter(thing__startswith="points/").update(spent=0, refunded=0)
    assert retry_unknown(office.parts) == 2
    assert (Voucher.objects.get().fate, parked_entries()) == ("void", [])


def test_only_a_voucher_can_be_a_claim(office: OfficeWorld, fleet: Fleet) -> None:
    end = fleet.stations[FIRST].end
    end.write(end.entry(PaperSettled(Epoch(1), 1, StaffId("he")), kind="from_the_future"))
    fleet.run()
    number = parked_entries()[0].number
    assert fleet.stations[FIRST].said(EntryParked) == [EntryParked(Epoch(1), number, "entry.unknown_kind")]
    with pytest.raises(BadValue, match="only a voucher"):
        settle_claim(office.parts, FIRST, 1, number, "?", accept=True)
