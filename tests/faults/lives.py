"""Ends of lives at the office: a dead card's journal is brought, rights are released, the books are an older copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from domain.rights import points_of
from kiosk.desk.answers import Issued
from kiosk.journal.journal import Journal
from tests.faults.at_the_desk import COMMANDS
from tests.faults.at_the_office import give_once, meet
from tests.faults.desk import AtDesk
from tests.faults.enrolments import enrol, folder_of
from tests.faults.oracle import check_desk, check_together
from tests.faults.places import CHEN, STATION, Ends, Place, begin
from tests.faults.scenario import scenario

GIVEN, PRICE, HEARD = 500, 1, 3
REASON = "卡坏了"


def dead_card(root: Path) -> None:
    """A card that died: the office has heard of some of its vouchers."""
    begin(root)
    place = Place(root, 0)
    desk = AtDesk(place)
    for command in COMMANDS[:HEARD]:
        assert isinstance(desk.redeem(command), Issued)
    meet(place)
    for command in COMMANDS[HEARD:]:
        assert isinstance(desk.redeem(command), Issued)
    desk.close()


def state() -> str:
    from office.books.models import Life

    return Life.objects.get(station=STATION, epoch=1).state


@scenario("import_journal", "down", "worker", "life", "grant", "invite", "answer", "enrol")
class BringJournal:
    """Fenced, its journal brought, new hardware enrolled: all that was not spent is the new life's."""

    def prepare(self, root: Path) -> None:
        dead_card(root)

    def play(self, root: Path, life: int) -> None:
        from office.services.lives import fence
        from office.worker.importing import import_journal

        place = Place(root, life)
        if state() == "open":
            fence(place.office(), STATION, REASON)
        import_journal(place.office(), place.folder.root, REASON)
        enrol(place, STATION)

    def check(self, root: Path) -> None:
        from office.books.models import Alarm, LateClaim, Resident, Station, UpEntry, Voucher
        from office.books.models import Counter as Row
        from office.services.grants import free_points

        place = Place(root, 3)
        journal = Journal(place.folder.journal)
        kept = UpEntry.objects.filter(station=STATION, epoch=1).order_by("number")
        assert [bytes(row.data) for row in kept] == [data for _, data, _ in journal.chain.read()]
        assert set(kept.values_list("parked", flat=True)) == {""}
        journal.close()
        assert Voucher.objects.count() == len(COMMANDS)
        assert LateClaim.objects.count() == Alarm.objects.count() == 0
        assert state() == "imported"
        assert free_points(Resident.objects.get(pk=CHEN)) == 0
        now = Station.objects.get(pk=STATION).epoch  # a number that was given out before the cut is not given again
        assert now in {2, 3}
        there = Row.objects.get(station=STATION, epoch=now, thing=points_of(CHEN))
        assert there.granted == GIVEN - PRICE * len(COMMANDS)
        assert Journal(folder_of(place, STATION).journal).identity.epoch == now


@scenario("release", "down", "revoke", "correction")
class Release:
    """Released before its journal turned up: what it had spent unheard is a claim, settled once, and charged once."""

    def prepare(self, root: Path) -> None:
        dead_card(root)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import LateClaim
        from office.services.claims import accept
        from office.services.lives import fence
        from office.services.releasing import release
        from office.worker.importing import import_journal

        place = Place(root, life)
        if state() == "open":
            fence(place.office(), STATION, REASON, stolen=True)
        if state() == "fenced":
            release(place.office(), STATION, 1, REASON)
        import_journal(place.office(), place.folder.root, REASON)
        for claim in LateClaim.objects.filter(state="open").order_by("pk"):
            accept(place.office(), claim.pk, REASON)

    def check(self, root: Path) -> None:
        from office.books.models import Correction, LateClaim, Resident, Voucher
        from office.services.grants import free_points

        Place(root, 3)
        late = len(COMMANDS) - HEARD
        assert [row.state for row in LateClaim.objects.all()] == ["accepted"] * late
        assert Voucher.objects.count() == HEARD
        assert sum(Correction.objects.values_list("burnt", flat=True)) == PRICE * late
        assert free_points(Resident.objects.get(pk=CHEN)) == GIVEN - PRICE * len(COMMANDS)


@scenario("restored", "worker", "sync", "down", "grant")
class Restored:
    """The books are an older copy: what they forgot comes back from the station, and nothing is given twice."""

    def prepare(self, root: Path) -> None:
        begin(root)
        place, books = Place(root, 0), root / "office" / "office.db"
        shutil.copy(books, root / "backup.db")
        give_once(place, "义务巡逻", 20)
        desk = AtDesk(place)
        for command in COMMANDS:
            assert isinstance(desk.redeem(command), Issued)
        desk.close()
        meet(place)
        Place(root, 0)  # lets go of the books
        shutil.copy(root / "backup.db", books)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Office

        place = Place(root, life)
        ends = Ends(place)
        ends.until(lambda journal: journal.down.epoch > 1 and not Office.objects.exclude(recovering_at=None).exists())
        give_once(place, "打扫", 5)
        ends.until_in_step()
        ends.close()

    def check(self, root: Path) -> None:
        from office.books.models import Alarm, Resident

        place = Place(root, 3)
        meet(place)
        check_desk(root, set(COMMANDS))
        Alarm.objects.exclude(cleared_at=None).delete()
        check_together(place)
        journal = Journal(place.folder.journal)
        assert Resident.objects.get(pk=CHEN).credits == GIVEN + 20 + 5
        assert journal.rights.get(points_of(CHEN)).available == GIVEN + 20 + 5 - PRICE * len(COMMANDS)
        journal.close()
