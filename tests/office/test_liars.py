"""Stations with a valid key that lie, and what a person's word makes of it: nothing is given twice."""

from __future__ import annotations

import msgspec
import pytest
from django.db.models import F, Sum

from domain.facts import EpochClosed, RightsHandedBack, VoucherHonoured, VoucherIssued, VoucherRefunded, VoucherVoided
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StaffId, StationId, VisitId
from domain.rights import Counter as Names
from domain.rights import Move, points_of, stock_of
from domain.voucher import ItemKind, Voucher, pack
from domain.voucher_number import VoucherNumber
from office.books.models import Alarm, Counter, PlaceFate, Station, UpEntry
from office.faults import BadValue
from office.services.fates import settle_fate
from office.services.grants import give_points, grant_stock
from office.services.lives import fence
from office.services.recovering import blocked
from office.worker.lives import look_after
from office.worker.parked import retry, settle_claim
from sync.chain import Direction
from sync.frame import decode_frame, encode_frame
from sync.identity import signed_by
from tests.office.restored import Backup, keeping
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


def left(thing: str) -> int:
    rows = Counter.objects.filter(thing=thing)
    return int(rows.aggregate(n=Sum(F("granted") + F("earned") - F("spent") + F("refunded") - F("returned")))["n"] or 0)


def issued(number: int, resident: str, points: int, place: str) -> VoucherIssued:
    return VoucherIssued(
        number, CommandId(f"c{number}"), VisitId("v"), ResidentId(resident), ItemKind.GOODS, ItemId(101), 1, points, 1,
        PlaceId(place), Day(2500), Day(2530), 1,
    )  # fmt: skip


