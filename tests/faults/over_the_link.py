"""Both directions at once: vouchers up, points and catalogues down; a document refused; a new down log."""

from __future__ import annotations

from pathlib import Path

from tests.faults.at_the_desk import COMMANDS
from tests.faults.at_the_office import give_once, push_once
from tests.faults.desk import AtDesk
from tests.faults.oracle import check_desk, check_together
from tests.faults.places import STATION, Ends, Place, begin
from tests.faults.scenario import scenario

VERSIONS = (2, 3)


@scenario("both_ways")
class BothWays:
    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        desk, ends = AtDesk(place), Ends(place)
        for number, command in enumerate(COMMANDS):
            desk.redeem(command)
            give_once(place, f"义务巡逻 {number}")
            ends.turn(3)
            if number in VERSIONS:
                push_once(place, number)
                ends.until_in_step()
        desk.void(1)
        desk.reprint_all()
        ends.until_in_step()
        ends.close()
        desk.close()

    def check(self, root: Path) -> None:
        place = Place(root, 3)
        check_desk(root, set(COMMANDS))
        check_together(place)
        assert next(place.folder.pictures.iterdir()).stat().st_size > 0


@scenario("refused", "refused", "taken", "worker", "push")
class RefusedDocument:
    """A document of a newer version of the software: the station says so once, and goes on."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Document
        from office.services.documents import publish

        place = Place(root, life)
        ends = Ends(place)
        for version in (1, 2):
            if not Document.objects.filter(name="notices", version=version).exists():
                publish(place.office(), "notices", version, b'{"version":%d}' % version, {})
            ends.until_in_step()
        ends.close()

    def check(self, root: Path) -> None:
        from office.books.models import Holding, UpEntry

        check_together(Place(root, 3))
        assert Holding.objects.get(name="notices").state == "refused"
        assert UpEntry.objects.filter(kind="document_refused").count() == 2


@scenario("new_down_log", "sync", "down")
class NewDownLog:
    """The office begins its log for the station again, as after a restoration."""

    def prepare(self, root: Path) -> None:
        from office.books.models import Station
        from sync.chain import Direction, first_hash

        begin(root)
        Place(root, 0)
        hash_ = first_hash(Direction.DOWN, STATION, 2)
        Station.objects.filter(pk=STATION).update(down_epoch=2, down_last=0, down_acked=0, down_hash=hash_)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        ends = Ends(place)
        for number in range(3):
            give_once(place, f"义务巡逻 {number}")
            ends.until_in_step()
        ends.close()

    def check(self, root: Path) -> None:
        check_together(Place(root, 3))
