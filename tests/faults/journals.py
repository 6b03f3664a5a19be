"""Journals are made, and brought forward from the first version that was ever written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.journal.database import create_database, migrate_database
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.schema import APPLICATION_ID, MIGRATIONS
from kiosk.journal.verify import verify
from tests.faults.desk import papers
from tests.faults.places import STATION, Place
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


def check_lives(place: Place) -> int:
    """Books and journal say the same of every life, each voucher has one first paper; return what is spent of points.

    That is without what was refunded, and without what was handed back.
    """
    from office.books.models import Counter, UpEntry, Voucher

    journal = Journal(place.folder.journal)
    report = verify(journal)
    assert report.sound, report.faults
    rows = connection_of(journal)
    kept = UpEntry.objects.filter(station=STATION).order_by("epoch", "number")
    up = rows.execute("SELECT epoch, number, bytes FROM entries ORDER BY epoch, number").fetchall()
    assert [(row.epoch, row.number, bytes(row.data)) for row in kept] == up
    assert set(kept.values_list("parked", flat=True)) == {""}
    columns = ("epoch", "thing", "granted", "earned", "spent", "refunded", "returned")
    held = rows.execute(f"SELECT {', '.join(columns)} FROM counters ORDER BY epoch, thing").fetchall()
    mine = Counter.objects.filter(station=STATION).order_by("epoch", "thing").values_list(*columns)
    assert [row for row in held if any(row[2:])] == [row for row in mine if any(row[2:])]
    issued = rows.execute("SELECT epoch, number, coalesce(fate, '') FROM vouchers ORDER BY epoch, number").fetchall()
    assert issued == list(Voucher.objects.order_by("epoch", "number").values_list("epoch", "number", "fate"))
    first = [code for code, again in papers(place.root) if not again]
    assert len(first) == len(set(first)) == len(issued)
    assert journal.jobs.unsettled() == ()
    journal.close()
    return sum(row[4] - row[5] for row in held if row[1].startswith("points/"))
