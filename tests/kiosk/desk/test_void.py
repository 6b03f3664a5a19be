from __future__ import annotations

from domain.commands import VoidVoucher
from domain.ids import Epoch, ItemId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of, stock_of
from domain.voucher_number import VoucherNumber
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
