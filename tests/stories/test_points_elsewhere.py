"""A resident of the station next door comes here: their points follow within a breath, or a sentence says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.neighbour import Neighbour
from kiosk.demo.people import DemoCard
from kiosk.journal.journal import Journal
from kiosk.journal.verify import verify
from kiosk.system import Machine
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import KioskProcess


@pytest.fixture
def station(tmp_path: Path) -> Iterator[EnrolledStation]:
    made = EnrolledStation(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visitor(station: EnrolledStation) -> Iterator[tuple[Neighbour, dict[str, DemoCard]]]:
    """The station next door with its network running, and the cards of those whose points lie there."""
    neighbour = Neighbour(station.town, station.root / "neighbour", Machine(trust_clock=True))
    cards = {card.name: card for card in neighbour.found()}
    station.town.start()
    neighbour.sync.start()
    given = "SELECT down_last > 0 AND down_acked = down_last FROM books_station"
    wait(lambda: all(row[0] for row in station.books(given)), "both stations to have everything")
    yield neighbour, cards
    neighbour.sync.stop()


def to_the_rice(station: EnrolledStation, kiosk: KioskProcess, card: DemoCard) -> None:
    station.scanner.scan(card.code)
    kiosk.arrive("AtHome")
    kiosk.press("ChooseClass goods", "AtItems")
    kiosk.press("ChooseItem 101", "AtItem")


@pytest.mark.proof
def test_points_follow_the_person_and_what_cannot_come_is_said(
    station: EnrolledStation, visitor: tuple[Neighbour, dict[str, DemoCard]]
) -> None:
    neighbour, cards = visitor
    with station.kiosk() as kiosk:
        kiosk.ready()
        to_the_rice(station, kiosk, cards["孙玉梅"])
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Confirm", "AtDone")
        assert "剩余积分" in station.printer.wait_paper(10).text
        kiosk.press("Finish", "Idle")
        wait(lambda: station.one("SELECT points FROM books_voucher") == 120, "the voucher in the books")

        # The station next door is not heard any more: what lies there cannot come.
        neighbour.sync.kill()
        wait(lambda: not station.one("SELECT connected FROM books_station WHERE id = '50019900100201'"), "the silence")
        to_the_rice(station, kiosk, cards["罗桂英"])
        kiosk.press("Redeem", "AtNotFetched")
        kiosk.press("Back", "AtItems")
        kiosk.press("Finish", "Idle")

        neighbour.sync.start()
        wait(lambda: bool(station.one("SELECT connected FROM books_station WHERE id = '50019900100201'")), "its return")
        to_the_rice(station, kiosk, cards["孙玉梅"])
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Finish", "Idle")
        held = "SELECT sum(granted - returned), sum(spent) FROM books_counter WHERE thing LIKE 'points/%'"
        wait(lambda: station.one("SELECT count(*) FROM books_recall WHERE answered < asked") == 0, "every answer")
        given = station.one("SELECT sum(points) FROM books_credit")
        assert station.books(held) == [(given, 120)]  # nothing was handed out twice, nothing lost on the way
        assert verify(station.journal()).sound
        assert verify(Journal(neighbour.folder.journal)).sound
