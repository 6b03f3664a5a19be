"""A station that an office enrolled: broker, office, cable and the station's network process are all real."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.demo.town import Seeded, Town
from kiosk.system import Machine
from tests.support.station import STATION, Station

PATIENCE_SECONDS = 30.0


@dataclass
class EnrolledStation(Station):
    """``database`` is a PostgreSQL address, empty for SQLite."""

    database: str = ""
    town: Town = field(init=False)

    def fill(self) -> Seeded:
        machine = Machine(trust_clock=True)
        self.town = Town(self.root, self.folder, STATION, "学田湾社区党群驿站", machine, database=self.database)
        return self.town.found()

    def close(self) -> None:
        self.town.stop()
        super().close()

    def books(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the office's books from outside."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as connection:
                return connection.execute(query).fetchall()
        with sqlite3.connect(self.town.home / "office.db", timeout=20) as books:
            rows = books.execute(query).fetchall()
        books.close()
        return rows

    def one(self, query: str) -> Any:
        rows = self.books(query)
        return rows[0][0] if rows else None

    def entries(self) -> list[tuple[int, bytes]]:
        """The station's own log, from its file."""
        with sqlite3.connect(self.folder.journal, timeout=20) as journal:
            rows = journal.execute("SELECT number, bytes FROM entries ORDER BY number").fetchall()
        journal.close()
        return rows


def wait(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait for something that another process does; return how long that took."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() > start + seconds:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.02)
    return time.monotonic() - start
