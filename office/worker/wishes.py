"""The wishes of visits that are going on: in memory only, since a visit that ends takes its wish with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from office.rate import Bucket, full
from office.services.granted import unless_unwritten
from office.services.parts import Parts
from office.services.wishes import Wish, answer_elsewhere, answer_wish, is_wish
from sync.frame import Want

FORGET_SECONDS = 15.0  # after its last repetition; a station repeats every 3 s
OF_ONE_STATION_MAX = 32
NEW_A_SECOND, NEW_AT_ONCE = 0.2, 40.0
"""Each wish may leave an entry in the station's log, and draws points to it: people come no faster than this."""


@dataclass
class Standing:
    """A wish that stands: when it was heard last, and what its visit was told."""

    wish: Wish
    heard: float
    told: set[str] = field(default_factory=set)


class Wishes:
    """Owned by the worker's thread."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._standing: dict[tuple[str, str, str], Standing] = {}
        self._told: dict[tuple[str, str, str], float] = {}  # questions that were answered, and when
        self._new: dict[str, Bucket] = {}

    def hear(self, station: str, wants: Sequence[Want], now: float) -> int:
        """Take wishes of a station's frame and answer them; return how many were none."""
        wrong = 0
        for want in wants:
            wish = Wish(station, want.visit, want.right, want.amount)
            key = (station, want.visit, want.right)
            known = key in (self._standing if want.amount else self._told)
            if not is_wish(wish) or (not known and self._many(station, now)):
                wrong += 1
                continue
            if not want.amount:
                self._say_elsewhere(key, wish, now)
                continue
            standing = self._standing.setdefault(key, Standing(wish, now))
            standing.wish, standing.heard = wish, now
            self._answer(key, standing)
        return wrong

    def retry(self, right: str) -> None:
        """Something of this right came back: answer whoever waits for it, the first who came first."""
        for key in [key for key in self._standing if key[2] == right]:
            self._answer(key, self._standing[key])

    def waits(self, right: str) -> bool:
        """Whether somebody waits for this right."""
        return any(key[2] == right for key in self._standing)

    def forget(self, now: float) -> set[str]:
        """Drop what was not repeated; return the rights that nobody waits for any more."""
        old = [key for key, standing in self._standing.items() if standing.heard + FORGET_SECONDS < now]
        for key in old:
            del self._standing[key]
        self._told = {key: heard for key, heard in self._told.items() if heard + FORGET_SECONDS >= now}
        return {key[2] for key in old if not self.waits(key[2])}

    def _say_elsewhere(self, key: tuple[str, str, str], wish: Wish, now: float) -> None:
        """Once a question, however often it is repeated before the answer is there."""
        if key not in self._told:
            with unless_unwritten(self._parts):
                answer_elsewhere(self._parts, wish)
        self._told[key] = now

    def _answer(self, key: tuple[str, str, str], standing: Standing) -> None:
        said = ""
        with unless_unwritten(self._parts):
            said = answer_wish(self._parts, standing.wish, frozenset(standing.told))
        if said == "granted":
            del self._standing[key]
        elif said:
            standing.told.add(said)

    def _many(self, station: str, now: float) -> bool:
        if sum(key[0] == station for key in self._standing) >= OF_ONE_STATION_MAX:
            return True
        bucket = self._new.setdefault(station, full(NEW_A_SECOND, NEW_AT_ONCE, now))
        return not bucket.take(now)
