"""Station and office with all real parts, both directions: pty, touches, journal, broker, worker, books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.ids import Epoch
from domain.voucher_number import VoucherNumber
from kiosk.demo.people import EXAMPLES
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash, next_hash
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.enrolled import EnrolledStation, wait
from tests.support.postgres import Postgres
from tests.support.station import STATION


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def station(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EnrolledStation]:
    postgres = Postgres() if request.param == "PostgreSQL" else None
    made = EnrolledStation(tmp_path, database="" if postgres is None else postgres.database("books"))
    yield made
    made.close()
    if postgres is not None:
        postgres.close()


def in_step(station: EnrolledStation) -> bool:
    """Whether each side has everything that the other wrote."""
    rows = station.books("SELECT up_last, down_last - down_acked FROM books_station")
    return rows == [(len(station.entries()), 0)] and bool(station.entries())


def test_what_is_done_here_stands_there_and_what_is_changed_there_counts_here(station: EnrolledStation) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")

        # Up: a redemption, with the paper in somebody's hand, stands in the books.
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        assert "A-000001-0" in station.printer.wait_paper(10).text
        wait(lambda: in_step(station), "the voucher at the office")
        assert station.books("SELECT number, points, item, pieces, fate FROM books_voucher") == [(1, 120, 101, 1, "")]
        kiosk.press("Finish", "Idle")

        # Down: points that are granted can be spent; a new price counts from the next visit on.
        town.office("grant", "王建国", "130", "--reason", "义务巡逻")
        wait(lambda: in_step(station), "the grant at the station")
        text = (EXAMPLES / "catalogue.toml").read_text(encoding="utf-8")
        file = station.root / "catalogue.toml"
        file.write_text(text.replace("version = 1", "version = 2", 1).replace("points = 120", "points = 130", 1))
        walk_to_confirm(station, kiosk, "李明")  # 120 points, and a visit that began with the old price
        town.push(file)
        taken = "SELECT state FROM books_holding WHERE version = 2"
        wait(lambda: station.one(taken) == "taken", "the new catalogue at the station")
        kiosk.press("Confirm", "AtDone")
        kiosk.press("Finish", "Idle")
        wait(lambda: in_step(station), "the second voucher")
        assert station.one("SELECT points FROM books_voucher WHERE number = 2") == 120
        walk_to_confirm(station, kiosk, "王建国")
        kiosk.press("Confirm", "AtDone")
        kiosk.press("Finish", "Idle")
        wait(lambda: in_step(station), "the third voucher")
        assert station.one("SELECT points FROM books_voucher WHERE number = 3") == 130

        # The line is cut: everything goes on, and nothing is lost.
        town.cable.cut()
        walk_to_confirm(station, kiosk, "张秀英")
        kiosk.press("Confirm", "AtDone")
        kiosk.press("Finish", "Idle")
        town.office("grant", "陈桂芳", "7", "--reason", "断网时发的")
        assert not in_step(station)
        town.cable.mend()
        wait(lambda: in_step(station), "everything after the cut")
    the_books_are_the_journal(station, vouchers=4, spent=120 + 120 + 130 + 130)


def the_books_are_the_journal(station: EnrolledStation, *, vouchers: int, spent: int) -> None:
    """Outside both: the chain over what the station has is what the office holds, and the sums are the papers'."""
    hash_ = first_hash(Direction.UP, STATION, 1)
    kept = station.books("SELECT number, data FROM books_upentry ORDER BY number")
    assert [(number, bytes(data)) for number, data in kept] == station.entries()
    for _, data in station.entries():
        hash_ = next_hash(hash_, data)
    assert bytes(station.one("SELECT up_hash FROM books_station")) == hash_
    assert station.one("SELECT count(*) FROM books_upentry WHERE parked <> ''") == 0
    assert station.one("SELECT count(*) FROM books_alarm") == 0
    numbers = [row[0] for row in station.books("SELECT number FROM books_voucher ORDER BY number")]
    assert numbers == list(range(1, vouchers + 1))
    moved = "SELECT sum(spent - refunded) FROM books_counter WHERE thing LIKE 'points/%'"
    assert station.one(moved) == station.one("SELECT sum(points) FROM books_voucher") == spent
    given = "SELECT count(*) FROM books_counter WHERE spent - refunded + returned > granted + earned"
    assert station.one(given) == 0
    papers = [payload for paper in station.printer.papers for payload in paper.qr_payloads]
    assert len(papers) == len(set(papers)) == vouchers
    journal = station.journal()
    assert verify(journal).sound
    assert [journal.vouchers.code(record) for record in journal_numbers(vouchers)] == papers
    journal.close()


def journal_numbers(count: int) -> list[VoucherNumber]:
    return [VoucherNumber(Epoch(1), number) for number in range(1, count + 1)]
