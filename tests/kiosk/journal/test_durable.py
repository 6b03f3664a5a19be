"""What is promised about the disk: flushed before it is told, taken before it is read, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from kiosk import faults
from kiosk.faults import JournalDamaged, JournalUncertain
from kiosk.journal.database import create_database, translated
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import check_start
from kiosk.shelf import Document, Shelf
from tests.support.desk import STATION, TestDesk


class PowerCut(Exception):
    pass


def test_every_commit_is_flushed(desk: TestDesk) -> None:
    connection = connection_of(desk.journal)
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_the_lock_is_taken_before_anything_is_read(desk: TestDesk) -> None:
    other = sqlite3.connect(desk.path, timeout=0, isolation_level=None)
    with desk.journal.transaction("test"), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


class FailingCommit:
    """A connection whose disk fails in the commit itself: nobody can say whether it was written."""

    def __init__(self, connection: sqlite3.Connection, *, written: bool) -> None:
        self._connection, self._written = connection, written

    def execute(self, statement: str, *arguments: Any) -> Any:
        if statement == "COMMIT" and self._connection.total_changes:
            if self._written:
                self._connection.execute("COMMIT")
            raise sqlite3.OperationalError("disk I/O error")
        return self._connection.execute(statement, *arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.parametrize("written", [True, False])
def test_a_commit_that_fails_promises_nothing_and_the_next_start_shows_it(desk: TestDesk, written: bool) -> None:
    journal = desk.journal
    real = connection_of(journal)
    journal._connection = FailingCommit(real, written=written)  # type: ignore[assignment]
    with pytest.raises(JournalUncertain, match="next start"):
        desk.redeem()
    journal._connection = real
    desk.reopen()
    assert desk.journal.vouchers.next_number() == (2 if written else 1)
    assert desk.waiting == (1 if written else 0)


def test_a_cut_while_a_journal_is_made_leaves_none_and_it_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"

    def cut(name: str) -> None:
        if name == "create.made":
            raise PowerCut

    faults.listen(cut)
    try:
        with pytest.raises(PowerCut):
            create_database(path, STATION, epoch=1)
    finally:
        faults.listen(None)
    assert not path.exists()
    create_database(path, STATION, epoch=1)
    Journal(path).close()
    assert [part.name for part in tmp_path.iterdir()] == ["journal.db"]


def test_new_files_and_their_folders_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    create_database(tmp_path / "journal.db", STATION, epoch=1)
    assert flushed[-2:] == ["file", "folder"]
    flushed.clear()
    Shelf(tmp_path / "shelf.json").put(Document("catalogue", 1, b"{}"))
    assert flushed[-2:] == ["file", "folder"]


def test_damage_that_sqlite_cannot_even_name_is_damage() -> None:
    with pytest.raises(JournalDamaged, match="damaged"), translated(Path("journal.db")):
        b"\xff".decode()


def look_through(path: Path) -> None:
    """Open a journal and check it as every start does."""
    check_start(Journal(path))


def test_a_damaged_schema_is_damage(desk: TestDesk) -> None:
    connection_of(desk.journal).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.journal.close()
    whole = desk.path.read_bytes()
    place = whole.index(b"CREATE TABLE vouchers")
    for offset in (7, 14, 22, 60):
        broken = bytearray(whole)
        broken[place + offset] = 0xF1
        desk.path.write_bytes(broken)
        with pytest.raises(faults.JournalError):
            look_through(desk.path)
    desk.path.write_bytes(whole)
    desk.parts = desk.open()
