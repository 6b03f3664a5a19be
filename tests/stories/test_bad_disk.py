"""Disks that are full, failing or read-only, under the kiosk, the network process and the office's worker.

Each stops, says why with a code, loses nothing that it had told anybody, and goes on by itself where it can. The disk
is a tmpfs of a few megabytes; one that fails is a process whose files may not grow (RLIMIT_FSIZE).
"""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.verify import verify
from tests.stories.test_office_kills import oracle
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.distant import Distant
from tests.support.enrolled import wait
from tests.support.small_disk import SmallDisk
from tests.support.station import KioskProcess, Station


@pytest.fixture
def distant(tmp_path: Path) -> Iterator[Distant]:
    made = Distant(tmp_path)
    made.start()
    yield made
    made.close()


def sell_one(station: Station, kiosk: KioskProcess, name: str = "陈桂芳") -> None:
    walk_to_confirm(station, kiosk, name)
    kiosk.press("Confirm", "AtDone")
    kiosk.press("Finish", "Idle")


def vouchers(station: Station) -> int:
    """How many stand in a journal that is sound."""
    journal = station.journal()
    assert verify(journal).sound
    count = journal.vouchers.next_number() - 1
    journal.close()
    return count


def said(station: Station, code: str) -> bool:
    return f"{code}: " in (station.root / "kiosk.log").read_text(encoding="utf-8")


def test_a_full_disk_stops_the_sale_and_the_kiosk_goes_on_when_there_is_room(station: Station) -> None:
    disk = SmallDisk(station.folder.root)
    try:
        with station.kiosk() as kiosk:
            sell_one(station, kiosk)
            walk_to_confirm(station, kiosk, "李明")
            disk.fill()
            kiosk.press("Confirm", "OutOfOrder")
            wait(lambda: said(station, "journal.unwritable"), "the code in the log")
            assert vouchers(station) == 1
            kiosk.do("skip 6")
            kiosk.do("skip 6")
            assert kiosk.states[-1] == "OutOfOrder"
            disk.free()
            kiosk.do("skip 6")
            kiosk.arrive("Idle")
            sell_one(station, kiosk, "张秀英")
        assert vouchers(station) == 2
        assert len(station.printer.papers) == 2
    finally:
        disk.close()


@pytest.mark.proof
def test_a_disk_that_fails_in_the_commit_stops_the_sale_until_the_next_start_shows_what_stands(
    station: Station,
) -> None:
    with station.kiosk() as kiosk:
        sell_one(station, kiosk)
        walk_to_confirm(station, kiosk, "李明")
        resource.prlimit(kiosk.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
        kiosk.press("Confirm", "OutOfOrder")
        resource.prlimit(kiosk.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        kiosk.do("skip 6")
        assert kiosk.states[-1] == "OutOfOrder"
    assert vouchers(station) == 1
    with station.kiosk() as kiosk:
        sell_one(station, kiosk, "李明")
    assert vouchers(station) == 2


@pytest.mark.proof
def test_a_disk_that_is_read_only_opens_no_station_and_changes_nothing(station: Station) -> None:
    with station.kiosk() as kiosk:
        sell_one(station, kiosk)
    disk = SmallDisk(station.folder.root)
    try:
        before = station.folder.journal.read_bytes()
        disk.read_only(on=True)
        with station.kiosk() as kiosk:
            kiosk.arrive("OutOfOrder")
        assert said(station, "journal.unwritable")
        disk.read_only(on=False)
        assert station.folder.journal.read_bytes() == before
        with station.kiosk() as kiosk:
            sell_one(station, kiosk, "张秀英")
        assert vouchers(station) == 2
    finally:
        disk.close()


@pytest.mark.proof
def test_the_network_process_waits_for_room_and_takes_what_came_meanwhile(distant: Distant) -> None:
    town, folder = distant.town, distant.station.folder
    town.sync.stop()
    distant.parts.journal.close()
    disk = SmallDisk(folder.root)
    try:
        distant.open()
        town.sync.start()
        distant.sell(2)
        distant.in_step()
        disk.fill()
        pid = town.sync.pid
        town.office("grant", "陈桂芳", "7", "--reason", "满了")
        distant.publish_pictures(40_000)
        wait(lambda: b"journal.unwritable: " in (distant.station.root / "sync.log").read_bytes(), "the code")
        assert distant.station.one("SELECT down_last - down_acked FROM books_station") > 0
        disk.free()
        distant.in_step()
        taken = "SELECT state FROM books_holding WHERE version = 2"
        wait(lambda: distant.station.one(taken) == "taken", "the catalogue")
        distant.sell(2)
        distant.in_step()
        assert town.sync.pid == pid
        oracle(distant.station)
    finally:
        town.sync.stop()
        distant.parts.journal.close()
        disk.close()


@pytest.mark.proof
def test_the_office_acknowledges_nothing_that_it_could_not_keep_and_goes_on_by_itself(distant: Distant) -> None:
    town = distant.town
    distant.grant(1000)
    distant.in_step()
    for process in (town.sync, town.worker, town.broker):
        process.stop()
    disk = SmallDisk(town.home)
    try:
        for process in (town.broker, town.worker, town.sync):
            process.start()
        distant.sell()
        distant.in_step()
        resident = distant.resident()  # on a disk without a byte nobody else can look into the books
        with sqlite3.connect(town.home / "office.db") as books:
            books.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has room of its own to write into
        books.close()
        disk.fill()
        pid = town.worker.pid
        before = distant.acknowledged
        distant.sell(40, resident)
        wait(lambda: b"office.unwritable: " in (distant.station.root / "worker.log").read_bytes(), "the code")
        assert distant.acknowledged == before
        disk.free()
        distant.in_step()
        assert town.worker.pid == pid
        oracle(distant.station)
    finally:
        town.stop()
        disk.close()
