from __future__ import annotations

from domain.commands import Desk, VoidVoucher
from domain.decide import decide_void
from domain.ids import Day, Epoch, ItemId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of, stock_of
from domain.voucher_number import VoucherNumber
from kiosk.desk.papers import reprint, waiting_papers
from kiosk.desk.void import void
from kiosk.journal.verify import verify
from tests.support.desk import CHEN, HE, TestDesk


def ask(number: int = 1, staff: StaffId = HE) -> VoidVoucher:
    return VoidVoucher(VoucherNumber(Epoch(1), number), staff, "拿错了")


def test_points_and_pieces_come_back_once(desk: TestDesk) -> None:
    desk.issued()
    assert void(desk.parts, ask()) is None
    assert desk.journal.rights.get(points_of(CHEN)).available == 380
    assert desk.journal.rights.get(stock_of(ItemId(101))).available == 2
    assert void(desk.parts, ask()) == Refused(RefusalCode.VOUCHER_DECIDED, {"fate": "void"})
    assert void(desk.parts, ask(2)) == Refused(RefusalCode.VOUCHER_UNKNOWN)
    assert void(desk.parts, ask(staff=StaffId("li"))) == Refused(RefusalCode.STAFF_ONLY)
    assert verify(desk.journal).sound


def test_a_void_voucher_gets_no_paper_any_more(desk: TestDesk) -> None:
    desk.issued()
    desk.reopen()
    assert desk.waiting == 1
    assert void(desk.parts, ask()) is None
    assert waiting_papers(desk.parts) == ()
    assert reprint(desk.parts, 1, HE) == Refused(RefusalCode.JOB_UNKNOWN)


def test_a_voucher_of_an_earlier_life_is_the_offices_to_refund(desk: TestDesk) -> None:
    desk.issued()
    record = desk.journal.vouchers.get(VoucherNumber(Epoch(1), 1))
    later = Desk(desk.journal.identity.station, Epoch(2), Day(2518), 1, 1)
    assert decide_void(ask(), record, later) == Refused(RefusalCode.VOUCHER_OLD)
