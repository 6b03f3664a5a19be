"""The power goes in the middle of a visit: what the next start can honestly say of it."""

from __future__ import annotations

import pytest

from devices.ports import PrintState
from kiosk.desk.answers import TornOff
from kiosk.desk.torn import RECENT_MS, torn_off
from kiosk.visit_mark import NAME, VisitMark
from tests.support.desk import TestDesk


def came(desk: TestDesk) -> VisitMark:
    mark = VisitMark(desk.folder)
    mark.put(desk.system.now_ms())
    desk.system.advance(40)
    return mark


def after_the_cut(desk: TestDesk) -> TornOff | None:
    desk.reopen()
    desk.system.advance(60)
    return torn_off(desk.parts, VisitMark(desk.folder).since())


def test_nobody_was_here(desk: TestDesk) -> None:
    desk.issued()
    assert after_the_cut(desk) is None
    mark = came(desk)
    mark.lift()
    assert after_the_cut(desk) is None


def test_nothing_was_written(desk: TestDesk) -> None:
    desk.issued("of somebody before")
    desk.system.advance(5)
    came(desk)
    assert after_the_cut(desk) == TornOff()


@pytest.mark.parametrize(
    ("state", "out"), [(None, False), (PrintState.SENDING, False), (PrintState.PRINTED, True), (PrintState.SENT, True)]
)
def test_the_voucher_stands_and_its_paper_is_out_or_waits(desk: TestDesk, state: PrintState | None, out: bool) -> None:
    came(desk)
    issued = desk.issued()
    if state is not None:
        with desk.journal.transaction("print"):
            desk.journal.jobs.mark(issued.job, PrintState.SENDING)
            if state is not PrintState.SENDING:
                desk.journal.jobs.mark(issued.job, state)
    assert after_the_cut(desk) == TornOff("A-000001-0", paper_out=out)


def test_what_was_long_ago_is_nobodys_question(desk: TestDesk) -> None:
    came(desk)
    desk.system.advance(RECENT_MS / 1000)
    assert after_the_cut(desk) is None


def test_a_mark_that_was_torn_too_says_that_somebody_was_here(desk: TestDesk) -> None:
    came(desk)
    (desk.folder / NAME).write_bytes(b"")
    assert after_the_cut(desk) == TornOff()


def test_a_disk_that_takes_no_files_stops_nobody(desk: TestDesk) -> None:
    mark = VisitMark(desk.folder / "gone")
    mark.put(1)
    mark.lift()
    assert mark.since() is None
