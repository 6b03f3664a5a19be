"""Who is not known is asked for, asks to join, and takes it back: nothing of them is kept twice, or too long."""

from __future__ import annotations

from pathlib import Path

from domain.facts import JoinAsked, JoinWithdrawn
from domain.ids import CommandId, VisitId
from domain.refusals import RefusalCode
from kiosk.desk.answers import AskToJoin, Joined, UnknownCard
from kiosk.desk.ask import ask, unask
from kiosk.desk.join import join, withdraw_request
from kiosk.desk.wish_states import Waiting
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from tests.faults.desk import AtDesk
from tests.faults.oracle import said
from tests.faults.places import Place, begin
from tests.faults.scenario import scenario
from tests.faults.staff import settled

CARDS = tuple(f"1:{number:064x}" for number in range(1, 5))
PHONE = "13800138000"


def private_parts(journal: Journal) -> int:
    rows = connection_of(journal).execute("SELECT count(*) FROM entries WHERE private IS NOT NULL")
    return int(rows.fetchone()[0])


@scenario("join", "join")
class Joins:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        for number, card in enumerate(CARDS):
            asked = AskToJoin(CommandId(f"{life:016x}{number:016x}"), (card,), phone=PHONE)
            assert isinstance(desk.do(join, asked), Joined)
        desk.close()

    def check(self, root: Path) -> None:
        from office.books.models import JoinRequest

        journal = settled(root)
        assert said(journal, JoinAsked) == len(CARDS) == private_parts(journal)
        assert sorted(JoinRequest.objects.values_list("number", "state")) == [
            (f"A-{number:04d}", "asked") for number in range(1, len(CARDS) + 1)
        ]
        assert verify(journal).sound
        journal.close()


@scenario("withdraw", "join_withdrawn", "withdraw", "join.private")
class Withdrawals:
    def prepare(self, root: Path) -> None:
        Joins().prepare(root)
        Joins().play(root, 0)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        for number in range(len(CARDS)):
            refused = desk.do(withdraw_request, f"{0:016x}{number:016x}")
            assert refused is None or refused.code is RefusalCode.JOIN_DECIDED
        desk.close()

    def check(self, root: Path) -> None:
        from office.books.models import JoinRequest, UpEntry

        journal = settled(root)
        assert (said(journal, JoinWithdrawn), private_parts(journal)) == (len(CARDS), 0)
        assert set(JoinRequest.objects.values_list("state", flat=True)) == {"forgotten"}
        assert not UpEntry.objects.exclude(private=None).exists()
        assert verify(journal).sound
        journal.close()


@scenario("ask", "ask", "unask")
class Asks:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        with desk.journal.transaction("connected"):
            desk.journal.office.set_connected(1, desk.parts.system.now_ms())
        for card in CARDS:
            visit = VisitId(card[2:34])
            assert desk.do(ask, visit, UnknownCard((card,), id_card=True)) == Waiting()
            desk.do(unask, visit)
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        assert journal.asks.open(8) == ()
        journal.close()
