"""What the office asks of rights, vouchers and people, answered in the transaction in which it comes."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from domain.calendar import day_of
from domain.commands import RedeemItem
from domain.decide_award import Award
from domain.entries import decode_entry
from domain.facts import (
    UP,
    EntryCleared,
    EntryParked,
    Fact,
    Granted,
    Proxy,
    RecallAsked,
    ResidentErased,
    ResidentForgotten,
    ResidentListed,
    Returned,
    VoucherDecided,
    VoucherRefunded,
    WishAnswered,
    fact_of,
)
from domain.ids import NOBODY, CommandId, Day, Epoch, ItemId, PlaceId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import AWARDS, points_of, stock_of
from domain.rules import Limit, Period, Rules, period_label, proxy_right
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued, ResidentHere, UnknownCard
from kiosk.desk.award import award, undo_award
from kiosk.desk.consent import consent, withdraw
from kiosk.desk.opening import open_desk
from kiosk.desk.recognise import recognise
from kiosk.desk.redeem import redeem
from kiosk.desk.stock import receive_stock, write_off
from kiosk.desk.void import expire
from kiosk.desk.wish import unwish, wish, wish_state
from kiosk.desk.wish_states import Coming, NoLine, Short, Unreachable, Waiting
from kiosk.desk.wish_states import Granted as WishGranted
from kiosk.journal.database import create_database
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.sync_store import SyncStore
from kiosk.journal.verify import verify
from tests.support.desk import CATALOGUE, CHEN, CHEN_CARD, HE, LI, LI_CARD, PEOPLE, STATION, TestDesk, digest

POINTS, VISIT = points_of(CHEN), VisitId("v1")


def said(desk: TestDesk) -> list[Fact]:
    facts = [fact_of(decode_entry(data), UP) for _, data, _ in desk.journal.chain.read()]
    return [fact for fact in facts if fact is not None]


def test_a_recall_is_answered_once_and_with_what_is_there(desk: TestDesk) -> None:
    desk.issued()
    desk.receive([RecallAsked(POINTS, 100), RecallAsked(POINTS, 100), RecallAsked(POINTS, 400)])
    assert said(desk)[2:] == [Returned(POINTS, 100), Returned(POINTS, 400)]
    assert desk.journal.rights.get(POINTS).returned == 260
    assert desk.journal.rights.get(POINTS).available == 0
    desk.receive([Granted(POINTS, 500), RecallAsked(POINTS, 300)])
    assert desk.journal.rights.get(POINTS).available == 120
    assert verify(desk.journal).sound


def test_stock_never_goes_back_and_another_lifes_rights_are_history(desk: TestDesk) -> None:
    desk.receive([RecallAsked(stock_of(ItemId(101)), 2), Granted(POINTS, 50, epoch=9), RecallAsked(POINTS, 5, epoch=9)])
    assert desk.journal.rights.get(stock_of(ItemId(101))).available == 2
    assert desk.journal.rights.get(POINTS).available == 380
    assert said(desk)[1:] == [Returned(stock_of(ItemId(101)), 2)]
    assert verify(desk.journal).sound


def test_a_storage_in_doubt_returns_nothing_until_the_doubt_ends(desk: TestDesk) -> None:
    with desk.journal.transaction("alarm"):
        desk.journal.office.raise_alarm("log.went_back", "")
    desk.receive([RecallAsked(POINTS, 100)])
    assert len(said(desk)) == 1
    assert verify(desk.journal).sound
    with desk.journal.transaction("alarm"):
        connection_of(desk.journal).execute("UPDATE office SET alarm = ''")
    desk.reopen()
    assert said(desk)[1:] == [Returned(POINTS, 100)]
    assert verify(desk.journal).sound


def test_what_was_asked_back_during_a_fork_is_answered_when_the_office_begins_anew(desk: TestDesk) -> None:
    with desk.journal.transaction("alarm"):
        desk.journal.office.raise_alarm("log.fork", "")
    desk.receive([RecallAsked(POINTS, 100)])
    assert len(said(desk)) == 1
    store = SyncStore(desk.journal, 1)
    with store.transaction():
        store.begin(2)
    assert said(desk)[1:] == [Returned(POINTS, 100)]
    assert verify(desk.journal).sound


def test_an_image_from_before_the_first_entry_opens_no_life_while_its_lost_end_is_awaited(desk: TestDesk) -> None:
    empty = desk.folder / "empty"
    create_database(empty / "journal.db", STATION, epoch=1)
    journal = Journal(empty / "journal.db")
    with journal.transaction("alarm"):
        journal.office.raise_alarm("log.went_back", "")
    open_desk(replace(desk.parts, journal=journal), "test")
    assert journal.chain.head().number == 0
    journal.close()


def elsewhere(desk: TestDesk) -> VoucherNumber:
    """A voucher of this station that another place honours."""
    assert desk.catalogue is not None
    item = desk.catalogue.items[0]
    there = msgspec.structs.replace(item, place=PlaceId("P7"))
    catalogue = msgspec.structs.replace(desk.catalogue, items=(there,))
    assert isinstance(redeem(desk.parts, RedeemItem(CommandId("p"), VISIT, CHEN, item.id), catalogue, "陈*芳"), Issued)
    return VoucherNumber(Epoch(1), 1)


def test_the_issuer_refunds_once_when_the_place_decides(desk: TestDesk) -> None:
    number = elsewhere(desk)
    decided = VoucherDecided(Epoch(1), 1, "void", PlaceId("P7"))
    desk.receive([decided, decided])
    assert said(desk)[2:] == [VoucherRefunded(Epoch(1), 1, "void")]
    assert desk.journal.rights.get(POINTS).available == 380
    assert desk.journal.rights.get(stock_of(ItemId(101))).available == 2
    record = desk.journal.vouchers.get(number)
    assert record is not None
    assert record.fate == "void"
    assert verify(desk.journal).sound


def test_what_expired_elsewhere_is_refunded_only_by_the_rules(desk: TestDesk) -> None:
    elsewhere(desk)
    desk.rules = Rules(version=2, expired_refund=False)
    desk.receive([VoucherDecided(Epoch(1), 1, "expired", PlaceId("P7"))])
    assert len(said(desk)) == 2
    assert desk.journal.rights.get(POINTS).available == 260
    assert verify(desk.journal).sound


def test_own_vouchers_expire_by_a_right_clock_and_are_refunded(desk: TestDesk) -> None:
    desk.issued()
    today = day_of(desk.system.now_ms())
    assert expire(desk.parts, today) == 0
    desk.system.advance(31 * 86_400)
    desk.system.synchronised = False
    assert expire(desk.parts, Day(today + 31)) == 0
    desk.system.synchronised = True
    assert expire(desk.parts, Day(today + 31)) == 1
    assert expire(desk.parts, Day(today + 31)) == 0
    assert desk.journal.rights.get(POINTS).available == 380
    assert verify(desk.journal).sound


def test_a_clock_that_leaps_by_years_takes_no_voucher_away(desk: TestDesk) -> None:
    desk.issued()
    today = day_of(desk.system.now_ms())
    desk.system.advance(3650 * 86_400)
    assert expire(desk.parts, Day(today + 3650)) == 0
    desk.system.advance(-3650 * 86_400 + 31 * 86_400)
    assert expire(desk.parts, Day(today + 31)) == 1


def test_a_wish_stands_until_the_grant_makes_it_true(desk: TestDesk) -> None:
    wish(desk.parts, VISIT, {POINTS: 20})
    assert wish_state(desk.parts, VISIT) == NoLine()
    with desk.journal.transaction("connected"):
        desk.journal.office.set_connected(1, desk.system.now_ms())
    assert wish_state(desk.parts, VISIT) == Waiting()
    desk.receive([WishAnswered(VISIT, POINTS, "coming", 500, "北门驿站")])
    assert wish_state(desk.parts, VISIT) == Coming("北门驿站")
    desk.receive([WishAnswered(VISIT, POINTS, "unreachable", 500, "北门驿站")])
    assert wish_state(desk.parts, VISIT) == Unreachable("北门驿站")
    desk.receive([WishAnswered(VISIT, POINTS, "short", 5), WishAnswered(VisitId("gone"), POINTS, "short", 5)])
    assert wish_state(desk.parts, VISIT) == Short(5)
    desk.receive([Granted(POINTS, 399)])
    assert [found.missing for found in desk.journal.wishes.open(8)] == [1]
    desk.receive([Granted(POINTS, 400)])
    assert wish_state(desk.parts, VISIT) == WishGranted()
    assert desk.journal.wishes.answers(VISIT) == ()
    wish(desk.parts, VISIT, {POINTS: 20})
    unwish(desk.parts, VISIT)
    wish(desk.parts, VisitId("v2"), {POINTS: 20})
    desk.reopen()
    assert desk.journal.wishes.open(8) == ()
    assert verify(desk.journal).sound


def test_a_households_limit_is_one_right_for_all_of_it(desk: TestDesk) -> None:
    limit = Limit("rice", 2, Period.EVER, (ItemId(101),))
    desk.rules = Rules(version=3, limits=(limit,))
    desk.receive([
        ResidentListed(CHEN, "陈*芳", (digest(b"c" * 8),), household="h1"),
        ResidentListed(LI, "李*", (digest(b"l" * 8),), household="h1"),
        Granted(points_of(LI), 500),
        Granted("limit/h1/rice/ever", 1),  # type: ignore[arg-type]
    ])  # fmt: skip
    assert isinstance(desk.redeem("c1", CHEN), Issued)
    assert desk.redeem("c2", LI) == Refused(RefusalCode.LIMIT_REACHED, {"limit": "东北大米 5公斤", "left": 0})
    assert verify(desk.journal).sound


def test_a_neighbour_acts_for_those_who_named_them(desk: TestDesk) -> None:
    named = Proxy(LI, spend=True, collect=True, until=day_of(desk.system.now_ms()))
    desk.receive([
        ResidentListed(CHEN, "陈*芳", (digest(b"c" * 8),), proxies=(named,)),
        Granted("limit/chen/by-li/2026-11", 120),  # type: ignore[arg-type]
    ])  # fmt: skip
    here = recognise(desk.parts, LI_CARD)
    assert isinstance(here, ResidentHere)
    assert [(one.resident, one.points) for one in here.may_act_for] == [(CHEN, 380)]
    assert isinstance(desk.redeem("c1", CHEN, proxy=LI), Issued)
    assert desk.redeem("c2", CHEN, 201, proxy=LI) == Refused(RefusalCode.PROXY_LIMIT, {"left": 0})
    desk.system.advance(86_400)
    assert desk.redeem("c3", CHEN, 201, proxy=LI) == Refused(RefusalCode.PROXY_NOT_ALLOWED)
    assert verify(desk.journal).sound


def test_nothing_is_sold_after_a_long_silence_but_rights_still_go_back(desk: TestDesk) -> None:
    desk.system.advance(31 * 86_400)
    assert desk.redeem() == Refused(RefusalCode.STATION_ALONE, {"days": 31})
    desk.receive([RecallAsked(POINTS, 100)])
    assert desk.journal.rights.get(POINTS).returned == 100
    desk.system.synchronised = False
    assert isinstance(desk.redeem(), Issued)


def test_an_award_and_its_undoing_move_the_budget(desk: TestDesk) -> None:
    desk.receive([Granted(AWARDS, 30)])
    deed = Award("a1", CHEN, 20, HE, "打扫楼道")
    assert award(desk.parts, deed) is None
    assert award(desk.parts, deed) is None
    assert desk.journal.rights.get(POINTS).available == 400
    assert award(desk.parts, Award("a2", CHEN, 20, HE, "")) == Refused(RefusalCode.BUDGET_SHORT, {"left": 10})
    assert undo_award(desk.parts, "a1", HE, "记错了") is None
    assert undo_award(desk.parts, "a1", HE, "记错了") == Refused(RefusalCode.AWARD_UNKNOWN)
    assert desk.journal.rights.get(AWARDS).available == 30
    assert verify(desk.journal).sound


def test_pieces_and_consents_are_written(desk: TestDesk) -> None:
    assert receive_stock(desk.parts, ItemId(102), 5, HE, "送货") is None
    assert write_off(desk.parts, ItemId(102), 2, HE, "破损") is None
    assert write_off(desk.parts, ItemId(102), 4, HE, "破损") == Refused(RefusalCode.STOCK_OUT, {"left": 3})
    assert consent(desk.parts, CHEN, 2) is None
    assert withdraw(desk.parts, CHEN) is None
    assert verify(desk.journal).sound


def test_an_erased_resident_leaves_no_name_behind_and_the_journal_stays_sound(desk: TestDesk) -> None:
    desk.issued()
    consent(desk.parts, CHEN, 1)
    desk.receive([ResidentErased(CHEN, ((1, 2),))])
    assert isinstance(recognise(desk.parts, CHEN_CARD), UnknownCard)
    assert said(desk)[-1] == ResidentForgotten(CHEN)
    tables = ("people", "cards", "proxies", "consents", "wishes", "print_jobs")
    left = "".join(str(connection_of(desk.journal).execute(f"SELECT * FROM {table}").fetchall()) for table in tables)
    assert "陈*芳".encode() not in left.encode("unicode_escape")
    assert "chen" not in left
    content = connection_of(desk.journal).execute("SELECT content FROM print_jobs").fetchone()[0]
    assert "陈".encode() not in content
    assert verify(desk.journal).sound
    desk.reopen()
    assert verify(desk.journal).sound


def test_an_erased_neighbour_leaves_no_name_on_the_papers_of_others(desk: TestDesk) -> None:
    named = Proxy(LI, spend=True, collect=True)
    month = period_label(Period.MONTH, day_of(desk.system.now_ms()))
    desk.receive([
        ResidentListed(CHEN, "陈*芳", (digest(b"c" * 8),), proxies=(named,)),
        Granted(proxy_right(CHEN, LI, str(month)), 100),
    ])  # fmt: skip
    for command, proxy, name in (("c1", LI, "李*"), ("c2", NOBODY, "")):
        ask = RedeemItem(CommandId(command), VISIT, CHEN, ItemId(201), 1, proxy)
        assert isinstance(redeem(desk.parts, ask, CATALOGUE, "陈*芳", proxy=name), Issued)
    papers = "SELECT content FROM print_jobs ORDER BY id"
    kept = [row[0] for row in connection_of(desk.journal).execute(papers)]
    assert ["李*".encode() in content for content in kept] == [True, False]
    desk.receive([ResidentErased(LI)])
    left = [row[0] for row in connection_of(desk.journal).execute(papers)]
    assert not any("李".encode() in content for content in left)
    assert all("陈*芳".encode() in content for content in left)
    assert left[1] == kept[1]
    assert verify(desk.journal).sound


def test_what_the_office_keeps_of_ours_is_counted_until_it_is_cleared(desk: TestDesk) -> None:
    desk.receive([EntryParked(Epoch(1), 1, "entry.moves")])
    seen = desk.journal.office.seen()
    assert (seen.done, seen.known, seen.waiting, seen.parked) == (1, 0, 1, 1)
    desk.system.advance(60)
    assert seen.oldest_ms(desk.system.now_ms()) == 60_000
    desk.receive([EntryCleared(Epoch(1), 1)])
    assert desk.journal.office.seen().parked == 0
    assert verify(desk.journal).sound


def test_an_erased_resident_who_comes_back_and_agrees_again_leaves_the_journal_sound(desk: TestDesk) -> None:
    assert consent(desk.parts, CHEN, 1) is None
    desk.receive([ResidentErased(CHEN, ())])
    assert verify(desk.journal).sound
    desk.receive([PEOPLE[0]])
    assert verify(desk.journal).sound
    assert consent(desk.parts, CHEN, 2) is None
    report = verify(desk.journal)
    assert report.sound, report.faults
    assert withdraw(desk.parts, CHEN) is None
    assert verify(desk.journal).sound
