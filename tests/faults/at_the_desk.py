"""Redeem and print, take back, print again, set aside."""

from __future__ import annotations

from pathlib import Path

from devices.ports import PrintState
from domain.ids import NOBODY, Epoch, VisitId
from domain.refusals import RefusalCode, Refused
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued
from kiosk.desk.elsewhere import elsewhere
from kiosk.desk.vouchers import ask_paper
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from tests.faults.desk import AtDesk
from tests.faults.oracle import check_desk
from tests.faults.places import CHEN, Place, begin
from tests.faults.scenario import scenario

COMMANDS = ("c1", "c2", "c3", "c4", "c5")


@scenario("redeem")
class Redeem:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        for command in COMMANDS:
            assert isinstance(desk.redeem(command), Issued)
            desk.journal.touch()
        desk.reprint_all()
        desk.close()

    def check(self, root: Path) -> None:
        check_desk(root, set(COMMANDS))


@scenario("void")
class Void:
    def prepare(self, root: Path) -> None:
        Redeem().prepare(root)
        Redeem().play(root, 1)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life + 1))
        for number in range(1, len(COMMANDS) + 1):
            refused = desk.void(number)
            assert refused is None or refused.code is RefusalCode.VOUCHER_DECIDED
        desk.close()

    def check(self, root: Path) -> None:
        journal = Journal(Place(root, 3).folder.journal)
        assert verify(journal).sound
        rows = connection_of(journal)
        assert rows.execute("SELECT DISTINCT fate FROM vouchers").fetchall() == [("void",)]
        moved = rows.execute("SELECT sum(spent), sum(refunded) FROM counters").fetchone()
        assert moved[0] == moved[1] > 0
        journal.close()


@scenario("reprint")
class Reprint:
    def prepare(self, root: Path) -> None:
        begin(root)
        desk = AtDesk(Place(root, 1), says=PrintState.UNCERTAIN)
        for command in COMMANDS:
            assert not isinstance(desk.redeem(command), Refused)
        desk.close()

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life + 1))
        desk.reprint_all()
        desk.close()

    def check(self, root: Path) -> None:
        check_desk(root, set(COMMANDS))


@scenario("set_aside")
class SetAside(Reprint):
    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life + 1))
        desk.set_all_aside()
        desk.close()


@scenario("ask_paper", "ask_")
class AskPaper:
    """A resident asks for another paper of each voucher, and how many points lie elsewhere; staff print."""

    def prepare(self, root: Path) -> None:
        Redeem().prepare(root)
        Redeem().play(root, 1)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life + 1))
        with desk.journal.transaction("heard"):
            desk.journal.office.set_connected(1, Place(root, life + 1).system.now_ms())
        desk.do(elsewhere, VisitId("v"), CHEN, ask=True)
        for number in range(1, len(COMMANDS) + 1):
            if desk.journal.jobs.of_voucher(VoucherNumber(Epoch(1), number)).copy == 0:  # type: ignore[union-attr]
                assert desk.do(ask_paper, CHEN, NOBODY, VoucherNumber(Epoch(1), number)) is None
        desk.reprint_all()
        desk.close()

    def check(self, root: Path) -> None:
        check_desk(root, set(COMMANDS))
        journal = Journal(Place(root, 3).folder.journal)
        copies = connection_of(journal).execute("SELECT number, count(*) FROM print_jobs GROUP BY number").fetchall()
        assert copies == [(number, 2) for number in range(1, len(COMMANDS) + 1)]
        journal.close()
