"""The end of a station's life with all real parts: an old card put back, a station shut out, a journal carried in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.verify import verify
from sync.identity import signed_by
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import KioskProcess


@pytest.fixture
def station(tmp_path: Path) -> Iterator[EnrolledStation]:
    made = EnrolledStation(tmp_path)
    yield made
    made.close()


def buy(station: EnrolledStation, kiosk: KioskProcess, name: str) -> None:
    walk_to_confirm(station, kiosk, name)
    kiosk.press("Confirm", "AtDone")
    kiosk.press("Finish", "Idle")


def head(station: EnrolledStation) -> tuple[int, int]:
    """Epoch and number of the station's newest entry."""
    with sqlite3.connect(station.folder.journal, timeout=20) as journal:
        row = journal.execute(
            "SELECT epoch, (SELECT coalesce(max(number), 0) FROM entries WHERE entries.epoch = station.epoch)"
            " FROM station"
        ).fetchone()
    journal.close()
    return row[0], row[1]


def in_step(station: EnrolledStation) -> bool:
    rows = station.books("SELECT epoch, up_last, down_last - down_acked FROM books_station")
    return rows == [(*head(station), 0)] and head(station)[1] > 0


def image(station: EnrolledStation, to: Path) -> None:
    """What somebody has who copied the card at this instant; nothing writes meanwhile."""
    shutil.copytree(station.folder.root, to, ignore=shutil.ignore_patterns("*.sock", "*.lock"))


def put_back(station: EnrolledStation, image: Path) -> None:
    shutil.rmtree(station.folder.root)
    shutil.copytree(image, station.folder.root)


def alarm(station: EnrolledStation) -> str:
    with sqlite3.connect(station.folder.journal, timeout=20) as journal:
        found = journal.execute("SELECT alarm FROM office").fetchone()[0]
    journal.close()
    return str(found)


def spendable(station: EnrolledStation) -> dict[str, int]:
    """What each resident can still spend at the station, by its own journal."""
    with sqlite3.connect(station.folder.journal, timeout=20) as journal:
        rows = journal.execute(
            "SELECT thing, granted + earned - spent + refunded - returned FROM counters, station"
            " WHERE counters.epoch = station.epoch AND thing LIKE 'points/%'"
        ).fetchall()
    journal.close()
    return {thing: left for thing, left in rows if left}


def the_books_add_up(station: EnrolledStation) -> None:
    """Per resident: what was ever given is what was spent and what can still be spent, at the one place it lies at."""
    spent = dict(station.books("SELECT thing, sum(spent - refunded) FROM books_counter GROUP BY thing"))
    left = spendable(station)
    for resident, credits in station.books("SELECT id, credits FROM books_resident"):
        thing = f"points/{resident}"
        assert spent.get(thing, 0) + left.get(thing, 0) == credits, thing
    assert station.one("SELECT count(*) FROM books_upentry WHERE parked <> ''") == 0


@pytest.mark.proof
def test_an_old_card_put_back_goes_on_by_itself_in_a_new_epoch(station: EnrolledStation, tmp_path: Path) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        buy(station, kiosk, "陈桂芳")
        wait(lambda: in_step(station), "the first voucher at the office")
    town.sync.stop()
    image(station, tmp_path / "image")

    town.sync.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        buy(station, kiosk, "李明")
        buy(station, kiosk, "张秀英")
        town.office("grant", "陈桂芳", "7", "--reason", "义务巡逻")
        wait(lambda: in_step(station), "two more vouchers at the office")
    town.sync.stop()
    before = spendable(station)
    papers = [payload for paper in station.printer.papers for payload in paper.qr_payloads]
    put_back(station, tmp_path / "image")

    town.sync.start()
    with station.kiosk() as kiosk:
        wait(lambda: head(station)[0] == 2 and in_step(station), "the next life")
        wait(lambda: spendable(station) == before, "every point at its place again")
        assert alarm(station) == ""
        the_books_add_up(station)
        kiosk.ready()
        kiosk.arrive("Idle")
        walk_to_confirm(station, kiosk, "陈桂芳")
        kiosk.press("Confirm", "AtDone")
        kiosk.press("Finish", "Idle")
        wait(lambda: in_step(station), "a voucher of the new life")
    the_books_add_up(station)
    assert station.books("SELECT epoch, state FROM books_life ORDER BY epoch") == [(1, "closed"), (2, "open")]
    assert station.books("SELECT epoch, number FROM books_voucher ORDER BY epoch, number") == [
        (1, 1), (1, 2), (1, 3), (2, 1),
    ]  # fmt: skip
    journal = station.journal()
    report = verify(journal, signed_by)
    assert report.sound, report.faults
    kept = [journal.vouchers.code(number) for number in map(_number, (1, 2, 3))]
    assert kept == papers  # signed again: the same codes as on the papers that people have
    journal.close()


def _number(number: int) -> object:
    from domain.ids import Epoch
    from domain.voucher_number import VoucherNumber

    return VoucherNumber(Epoch(1), number)
