"""Opening, making and migrating the file. Every SQLite error leaves here as one of our own."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.faults import JournalDamaged, JournalError, JournalMissing, JournalUnwritable, JournalVersion, point
from kiosk.journal.schema import APPLICATION_ID, MIGRATIONS, VERSION

BUSY_SECONDS = 5.0


def open_database(path: Path) -> sqlite3.Connection:
    """Open a journal of this version. Raises a ``JournalError`` that says what is wrong and what to do."""
    if not path.exists():
        raise JournalMissing(f"{path}: there is no journal here; make one with: kiosk migrate --create")
    with translated(path):
        connection = _connect(path)
        try:
            _check_version(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def create_database(path: Path, station: str, epoch: int) -> None:
    """Make an empty journal for one life of a station. Raises ``JournalError`` if there is one already."""
    if path.exists():
        raise JournalError(f"{path}: there is a journal here already; it was left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    with translated(path):
        connection = _connect(path)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _run_migrations(connection, 0)
            connection.execute("INSERT INTO station (one, id, epoch) VALUES (1, ?, ?)", (station, epoch))
        finally:
            connection.close()
    _sync_folder(path.parent)


def migrate_database(path: Path) -> tuple[int, int]:
    """Bring a journal forward to this version; return the version before and after."""
    if not path.exists():
        raise JournalMissing(f"{path}: there is no journal here; make one with: kiosk migrate --create")
    with translated(path):
        connection = _connect(path)
        try:
            before = _check_ours(connection, path)
            _run_migrations(connection, before)
            return before, VERSION
        finally:
            connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection, name: str) -> Iterator[None]:
    """Commit all of the block or nothing of it. The write lock is taken at once, so what is read stays true."""
    with translated(Path("journal")):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            point(f"{name}.before_commit")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    point(f"{name}.after_commit")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: damaged, unwritable, or a fault of the program."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise JournalDamaged(
                f"{path}: the journal is damaged ({error}); keep the file and call the office"
            ) from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY")):
            raise JournalUnwritable(f"{path}: the journal cannot be written ({error}); nothing was changed") from error
        if name.startswith("SQLITE_CONSTRAINT"):
            raise JournalError(f"{path}: refused by the journal itself ({error}); nothing was changed") from error
        raise JournalError(f"{path}: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> int:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise JournalDamaged(f"{path}: this is not a journal of a station")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise JournalVersion(f"{path}: version {version} was written by newer software; this one knows {VERSION}")
    return version


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = _check_ours(connection, path)
    if version < VERSION:
        raise JournalVersion(f"{path}: version {version} is older than {VERSION}; run: kiosk migrate")


def _run_migrations(connection: sqlite3.Connection, version: int) -> None:
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
