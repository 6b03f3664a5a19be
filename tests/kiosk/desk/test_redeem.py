from __future__ import annotations

import sqlite3

import pytest

from devices.ports import PrintState
from domain.entries import decode_entry
from domain.facts import UP, EpochOpened, VoucherIssued, fact_of
from domain.ids import ItemId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of, stock_of
from domain.voucher import parse_code, signed_message
from kiosk import faults
from kiosk.desk.answers import Issued
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from kiosk.papers.voucher import decode_content
from tests.support.desk import CHEN, LI, VOUCHER_KEY, TestDesk


def test_one_transaction_holds_entry_counters_voucher_and_job(desk: TestDesk) -> None:
    issued = desk.issued()
    assert issued == Issued(
        "A-000001-0", "东北大米 5公斤", 120, 260, "2026-12-23", 1, unit="袋", place="学田湾社区党群驿站"
    )
    kinds = [type(fact_of(decode_entry(data), UP)) for _, data, _ in desk.journal.chain.read()]
    assert kinds == [EpochOpened, VoucherIssued]
    assert desk.journal.rights.get(points_of(CHEN)).spent == 120
    assert desk.journal.rights.get(stock_of(ItemId(101))).available == 1
    job = desk.journal.jobs.get(issued.job)
    assert job is not None
    assert (job.state, job.copy) == (PrintState.QUEUED, 0)
    assert verify(desk.journal).sound


def test_the_code_on_the_paper_is_signed_by_this_station(desk: TestDesk) -> None:
    job = desk.journal.jobs.get(desk.issued().job)
    assert job is not None
    voucher, data, signature = parse_code(decode_content(job.content).code)
    assert voucher.text == "A-000001-0"
    assert VOUCHER_KEY.sign(signed_message(data)) == signature


def test_the_same_command_spends_once_however_often_it_comes(desk: TestDesk) -> None:
    first = desk.issued("again")
    assert desk.redeem("again") == first
    desk.reopen()
    assert desk.redeem("again") == first
    assert desk.journal.rights.get(points_of(CHEN)).spent == 120
    assert desk.journal.vouchers.next_number() == 2


def test_refusals_change_nothing(desk: TestDesk) -> None:
    before = desk.journal.chain.head()
    assert desk.redeem(resident=LI) == Refused(RefusalCode.POINTS_SHORT, {"missing": 20})
    assert desk.redeem(item=102) == Refused(RefusalCode.STOCK_OUT, {"left": 0})
    assert desk.redeem(item=999) == Refused(RefusalCode.ITEM_GONE)
    assert desk.redeem(item=301) == Refused(RefusalCode.ITEM_UNAVAILABLE)
    assert desk.journal.chain.head() == before
    assert desk.journal.vouchers.next_number() == 1


def test_the_last_piece_is_given_once(desk: TestDesk) -> None:
    assert isinstance(desk.redeem("a"), Issued)
    assert isinstance(desk.redeem("b"), Issued)
    assert desk.redeem("c") == Refused(RefusalCode.STOCK_OUT, {"left": 0})


def test_numbers_have_no_gap_and_no_twin(desk: TestDesk) -> None:
    numbers = []
    for press in range(5):
        answer = desk.redeem(f"p{press}", item=201)
        assert isinstance(answer, Issued)
        numbers.append(answer.number[:8])
        desk.reopen()
    assert numbers == [f"A-00000{n}" for n in range(1, 6)]


def test_a_clock_that_may_be_wrong_states_no_day(desk: TestDesk) -> None:
    desk.system.synchronised = False
    issued = desk.issued()
    assert issued.expires == ""
    job = desk.journal.jobs.get(issued.job)
    assert job is not None
    assert decode_content(job.content).issued == ""


def test_an_entry_of_the_office_that_is_not_known_here_stops_the_sale(desk: TestDesk) -> None:
    with desk.journal.transaction("receive"):
        desk.journal.down.receive(
            [b'{"kind":"fence","nonce":"' + b"0" * 32 + b'","boot":1,"at":1,"clock_ok":true,"body":{}}']
        )
    assert desk.redeem() == Refused(RefusalCode.STATION_OUTDATED)


@pytest.mark.parametrize("where", ["entry_written", "rights_moved", "voucher_written", "job_written", "before_commit"])
def test_a_fault_half_way_leaves_nothing_behind(desk: TestDesk, where: str) -> None:
    before = desk.journal.chain.head()

    def fail(name: str) -> None:
        if name == f"redeem.{where}":
            raise OSError("the disk is gone")

    faults.listen(fail)
    try:
        with pytest.raises(OSError, match="disk"):
            desk.redeem()
    finally:
        faults.listen(None)
    assert desk.journal.chain.head() == before
    assert desk.journal.rights.get(points_of(CHEN)).spent == 0
    assert desk.journal.jobs.get(1) is None
    assert desk.issued().number == "A-000001-0"


def test_the_database_itself_refuses_to_overspend(desk: TestDesk) -> None:
    connection = connection_of(desk.journal)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute("UPDATE counters SET spent = 381 WHERE thing = 'points/chen'")
    desk.issued()
    for statement in (
        "UPDATE counters SET spent = 0 WHERE thing = 'points/chen'",
        "UPDATE entries SET bytes = x'00' WHERE number = 2",
        "DELETE FROM entries WHERE number = 2",
        "UPDATE vouchers SET packed = zeroblob(29)",
        "DELETE FROM vouchers",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
