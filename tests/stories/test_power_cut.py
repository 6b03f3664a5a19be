"""The power goes at every step from "confirm" to paper. Afterwards: nothing spent, or the same voucher for staff."""

from __future__ import annotations

import signal

import pytest

from devices.ports import PrintState
from domain.ids import Epoch, ItemId
from domain.rights import stock_of
from domain.voucher_number import VoucherNumber
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.station import Station

BEFORE_COMMIT = (
    "redeem.entry_written",
    "redeem.rights_moved",
    "redeem.voucher_written",
    "redeem.job_written",
    "redeem.before_commit",
)
AFTER_COMMIT = (
    "redeem.after_commit",
    "print.sending.before_commit",
    "print.sending.after_commit",
    "print.sent",
    "print.printed.before_commit",
)


def cut_at(station: Station, fault: str) -> None:
    """Confirm a redemption of rice in a kiosk that dies at a fault point."""
    with station.kiosk(fault) as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press_and_let_go("Confirm")
        assert kiosk.wait_killed() == -signal.SIGKILL


def spent(journal: Journal) -> tuple[int, int]:
    """Points and pieces of rice that are gone."""
    points = connection_of(journal).execute("SELECT coalesce(sum(spent), 0) FROM counters WHERE thing LIKE 'points/%'")
    return points.fetchone()[0], journal.rights.get(stock_of(ItemId(101))).spent


@pytest.mark.proof
@pytest.mark.parametrize("fault", BEFORE_COMMIT)
def test_before_the_commit_nothing_was_spent(station: Station, fault: str) -> None:
    cut_at(station, fault)
    journal = station.journal()
    assert spent(journal) == (0, 0)
    assert journal.vouchers.next_number() == 1
    assert verify(journal).sound
    journal.close()
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        paper = station.printer.wait_paper(10)
    assert "A-000001-0" in paper.text
    assert "补打" not in paper.text


@pytest.mark.proof
@pytest.mark.parametrize("fault", AFTER_COMMIT)
def test_after_the_commit_the_same_voucher_is_printed_again(station: Station, fault: str) -> None:
    cut_at(station, fault)
    first = len(station.printer.papers)  # whole papers that came out before the cut
    journal = station.journal()
    assert spent(journal) == (120, 1)
    journal.close()
    with station.kiosk() as kiosk:
        kiosk.ready()
        kiosk.papers_waiting(1)
        assert len(station.printer.papers) == first  # nothing prints by itself
        station.scanner.scan(station.card("何静").code)
        kiosk.arrive("AtStaff")
        kiosk.fact("papers", "1")
        kiosk.press("Reprint", "AtStaff")
        kiosk.papers_waiting(0)
    reprinted = station.printer.papers[-1]
    assert "补打 第 1 次" in reprinted.text
    assert "A-000001-0" in reprinted.text
    journal = station.journal()
    assert reprinted.qr_payloads == (journal.vouchers.code(VoucherNumber(Epoch(1), 1)),)
    assert spent(journal) == (120, 1)
    assert journal.vouchers.next_number() == 2
    assert verify(journal).sound
    journal.close()


def test_cut_in_the_middle_of_the_paper(station: Station) -> None:
    """The printer takes the bytes and prints nothing yet: the cut surely falls between paper and confirmation."""
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        kiosk.press("Home", "AtHome")
        kiosk.press("ChooseClass goods", "AtItems")
        kiosk.press("ChooseItem 101", "AtItem")
        kiosk.press("Redeem", "AtConfirm")
        station.printer.hold()
        before = len(station.printer.raw)
        kiosk.press_and_let_go("Confirm")
        station.printer.wait_raw(before + 300, 10)
        kiosk.kill()
    station.printer.release()
    journal = station.journal()
    assert spent(journal) == (240, 2)
    journal.close()
    with station.kiosk() as kiosk:
        kiosk.papers_waiting(1)
    journal = station.journal()
    job = journal.jobs.get(2)
    assert job is not None
    assert (job.state, job.code) == (PrintState.UNCERTAIN, "print.interrupted")
    journal.close()


def test_cut_after_the_paper_is_out_and_known(station: Station) -> None:
    cut_at(station, "print.printed.after_commit")
    assert "A-000001-0" in station.printer.papers[0].text
    with station.kiosk() as kiosk:
        kiosk.ready()
        kiosk.papers_waiting(0)
    journal = station.journal()
    assert spent(journal) == (120, 1)
    assert verify(journal).sound
    journal.close()
