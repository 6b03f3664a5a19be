"""The counters of rights, as rows. The invariant is the table's ``CHECK``; ``domain.rights`` says it in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from domain.ids import Epoch
from domain.rights import Counter, Counters, Move, RightKey


class Rights:
    """Reads and moves counters of the current epoch."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self.epoch = epoch

    def get(self, right: RightKey) -> Counters:
        """Return the counters of a right, all zero if nothing was ever granted or earned."""
        row = self._connection.execute(
            "SELECT granted, earned, spent, refunded, returned FROM counters WHERE epoch = ? AND thing = ?",
            (self.epoch, right),
        ).fetchone()
        return Counters() if row is None else Counters(*row)

    def available(self, kind: str) -> dict[str, int]:
        """Return what is left of every right of a kind: ``available("stock")`` → ``{"12": 5, …}``."""
        rows = self._connection.execute(
            "SELECT substr(thing, ?), granted + earned - spent + refunded - returned FROM counters"
            " WHERE epoch = ? AND thing >= ? AND thing < ?",
            (len(kind) + 2, self.epoch, f"{kind}/", f"{kind}0"),  # "0" follows "/" in ASCII
        )
        return dict(rows.fetchall())

    def left(self) -> list[Move]:
        """Return the moves that hand back all that is left."""
        rows = self._connection.execute(
            "SELECT thing, granted + earned - spent + refunded - returned AS left FROM counters"
            " WHERE epoch = ? AND left > 0 ORDER BY thing",
            (self.epoch,),
        )
        return [Move(RightKey(thing), Counter.RETURNED, left) for thing, left in rows]

    def move(self, moves: Iterable[Move]) -> None:
        """Let counters grow. The database refuses what would overspend."""
        for move in moves:
            column = Counter(move.counter).value  # one of four words: ValueError for any other
            self._ensure(move.right)
            self._connection.execute(
                f"UPDATE counters SET {column} = {column} + ? WHERE epoch = ? AND thing = ?",  # noqa: S608
                (move.amount, self.epoch, move.right),
            )

    def grant(self, right: RightKey, total: int, epoch: int = 0) -> bool:
        """Set the running total that the office granted; ``False``, and nothing, if it would fall.

        Arriving twice changes nothing. ``epoch`` 0: this life; what is granted to another one is history here.
        """
        epoch = epoch or self.epoch
        self._ensure(right, epoch)
        changed = self._connection.execute(
            "UPDATE counters SET granted = ? WHERE epoch = ? AND thing = ? AND granted <= ?",
            (total, epoch, right, total),
        )
        return changed.rowcount == 1

    def _ensure(self, right: RightKey, epoch: int = 0) -> None:
        # A row first, then the change: an upsert would hold the new values alone against the CHECK.
        self._connection.execute(
            "INSERT OR IGNORE INTO counters (epoch, thing) VALUES (?, ?)", (epoch or self.epoch, right)
        )
