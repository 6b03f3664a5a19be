"""The end of a station's life with all real parts: an old card put back, a station shut out, a journal carried in."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.verify import verify
from sync.identity import signed_by
from tests.stories.test_office import journal_numbers
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.enrolled import EnrolledStation, wait
from tests.support.station import STATION, KioskProcess


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
    for resident, given in station.books("SELECT id, credits FROM books_resident"):
        thing = f"points/{resident}"
        assert spent.get(thing, 0) + left.get(thing, 0) == given, thing
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
    kept = [journal.vouchers.code(number) for number in journal_numbers(3)]
    assert kept == papers  # signed again: the same codes as on the papers that people have
    journal.close()


@pytest.mark.proof
def test_a_living_station_that_is_fenced_stops_says_so_and_is_carried_to_the_office(
    station: EnrolledStation, tmp_path: Path
) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        buy(station, kiosk, "陈桂芳")
        wait(lambda: in_step(station), "the first voucher at the office")

        # Off the line it sells on, and the office does not know of it.
        town.cable.cut()
        buy(station, kiosk, "李明")
        said = town.office("fence", STATION, "--reason", "设备被偷")
        assert "vouchers up to 1 count" in said
        town.cable.mend()
        kiosk.arrive("OutOfOrder")
        assert alarm(station) == "station.fenced"
        revoked = "SELECT count(*) FROM books_certificate WHERE revoked_at IS NOT NULL"
        wait(lambda: station.one(revoked) == 1, "its certificate to be taken back, once it knows")
        assert station.one("SELECT count(*) FROM books_voucher") == 1
    town.sync.stop()

    # Its card is found, and carried in: what it sold stands in the books, the rest is the office's again.
    before = spendable(station)
    said = town.office("import-journal", str(station.folder.root), "--reason", "找到了")
    assert "2 applied" not in said
    assert "1 applied" in said
    assert station.books("SELECT number, fate FROM books_voucher ORDER BY number") == [(1, ""), (2, "")]
    lives = json.loads(town.office("lives", "--json"))
    assert [(row["state"], row["points"]) for row in lives] == [("imported", 0)]
    returned = station.one("SELECT sum(returned) FROM books_counter WHERE thing LIKE 'points/%'")
    assert returned == sum(before.values())

    # New hardware: a new life, with every point that was not spent.
    shutil.move(str(station.folder.root), tmp_path / "old")
    station.folder.root.mkdir()
    town.enrol(station.folder, STATION, "春风里社区驿站")
    town.sync.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote to the new life")
        assert spendable(station) == before
        the_books_add_up(station)


@pytest.mark.proof
def test_a_clone_that_sold_off_the_line_is_seen_at_its_first_contact_and_bounded(
    station: EnrolledStation, tmp_path: Path
) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        buy(station, kiosk, "陈桂芳")
        wait(lambda: in_step(station), "the first voucher at the office")
    town.sync.stop()
    held = spendable(station)
    image(station, tmp_path / "clone")
    town.sync.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        buy(station, kiosk, "张秀英")
        wait(lambda: in_step(station), "the second voucher at the office")
    town.sync.stop()

    put_back(station, tmp_path / "clone")
    with station.kiosk() as kiosk:
        kiosk.ready()
        buy(station, kiosk, "张秀英")  # the same points once more: the clone cannot know
        assert sum(held.values()) - sum(spendable(station).values()) <= sum(held.values())
        town.sync.start()
        kiosk.arrive("OutOfOrder")
        wait(lambda: station.one("SELECT count(*) FROM books_alarm WHERE code = 'log.fork'") == 1, "the office's alarm")
    town.sync.stop()
    assert alarm(station) in ("log.went_back", "log.own_fork")
    assert station.one("SELECT life FROM books_station") == "open"  # a fork waits for a person
    town.office("fence", STATION, "--reason", "两张卡")
    said = town.office("import-journal", str(station.folder.root), "--reason", "复制的卡")
    assert "1 new late claims" in said
    claims = json.loads(town.office("claim", "list", "--json"))
    assert [(claim["points"], claim["why"], claim["state"]) for claim in claims] == [(120, "fork", "open")]
    town.office("claim", "absorb", str(claims[0]["pk"]), "--reason", "站点承担")
    assert station.one("SELECT count(*) FROM books_voucher") == 2


@pytest.mark.proof
def test_a_stick_gives_back_what_neither_the_card_nor_the_office_has(station: EnrolledStation, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with (station.root / "station.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[stick]\nfolder = "{stick}"\n')
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        buy(station, kiosk, "陈桂芳")
        wait(lambda: in_step(station), "the first voucher at the office")
    town.sync.stop()
    image(station, tmp_path / "image")
    town.cable.cut()
    town.sync.start()
    copied = stick / f"yizhan-{STATION}-1" / "head"
    with station.kiosk() as kiosk:
        kiosk.ready()
        buy(station, kiosk, "张秀英")  # off the line: the card and the stick alone know of it
        number = head(station)[1]
        wait(lambda: json.loads(copied.read_bytes())["up"] == number, "the copy on the stick")
    town.sync.stop()
    before = spendable(station)
    put_back(station, tmp_path / "image")
    with station.kiosk() as kiosk:
        kiosk.arrive("OutOfOrder")
        assert alarm(station) == "stick.ahead"
        town.cable.mend()
        town.sync.start()
        wait(lambda: head(station)[0] == 2 and in_step(station), "the next life")
        wait(lambda: spendable(station) == before, "every point at its place again")
        kiosk.arrive("Idle")
    the_books_add_up(station)
    assert station.one("SELECT count(*) FROM books_voucher") == 2


def books_at(station: EnrolledStation, to: Path) -> None:
    """A backup of the office's books as they are now."""
    with sqlite3.connect(station.town.home / "office.db", timeout=20) as books, sqlite3.connect(to) as copy:
        books.backup(copy)
    books.close()
    copy.close()


