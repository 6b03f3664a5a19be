"""After a restore: what the stations hand back of the office's own log counts again, whoever is heard first."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.facts import (
    EntryParked,
    EpochClosed,
    RecallAsked,
    ResidentErased,
    Returned,
    RightsHandedBack,
    VoucherDecided,
    VoucherRefunded,
    VoucherVoided,
)
from domain.ids import Epoch, ItemId, ResidentId, StaffId, StationId
from domain.rights import Counter as Names
from domain.rights import Move, RightKey, points_of, stock_of
from office.books.models import (
    Alarm,
    Card,
    Counter,
    ErasureStation,
    Life,
    PlaceFate,
    Resident,
    Station,
    ToldFate,
    Voucher,
)
from office.services.corrections import receivables
from office.services.enrol import open_life
from office.services.erasing import NOBODY, ask_erasure, confirm_erasure
from office.services.grants import free_points, give_points, grant_stock
from office.services.lives import fence
from office.services.parked import parked_entries
from office.services.partners import write_fate
from office.services.people import make_card, tell_stations
from office.services.purses import ask_back
from office.services.recovering import blocked, recover
from office.services.releasing import release
from office.worker.importing import import_journal
from office.worker.lives import look_after
from office.worker.parked import settle_claim
from office.worker.recovering import Recovering
from sync.chain import Direction
from sync.identity import SigningKey
from sync.tail import encode_tail, make_tail
from tests.office.restored import Backup, Keeper, hand_back, keeping
from tests.office.stations import Fleet
from tests.office.test_lives import carry
from tests.office.world import FIRST, SECOND, OfficeWorld


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    keeping(fleet)
    give_points(office.parts, chen(office), 380, "测试")
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def points(office: OfficeWorld) -> str:
    return points_of(ResidentId(chen(office)))


def void_and_refund(fleet: Fleet, number: int, amount: int) -> None:
    """A voucher of the first station for the second, voided there and refunded by its issuer."""
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    moves = first.issue(number, chen(fleet.world), amount, SECOND)
    fleet.run()
    second.write(VoucherVoided(StationId(FIRST), Epoch(1), number, StaffId("he"), "坏了"))
    fleet.run()
    back = [Move(move.right, Names.REFUNDED, move.amount) for move in moves]
    first.write(VoucherRefunded(Epoch(1), number, "void"), *back)


@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
@pytest.mark.parametrize("issued", ["before the backup", "after the backup"])
def test_a_refund_and_what_was_spent_of_it_are_applied_whoever_is_heard_first(
    office: OfficeWorld, fleet: Fleet, order: tuple[str, str], issued: str
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    backup = Backup.of(fleet)
    if issued == "before the backup":
        moves = first.issue(1, chen(office), 300, SECOND)
        fleet.run()
        backup = Backup.of(fleet)
        second.write(VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了"))
        fleet.run()
        first.write(VoucherRefunded(Epoch(1), 1, "void"), *(Move(m.right, Names.REFUNDED, m.amount) for m in moves))
    else:
        void_and_refund(fleet, 1, 300)
    first.issue(2, chen(office), 380)  # only because the 300 came back
    fleet.run()
    assert parked_entries() == []
    backup.restore()
    hand_back(fleet)
    for name in order:
        fleet.run(name)
    fleet.run()
    assert first.said(EntryParked) == []  # not even for a moment
    row = Voucher.objects.get(number=1)
    assert (row.fate, row.fate_by, row.refunded) == ("void", SECOND, True)
    counter = Counter.objects.get(station=FIRST, thing=points(office))
    assert (counter.spent, counter.refunded) == (680, 300)
    assert PlaceFate.objects.filter(settled=True).count() == 1
    assert not ToldFate.objects.exists()


def test_a_refund_that_is_parked_for_its_fate_is_tried_again_when_the_place_is_heard(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    moves = first.issue(1, chen(office), 300, SECOND)
    first.write(VoucherRefunded(Epoch(1), 1, "void"), *(Move(m.right, Names.REFUNDED, m.amount) for m in moves))
    first.issue(2, chen(office), 380)
    fleet.run()
    assert [row.parked.partition(":")[0] for row in parked_entries()] == ["entry.no_fate", "entry.overspent"]
    second.write(VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了"))
    fleet.run()
    assert parked_entries() == []
    assert {(row.number, row.fate, row.refunded) for row in Voucher.objects.all()} == {
        (1, "void", True),
        (2, "", False),
    }


def test_what_the_office_decided_for_a_partner_is_not_decided_twice(office: OfficeWorld, fleet: Fleet) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    moves = first.issue(1, chen(office), 120, "P7")
    fleet.run()
    write_fate(office.parts, Voucher.objects.get(), "void")
    fleet.run()
    first.write(VoucherRefunded(Epoch(1), 1, "void"), *(Move(m.right, Names.REFUNDED, m.amount) for m in moves))
    backup.restore()
    hand_back(fleet)
    fleet.run()
    assert parked_entries() == []
    row = Voucher.objects.get()
    assert (row.fate, row.fate_by, row.refunded) == ("void", "P7", True)
    assert write_fate(office.parts, row, "honoured").fate == "void"


def test_a_backup_that_is_used_twice_brings_back_what_was_granted_between(office: OfficeWorld, fleet: Fleet) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    give_points(office.parts, chen(office), 7, "备份之后")
    fleet.run()
    backup.restore()
    hand_back(fleet)
    fleet.run()
    for _ in range(2):
        give_points(office.parts, chen(office), 10, "第一次恢复之后")
        fleet.run()
    held = first.available(points(office))
    assert held == 407
    backup.restore()
    hand_back(fleet)
    fleet.run()
    row = Resident.objects.get(pk=chen(office))
    assert (row.credits, free_points(row)) == (407, 0)
    assert not blocked()
    assert not Alarm.objects.filter(cleared_at=None).exists()
    give_points(office.parts, chen(office), 1, "之后")
    fleet.run()
    assert first.available(points(office)) == 408


def test_what_was_under_way_to_a_station_is_said_again(office: OfficeWorld, fleet: Fleet) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    first.issue(1, chen(office), 120, SECOND)
    fleet.run()
    second.write(VoucherVoided(StationId(FIRST), Epoch(1), 1, StaffId("he"), "坏了"))
    fleet.run(SECOND)
    ask_back(office.parts, Station.objects.get(pk=FIRST), points_of(ResidentId(chen(office))), 60, "迁居")
    recover(office.parts, "恢复")
    hand_back(fleet)
    fleet.run()
    assert first.said(VoucherDecided) == [VoucherDecided(Epoch(1), 1, "void", SECOND)]  # type: ignore[arg-type]
    assert first.said(RecallAsked) == [RecallAsked(points_of(ResidentId(chen(office))), 60, epoch=1)]
    assert Counter.objects.get(station=FIRST, thing=points(office)).returned == 60


def test_what_was_asked_back_after_the_backup_is_not_asked_for_again(office: OfficeWorld, fleet: Fleet) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    first.answers = False
    ask_back(office.parts, Station.objects.get(pk=FIRST), points_of(ResidentId(chen(office))), 60, "迁居")
    fleet.run()
    backup.restore()
    hand_back(fleet)
    first.answers = True
    fleet.run()
    assert [fact.asked for fact in first.said(RecallAsked) if isinstance(fact, RecallAsked)] == [60, 60]
    assert Counter.objects.get(station=FIRST, thing=points(office)).returned == 60
    own = first.end.store.own_data
    assert sum(Returned.KIND.encode() in data for data in own) == 1


def test_a_life_that_began_after_the_backup_keeps_what_it_was_given_and_is_not_given_it_again(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first, pieces = fleet.stations[FIRST], stock_of(ItemId(101))
    grant_stock(office.parts, FIRST, 101, 9, "送货")
    fleet.run()
    held = [Move(RightKey(right), Names.RETURNED, left.available) for right, left in first.rights.items()]
    first.write(RightsHandedBack(1), *(move for move in held if move.amount))
    first.write(EpochClosed("log.went_back"))
    office.talk(FIRST, 90.0)
    backup = Backup.of(fleet)

    def next_life() -> dict[str, int]:
        with office.stores[FIRST].transaction():
            office.stores[FIRST].begin(2)
        look_after(office.parts)
        rows = Counter.objects.filter(station=FIRST, epoch=2)
        return {row.thing: row.granted for row in rows}

    assert next_life() == {pieces: 9, points(office): 380}
    grant_stock(office.parts, FIRST, 101, 3, "送货")
    fleet.now = 100.0
    office.talk(FIRST, fleet.now)
    backup.restore()
    assert blocked()
    hand_back(fleet)
    assert next_life() == {pieces: 12, points(office): 380}
    assert free_points(Resident.objects.get(pk=chen(office))) == 0


def test_a_life_that_was_fenced_after_the_backup_is_fenced_again(office: OfficeWorld, fleet: Fleet) -> None:
    backup = Backup.of(fleet)
    fence(office.parts, FIRST, "读卡器丢失")
    office.talk(FIRST, 50.0)
    backup.restore()
    fleet.now = 60.0
    hand_back(fleet)
    assert Station.objects.get(pk=FIRST).life == "fenced"
    assert not blocked()


@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
@pytest.mark.parametrize("known", [True, False])
def test_who_was_erased_after_the_backup_is_erased_again_and_no_card_comes_back(
    office: OfficeWorld, fleet: Fleet, order: tuple[str, str], known: bool
) -> None:
    backup = Backup.of(fleet)
    person = Resident.objects.get(pk=chen(office))
    if not known:
        person = Resident.objects.create(id=office.parts.new_id(), name="王芳", home_id=FIRST)
    make_card(office.parts, FIRST[:6], person)
    tell_stations(office.parts, person)
    confirm_erasure(office.parts, ask_erasure(office.parts, person.pk, "本人要求").pk)
    fleet.run(order[0])  # the other one was never told
    backup.restore()
    hand_back(fleet, *order)
    row = Resident.objects.get(pk=person.pk)
    assert (row.name, row.home, row.erased_at is None) == (NOBODY, None, False)
    assert not Card.objects.filter(resident=row).exists()
    for holder in fleet.stations.values():
        before = len(holder.heard)
        fleet.run(holder.name)
        said = [fact for fact in holder.heard[before:] if getattr(fact, "resident", "") == person.pk]
        assert isinstance(said[-1], ResidentErased)


def test_an_erasure_that_was_under_way_to_a_station_is_asked_for_again(office: OfficeWorld, fleet: Fleet) -> None:
    confirm_erasure(office.parts, ask_erasure(office.parts, chen(office), "本人要求").pk)
    assert ErasureStation.objects.filter(done_at=None).count() == 2
    recover(office.parts, "恢复")
    hand_back(fleet)
    fleet.run()
    for holder in fleet.stations.values():
        assert holder.said(ResidentErased) == [ResidentErased(ResidentId(chen(office)))]


@pytest.mark.parametrize("replaced", [1, 2])
def test_new_hardware_that_is_asked_does_not_answer_for_the_machine_before_it(
    office: OfficeWorld, fleet: Fleet, replaced: int
) -> None:
    backup = Backup.of(fleet)
    give_points(office.parts, chen(office), 7, "备份之后")
    fleet.run()  # only the first machine, which is gone now, knows of these
    backup.restore()
    hand_back(fleet, SECOND)
    for _ in range(replaced):
        open_life(office.parts, FIRST, "驿站", "0a" * 32, "0b" * 32)
        row = Station.objects.get(pk=FIRST)
        machine, key = Keeper(FIRST), SigningKey(1, bytes([11]) * 32)
        machine.held = {}
        asking = Recovering(office.parts, FIRST, row.unmerged, row.down_epoch, key.public)
        for now in range(0, 400, 4):
            want = asking.wish(float(now))
            if want is not None:
                asking.take(encode_tail(make_tail(FIRST, Direction.DOWN, *machine.tail(want)), key.sign))
        assert blocked()
    release(office.parts, FIRST, 1, "卡坏了")
    if replaced == 2:
        assert blocked()
        release(office.parts, FIRST, Life.objects.filter(station=FIRST, state="fenced").get().epoch, "卡坏了")
    assert not blocked()


@pytest.mark.parametrize("spent", [True, False])
def test_a_refund_that_is_heard_of_after_its_life_was_imported_is_nobodys_loss_and_is_spent_once(
    office: OfficeWorld, fleet: Fleet, tmp_path: Path, spent: bool
) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    void_and_refund(fleet, 1, 300)
    if spent:
        first.issue(2, chen(office), 380)  # only because the 300 came back
    backup.restore()
    fence(office.parts, FIRST, "卡坏了")
    import_journal(office.parts, carry(first.end, tmp_path), "换机")  # nobody has said yet that it was voided
    row = Resident.objects.get(pk=chen(office))
    assert free_points(row) == (0 if spent else 80)
    hand_back(fleet, SECOND)
    fleet.run(SECOND)
    assert parked_entries() == []
    assert free_points(row) == (0 if spent else 380)
    assert Counter.objects.get(station=FIRST, thing=points(office)).counters.available == 0


@pytest.mark.parametrize("accept", [True, False])
def test_what_a_dead_station_spent_of_forgotten_grants_is_given_back_when_a_person_has_settled_it(
    office: OfficeWorld, fleet: Fleet, tmp_path: Path, accept: bool
) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    give_points(office.parts, chen(office), 20, "备份之后")
    fleet.run()
    first.issue(1, chen(office), 390)
    backup.restore()
    fence(office.parts, FIRST, "卡坏了")
    import_journal(office.parts, carry(first.end, tmp_path), "换机")
    row = Resident.objects.get(pk=chen(office))
    assert free_points(row) == 0  # 380 are known to have been given, and 390 to have been spent
    hand_back(fleet, SECOND)
    settle_claim(office.parts, FIRST, 1, parked_entries()[0].number, "核实", accept=accept)
    fleet.run(SECOND)
    row.refresh_from_db()
    assert free_points(row) == (0 if accept else 380)
    assert sum(one.owed for one in receivables()) == (10 if accept else 0)


def test_a_life_that_ended_and_one_that_began_by_themselves_after_the_backup_are_heard_of_again(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first = fleet.stations[FIRST]
    backup = Backup.of(fleet)
    first.issue(1, chen(office), 80)
    first.next_life()
    fleet.run()
    first.issue(1, chen(office), 50)
    fleet.run()
    assert Station.objects.get(pk=FIRST).epoch == 2
    backup.restore(said=False)
    for _ in range(4):
        fleet.now += 20.0
        office.talk(FIRST, fleet.now)
        look_after(office.parts)
    hand_back(fleet)
    give_points(office.parts, chen(office), 400, "在它说话之前")  # some go to the life that is over already
    for _ in range(4):
        fleet.now += 20.0
        office.talk(FIRST, fleet.now)
    fleet.run()
    row = Station.objects.get(pk=FIRST)
    assert (row.epoch, row.life, row.unmerged) == (2, "open", 0)
    assert parked_entries() == []
    assert not Alarm.objects.filter(cleared_at=None).exists()
    assert Voucher.objects.count() == 2
    assert free_points(Resident.objects.get(pk=chen(office))) == 0
    assert first.available(points(office)) == 650
