"""The second copy on a stick, and a card that went back in time: put right from the office, or from the stick."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from functools import partial
from pathlib import Path

from domain.decide_award import Award
from domain.decide_place import Handing
from domain.rights import points_of
from kiosk.desk.answers import Issued
from kiosk.desk.award import award
from kiosk.desk.place import honour
from kiosk.desk.stock import receive_stock
from kiosk.journal.journal import Journal
from kiosk.stick import copy, read_back, stick_of
from sync.identity import SigningKey, read_secret, signed_by
from tests.faults.at_the_desk import COMMANDS
from tests.faults.at_the_office import give_once
from tests.faults.desk import AtDesk
from tests.faults.fates import number_of
from tests.faults.journals import check_lives
from tests.faults.oracle import check_desk, check_together
from tests.faults.places import CHEN, HE, RICE, Ends, Place, begin
from tests.faults.scenario import scenario

FIRST, *LOST = COMMANDS
AFTER = "after"
GIVEN, AWARDED = 500, 10


def key_of(place: Place) -> SigningKey:
    return SigningKey(1, read_secret(place.folder.frame_key))


def stick_in(root: Path) -> Path:
    (root / "stick").mkdir(exist_ok=True)
    return root / "stick"


def sell(place: Place, *commands: str) -> None:
    desk = AtDesk(place)
    for command in commands:
        assert isinstance(desk.redeem(command), Issued)
    desk.reprint_all()
    desk.close()


@scenario("stick", "stick")
class SecondCopy:
    """Both logs are on the stick, whatever was torn while they were written."""

    def prepare(self, root: Path) -> None:
        begin(root)
        stick_in(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        desk, ends = AtDesk(place), Ends(place, stick_in(root))
        for command in COMMANDS:
            desk.redeem(command)
            give_once(place, f"义务巡逻 {command}")
            ends.turn(4)
        desk.reprint_all()
        ends.until_in_step()
        ends.turn(4)
        ends.close()
        desk.close()

    def check(self, root: Path) -> None:
        from office.services.carried import read_journal

        check_desk(root, set(COMMANDS))
        place = Place(root, 3)
        ends = Ends(place, stick_in(root))
        ends.turn(4)
        ends.until_in_step()
        ends.turn(4)
        ends.close()
        check_together(place)
        journal = Journal(place.folder.journal)
        carried, _ = read_back(journal, stick_in(root), partial(signed_by, key_of(place).public))
        assert list(carried.entries) == [data for _, data, _ in journal.chain.read()]
        assert read_journal(stick_in(root))[1] == carried
        head, signed = stick_of(journal, stick_in(root)).head(), journal.office.head()
        assert head is not None
        assert signed is not None
        assert (head.down_epoch, head.down) == (journal.down.epoch, signed.last)
        journal.close()


class Image(ABC):
    """The card of before is put back: its lost entries come back, the life ends, and the next one sells again."""

    def prepare(self, root: Path) -> None:
        begin(root)
        place, image = Place(root, 0), root / "image.db"
        sell(place, FIRST)
        self.meet(place)
        shutil.copy(place.folder.journal, image)
        self.go_on(place)
        shutil.copy(image, place.folder.journal)

    def meet(self, place: Place) -> None:
        ends = Ends(place, self.stick(place.root))
        ends.until_in_step()
        ends.turn(4)
        ends.close()

    def go_on(self, place: Place) -> None:
        desk = AtDesk(place)
        for command in LOST:
            assert isinstance(desk.redeem(command), Issued)
        assert desk.void(2) is None
        desk.do(honour, number_of(3), Handing(HE))
        assert desk.do(award, Award("a1", CHEN, AWARDED, HE, "帮邻居")) is None
        assert desk.do(receive_stock, RICE, 3, HE, "送货") is None
        desk.close()
        self.sent(place)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        ends = Ends(place, self.stick(root))
        ends.until(lambda journal: journal.identity.epoch == 2 and journal.rights.get(points_of(CHEN)).available > 0)
        ends.close()
        sell(place, AFTER)

    def check(self, root: Path) -> None:
        place = Place(root, 3)
        self.meet(place)
        spent = check_lives(place)
        journal = Journal(place.folder.journal)
        assert (journal.identity.epoch, journal.office.alarm()) == (2, "")
        assert journal.rights.get(points_of(CHEN)).available == GIVEN + AWARDED - spent
        journal.close()

    @abstractmethod
    def stick(self, root: Path) -> Path | None:
        """Where the stick is, if the station has one."""

    @abstractmethod
    def sent(self, place: Place) -> None:
        """What was sold behind the image reaches whoever gives it back."""


@scenario("went_back", "closing", "replay", "close", "next", "sync", "grant")
class FromTheOffice(Image):
    def stick(self, _root: Path) -> Path | None:
        return None

    def sent(self, place: Place) -> None:
        self.meet(place)


@scenario("stick_ahead", "stick", "closing", "replay", "next")
class FromTheStick(Image):
    def stick(self, root: Path) -> Path | None:
        return stick_in(root)

    def sent(self, place: Place) -> None:
        journal = Journal(place.folder.journal)
        copy(journal, stick_in(place.root), key_of(place).sign)
        journal.close()
