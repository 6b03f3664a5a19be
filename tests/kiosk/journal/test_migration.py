"""A journal of the first version comes forward with everything in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from domain.entries import Stamp, encode_entry
from domain.facts import EpochOpened, Granted, Proxy, RecallAsked, ResidentListed
from domain.ids import Day, Epoch, ResidentId, StationId
from domain.rights import RightKey
from kiosk.faults import JournalVersion
from kiosk.journal.database import migrate_database
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.schema import APPLICATION_ID, VERSION, VERSION_1
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash, next_hash
from tests.support.desk import PEOPLE, STATION, VOUCHER_KEY, TestDesk

NAMED = (
    Proxy(ResidentId("li"), spend=True, collect=False),
    Proxy(ResidentId("wu"), spend=False, collect=True, until=Day(2600)),
)


def first_version(path: Path) -> None:
    """Epoch 3 of a station, as the first version wrote it: its opening, and one grant."""
    opened = EpochOpened(StationId(STATION), Epoch(3), "0.1.0", 1, VOUCHER_KEY.public.hex())
    up = encode_entry(Stamp(b"a" * 16, 1, 1, clock_ok=True), opened.KIND, opened)
    granted = Granted(RightKey("points/chen"), 380)
    down = encode_entry(Stamp(b"b" * 16, 1, 1, clock_ok=True), granted.KIND, granted)
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.executescript(VERSION_1)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO station (one, id, epoch) VALUES (1, ?, 3)", (STATION,))
        connection.execute(
            "INSERT INTO entries (epoch, number, bytes, hash) VALUES (3, 1, ?, ?)",
            (up, next_hash(first_hash(Direction.UP, STATION, 3), up)),
        )
        connection.execute(
            "INSERT INTO down_entries (epoch, number, bytes, hash, applied) VALUES (3, 1, ?, ?, 1)",
            (down, next_hash(first_hash(Direction.DOWN, STATION, 3), down)),
        )
        listed = ResidentListed(ResidentId("chen"), "陈*芳", ("1:aa",), home=STATION, household="h1", proxies=NAMED)
        named = encode_entry(Stamp(b"c" * 16, 1, 1, clock_ok=True), listed.KIND, listed)
        connection.execute(
            "INSERT INTO down_entries (epoch, number, bytes, hash, applied) VALUES (3, 2, ?, ?, 1)",
            (named, next_hash(next_hash(first_hash(Direction.DOWN, STATION, 3), down), named)),
        )
        connection.execute("INSERT INTO counters (epoch, thing, granted) VALUES (3, 'points/chen', 380)")
        connection.execute("INSERT INTO people (id, kind, name) VALUES ('chen', 'resident', '陈*芳')")
        connection.execute("INSERT INTO cards (digest, person, blocked) VALUES ('1:aa', 'chen', 0)")
    connection.close()


def test_a_first_journal_comes_forward_and_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    first_version(path)
    with pytest.raises(JournalVersion, match="kiosk migrate"):
        Journal(path)
    assert migrate_database(path) == (1, VERSION)
    assert migrate_database(path) == (VERSION, VERSION)
    journal = Journal(path)
    assert (journal.identity.epoch, journal.identity.down_epoch) == (3, 3)
    assert journal.rights.get(RightKey("points/chen")).granted == 380
    seen = journal.office.seen()
    assert (seen.connected, seen.heard_at, seen.waiting, seen.alarm) == (False, None, 1, "")
    chen = journal.people.resident("chen")
    assert chen is not None
    assert (chen.home, chen.household) == (STATION, "h1")  # the former version had read over both
    assert tuple(journal.people.proxy("chen", named.resident) for named in NAMED) == NAMED
    assert [(move.points, move.up) for move in journal.point_moves.page(ResidentId("chen"), 0, 9)] == [(380, False)]
    assert verify(journal).sound
    journal.close()


def test_a_journal_that_did_not_note_where_points_came_from_is_told_it_by_its_entries(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path)
    desk.issued("c1")
    desk.receive([Granted(RightKey("points/chen"), 400), RecallAsked(RightKey("points/chen"), 30)])
    desk.redeem("c2", item=201)
    noted = connection_of(desk.journal).execute("SELECT * FROM point_moves ORDER BY thing, log, number").fetchall()
    desk.journal.close()
    with sqlite3.connect(desk.path, isolation_level=None) as connection:
        trust, joining = ("pins", "pin_passes"), ("asks", "join_requests", "join_numbers")
        for table in ("point_moves", "elsewhere", "elsewhere_asked", *trust, *joining):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP TRIGGER elsewhere_moves")
        connection.execute("DROP INDEX print_jobs_asked")
        connection.execute("ALTER TABLE print_jobs DROP COLUMN asked")
        for column in ("notice", "pin"):
            connection.execute(f"ALTER TABLE people DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 5")
    connection.close()
    assert migrate_database(desk.path) == (5, VERSION)
    journal = Journal(desk.path)
    agreed = [(one.notice, one.resident) for one in PEOPLE if isinstance(one, ResidentListed)]  # a newer office says it
    connection_of(journal).executemany("UPDATE people SET notice = ? WHERE id = ?", agreed)
    rows = connection_of(journal).execute("SELECT * FROM point_moves ORDER BY thing, log, number").fetchall()
    assert [row[:1] + row[2:] for row in rows] == [row[:1] + row[2:] for row in noted]
    assert verify(journal).sound
    journal.close()
