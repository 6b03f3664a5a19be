"""What moved a resident's points here: noted with each entry, and read newest first, page by page."""

from __future__ import annotations

import sqlite3
from collections import Counter as Tally
from dataclasses import dataclass

from domain.entries import EntryError, decode_entry
from domain.facts import DOWN, Granted, fact_of
from domain.ids import Epoch, ResidentId
from domain.rights import Counter, points_of

_SIGN = {Counter.EARNED: 1, Counter.REFUNDED: 1, Counter.SPENT: -1, Counter.RETURNED: -1}

# A former life that ended well handed everything back, so what it did adds nothing to what is here now.
_SHOWN = (
    "thing = ? AND (epoch = ? OR epoch < ? AND epoch IN"
    " (SELECT epoch FROM point_moves WHERE thing = ? GROUP BY epoch HAVING sum(points) = 0))"
)


@dataclass(frozen=True, slots=True)
class PointMove:
    """So many points came (or went, below 0) with an entry, whose bytes say why."""

    points: int
    up: bool  # an entry of this station, else one of the office
    entry: bytes


class PointMoves:
    """Reads only."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch

    def count(self, resident: ResidentId) -> int:
        """Return how many moves there are."""
        row = self._connection.execute(f"SELECT count(*) FROM point_moves WHERE {_SHOWN}", self._of(resident))  # noqa: S608
        return int(row.fetchone()[0])

    def page(self, resident: ResidentId, offset: int, limit: int) -> tuple[PointMove, ...]:
        """Return moves behind the newest ``offset``."""
        moves = f"SELECT * FROM point_moves WHERE {_SHOWN} ORDER BY place DESC LIMIT ? OFFSET ?"  # noqa: S608 - our own
        rows = self._connection.execute(
            f"SELECT points, log = 'up', coalesce(entries.bytes, down_entries.bytes) FROM ({moves}) AS move"  # noqa: S608
            " LEFT JOIN entries ON log = 'up' AND entries.epoch = log_epoch AND entries.number = move.number"
            " LEFT JOIN down_entries ON log = 'down' AND down_entries.epoch = log_epoch"
            " AND down_entries.number = move.number ORDER BY place DESC",
            (*self._of(resident), limit, offset),
        )
        return tuple(PointMove(points, bool(up), bytes(entry)) for points, up, entry in rows)

    def _of(self, resident: ResidentId) -> tuple[str, int, int, str]:
        thing = points_of(resident)
        return thing, self._epoch, self._epoch, thing


def note_moves(connection: sqlite3.Connection, epoch: int, number: int, data: bytes) -> None:
    """Inside the transaction that appends an own entry: note what it moves of points."""
    try:
        moves = decode_entry(data).moves
    except EntryError:
        return
    moved = Tally[str]()
    for move in moves:
        if move.known and move.right.startswith("points/"):
            moved[move.right] += _SIGN[Counter(move.counter)] * move.amount
    for thing, points in moved.items():
        _note(connection, thing, epoch, ("up", epoch, number), points)


def note_grant(connection: sqlite3.Connection, own_epoch: int, epoch: int, number: int, data: bytes) -> None:
    """Inside the transaction that applies an entry of the office: note what it grants of points.

    ``own_epoch``: the life in which it came. What is granted to one that is over cannot be spent, and is not noted.
    """
    fact = fact_of(decode_entry(data), DOWN)
    life = (fact.epoch or own_epoch) if isinstance(fact, Granted) else 0
    if not isinstance(fact, Granted) or not fact.right.startswith("points/") or life < own_epoch:
        return
    before = connection.execute(
        "SELECT coalesce(sum(points), 0) FROM point_moves WHERE thing = ? AND epoch = ? AND log = 'down'",
        (fact.right, life),
    ).fetchone()
    _note(connection, fact.right, life, ("down", epoch, number), fact.total - int(before[0]))


def _note(connection: sqlite3.Connection, thing: str, life: int, where: tuple[str, int, int], points: int) -> None:
    if points:
        connection.execute(
            "INSERT INTO point_moves (thing, place, epoch, log, log_epoch, number, points)"
            " SELECT ?1, coalesce(max(place), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM point_moves WHERE thing = ?1",
            (thing, life, *where, points),
        )
