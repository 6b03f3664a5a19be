"""The journal as the desk uses it: one connection, owned by one thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from domain.entries import Stamp
from domain.ids import Day, Epoch, StationId
from domain.rules import Rules
from domain.voucher import Voucher
from kiosk.faults import JournalDamaged, JournalUnwritable
from kiosk.journal.announcements import Announcements
from kiosk.journal.asks import Asks
from kiosk.journal.awards import Awards
from kiosk.journal.chain import Chain
from kiosk.journal.database import open_database, transaction, translated
from kiosk.journal.down import DownLog
from kiosk.journal.down_effects import DownEffects
from kiosk.journal.elsewhere import Elsewhere
from kiosk.journal.erasures import Erasures
from kiosk.journal.joins import Joins
from kiosk.journal.office import Office
from kiosk.journal.office_keys import AnnouncedKeys
from kiosk.journal.people import People
from kiosk.journal.pins import Pins
from kiosk.journal.places import Places
from kiosk.journal.point_moves import PointMoves
from kiosk.journal.print_jobs import PrintJobs
from kiosk.journal.recalls import Recalls
from kiosk.journal.rights import Rights
from kiosk.journal.settling import Settling
from kiosk.journal.vouchers import Vouchers
from kiosk.journal.wishes import Wishes

RECENT = 200  # entries looked at on every start
SMALL_FILE_BYTES = 32 * 1024 * 1024  # about 30,000 entries: looked through in well under two seconds

STATION_DIGITS = 14
ROOM_BYTES = 256 * 1024  # a sale writes less than a quarter of that


@dataclass(frozen=True, slots=True)
class Identity:
    """Which station this journal belongs to, which of its lives this is, and how often it was started."""

    station: StationId
    epoch: Epoch
    boot: int
    down_epoch: int = 1  # which life of the office's log it hears
    enrolled: int = 1  # the life whose keys and certificate it has


class Journal:
    """Everything the station originates. Writes only inside ``transaction``; reading needs none."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.after_commit: Callable[[], None] = lambda: None
        self._connection = open_database(path, read_only=read_only)
        with translated(path):
            self.identity = self._read_identity()
        self.stamp: Callable[[], Stamp] | None = None
        self.rules: Callable[[], Rules] = Rules
        self.jobs = PrintJobs(self._connection)
        self.people = People(self._connection)
        self.elsewhere = Elsewhere(self._connection)
        self.pins = Pins(self._connection)
        self.erasures = Erasures(self._connection, self.jobs)
        self.announcements = Announcements(self._connection)
        self.office = Office(self._connection)
        self.office_keys = AnnouncedKeys(self._connection)
        self.asks = Asks(self._connection)
        self._bind()

    def settle(self) -> None:
        """Inside a transaction: write what the office's entries ask for and could not be written before.

        ``stamp`` and ``rules`` are set by whoever opens the journal to work with it; without a stamp nothing is
        written, and what is asked waits.
        """
        if self.stamp is not None:
            self._settling().settle(self.stamp, self.rules())

    def refund(self, stamp: Callable[[], Stamp]) -> None:
        """Inside a transaction that ends this life: refund what other places wrote a fate of."""
        self._settling().refund(stamp, self.rules())

    def _settling(self) -> Settling:
        return Settling(self.chain, self.rights, self.recalls, self.vouchers, self.erasures, self.office)

    @contextmanager
    def transaction(self, name: str) -> Iterator[None]:
        """All of the block or nothing. ``name`` is the fault point's; ``after_commit`` is called when it stands."""
        with transaction(self._connection, self.path, name):
            self._follow()
            yield
        self.after_commit()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read several things as of one instant."""
        with translated(self.path):
            self._connection.execute("BEGIN")
            try:
                self._follow()
                yield
            finally:
                self._connection.execute("COMMIT")

    def begin_boot(self) -> int:
        """Count one more start, durably; return its number."""
        with self.transaction("boot"):
            self._connection.execute("UPDATE station SET boot = boot + 1")
            self.identity = self._read_identity()
            self.down.apply_waiting()
            self.identity = self._read_identity()
        return self.identity.boot

    def begin_sync_boot(self) -> int:
        """Count one more start of ``kiosk sync``, durably; return its number."""
        with self.transaction("sync_boot"):
            self._connection.execute("UPDATE station SET sync_boot = sync_boot + 1")
            row = self._connection.execute("SELECT sync_boot FROM station").fetchone()
            self.settle()
        return int(row[0])

    def write_place_fate(self, voucher: Voucher, fate: str, at: int, day: Day, entry: int, *, known: bool) -> None:
        """Inside a transaction: write the fate of a voucher that another life issued, wherever it is kept here."""
        former = self.vouchers.former(voucher)
        if former is not None and former.fate is None:
            self.vouchers.write_fate(voucher.number, fate, at)
            self.jobs.settle_voucher(voucher.number)
        held = self.places.get(voucher.station, voucher.number.epoch, voucher.number.number)
        if former is None or held is not None:
            self.places.write_fate(voucher, fate, at, day, entry, known=known)

    def data_version(self) -> int:
        """Return a number that changes when another process has written."""
        with translated(self.path):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def touch(self) -> None:
        """Write and read the least there is; raises as a sale would when the disk is full or the file held.

        The least may find room in the write-ahead log where a sale does not, so the disk is asked for some too.
        """
        if disk_usage(self.path.parent).free < ROOM_BYTES:
            raise JournalUnwritable(f"{self.path}: less than {ROOM_BYTES // 1024} KB are free on the disk")
        with self.transaction("touch"):
            self._connection.execute("UPDATE station SET shelf = shelf")
            self.chain.head()

    def check_file(self) -> None:
        """Have SQLite look through every page. Raises ``JournalDamaged``."""
        with translated(self.path):
            rows = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check(20)")]
        if rows != ["ok"]:
            raise JournalDamaged(f"{self.path}: the journal is damaged ({'; '.join(rows[:3])}); call the office")

    @property
    def small(self) -> bool:
        """Whether the whole file can be looked through at every start."""
        return self.path.stat().st_size <= SMALL_FILE_BYTES

    def check_recent(self) -> None:
        """Look at the newest entries' chain. Raises ``JournalDamaged``."""
        with translated(self.path):
            self.chain.check_recent(RECENT)

    def close(self) -> None:
        """Close the file; a process that is killed instead loses nothing."""
        self._connection.close()

    def begin_epoch(self) -> None:
        """Begin the life that follows this one, inside the caller's transaction: nothing of the former one changes."""
        self._connection.execute("UPDATE station SET epoch = epoch + 1, voucher = 0")
        self._connection.execute("UPDATE office SET holds = 0, alarm = '', detail = ''")
        self._follow()

    def _follow(self) -> None:
        """The other process may have begun a new life of either log, or a transaction that did so was rolled back.

        Inside a transaction both are always the present ones.
        """
        found = self._read_identity()
        if (found.epoch, found.down_epoch) != (self.identity.epoch, self.down.epoch):
            self.identity = found
            self._bind()

    def _bind(self) -> None:
        """Everything that is of one life."""
        station, epoch = self.identity.station, self.identity.epoch
        self.chain = Chain(self._connection, station, epoch)
        self.rights = Rights(self._connection, epoch)
        self.point_moves = PointMoves(self._connection, epoch)
        self.recalls = Recalls(self._connection, epoch)
        self.wishes = Wishes(self._connection, self.rights)
        self.vouchers = Vouchers(self._connection, epoch)
        self.places = Places(self._connection)
        self.awards = Awards(self._connection, epoch)
        self.joins = Joins(self._connection, epoch)
        self.down = DownLog(self._connection, station, epoch, self.identity.down_epoch, self._effects())

    def _effects(self) -> DownEffects:
        return DownEffects(
            rights=self.rights,
            recalls=self.recalls,
            wishes=self.wishes,
            elsewhere=self.elsewhere,
            people=self.people,
            erasures=self.erasures,
            vouchers=self.vouchers,
            places=self.places,
            office=self.office,
            announcements=self.announcements,
            office_keys=self.office_keys,
            joins=self.joins,
            settle=self.settle,
        )

    def _read_identity(self) -> Identity:
        row = self._connection.execute("SELECT id, epoch, boot, down_epoch, enrolled_epoch FROM station").fetchone()
        torn = row is None or [type(value) for value in row] != [str, int, int, int, int]  # a torn page reads as NULL
        if torn or not _is_station(row[0]):
            raise JournalDamaged(f"{self.path}: the journal does not say whose it is; keep the file, call the office")
        return Identity(StationId(row[0]), Epoch(row[1]), *row[2:])


def _is_station(value: str) -> bool:
    return len(value) == STATION_DIGITS and value.isascii() and value.isdigit()


def connection_of(journal: Journal) -> sqlite3.Connection:
    """Return the connection, for ``kiosk journal verify`` and for tests that damage the file on purpose."""
    return journal._connection  # noqa: SLF001 - the one sanctioned way in
