"""The keys that the office announced, as its entries say; those of the enrolment lie in a file."""

from __future__ import annotations

import sqlite3

from domain.facts import OfficeKeyAnnounced


class AnnouncedKeys:
    """Written by the office's entries alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, fact: OfficeKeyAnnounced) -> bool:
        """Keep a key; ``False`` if another one has its number. The same once more changes nothing."""
        key = bytes.fromhex(fact.key)
        known = self.all().get(fact.key_id)
        if known is None:
            self._connection.execute("INSERT INTO office_keys (key_id, key) VALUES (?, ?)", (fact.key_id, key))
        return known in (None, key)

    def all(self) -> dict[int, bytes]:
        """Return the public keys by number."""
        return {key_id: bytes(key) for key_id, key in self._connection.execute("SELECT key_id, key FROM office_keys")}
