"""Files that are not as they were left: said in clear words, never repaired by guessing, never replaced."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from domain.ids import Epoch, StationId
from kiosk.faults import JournalDamaged, JournalError, JournalMissing, JournalUnwritable, JournalVersion
from kiosk.journal.database import create_database, migrate_database
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.schema import VERSION
from kiosk.journal.verify import check_start, verify
from tests.support.desk import STATION, TestDesk


def filled(desk: TestDesk, count: int = 30) -> Path:
    for number in range(count):
        desk.redeem(f"c{number}", item=201 if number % 2 else 999)
    connection_of(desk.journal).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.journal.close()
    return desk.path


def opened(path: Path) -> Journal:
    journal = Journal(path)
    try:
        journal.check_recent()
    except BaseException:
        journal.close()
        raise
    return journal


def test_a_missing_journal_is_never_made_in_passing(tmp_path: Path) -> None:
    with pytest.raises(JournalMissing, match="migrate --create"):
        Journal(tmp_path / "journal.db")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_journal_is_never_made_again(desk: TestDesk) -> None:
    with pytest.raises(JournalError, match="left as it is"):
        create_database(desk.path, STATION, epoch=1)


def test_a_file_that_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"this is not a database, it is a letter to the office" * 100)
    with pytest.raises(JournalDamaged, match="damaged"):
        Journal(path)
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE t (a)").connection.close()
    with pytest.raises(JournalDamaged, match="not a journal"):
        Journal(other)


def test_a_torn_page_that_forgets_whose_it_is(desk: TestDesk) -> None:
    """SQLite reads columns that a torn page lost as NULL, whatever the table forbids."""
    rows = connection_of(desk.journal)
    rows.execute("PRAGMA writable_schema = ON")
    rows.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'station'")
    desk.journal.close()
    torn = sqlite3.connect(desk.path)
    torn.execute("UPDATE station SET id = NULL")
    torn.commit()
    torn.close()
    with pytest.raises(JournalDamaged, match="does not say whose"):
        Journal(desk.path)


def test_newer_and_older_versions(desk: TestDesk) -> None:
    connection_of(desk.journal).execute(f"PRAGMA user_version = {VERSION + 1}")
    desk.journal.close()
    with pytest.raises(JournalVersion, match="newer software"):
        Journal(desk.path)
    with pytest.raises(JournalVersion, match="newer software"):
        migrate_database(desk.path)


def test_migrating_twice_changes_nothing(desk: TestDesk) -> None:
    assert migrate_database(desk.path) == (VERSION, VERSION)


def test_flipped_bytes_are_found_or_harmless(desk: TestDesk) -> None:
    """Every page of the file is hit in turn: the start either says damaged, or everything still verifies."""
    path = filled(desk)
    sound = path.read_bytes()
    found = 0
    for offset in range(200, len(sound), 2048):
        broken = bytearray(sound)
        for at in range(offset, min(offset + 64, len(broken))):
            broken[at] ^= 0xA5
        path.write_bytes(broken)
        try:
            journal = opened(path)
        except JournalError:
            found += 1
            continue
        report = verify(journal)
        journal.close()
        if not report.sound:
            found += 1
            continue
        path.write_bytes(sound)
    assert found >= 5


def counting(journal: Journal) -> dict[str, list[tuple[object, ...]]]:
    """Everything that decides what is sold, to whom, and what a paper says."""
    tables = ("entries", "down_entries", "counters", "vouchers", "people", "cards", "announcements", "office_keys")
    connection = connection_of(journal)
    rows = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
    rows["print_jobs"] = connection.execute("SELECT id, epoch, number, copy, content FROM print_jobs").fetchall()
    rows["station"] = connection.execute("SELECT id, epoch, down_epoch FROM station").fetchall()
    return rows


def test_a_flipped_byte_in_any_page_is_found_at_the_start_or_changes_nothing_that_counts(desk: TestDesk) -> None:
    """Every page of every table and index is hit at seeded places, one byte each time; nothing is ever guessed."""
    dice, path = random.Random(20261124), filled(desk)
    journal = opened(path)
    right = counting(journal)
    pages = connection_of(journal).execute("SELECT name, pageno FROM dbstat ORDER BY pageno").fetchall()
    journal.close()
    sound, found = path.read_bytes(), Counter[str]()
    for name, page in pages:
        # The head of a page, its cells' places, and many places anywhere in it.
        for place in [dice.randrange(8), dice.randrange(8, 40), *(dice.randrange(4096) for _ in range(20))]:
            broken = bytearray(sound)
            broken[(page - 1) * 4096 + place] ^= dice.randrange(1, 256)
            path.write_bytes(broken)
            for log in path.parent.glob("journal.db-*"):
                log.unlink()
            try:
                journal = Journal(path)
            except JournalError:
                found[name] += 1
                continue
            try:
                check_start(journal)
                assert counting(journal) == right, (name, page, place)
                assert verify(journal).sound, (name, page, place)
            except JournalError:
                found[name] += 1
            finally:
                journal.close()
    path.write_bytes(sound)
    assert found.keys() >= {"sqlite_schema", "entries", "down_entries", "counters", "vouchers", "print_jobs", "cards"}


def test_a_file_cut_short_is_damaged(desk: TestDesk) -> None:
    path = filled(desk)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(JournalError):
        opened(path)


def test_a_changed_entry_breaks_the_chain(desk: TestDesk) -> None:
    desk.issued()
    connection = connection_of(desk.journal)
    connection.execute("DROP TRIGGER entries_fixed")
    connection.execute(
        "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '120', '1200') AS BLOB) WHERE number = 2"
    )
    with pytest.raises(JournalDamaged, match="entry 2"):
        desk.journal.check_recent()
    report = verify(desk.journal)
    assert not report.sound
    assert any("chain breaks at entry 2" in fault for fault in report.faults)


def test_counters_that_say_other_than_the_entries_are_found(desk: TestDesk) -> None:
    desk.issued()
    connection_of(desk.journal).execute("UPDATE counters SET spent = 130 WHERE thing = 'points/chen'")
    assert verify(desk.journal).faults == ("counters: points/chen spent is 130, the entries say 120",)


def test_a_read_only_journal_sells_nothing(desk: TestDesk) -> None:
    connection_of(desk.journal).execute("PRAGMA query_only = ON")
    with pytest.raises(JournalUnwritable, match="cannot be written"):
        desk.redeem()
    connection_of(desk.journal).execute("PRAGMA query_only = OFF")
    assert desk.issued().number == "A-000001-0"


def test_a_full_disk_sells_nothing_and_loses_nothing(desk: TestDesk) -> None:
    connection = connection_of(desk.journal)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalUnwritable, match="nothing was changed"):
        redeem_until_full(desk)
    assert verify(desk.journal).sound


def test_a_journal_that_does_not_know_whose_it_is(desk: TestDesk) -> None:
    connection = connection_of(desk.journal)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE station SET id = CAST('5001990010010' || char(7) AS TEXT)")
    with pytest.raises(JournalDamaged, match="whose"):
        Journal(desk.path)


def redeem_until_full(desk: TestDesk) -> None:
    for number in range(19):  # as often as the points last
        desk.redeem(f"c{number}", item=201)


def test_the_journal_of_another_station_is_noticed(desk: TestDesk) -> None:
    assert desk.journal.identity.station == StationId(STATION)
    assert desk.journal.identity.epoch == Epoch(1)
    assert desk.journal.identity.boot == 1
    desk.reopen()
    assert desk.journal.identity.boot == 2
