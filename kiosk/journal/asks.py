"""Cards that nobody knows here, asked of the office by a visit: never logged, gone when nobody waits any more."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.ids import VisitId

WHO = "who/"
"""Before the digest, in the field of a wish that says what is wished for."""
KNOWN, NOT_KNOWN = 1, 0


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose card is this?"""

    visit: VisitId
    digest: str

    def __repr__(self) -> str:
        return "Ask(…)"


class Asks:
    """An ask stands until it is withdrawn, or the screen's process starts again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, visit: VisitId, digests: list[str], at: int) -> None:
        """Ask for a card, under every digest by which it may be listed."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO asks (visit, digest, at) VALUES (?, ?, ?)", [(visit, one, at) for one in digests]
        )

    def open(self, limit: int) -> tuple[Ask, ...]:
        """Return the oldest that the office has not answered."""
        rows = self._connection.execute(
            "SELECT visit, digest FROM asks WHERE known IS NULL ORDER BY at, visit, digest LIMIT ?", (limit,)
        )
        return tuple(Ask(VisitId(visit), digest) for visit, digest in rows)

    def answer(self, visit: str, digest: str, known: int) -> bool:
        """Keep what the office says to an ask that stands; return whether it does."""
        done = self._connection.execute(
            "UPDATE asks SET known = ? WHERE visit = ? AND digest = ?", (known, visit, digest)
        )
        return done.rowcount > 0

    def answers(self, visit: VisitId) -> tuple[int | None, ...]:
        """Return what the office said to a visit: ``KNOWN``, ``NOT_KNOWN``, or ``None`` for nothing yet."""
        return tuple(row[0] for row in self._connection.execute("SELECT known FROM asks WHERE visit = ?", (visit,)))

    def end(self, visit: VisitId) -> None:
        """Nobody waits for it."""
        self._connection.execute("DELETE FROM asks WHERE visit = ?", (visit,))

    def clear(self) -> None:
        """No visit goes on: the screen's process was started."""
        self._connection.execute("DELETE FROM asks")