def test_pieces_of_a_voided_voucher_are_granted_once_to_the_life_that_follows(
    office: OfficeWorld, fleet: Fleet
) -> None:
    grant_stock(office.parts, FIRST, 101, 5, "送货")
    fleet.run()
    first = fleet.stations[FIRST]
    first.issue(1, chen(office), 10, SECOND)
    moves = [Move(right, Names.RETURNED, have.available) for right, have in first.rights.items() if have.available]  # type: ignore[arg-type]
    first.write(RightsHandedBack(1), *moves)
    first.write(EpochClosed("log.went_back"))
    office.talk()
    log = office.logs[FIRST]
    with log._store.transaction():
        log._store.begin(2)
    fleet.stations[SECOND].write(VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了"))
    office.talk(SECOND)
    settle_fate(office.parts, FIRST, 1, 1)  # before the worker has looked after the new life
    look_after(office.parts)
    assert left(stock_of(ItemId(101))) == 5


@pytest.mark.parametrize("at_place", [SECOND, FIRST])
def test_what_the_community_bore_is_not_refunded_to_the_resident(
    office: OfficeWorld, fleet: Fleet, at_place: str
) -> None:
    first, points = fleet.stations[FIRST], points_of(ResidentId(chen(office)))
    first.issue(1, chen(office), 100)
    forged = issued(7, chen(office), 100, at_place)
    first.end.write(first.end.entry(forged, Move(points, Names.SPENT, 100)))
    fleet.run()
    settle_claim(office.parts, FIRST, 1, UpEntry.objects.exclude(parked="").get().number, "已领走", accept=False)
    void = VoucherVoided(StationId(FIRST), Epoch(1), 7, StaffId("he"), "坏了")
    if at_place == FIRST:
        first.end.write(first.end.entry(void, Move(points, Names.REFUNDED, 100)))
        fleet.run()
    else:
        fleet.stations[SECOND].write(void)
        fleet.run()
        first.end.write(first.end.entry(VoucherRefunded(Epoch(1), 7, "void"), Move(points, Names.REFUNDED, 100)))
        fleet.run()
    assert left(points) == 0


def test_a_packed_voucher_is_written_in_one_way_only(office: OfficeWorld, fleet: Fleet) -> None:
    paper = Voucher(
        StationId(FIRST), VoucherNumber(Epoch(1), 9), PlaceId(SECOND), ItemKind.GOODS, ItemId(101), 1, 10,
        Day(2500), Day(2530), 1,
    )  # fmt: skip
    data = pack(paper).hex()
    second = fleet.stations[SECOND]
    for packed in (" ".join(data[i : i + 2] for i in range(0, 58, 2)), data.upper(), data + " " * 900):
        second.write(VoucherHonoured(StationId(FIRST), Epoch(1), 9, StaffId("he"), known=False, packed=packed))
    fleet.run()
    assert UpEntry.objects.filter(station=SECOND, parked__startswith="entry.malformed").count() == 3
    assert PlaceFate.objects.count() == 0


def test_a_voucher_that_cannot_be_is_no_claim(office: OfficeWorld, fleet: Fleet) -> None:
    first, points = fleet.stations[FIRST], points_of(ResidentId(chen(office)))
    forged = issued(2**40, chen(office), 10, SECOND)
    first.end.write(first.end.entry(forged, Move(points, Names.SPENT, 10)))
    fleet.run()
    with pytest.raises(BadValue):
        settle_claim(office.parts, FIRST, 1, UpEntry.objects.exclude(parked="").get().number, "认账", accept=False)


def test_a_fate_that_waits_for_its_issue_is_not_written_down_again(office: OfficeWorld, fleet: Fleet) -> None:
    second = fleet.stations[SECOND]
    second.write(VoucherVoided(StationId("50019900100109"), Epoch(1), 7, StaffId("he"), "坏了"))
    fleet.run()
    entry = UpEntry.objects.exclude(parked="").get()
    assert retry(office.parts, SECOND, 1, entry.number).startswith("entry.unknown_voucher")
    assert PlaceFate.objects.count() == 1
    assert Station.objects.get(pk=SECOND).life == "open"


def test_what_a_life_was_told_to_refund_and_had_not_when_it_ended_comes_back(office: OfficeWorld, fleet: Fleet) -> None:
    first, points = fleet.stations[FIRST], points_of(ResidentId(chen(office)))
    first.issue(1, chen(office), 30, SECOND)
    fleet.run()
    fleet.stations[SECOND].write(VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了"))
    fleet.run(SECOND)
    first.write(RightsHandedBack(1), Move(points, Names.RETURNED, 70))
    first.write(EpochClosed("log.went_back"))
    office.talk()
    log = office.logs[FIRST]
    with log._store.transaction():
        log._store.begin(2)
    for _ in range(2):
        look_after(office.parts)
        fleet.rights.turn(fleet.now)
    assert left(points) == 100


def test_a_flood_of_wishes_fills_no_log(office: OfficeWorld, fleet: Fleet) -> None:
    before = Station.objects.get(pk=SECOND).down_last
    for second in range(600):
        fleet.now += 1.0
        fleet.rights.wishes.forget(fleet.now)
        for number in range(8):
            fleet.wish(SECOND, points_of(ResidentId(chen(office))), 10_000, f"v{second}-{number}")
    assert Station.objects.get(pk=SECOND).down_last - before <= 40 + 600 / 5


def test_a_fenced_station_that_says_the_office_forgot_something_holds_nobody_up(
    office: OfficeWorld, fleet: Fleet
) -> None:
    fence(office.parts, FIRST, "被偷")
    end = office.ends[FIRST]
    end.store.peer += [b"\x01" * 32] * 5  # it says that it holds what the office never wrote
    before = Station.objects.get(pk=SECOND).down_epoch
    office.talk()
    look_after(office.parts)
    assert Station.objects.get(pk=SECOND).down_epoch == before
    assert not blocked()


@pytest.mark.parametrize("lie", [{"ack": 9_000}, {"ack_epoch": 40_000}, {"ack": 0, "ack_hash": bytes(32)}])
def test_a_station_that_invents_an_acknowledgement_makes_nobody_recover_and_is_counted(
    office: OfficeWorld, fleet: Fleet, lie: dict[str, object]
) -> None:
    end, log = fleet.stations[FIRST].end, office.logs[FIRST]
    end.log.connected(50.0)
    sound = end.log.due(50.0)
    assert sound is not None
    frame = decode_frame(sound, Direction.UP, FIRST, lambda m, s: signed_by(end.key.public, m, s))
    bad = encode_frame(msgspec.structs.replace(frame, **lie), Direction.UP, end.key.sign)
    assert log.receive(bad, 50.0).code == "frame.unproven"
    look_after(office.parts)
    assert not blocked()
    assert not Alarm.objects.exists()
    give_points(office.parts, chen(office), 5, "照常")


def test_what_the_office_signed_and_forgot_makes_it_recover_by_itself(office: OfficeWorld, fleet: Fleet) -> None:
    backup = Backup.of(fleet)
    give_points(office.parts, chen(office), 7, "备份之后")
    fleet.run()
    backup.restore(said=False)
    assert office.talk(FIRST, 90.0) != ["frame.unproven"]
    assert Alarm.objects.filter(code="log.went_back", station=FIRST).exists()
    look_after(office.parts)
    assert blocked()


def test_a_life_of_the_log_that_was_begun_and_forgotten_is_proven_though_nothing_stood_in_it(
    office: OfficeWorld,
) -> None:
    fleet = Fleet(office, FIRST, SECOND)
    keeping(fleet)
    fleet.run()
    backup = Backup.of(fleet)
    backup.restore()
    office.talk(FIRST, 90.0)  # it hears of the new life, and the books are put back once more
    backup.restore(said=False)
    office.talk(FIRST, 99.0)
    assert Alarm.objects.filter(code="log.went_back", station=FIRST).exists()
