"""Does the table of points that came and went say what the entries say?"""

from __future__ import annotations

import sqlite3

from kiosk.journal.schema import SAID_POINTS

FAULTS_MAX = 20  # of a kind that are named
_COLUMNS = "thing, epoch, log, log_epoch, number, points"


def compare_points(connection: sqlite3.Connection) -> list[str]:
    """Every move that the entries say stands once, in a place of its own, and no other."""
    said = f"SELECT {_COLUMNS} FROM ({SAID_POINTS}) WHERE points <> 0"  # noqa: S608 - our own words
    stored = f"SELECT {_COLUMNS} FROM point_moves"  # noqa: S608 - our own words
    faults = []
    for here, there, where in ((said, stored, "entries"), (stored, said, "table")):
        only = connection.execute(f"{here} EXCEPT {there} LIMIT {FAULTS_MAX}")
        faults += [f"point_moves: {row} is only in the {where}" for row in only]
    rows = connection.execute("SELECT thing, count(*), max(place) FROM point_moves GROUP BY thing")
    faults += [
        f"point_moves: {thing} has {count} moves up to place {last}" for thing, count, last in rows if count != last
    ]
    return faults
