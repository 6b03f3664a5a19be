"""Residents whom the office asked to be forgotten: what could name them goes, the chain stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from domain.ids import ResidentId
from kiosk.faults import point
from kiosk.journal.print_jobs import Nameless, PrintJobs


class Erasures:
    """``nameless`` takes both names out of the content of a paper, ``proxyless`` that of who came in the resident's
    place; what a paper holds is not the journal's to know."""

    def __init__(self, connection: sqlite3.Connection, jobs: PrintJobs) -> None:
        self._connection = connection
        self._jobs = jobs
        self.nameless: Nameless = lambda _content: b""
        self.proxyless: Nameless = lambda _content: b""

    def erase(self, resident: ResidentId, entries: Iterable[tuple[int, int]]) -> None:
        """Forget a resident, inside the caller's transaction. Safe to repeat."""
        execute = self._connection.execute
        execute("DELETE FROM proxies WHERE resident = ? OR proxy = ?", (resident, resident))
        execute("DELETE FROM cards WHERE person = ?", (resident,))
        execute("DELETE FROM people WHERE id = ? AND kind = 'resident'", (resident,))
        execute("DELETE FROM consents WHERE resident = ?", (resident,))
        execute("DELETE FROM pins WHERE resident = ?", (resident,))
        execute("DELETE FROM pin_passes WHERE resident = ?", (resident,))
        point("erase.listed")
        for epoch, number in entries:
            execute("UPDATE entries SET salt = NULL, private = NULL WHERE epoch = ? AND number = ?", (epoch, number))
        point("erase.privates")
        self._jobs.erase(resident, self.nameless, self.proxyless)
        point("erase.papers")
        execute("INSERT INTO erasures (resident) VALUES (?) ON CONFLICT DO UPDATE SET told = 0", (resident,))

    def counted(self) -> tuple[int, int]:
        """Return how many were erased, and how many of them an entry says."""
        row = self._connection.execute("SELECT count(*), total(told) FROM erasures").fetchone()
        return int(row[0]), int(row[1])

    def untold(self) -> tuple[ResidentId, ...]:
        """Return those whose erasure no entry says yet."""
        rows = self._connection.execute("SELECT resident FROM erasures WHERE told = 0 ORDER BY resident")
        return tuple(ResidentId(row[0]) for row in rows)

    def tell(self, resident: ResidentId) -> None:
        """Note that the entry is written."""
        self._connection.execute("UPDATE erasures SET told = 1 WHERE resident = ?", (resident,))
