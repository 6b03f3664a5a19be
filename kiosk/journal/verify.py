"""Is this journal sound? The file, the chains, and that every row says what the entries say. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.faults import JournalDamaged
from kiosk.journal.compare import (
    compare_announcements,
    compare_counters,
    compare_office_keys,
    compare_papers,
    compare_people,
    compare_vouchers,
)
from kiosk.journal.compare_joins import compare_joins
from kiosk.journal.compare_points import compare_points
from kiosk.journal.compare_rights import compare_rights
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.walk import Told, walk
from sync.chain import Direction

Signed = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: how much was looked at, and every fault in words."""

    entries: int
    down_entries: int
    vouchers: int
    head: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(
    journal: Journal, signed: Signed | None = None, progress: Callable[[int], None] = lambda _done: None
) -> Report:
    """Look through the whole journal, every epoch of it.

    ``signed(public_key, message, signature)`` checks the vouchers' signatures too, which takes most of the time.
    ``progress`` is told every 10,000 entries.
    """
    faults: list[str] = []
    told = Told()
    up, down, head, vouchers = 0, 0, b"", 0
    try:
        journal.check_file()
        with journal.reading():
            up, head = walk(journal, Direction.UP, told, progress)
            down, _ = walk(journal, Direction.DOWN, told, progress)
            connection = connection_of(journal)
            faults += told.faults
            faults += compare_counters(connection, told)
            faults += compare_points(connection)
            faults += compare_vouchers(connection, journal.identity.station, told, signed)
            faults += compare_papers(connection, told)
            faults += compare_people(connection, told)
            faults += compare_rights(connection, told.rights)
            faults += compare_joins(connection, told)
            faults += compare_announcements(connection, told)
            faults += compare_office_keys(connection, told)
            vouchers = connection.execute("SELECT count(*) FROM vouchers").fetchone()[0]
    except JournalDamaged as fault:
        faults.append(str(fault))
    except (ValueError, TypeError) as error:  # a value of another shape than this program ever writes
        faults.append(f"a row cannot be read: {error}")
    return Report(up, down, vouchers, head.hex(), tuple(faults))


def check_start(journal: Journal) -> None:
    """Look at a journal before anything is sold from it. Raises ``JournalDamaged`` with the first faults.

    A small journal is looked through whole; of a large one the newest entries: ``kiosk journal verify`` does the rest.
    """
    journal.check_recent()
    if journal.small:
        report = verify(journal)
        if not report.sound:
            raise JournalDamaged(f"{journal.path}: {'; '.join(report.faults[:3])}; keep the file and call the office")
