"""What a visit knows of limits and of what was taken lately, and several pieces through the journal."""

from __future__ import annotations

import json

from domain.calendar import day_of
from domain.facts import Granted
from domain.ids import NOBODY, CommandId, ItemId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of, stock_of
from domain.rules import Limit, Period, Rules, limit_right, period_label
from kiosk.desk.answers import Issued, LimitLeft, ResidentHere
from kiosk.desk.fetch import look
from kiosk.desk.recognise import recognise
from tests.support.desk import CHEN, CHEN_CARD, TestDesk

MONTHLY = Limit("rice", 2, Period.MONTH, (ItemId(101),))


def here(desk: TestDesk) -> ResidentHere:
    found = recognise(desk.parts, CHEN_CARD)
    assert isinstance(found, ResidentHere)
    return found


def test_a_visit_knows_what_is_left_of_a_limit_and_what_was_taken_lately(desk: TestDesk) -> None:
    desk.rules = Rules(version=1, limits=(MONTHLY,))
    label = period_label(Period.MONTH, day_of(desk.system.now_ms()))
    assert label is not None
    desk.receive([Granted(right=limit_right("chen", "rice", label), total=2)])
    assert (here(desk).limits, here(desk).recent) == ((LimitLeft("rice", 2, 0),), ())
    desk.redeem("c1", item=201)
    desk.redeem("c2", item=101)
    assert (here(desk).limits, here(desk).recent) == ((LimitLeft("rice", 1, 1),), (101, 201))
    assert look(desk.parts, VisitId("w"), CHEN, NOBODY, desk.rules).limits == (LimitLeft("rice", 1, 1),)


def test_with_a_clock_that_is_not_right_no_period_counts(desk: TestDesk) -> None:
    desk.rules = Rules(version=1, limits=(MONTHLY,))
    desk.system.synchronised = False
    assert here(desk).limits == ()


def test_two_pieces_are_one_voucher_of_twice_the_points(desk: TestDesk) -> None:
    issued = desk.redeem(pieces=2)
    assert isinstance(issued, Issued)
    assert (issued.pieces, issued.points, issued.left, issued.unit) == (2, 240, 140, "袋")
    number = desk.journal.vouchers.number_of(CommandId("c1"))
    assert number is not None
    record = desk.journal.vouchers.get(number)
    assert record is not None
    assert (record.voucher.pieces, record.voucher.points) == (2, 240)
    job = desk.journal.jobs.get(issued.job)
    assert job is not None
    assert json.loads(job.content)["pieces"] == 2
    rights = desk.journal.rights
    assert (rights.get(points_of(CHEN)).available, rights.get(stock_of(ItemId(101))).available) == (140, 0)
    assert desk.redeem("c2") == Refused(RefusalCode.STOCK_OUT, {"left": 0})
