"""How many points of a resident lie in all but here: asked by a visit, not logged; what the office says is kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.ids import ResidentId, VisitId
from domain.rights import RightKey, points_of


@dataclass(frozen=True, slots=True)
class Told:
    """What the office said last. ``at``: milliseconds since 1970 UTC by its clock."""

    points: int
    at: int


class Elsewhere:
    """One question at most stands at a time: one person is at the screen. What was said goes when points come or go."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, resident: ResidentId) -> Told | None:
        """Return what the office said last, if nothing moved since."""
        row = self._connection.execute("SELECT points, at FROM elsewhere WHERE thing = ?", (points_of(resident),))
        found = row.fetchone()
        return None if found is None else Told(*found)

    def ask(self, visit: VisitId, resident: ResidentId) -> None:
        """Ask in the place of any earlier question."""
        self._connection.execute(
            "INSERT OR REPLACE INTO elsewhere_asked (one, visit, thing) VALUES (1, ?, ?)", (visit, points_of(resident))
        )

    def asked(self) -> tuple[VisitId, RightKey] | None:
        """Return the question that was not answered; how long it is sent is its sender's to know."""
        row = self._connection.execute("SELECT visit, thing FROM elsewhere_asked").fetchone()
        return None if row is None else (VisitId(row[0]), RightKey(row[1]))

    def tell(self, right: RightKey, points: int, at: int) -> None:
        """The office answered: keep it of whoever is listed here, and ask no more."""
        execute = self._connection.execute
        execute("DELETE FROM elsewhere_asked WHERE thing = ?", (right,))
        execute(
            "INSERT OR REPLACE INTO elsewhere (thing, points, at) SELECT ?, ?, ? FROM people"
            " WHERE 'points/' || id = ? AND kind = 'resident'",
            (right, points, at, right),
        )

    def forget(self, resident: str) -> None:
        """Nothing is known of somebody who was erased."""
        for table in ("elsewhere", "elsewhere_asked"):
            self._connection.execute(f"DELETE FROM {table} WHERE thing = ?", (f"points/{resident}",))  # noqa: S608

    def clear(self) -> None:
        """No visit goes on: the screen's process was started."""
        self._connection.execute("DELETE FROM elsewhere_asked")