def restore(station: EnrolledStation, backup: Path) -> None:
    for end in ("", "-wal", "-shm"):
        (station.town.home / f"office.db{end}").unlink(missing_ok=True)
    shutil.copy(backup, station.town.home / "office.db")


@pytest.mark.proof
@pytest.mark.parametrize("wrote_on", [False, True], ids=["untouched", "written to before anybody knew"])
def test_an_office_restored_from_a_backup_takes_back_what_it_forgot(
    station: EnrolledStation, tmp_path: Path, *, wrote_on: bool
) -> None:
    town = station.town
    town.start()
    with station.kiosk() as kiosk:
        kiosk.ready()
        wait(lambda: in_step(station), "everything that the office wrote")
        buy(station, kiosk, "陈桂芳")
        wait(lambda: in_step(station), "the first voucher at the office")
        books_at(station, tmp_path / "backup.db")

        # After the backup: points are given and spent, and others are given that nobody has spent yet.
        town.office("grant", "王建国", "130", "--reason", "义务巡逻")
        town.office("grant", "刘德福", "9", "--reason", "义务巡逻")
        wait(lambda: in_step(station), "the grants at the station")
        buy(station, kiosk, "王建国")
        wait(lambda: in_step(station), "the second voucher at the office")
        before = spendable(station)
        entries = station.books("SELECT number, data FROM books_upentry ORDER BY number")

        town.worker.stop()
        restore(station, tmp_path / "backup.db")
        if wrote_on:
            town.office("grant", "赵𬭎", "4", "--reason", "恢复以后才发的")
            who = station.one("SELECT id FROM books_resident WHERE name = '赵𬭎'")
            before[f"points/{who}"] += 4
        town.worker.start()
        wait(lambda: station.one("SELECT down_epoch FROM books_station") > 1, "a new life of the office's log")
        wait(lambda: station.one("SELECT recovering_at FROM books_office") is None and in_step(station), "recovery")
        assert station.books("SELECT number, data FROM books_upentry ORDER BY number") == entries
        assert station.one("SELECT count(*) FROM books_alarm WHERE cleared_at IS NULL") == 0
        assert alarm(station) == ""
        wait(lambda: spendable(station) == before, "every point at its place")
        the_books_add_up(station)

        # Everything goes on, both ways.
        town.office("grant", "王建国", "110", "--reason", "义务巡逻")
        wait(lambda: in_step(station), "a grant after the recovery")
        kiosk.arrive("Idle")  # it may have stood still for a moment: the office's log said two things
        buy(station, kiosk, "王建国")
        wait(lambda: in_step(station), "a voucher after the recovery")
    the_books_add_up(station)
    journal = station.journal()
    report = verify(journal, signed_by)
    journal.close()
    assert report.sound, report.faults
