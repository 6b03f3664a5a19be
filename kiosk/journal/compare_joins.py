"""Do the requests to join say what the entries say? Those that were forgotten have no row any more."""

from __future__ import annotations

import sqlite3

from kiosk.journal.walk import Told


def compare_joins(connection: sqlite3.Connection, told: Told) -> list[str]:
    """Every request stands as its entry says, and no number will be given out twice."""
    rows = connection.execute("SELECT request, epoch, number, slip FROM join_requests ORDER BY request")
    faults = [
        f"join_requests: {request} is not as it was asked"
        for request, *rest in rows
        if told.joins.get(request) != tuple(rest)
    ]
    said: dict[int, int] = {}
    for epoch, number, _ in told.joins.values():
        said[epoch] = max(number, said.get(epoch, 0))
    stored = dict(connection.execute("SELECT epoch, joined FROM join_numbers").fetchall())
    return faults + [
        f"join_numbers: the last of epoch {epoch} is {stored.get(epoch, 0)}, the entries say {said.get(epoch, 0)}"
        for epoch in sorted(stored.keys() | said.keys())
        if stored.get(epoch, 0) != said.get(epoch, 0)
    ]
