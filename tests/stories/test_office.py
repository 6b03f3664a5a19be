"""Station and office with all real parts, both directions: pty, touches, journal, broker, worker, books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.verify import verify
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.enrolled import EnrolledStation, wait


@pytest.fixture
def station(tmp_path: Path) -> Iterator[EnrolledStation]:
    made = EnrolledStation(tmp_path)
    yield made
    made.close()


def in_step(station: EnrolledStation) -> bool:
    """Whether each side has everything that the other wrote."""
    received = station.one("SELECT up_last FROM books_station")
    waiting = station.one("SELECT down_last - down_acked FROM books_station")
    entries = station.entries()
    return bool(entries) and received == len(entries) and waiting == 0


def test_a_visit_stands_in_the_books_and_a_new_price_on_the_screen(station: EnrolledStation) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        assert "A-000001-0" in station.printer.wait_paper(10).text
        wait(lambda: in_step(station), "the voucher at the office")
        assert station.books("SELECT number, points, item, pieces, fate FROM books_voucher") == [(1, 120, 101, 1, "")]
    journal = station.journal()
    assert verify(journal).sound
    journal.close()
