"""What staff and visits write down beside vouchers: awards, pieces, consent, wishes. Who repeats it looks first."""

from __future__ import annotations

from pathlib import Path

from domain.decide_award import Award
from domain.facts import AwardUndone, ConsentGiven, ConsentWithdrawn, PointsAwarded, StockReceived, StockWrittenOff
from domain.ids import VisitId
from domain.refusals import RefusalCode
from domain.rights import AWARDS, points_of, stock_of
from kiosk.desk.award import award, undo_award
from kiosk.desk.consent import consent, withdraw
from kiosk.desk.stock import receive_stock, write_off
from kiosk.desk.wish import unwish, wish
from kiosk.journal.journal import Journal
from tests.faults.at_the_office import meet
from tests.faults.desk import AtDesk
from tests.faults.oracle import check_together, said
from tests.faults.places import CHEN, HE, LI, RICE, Ends, Place, begin
from tests.faults.scenario import scenario

NAMES = ("a1", "a2", "a3", "a4")
TIMES = len(NAMES)
POINTS, PIECES = 10, 3


def settled(root: Path) -> Journal:
    """Let both come into step, compare, and return the journal."""
    place = Place(root, 3)
    meet(place)
    check_together(place)
    return Journal(place.folder.journal)


@scenario("award", "desk", "award", "undo")
class Awards:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        for name in NAMES:
            assert desk.do(award, Award(name, CHEN, POINTS, HE, "帮邻居")) is None
        for name in NAMES[:-1]:
            refused = desk.do(undo_award, name, HE, "记错了")
            assert refused is None or refused.code is RefusalCode.AWARD_UNKNOWN
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        points, budget = journal.rights.get(points_of(CHEN)), journal.rights.get(AWARDS)
        given, back = POINTS * TIMES, POINTS * (TIMES - 1)
        assert (points.earned, points.spent) == (budget.spent, budget.refunded) == (given, back)
        assert (said(journal, PointsAwarded), said(journal, AwardUndone)) == (TIMES, TIMES - 1)
        journal.close()


@scenario("stock", "stock")
class Stock:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        while said(desk.journal, StockReceived) < TIMES:
            assert desk.do(receive_stock, RICE, PIECES, HE, "送货") is None
        while said(desk.journal, StockWrittenOff) < TIMES:
            assert desk.do(write_off, RICE, 1, HE, "破了") is None
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        pieces = journal.rights.get(stock_of(RICE))
        assert (pieces.earned, pieces.spent) == (PIECES * TIMES, TIMES)
        journal.close()


@scenario("consent", "consent", "withdraw")
class Consent:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        while said(desk.journal, ConsentWithdrawn) < TIMES:
            assert desk.do(consent, CHEN, 1) is None
            assert desk.do(withdraw, CHEN) is None
        assert desk.do(consent, CHEN, 2) is None
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        assert (said(journal, ConsentGiven), said(journal, ConsentWithdrawn)) == (TIMES + 1, TIMES)
        assert journal.awards.notice(CHEN) == 2
        journal.close()


@scenario("wish", "wish", "unwish")
class Wishes:
    """What a visit wishes for is gone with it: nothing of it is written, and nothing is given twice."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        desk, ends = AtDesk(place), Ends(place)
        for name in NAMES:
            desk.do(wish, VisitId(name), {points_of(LI): 600})
            ends.turn(3)
            desk.do(unwish, VisitId(name))
        ends.until_in_step()
        ends.close()
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        assert journal.wishes.open(8) == ()
        assert [journal.rights.get(points_of(who)).available for who in (CHEN, LI)] == [500, 500]
        journal.close()
