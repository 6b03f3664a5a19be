"""The registry: who may be recognised here. Written by the office's entries alone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.facts import ResidentListed, StaffListed


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind a card: ``kind`` is ``resident`` or ``staff``; the name is masked."""

    id: str
    kind: str
    name: str
    role: str
    blocked: bool

    def __repr__(self) -> str:
        return f"Person({self.kind}, {self.id})"


class People:
    """Finds people by the digest of what they showed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, digest: str) -> Person | None:
        """Return the person whose card has this digest, also when that card is blocked."""
        row = self._connection.execute(
            "SELECT people.id, kind, name, role, blocked FROM cards JOIN people ON people.id = person WHERE digest = ?",
            (digest,),
        ).fetchone()
        return None if row is None else Person(row[0], row[1], row[2], row[3], bool(row[4]))

    def staff_name(self, staff: str) -> str | None:
        """Return the name of one of the staff, ``None`` if there is no such person."""
        row = self._connection.execute("SELECT name FROM people WHERE id = ? AND kind = 'staff'", (staff,)).fetchone()
        return None if row is None else str(row[0])

    def resident_name(self, resident: str) -> str | None:
        """Return the masked name of a resident, ``None`` if there is no such person."""
        query = "SELECT name FROM people WHERE id = ? AND kind = 'resident'"
        row = self._connection.execute(query, (resident,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, listed: ResidentListed | StaffListed) -> None:
        """List a person; what was listed of them before is replaced whole."""
        if isinstance(listed, ResidentListed):
            row = (str(listed.resident), "resident", listed.name, "")
        else:
            row = (str(listed.staff), "staff", listed.name, listed.role)
        self._connection.execute(
            "INSERT INTO people (id, kind, name, role) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET kind = excluded.kind, name = excluded.name, role = excluded.role",
            row,
        )
        self._connection.execute("DELETE FROM cards WHERE person = ?", (row[0],))
        cards = [(digest, row[0], 0) for digest in listed.cards]
        cards += [(digest, row[0], 1) for digest in listed.blocked_cards]
        self._connection.executemany("INSERT OR REPLACE INTO cards (digest, person, blocked) VALUES (?, ?, ?)", cards)
