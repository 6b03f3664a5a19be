"""The documents that the office announced: the newest version of each, and what became of it here."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.facts import DocumentAnnounced


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement; ``state`` is ``pending``, ``taken`` or ``refused``."""

    name: str
    version: int
    sha256: str
    size: int
    effective_from: int | None
    state: str
    activated: bool = False  # by the office's clock its time has come


class Announcements:
    """Written by the office's entries; ``kiosk sync`` notes what became of each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, fact: DocumentAnnounced) -> bool:
        """Keep a newer version in the place of the one before; ``False`` for one that is older, or says otherwise.

        The same once more, as after a restored office, changes nothing.
        """
        row = self._connection.execute(
            "SELECT version, sha256 FROM announcements WHERE name = ?", (fact.name,)
        ).fetchone()
        if row is not None and row[0] >= fact.version:
            return bool(row == (fact.version, fact.sha256))
        self._connection.execute(
            "INSERT OR REPLACE INTO announcements (name, version, sha256, size, effective_from) VALUES (?, ?, ?, ?, ?)",
            (fact.name, fact.version, fact.sha256, fact.size, fact.effective_from),
        )
        return True

    def all(self) -> tuple[Announcement, ...]:
        """Return the newest announcement of every document."""
        rows = self._connection.execute(
            "SELECT name, version, sha256, size, effective_from, state, activated FROM announcements ORDER BY name"
        )
        return tuple(
            Announcement(name, version, sha256, size, at, state, activated=bool(activated))
            for name, version, sha256, size, at, state, activated in rows
        )

    def activate(self, name: str, version: int) -> None:
        """By the office's clock the time of a version has come; an older one than was announced last is passed by."""
        self._connection.execute(
            "UPDATE announcements SET activated = 1 WHERE name = ? AND version = ?", (name, version)
        )

    def mark(self, name: str, version: int, state: str) -> None:
        """Note what became of a version, unless a newer one was announced meanwhile."""
        self._connection.execute(
            "UPDATE announcements SET state = ? WHERE name = ? AND version = ?", (state, name, version)
        )
