"""What the office wrote to this station: kept as received, and applied in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from domain.entries import EntryError, decode_entry
from domain.facts import DOWN, fact_of
from domain.ids import Epoch, StationId
from kiosk.journal.chain import Head
from kiosk.journal.down_effects import DownEffects, apply_down
from kiosk.journal.point_moves import note_grant
from sync.chain import Direction, first_hash, next_hash
from sync.store import Written

WAITING, APPLIED, PARKED = 0, 1, 2


class DownLog:
    """The office's log for this station, up to the entry that was applied last."""

    def __init__(
        self, connection: sqlite3.Connection, station: StationId, own_epoch: Epoch, epoch: int, effects: DownEffects
    ) -> None:
        self._connection = connection
        self._station = station
        self._own_epoch = own_epoch
        self._effects = effects
        self.epoch = epoch
        self._first = Head(0, first_hash(Direction.DOWN, station, epoch))

    def begin(self, epoch: int) -> None:
        """The office begins a new life of its log, inside the caller's transaction; the former one stays as it is."""
        self._connection.execute("UPDATE station SET down_epoch = ?", (epoch,))
        self.epoch, self._first = epoch, Head(0, first_hash(Direction.DOWN, self._station, epoch))

    def head(self) -> Head:
        """Return the newest entry held."""
        row = self._connection.execute(
            "SELECT number, hash FROM down_entries WHERE epoch = ? ORDER BY number DESC LIMIT 1", (self.epoch,)
        ).fetchone()
        return self._first if row is None else Head(row[0], row[1])

    def entries(self, after: int, limit: int, epoch: int | None = None) -> list[Written]:
        """Return up to ``limit`` entries behind ``after``, of this life of the office's log or of a former one."""
        rows = self._connection.execute(
            "SELECT number, bytes FROM down_entries WHERE epoch = ? AND number > ? ORDER BY number LIMIT ?",
            (epoch or self.epoch, after, limit),
        )
        return [Written(*row) for row in rows]

    def hash_at(self, number: int, epoch: int | None = None) -> bytes | None:
        """Return the hash at a number (0: the first hash), ``None`` beyond what is held."""
        if number == 0:
            return first_hash(Direction.DOWN, self._station, epoch or self.epoch)
        row = self._connection.execute(
            "SELECT hash FROM down_entries WHERE epoch = ? AND number = ?", (epoch or self.epoch, number)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def receive(self, entries: Iterable[bytes]) -> Head:
        """Append and apply entries that follow the head, inside the caller's transaction; return the new head.

        An entry whose kind is not known here is kept with all that follow it, and stops the sale until a newer version
        knows it: order is never inverted. One that says what does not fit is parked and blocks nothing.
        """
        head, waiting = self.head(), self.unknown() > 0
        for data in entries:
            head = Head(head.number + 1, next_hash(head.hash, data))
            applied = WAITING if waiting else self._apply(data)
            waiting = waiting or applied == WAITING
            self._connection.execute(
                "INSERT INTO down_entries (epoch, number, bytes, hash, applied, for_epoch) VALUES (?, ?, ?, ?, ?, ?)",
                (self.epoch, head.number, data, head.hash, applied, self._own_epoch),
            )
            if applied == APPLIED:
                note_grant(self._connection, self._own_epoch, self.epoch, head.number, data)
        return head

    def unknown(self) -> int:
        """Return how many entries wait for a version that knows their kind."""
        # Whatever life of the office's log they are of: the other process may have begun a new one meanwhile.
        row = self._connection.execute("SELECT count(*) FROM down_entries WHERE applied = 0").fetchone()
        return int(row[0])

    def apply_waiting(self) -> int:
        """After an update: apply, in order, the entries whose kind is known now; return how many still wait."""
        waiting = self._connection.execute(
            "SELECT epoch, number, bytes, for_epoch FROM down_entries WHERE applied = 0 ORDER BY epoch, number"
        ).fetchall()
        for epoch, number, data, own_epoch in waiting:
            applied = self._apply(data)
            if applied == WAITING:
                break
            self._connection.execute(
                "UPDATE down_entries SET applied = ? WHERE epoch = ? AND number = ?", (applied, epoch, number)
            )
            if applied == APPLIED:
                note_grant(self._connection, own_epoch, epoch, number, data)
        return self.unknown()

    def parked(self) -> int:
        """Return how many entries say what does not fit."""
        row = self._connection.execute("SELECT count(*) FROM down_entries WHERE applied = 2").fetchone()
        return int(row[0])

    def _apply(self, data: bytes) -> int:
        try:
            entry = decode_entry(data)
            fact = fact_of(entry, DOWN)
        except EntryError:
            return PARKED
        if fact is None:
            return WAITING
        return APPLIED if apply_down(fact, self._effects, entry.at) else PARKED
