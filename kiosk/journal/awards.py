"""Awards that were given here, and consents: what staff and residents said."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.ids import Epoch, ResidentId


@dataclass(frozen=True, slots=True)
class GivenAward:
    """An award of this life."""

    resident: ResidentId
    points: int
    undone: bool


class Awards:
    """By the random id of each."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch

    def get(self, award: str) -> GivenAward | None:
        """Return an award of this life."""
        row = self._connection.execute(
            "SELECT resident, points, undone FROM awards WHERE award = ? AND epoch = ?", (award, self._epoch)
        ).fetchone()
        return None if row is None else GivenAward(ResidentId(row[0]), row[1], bool(row[2]))

    def add(self, award: str, resident: ResidentId, points: int) -> None:
        """Keep an award that was just given."""
        self._connection.execute(
            "INSERT INTO awards (award, epoch, resident, points) VALUES (?, ?, ?, ?)",
            (award, self._epoch, resident, points),
        )

    def undo(self, award: str) -> None:
        """Note that an award was taken back."""
        self._connection.execute("UPDATE awards SET undone = 1 WHERE award = ?", (award,))

    def consent(self, resident: ResidentId, notice: int) -> None:
        """Note to which version of the notice a resident agreed."""
        self._connection.execute("INSERT OR REPLACE INTO consents (resident, notice) VALUES (?, ?)", (resident, notice))

    def withdraw(self, resident: ResidentId) -> None:
        """Note that a resident agrees no more."""
        self._connection.execute("DELETE FROM consents WHERE resident = ?", (resident,))

    def notice(self, resident: ResidentId) -> int:
        """Return the version of the notice that a resident agreed to, 0: none."""
        row = self._connection.execute("SELECT notice FROM consents WHERE resident = ?", (resident,)).fetchone()
        return 0 if row is None else int(row[0])
