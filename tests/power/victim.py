"""What the power goes from under: ``ROOT KIND [PLANT]``. Whatever it says to the world stands in the file ``witness``.

A line there is a promise: a voucher that somebody has in hand, a price in force, points that were told.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from domain.commands import RedeemItem
from domain.ids import CommandId, ItemId, VisitId
from kiosk.desk.answers import Issued
from kiosk.desk.parts import DeskParts
from kiosk.desk.redeem import redeem
from kiosk.journal.journal import connection_of
from kiosk.shelf import Document, Shelf
from kiosk.station import open_parts
from tests.faults.enrolments import STATIONS, enrol
from tests.faults.places import CHEN, NAME, STATION, Place
from tests.faults.plants import split_redemption

REDEMPTIONS, GIFTS, DOCUMENTS = 12, 8, 4


def main() -> None:
    root, kind, plant = Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
    os.environ["YIZHAN_OFFICE_HOME"] = str(root / "office")
    from office.setup import setup

    setup()
    place = Place(root, 1)
    world = os.open(root / "witness", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    act = {"desk": at_the_desk, "office": at_the_office, "shelf": at_the_shelf, "enrol": enrolment, "init": beginning}
    act[kind](place, lambda said: os.write(world, f"{said}\n".encode()), plant)


def at_the_desk(place: Place, say: Callable[[str], object], plant: str) -> None:
    parts = open_parts(place.folder, STATION, NAME, place.system, demo=False)
    if plant == "synchronous_off":
        connection_of(parts.journal).execute("PRAGMA synchronous = OFF")
    elif plant == "split_redemption":
        split_redemption()
    for number in range(REDEMPTIONS):
        say(redeem_one(parts, f"c{number}"))
    parts.journal.close()


def redeem_one(parts: DeskParts, command: str) -> str:
    catalogue = parts.catalogue()
    assert catalogue is not None
    answer = redeem(parts, RedeemItem(CommandId(command), VisitId("v"), CHEN, ItemId(101), 1), catalogue, "陈*芳")
    assert isinstance(answer, Issued)
    return command


def at_the_shelf(place: Place, say: Callable[[str], object], plant: str) -> None:
    if plant == "no_fsync":
        os.fsync = lambda fd: None
    for version in range(2, 2 + DOCUMENTS):
        shelf = Shelf(place.folder.shelf)
        shelf.put(Document("notices", version, b'{"version":%d}' % version))
        shelf.close()
        say(str(version))


def at_the_office(place: Place, say: Callable[[str], object], plant: str) -> None:
    from django.db import connection

    from office.services.grants import give_points

    if plant == "synchronous_off":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    for number in range(GIFTS):
        give_points(place.office(), CHEN, 1, f"g{number}")
        say(f"g{number}")
    connection.close()


def enrolment(place: Place, say: Callable[[str], object], plant: str) -> None:
    if plant == "no_fsync":
        os.fsync = lambda fd: None
    enrol(place, STATIONS[0])
    say("enrolled")


def beginning(place: Place, say: Callable[[str], object], plant: str) -> None:
    from office.cli.initialise import initialise

    if plant == "no_fsync":
        os.fsync = lambda fd: None
    initialise("admin", 1883, 8000)
    say("made")


if __name__ == "__main__":
    main()
