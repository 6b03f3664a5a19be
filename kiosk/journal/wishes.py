"""Wishes of visits for rights that lie elsewhere: noted by the screen, sent by ``kiosk sync``, never logged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from domain.facts import WishAnswered
from domain.ids import VisitId
from domain.rights import RightKey
from kiosk.journal.rights import Rights


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit waits for so much more of a right than is here."""

    visit: VisitId
    right: RightKey
    missing: int


class Wishes:
    """A wish stands until it is granted, withdrawn, or the screen's process starts again."""

    def __init__(self, connection: sqlite3.Connection, rights: Rights) -> None:
        self._connection = connection
        self._rights = rights

    def add(self, visit: VisitId, right: RightKey, missing: int, at: int) -> None:
        """Wish for ``missing`` more than is here now, in the place of an earlier wish for the same."""
        target = self._rights.get(right).available + missing
        self._connection.execute("DELETE FROM wish_answers WHERE visit = ? AND thing = ?", (visit, right))
        self._connection.execute(
            "INSERT OR REPLACE INTO wishes (visit, thing, target, at) VALUES (?, ?, ?, ?)", (visit, right, target, at)
        )

    def open(self, limit: int) -> tuple[Wish, ...]:
        """Return the oldest wishes that stand."""
        rows = self._connection.execute(
            "SELECT visit, thing, target FROM wishes ORDER BY at, visit, thing LIMIT ?", (limit,)
        ).fetchall()
        found = (Wish(visit, right, target - self._rights.get(right).available) for visit, right, target in rows)
        return tuple(wish for wish in found if wish.missing > 0)

    def of_visit(self, visit: VisitId) -> int:
        """Return how many wishes of a visit stand."""
        row = self._connection.execute("SELECT count(*) FROM wishes WHERE visit = ?", (visit,)).fetchone()
        return int(row[0])

    def answers(self, visit: VisitId) -> tuple[WishAnswered, ...]:
        """Return what the office said to the wishes of a visit that stand."""
        rows = self._connection.execute(
            "SELECT visit, thing, outcome, elsewhere, place FROM wish_answers WHERE visit = ? ORDER BY thing", (visit,)
        )
        return tuple(WishAnswered(*row) for row in rows)

    def answer(self, fact: WishAnswered) -> None:
        """Keep the office's newest answer to a wish that stands; one that was withdrawn meanwhile needs none."""
        self._connection.execute(
            "INSERT OR REPLACE INTO wish_answers (visit, thing, outcome, elsewhere, place)"
            " SELECT visit, thing, ?, ?, ? FROM wishes WHERE visit = ? AND thing = ?",
            (fact.outcome, fact.elsewhere, fact.place, fact.visit, fact.right),
        )

    def granted(self, right: RightKey) -> None:
        """More of a right came: wishes that it fulfils are over."""
        self._drop("thing = ? AND target <= ?", right, self._rights.get(right).available)

    def end(self, visit: VisitId) -> None:
        """A visit wishes for nothing any more."""
        self._drop("visit = ?", visit)

    def forget(self, resident: str) -> None:
        """Nothing is wished for somebody who was erased."""
        self._drop("thing = ?", f"points/{resident}")

    def clear(self) -> None:
        """No visit goes on: the screen's process was started."""
        self._drop("1")

    def _drop(self, where: str, *values: object) -> None:
        self._connection.execute(f"DELETE FROM wishes WHERE {where}", values)  # noqa: S608 - our own words
        self._connection.execute(
            "DELETE FROM wish_answers WHERE (visit, thing) NOT IN (SELECT visit, thing FROM wishes)"
        )
