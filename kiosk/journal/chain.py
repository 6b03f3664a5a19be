"""The station's own entries, chained."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from domain.ids import Epoch, StationId
from kiosk.faults import JournalDamaged
from kiosk.journal.point_moves import note_moves
from sync.chain import Direction, first_hash, next_hash


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a log: its number (0 if there is none) and the hash that covers all up to it."""

    number: int
    hash: bytes


class Chain:
    """Appends entries and reads them back."""

    def __init__(self, connection: sqlite3.Connection, station: StationId, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch
        self._first = Head(0, first_hash(Direction.UP, station, epoch))

    def head(self) -> Head:
        """Return the head as it is now; inside a transaction it stays so until the commit."""
        row = self._connection.execute(
            "SELECT number, hash FROM entries WHERE epoch = ? ORDER BY number DESC LIMIT 1", (self._epoch,)
        ).fetchone()
        return self._first if row is None else Head(row[0], row[1])

    def append(self, entry: bytes, salt: bytes | None = None, private: bytes | None = None) -> int:
        """Append an entry, with the part of it that can be erased; return its number."""
        head = self.head()
        row = (self._epoch, head.number + 1, entry, next_hash(head.hash, entry), salt, private)
        self._connection.execute(
            "INSERT INTO entries (epoch, number, bytes, hash, salt, private) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        note_moves(self._connection, self._epoch, head.number + 1, entry)
        return head.number + 1

    def first(self) -> bytes | None:
        """Return entry 1, which says whose life this is."""
        row = self._connection.execute(
            "SELECT bytes FROM entries WHERE epoch = ? AND number = 1", (self._epoch,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def holds(self, epoch: int) -> bool:
        """Whether the entries of a life stand in this journal."""
        found = self._connection.execute("SELECT 1 FROM entries WHERE epoch = ? AND number = 1", (epoch,))
        return found.fetchone() is not None

    def check_recent(self, count: int) -> None:
        """Verify the newest ``count`` entries. Raises ``JournalDamaged``."""
        start = max(0, self.head().number - count)
        row = self._connection.execute(
            "SELECT hash FROM entries WHERE epoch = ? AND number = ?", (self._epoch, start)
        ).fetchone()
        hash_, expected = (self._first.hash if row is None else row[0]), start
        for number, data, stored in self.read(start):
            expected += 1
            hash_ = next_hash(hash_, data)
            if number != expected or hash_ != stored:
                raise JournalDamaged(
                    f"the chain of the journal breaks at entry {number}; keep the file, call the office"
                )

    def read(self, after: int = 0) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield (number, bytes, hash) of every entry of this epoch behind ``after``."""
        for number, data, stored in self._connection.execute(
            "SELECT number, bytes, hash FROM entries WHERE epoch = ? AND number > ? ORDER BY number",
            (self._epoch, after),
        ):
            if not (isinstance(data, bytes) and isinstance(stored, bytes)):  # a flipped byte that says of what type
                raise JournalDamaged(f"entry {number} of the journal is damaged; keep the file, call the office")
            yield number, data, stored
