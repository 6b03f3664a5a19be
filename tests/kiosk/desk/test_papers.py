from __future__ import annotations

from devices.ports import PrintState
from domain.entries import decode_entry
from domain.ids import StaffId
from domain.refusals import RefusalCode, Refused
from kiosk.desk.papers import reprint, set_aside, waiting_papers
from kiosk.journal.journal import connection_of
from kiosk.papers.voucher import decode_content
from tests.support.desk import HE, TestDesk


def mark(desk: TestDesk, job: int, *states: PrintState) -> None:
    for state in states:
        with desk.journal.transaction("print"):
            desk.journal.jobs.mark(job, state, "" if state is PrintState.SENDING else "printer.paper_out")


def last_kind(desk: TestDesk) -> str:
    return decode_entry(list(desk.journal.chain.read())[-1][1]).kind


def test_after_a_power_cut_nothing_prints_by_itself(desk: TestDesk) -> None:
    queued, sending, printed = (desk.redeem(f"c{n}", item=201) for n in range(3))
    mark(desk, 2, PrintState.SENDING)
    mark(desk, 3, PrintState.SENDING, PrintState.PRINTED)
    desk.reopen()
    assert desk.waiting == 2
    assert [(paper.job, paper.state, paper.code) for paper in waiting_papers(desk.parts)] == [
        (1, PrintState.FAILED, "print.restarted"),
        (2, PrintState.UNCERTAIN, "print.interrupted"),
    ]
    assert len({queued, sending, printed}) == 3


def test_a_reprint_keeps_its_number_and_is_counted(desk: TestDesk) -> None:
    number = desk.issued().number
    for copy in (1, 2):
        job = waiting_papers(desk.parts)[0].job if copy == 2 else 1
        if copy == 1:
            mark(desk, 1, PrintState.SENDING, PrintState.UNCERTAIN)
        again = reprint(desk.parts, job, HE)
        assert isinstance(again, int)
        row = desk.journal.jobs.get(again)
        assert row is not None
        assert (row.copy, row.state) == (copy, PrintState.QUEUED)
        assert decode_content(row.content).number == number
        assert last_kind(desk) == "paper_reprinted"
        mark(desk, again, PrintState.SENDING, PrintState.FAILED)
    assert [paper.number for paper in waiting_papers(desk.parts)] == [number]


def test_a_paper_in_the_hand_is_taken_off_the_list(desk: TestDesk) -> None:
    desk.issued()
    mark(desk, 1, PrintState.SENDING, PrintState.UNCERTAIN)
    assert set_aside(desk.parts, 1, HE) is None
    assert waiting_papers(desk.parts) == ()
    assert last_kind(desk) == "paper_settled"
    assert set_aside(desk.parts, 1, HE) == Refused(RefusalCode.JOB_UNKNOWN)
    assert reprint(desk.parts, 1, HE) == Refused(RefusalCode.JOB_UNKNOWN)


def test_only_staff_and_only_what_did_not_surely_print(desk: TestDesk) -> None:
    desk.issued()
    assert reprint(desk.parts, 1, HE) == Refused(RefusalCode.JOB_UNKNOWN)  # still queued
    mark(desk, 1, PrintState.SENDING, PrintState.FAILED)
    assert reprint(desk.parts, 1, StaffId("nobody")) == Refused(RefusalCode.STAFF_ONLY)
    assert reprint(desk.parts, 1, StaffId("chen")) == Refused(RefusalCode.STAFF_ONLY)


def test_the_papers_that_wait_are_found_without_reading_all(desk: TestDesk) -> None:
    asked: list[str] = []
    connection = connection_of(desk.journal)
    connection.set_trace_callback(asked.append)
    desk.journal.jobs.unsettled()
    connection.set_trace_callback(None)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}") if "print_jobs" in row[3]]
    assert ["print_jobs_open" in plan[0], "print_jobs_asked" in plan[1], len(plan)] == [True, True, 2]
