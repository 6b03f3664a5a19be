"""Opening, making and migrating the file. Every SQLite error leaves here as one of our own."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.faults import (
    JournalDamaged,
    JournalError,
    JournalMissing,
    JournalUncertain,
    JournalUnwritable,
    JournalVersion,
    point,
)
from kiosk.journal.schema import APPLICATION_ID, MIGRATIONS, VERSION

BUSY_SECONDS = 5.0


def open_database(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a journal of this version. Raises a ``JournalError`` that says what is wrong and what to do.

    ``read_only`` leaves the file and its write-ahead log as they are, for looking at evidence.
    """
    if not path.exists():
        raise JournalMissing(f"{path}: there is no journal here; make one with: kiosk migrate --create")
    with translated(path):
        connection = _connect(path, read_only=read_only)
        try:
            _check_version(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def create_database(path: Path, station: str, epoch: int, down_epoch: int | None = None) -> None:
    """Make an empty journal for one life of a station. Raises ``JournalError`` if there is one already.

    ``down_epoch`` is the life of the office's log for it, the same number if it is not given. The file is made beside
    its place and linked into it whole: a power cut leaves a whole journal or none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    making = _making(path)
    clear_leftovers(path)
    with translated(path):
        connection = _connect(making)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _run_migrations(connection, 0)
            connection.execute(
                "INSERT INTO station (one, id, epoch, down_epoch, enrolled_epoch) VALUES (1, ?, ?, ?, ?)",
                (station, epoch, down_epoch or epoch, epoch),
            )
        finally:
            connection.close()
    _sync(making, os.O_RDONLY)
    point("create.made")
    try:
        path.hardlink_to(making)
    except FileExistsError:
        raise JournalError(f"{path}: there is a journal here already; it was left as it is") from None
    else:
        point("create.linked")
    finally:
        making.unlink()
    _sync(path.parent, os.O_RDONLY | os.O_DIRECTORY)


def clear_leftovers(path: Path) -> None:
    """Remove what a making that a power cut ended has left: no file of SQLite's may go under two names."""
    for end in ("", "-wal", "-shm"):
        _making(path).with_name(_making(path).name + end).unlink(missing_ok=True)


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
def transaction(connection: sqlite3.Connection, path: Path, name: str) -> Iterator[None]:
    """Commit all of the block or nothing of it. The write lock is taken at once, so what is read stays true.

    Raises ``JournalUncertain`` when the disk fails in the commit itself: what was written may be there at the next
    start.
    """
    with translated(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            point(f"{name}.before_commit")
        except BaseException:
            if connection.in_transaction:  # a full disk has rolled it back already
                connection.execute("ROLLBACK")
            raise
    _commit(connection, path)
    point(f"{name}.after_commit")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: damaged, unwritable, or a fault of the program."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite tells of damage with bytes of it that are no text
        raise JournalDamaged(f"{path}: the journal is damaged; keep the file and call the office") from error
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


def _commit(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            # The page that closes a transaction in the log is written last: without room for it, it is not there.
            raise JournalUnwritable(f"{path}: the disk is full ({error}); nothing was changed") from error
        raise JournalUncertain(
            f"{path}: the disk failed at the last step ({error}); the next start shows whether it was written"
        ) from error


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    if read_only:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
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
        point("migrate.step")


def _making(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
