"""Journals are made, and brought forward from the first version that was ever written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.journal.database import create_database, migrate_database
from kiosk.journal.journal import Journal
from kiosk.journal.schema import APPLICATION_ID, MIGRATIONS
from kiosk.journal.verify import verify
from tests.faults.places import STATION
from tests.faults.scenario import scenario

NAMES = ("a.db", "b.db", "c.db")


@scenario("migrate")
class Migrate:
    def prepare(self, root: Path) -> None:
        for name in NAMES:
            old = sqlite3.connect(root / name, isolation_level=None)
            old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            old.executescript(f"BEGIN; {MIGRATIONS[0]} PRAGMA user_version = 1; COMMIT;")
            old.execute("INSERT INTO station (one, id, epoch) VALUES (1, ?, 1)", (STATION,))
            old.close()

    def play(self, root: Path, life: int) -> None:
        for name in NAMES:
            migrate_database(root / name)

    def check(self, root: Path) -> None:
        for name in NAMES:
            journal = Journal(root / name)
            assert verify(journal).sound
            assert journal.identity.station == STATION
            journal.close()


@scenario("create")
class Create:
    def prepare(self, root: Path) -> None: ...

    def play(self, root: Path, life: int) -> None:
        for name in NAMES:
            if not (root / name).exists():
                create_database(root / name, STATION, epoch=1)

    def check(self, root: Path) -> None:
        Migrate().check(root)
