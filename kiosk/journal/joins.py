"""Requests to join that were made here, until the office or who made them lets them be forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from domain.facts import JoinAnswered, JoinAsked
from domain.ids import Epoch
from kiosk.faults import point

_COLUMNS = "request, epoch, number, at, state, reason"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """One request. ``state``: ``asked``, ``accepted`` or ``refused``; ``at``: milliseconds since 1970 UTC."""

    request: str
    epoch: Epoch
    number: int
    at: int
    state: str
    reason: str


class Joins:
    """Found by the digest of the slip, or of the ID card, that was given with it."""

    def __init__(self, connection: sqlite3.Connection, epoch: Epoch) -> None:
        self._connection = connection
        self._epoch = epoch

    def add(self, fact: JoinAsked, id_card: str, entry: int, at: int) -> None:
        """Keep a request whose entry was just written."""
        self._connection.execute(
            "INSERT INTO join_requests (request, epoch, entry, number, slip, id_card, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (fact.request, self._epoch, entry, fact.number, fact.slip, id_card, at),
        )

    def get(self, request: str) -> JoinRequest | None:
        """Return a request by its id."""
        return self._one("request = ?", request)

    def find(self, digests: Iterable[str]) -> JoinRequest | None:
        """Return the request that was made with a card or slip of one of these digests."""
        found = (self._one("slip = ? OR id_card = ?", digest, digest) for digest in digests if digest)
        return next((request for request in found if request is not None), None)

    def states(self) -> tuple[str, ...]:
        """Return the state of every request that is kept."""
        return tuple(row[0] for row in self._connection.execute("SELECT state FROM join_requests ORDER BY request"))

    def waiting(self) -> int:
        """Return how many wait for the office."""
        row = self._connection.execute("SELECT count(*) FROM join_requests WHERE state = 'asked'").fetchone()
        return int(row[0])

    def next_number(self) -> int:
        """Return the number of the next request of this life."""
        row = self._connection.execute("SELECT joined FROM join_numbers WHERE epoch = ?", (self._epoch,)).fetchone()
        return 1 if row is None else int(row[0]) + 1

    def count(self, number: int) -> None:
        """Note that a number is given: none is given twice, also when its request is forgotten."""
        self._connection.execute(
            "INSERT INTO join_numbers (epoch, joined) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET joined = max(joined, excluded.joined)",
            (self._epoch, number),
        )

    def answer(self, fact: JoinAnswered) -> None:
        """Take in what the office says; of a request that is not kept any more it says nothing new."""
        if fact.outcome == "forgotten":
            self.forget(fact.request)
        else:
            self._connection.execute(
                "UPDATE join_requests SET state = ?, reason = ? WHERE request = ?",
                (fact.outcome, fact.reason, fact.request),
            )

    def forget(self, request: str) -> None:
        """Keep nothing of a request but its entry, without the part that can be erased. Safe to repeat."""
        self._connection.execute(
            "UPDATE entries SET salt = NULL, private = NULL FROM join_requests AS gone"
            " WHERE gone.request = ? AND entries.epoch = gone.epoch AND entries.number = gone.entry",
            (request,),
        )
        point("join.private_erased")
        self._connection.execute("DELETE FROM join_requests WHERE request = ?", (request,))

    def _one(self, where: str, *values: str) -> JoinRequest | None:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM join_requests WHERE {where} ORDER BY at DESC LIMIT 1",  # noqa: S608 - our own words
            values,
        ).fetchone()
        return None if row is None else JoinRequest(row[0], Epoch(row[1]), *row[2:])
