"""What the office asked back, and up to which total it was answered."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.ids import Epoch
from domain.rights import RightKey


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A recall of this life that was not answered yet. Running totals."""

    right: RightKey
    asked: int
    answered: int


class Recalls:
    """Totals by life and right; only this life's are ever answered."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch

    def ask(self, right: RightKey, asked: int, epoch: int) -> None:
        """Note a total; an older one changes nothing. ``epoch`` 0: this life."""
        self._connection.execute(
            "INSERT INTO recalls (epoch, thing, asked) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET asked = max(asked, excluded.asked)",
            (epoch or self._epoch, right, asked),
        )

    def open(self) -> tuple[OpenRecall, ...]:
        """Return what waits for an answer."""
        rows = self._connection.execute(
            "SELECT thing, asked, answered FROM recalls WHERE epoch = ? AND answered < asked ORDER BY thing",
            (self._epoch,),
        )
        return tuple(OpenRecall(*row) for row in rows)

    def answer(self, right: RightKey, total: int) -> None:
        """Note that everything up to ``total`` is answered."""
        self._connection.execute(
            "UPDATE recalls SET answered = ? WHERE epoch = ? AND thing = ?", (total, self._epoch, right)
        )
