"""Vouchers that name another place: listed there, decided there once, refunded by the issuer, or by the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.facts import (
    EntryCleared,
    EntryParked,
    EpochClosed,
    RightsHandedBack,
    StationListed,
    VoucherDecided,
    VoucherExpired,
    VoucherHonoured,
    VoucherListed,
    VoucherRefunded,
    VoucherVoided,
)
from domain.ids import Day, Epoch, ItemId, ResidentId, StaffId, StationId
from domain.rights import Counter, Move, RightKey, points_of, stock_of
from domain.voucher import code_of, signed_message, unpack
from office.books.models import Counter as Counters
from office.books.models import PlaceFate, Resident, Station, UpEntry, Voucher
from office.faults import BadValue, Unknown
from office.services.enrol import open_life
from office.services.grants import free_points, give_points, grant_stock
from office.services.issues import packed_of
from office.services.lives import fence
from office.services.parked import parked_entries, set_aside
from office.services.partners import expire_partners, find_partner_voucher, write_fate
from office.services.releasing import release
from office.worker.importing import import_journal
from office.worker.lives import look_after
from tests.office.stations import Fleet, Holder
from tests.office.test_lives import carry
from tests.office.test_services import told as told_to
from tests.office.world import FIRST, SECOND, OfficeWorld

HE = StaffId("he")


@pytest.fixture
def fleet(office: OfficeWorld) -> Fleet:
    fleet = Fleet(office, FIRST, SECOND)
    give_points(office.parts, chen(office), 380, "测试")
    fleet.run()
    return fleet


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def voided(number: int = 1, epoch: int = 1) -> VoucherVoided:
    return VoucherVoided(StationId(FIRST), Epoch(epoch), number, HE, "坏了")


def test_a_voucher_for_another_place_is_listed_there_decided_there_and_refunded_by_its_issuer(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    moves = first.issue(1, chen(office), 120, SECOND)
    fleet.run()
    (listed,) = second.said(VoucherListed)
    assert isinstance(listed, VoucherListed)
    paper = unpack(bytes.fromhex(listed.packed))
    assert (paper.station, paper.number.number, paper.points, paper.place) == (FIRST, 1, 120, SECOND)
    second.write(voided())
    fleet.run()
    assert first.said(VoucherDecided) == [VoucherDecided(Epoch(1), 1, "void", SECOND)]  # type: ignore[arg-type]
    back = [Move(move.right, Counter.REFUNDED, move.amount) for move in moves]
    first.write(VoucherRefunded(Epoch(1), 1, "void"), *back)
    fleet.run()
    row = Voucher.objects.get()
    assert (row.fate, row.fate_by, row.refunded) == ("void", SECOND, True)
    assert parked_entries() == []


def test_the_word_of_the_place_waits_for_an_issue_that_comes_later(office: OfficeWorld, fleet: Fleet) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    first.issue(1, chen(office), 120, SECOND)
    second.write(VoucherHonoured(StationId(FIRST), Epoch(1), 1, HE, known=True))
    fleet.run(SECOND)
    assert PlaceFate.objects.get().settled is False
    assert parked_entries() == []
    fleet.run()
    assert (Voucher.objects.get().fate, PlaceFate.objects.get().settled) == ("honoured", True)


def test_a_second_fate_and_a_fate_of_the_wrong_place_are_parked_and_cleared_by_a_person(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    first.issue(1, chen(office), 120, SECOND)
    first.issue(2, chen(office), 20)
    fleet.run()
    second.write(VoucherHonoured(StationId(FIRST), Epoch(1), 1, HE, known=True))
    fleet.run()
    second.write(voided(1))
    second.write(voided(2))
    fleet.run()
    assert [row.parked.partition(":")[0] for row in parked_entries()] == ["entry.twice", "entry.not_the_place"]
    assert len(second.said(EntryParked)) == 2
    assert Voucher.objects.get(number=1).fate == "honoured"
    entry = parked_entries()[0]
    set_aside(office.parts, SECOND, 1, entry.number, "看过了，已经发货")
    fleet.run()
    assert second.said(EntryCleared) == [EntryCleared(Epoch(1), entry.number)]
    kept = UpEntry.objects.get(pk=entry.pk)
    assert (kept.parked, "entry.twice" in kept.note) == ("", True)


def test_what_a_closed_life_issued_is_refunded_by_the_office(office: OfficeWorld, fleet: Fleet) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    first.issue(1, chen(office), 120, SECOND)
    fleet.run()
    Resident.objects.filter(pk=chen(office)).update(home=SECOND)
    office.enrol(FIRST)  # another life: the former one writes nothing any more
    second.write(VoucherExpired(StationId(FIRST), Epoch(1), 1, Day(2531)))
    fleet.run(SECOND)
    assert (Voucher.objects.get().fate, Voucher.objects.get().refunded) == ("expired", True)
    assert second.available(points_of(ResidentId(chen(office)))) == 120
    assert free_points(Resident.objects.get(pk=chen(office))) == 0


@pytest.mark.parametrize("when", ["before the end", "between two lives", "before the next life has all"])
def test_what_a_life_that_ended_itself_did_not_refund_comes_back_once(
    office: OfficeWorld, fleet: Fleet, when: str
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    grant_stock(office.parts, FIRST, 101, 9, "送货")
    fleet.run()
    first.issue(1, chen(office), 120, SECOND)
    fleet.run()
    second.write(voided())
    if when == "before the end":
        office.talk(SECOND, 99.0)
        fleet.rights.work_off(99.0)  # written to the issuer, which never hears it
    held = [(right, counters.available) for right, counters in first.rights.items() if counters.available]
    for part, (right, left) in enumerate(held, start=1):
        first.write(RightsHandedBack(part), Move(RightKey(right), Counter.RETURNED, left))
    first.write(EpochClosed("log.went_back"))
    office.talk(FIRST, 100.0)
    store = office.stores[FIRST]
    if when == "between two lives":
        fleet.run(SECOND)
    with store.transaction():
        store.begin(2)
    if when == "before the next life has all":
        fleet.run(SECOND)
    look_after(office.parts)
    fleet.rights.turn(200.0)
    points, pieces = points_of(ResidentId(chen(office))), stock_of(ItemId(101))
    next_life = {row.thing: row.granted for row in Counters.objects.filter(station=FIRST, epoch=2)}
    assert (next_life[points], next_life[pieces]) == (380, 9)
    assert Voucher.objects.get().refunded is True


def test_a_fate_of_a_voucher_that_never_comes_is_parked_once_its_life_is_closed(
    office: OfficeWorld, fleet: Fleet
) -> None:
    office.enrol(FIRST)
    fleet.stations[SECOND].write(voided(9))
    fleet.run(SECOND)
    assert [row.parked.partition(":")[0] for row in parked_entries()] == ["entry.unknown_voucher"]


def test_a_new_life_hears_of_open_vouchers_and_of_the_keys_of_others(office: OfficeWorld, fleet: Fleet) -> None:
    fleet.stations[FIRST].issue(1, chen(office), 120, SECOND)
    fleet.run()
    fence(office.parts, SECOND, "换机器")
    release(office.parts, SECOND, 1, "没有开过券")
    end = office.enrol(SECOND)
    end.store.own_data, end.log._store = [], end.store
    newest = [fact for fact in told_to(SECOND) if isinstance(fact, VoucherListed | StationListed)]
    assert isinstance(newest[-1], VoucherListed)
    keys = {(fact.station, fact.epoch) for fact in newest if isinstance(fact, StationListed)}
    assert keys == {(FIRST, 1), (SECOND, 1)}  # its own former life's too: papers of it may be shown
    fleet.run(FIRST)  # and the others hear of the new life's key
    listed = [fact for fact in fleet.stations[FIRST].said(StationListed) if isinstance(fact, StationListed)]
    assert (SECOND, 2, Station.objects.get(pk=SECOND).voucher_key) == (
        listed[-1].station, listed[-1].epoch, listed[-1].key,
    )  # fmt: skip


def test_the_county_hears_how_far_the_vouchers_of_a_life_count_when_it_is_fenced_and_when_its_journal_came(
    office: OfficeWorld, fleet: Fleet, tmp_path: Path
) -> None:
    first, second = fleet.stations[FIRST], fleet.stations[SECOND]
    first.issue(1, chen(office), 20)
    fleet.run()
    assert newest_key(second) == (FIRST, 1, None)
    first.issue(2, chen(office), 20)  # never sent
    fence(office.parts, FIRST, "读卡器丢失")
    fleet.run(SECOND)
    assert newest_key(second) == (FIRST, 1, 1)
    import_journal(office.parts, carry(first.end, tmp_path), "卡找到了")
    fleet.run(SECOND)
    assert newest_key(second) == (FIRST, 1, 2)


def test_a_life_that_is_replaced_counts_no_further_for_its_successor_and_the_county(
    office: OfficeWorld, fleet: Fleet
) -> None:
    fleet.stations[FIRST].issue(1, chen(office), 20)
    fleet.run()
    office.enrol(FIRST)
    fleet.run(SECOND)
    told = {(fact.station, fact.epoch, fact.last_good) for fact in keys_told(fleet.stations[SECOND])}
    assert {(FIRST, 1, 1), (FIRST, 2, None)} <= told
    own = [fact for fact in told_to(FIRST) if isinstance(fact, StationListed)]
    assert (FIRST, 1, 1) in [(fact.station, fact.epoch, fact.last_good) for fact in own]


def keys_told(holder: Holder) -> list[StationListed]:
    return [fact for fact in holder.heard if isinstance(fact, StationListed)]


def newest_key(holder: Holder) -> tuple[str, int, int | None]:
    fact = keys_told(holder)[-1]
    return fact.station, fact.epoch, fact.last_good


def test_the_office_is_the_place_of_a_partner(office: OfficeWorld, fleet: Fleet) -> None:
    from domain.ids import StationId as Id
    from domain.voucher_number import VoucherNumber

    first = fleet.stations[FIRST]
    for number, expires in ((1, 2530), (2, 2530), (3, 2499)):
        first.issue(number, chen(office), 20, "P7", expires=expires)
    first.issue(4, chen(office), 20)
    fleet.run()

    def text(number: int) -> str:
        return VoucherNumber(Epoch(1), number).text(Id(FIRST))

    write_fate(office.parts, find_partner_voucher(text(1), FIRST), "honoured")
    with pytest.raises(BadValue, match="honoured since"):
        find_partner_voucher(text(1), FIRST)
    with pytest.raises(BadValue, match="only that place"):
        find_partner_voucher(text(4), FIRST)
    with pytest.raises(Unknown):
        find_partner_voucher(text(9), FIRST)
    expire_partners(office.parts)
    fleet.run()
    fates = dict(Voucher.objects.values_list("number", "fate"))
    assert (fates[1], fates[3]) == ("honoured", "expired")
    decided = [fact.fate for fact in first.said(VoucherDecided) if isinstance(fact, VoucherDecided)]
    assert "honoured" in decided
    assert "expired" in decided


def test_the_code_of_a_partners_voucher_is_believed_only_with_the_key_of_its_own_life(
    office: OfficeWorld, fleet: Fleet
) -> None:
    first = fleet.stations[FIRST]
    first.issue(1, chen(office), 20, "P7")
    fleet.run()
    packed = bytes.fromhex(packed_of(Voucher.objects.get()) or "")
    sound = code_of(packed, first.end.voucher_key.sign(signed_message(packed)))
    open_life(office.parts, FIRST, "驿站", "0a" * 32, "0b" * 32, "换机")
    with pytest.raises(BadValue, match="not the one"):
        find_partner_voucher(code_of(packed, b"s" * 64))
    assert find_partner_voucher(sound).number == 1
