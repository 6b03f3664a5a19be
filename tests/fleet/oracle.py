"""What really happened, seen from outside: hands, papers, goods. No node is believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from domain.voucher import Voucher
from tests.fleet.desk import Paper


class Violation(AssertionError):
    """Something happened that must not, or did not happen that must."""


@dataclass(eq=False)
class Held:
    """A paper in somebody's hand. ``goods``: how often something was handed out for it."""

    paper: Paper
    voucher: Voucher
    resident: str
    dead: bool = False
    goods: list[str] = field(default_factory=list)


@dataclass
class Oracle:
    """Points by resident. ``excused``: what the law openly does not promise, counted to the point as it happens."""

    papers: list[Held] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    burnt: Counter[str] = field(default_factory=Counter)
    earned: Counter[str] = field(default_factory=Counter)
    excused: Counter[str] = field(default_factory=Counter)
    worth: Counter[str] = field(default_factory=Counter)  # of papers that are not dead
    lost_places: set[str] = field(default_factory=set)  # whose fates may have been lost with a card

    def ceiling(self, resident: str) -> int:
        return self.given[resident] - self.burnt[resident] + self.earned[resident]

    def issued(self, paper: Paper, resident: str, *, excused: bool) -> Held:
        held = Held(paper, paper.voucher, resident)
        self.papers.append(held)
        self.worth[resident] += held.voucher.points
        if excused:
            self.excused[resident] += held.voucher.points
        self.check(resident)
        return held

    def honoured(self, held: Held, station: str) -> None:
        held.goods.append(station)
        if held.voucher.place != station:
            raise Violation(f"goods at {station} for a paper that names {held.voucher.place}")
        if (len(held.goods) > 1 or held.dead) and station not in self.lost_places:
            raise Violation(f"goods twice, or for a dead paper: {held.voucher.text} at {held.goods}")
        if held.dead or len(held.goods) > 1:
            self.excused[held.resident] += held.voucher.points

    def died(self, held: Held, station: str) -> None:
        if held.goods:
            if station not in self.lost_places:
                raise Violation(f"void or expired after it was honoured: {held.voucher.text}")
            self.excused[held.resident] += held.voucher.points
        elif not held.dead:
            held.dead = True
            self.worth[held.resident] -= held.voucher.points
        elif station not in self.lost_places:
            raise Violation(f"two fates: {held.voucher.text}")
        else:  # it could be refunded by either of two cards
            self.excused[held.resident] += held.voucher.points

    def check(self, resident: str) -> None:
        if self.worth[resident] > self.ceiling(resident) + self.excused[resident]:
            raise Violation(
                f"overspent: papers of {resident} are worth {self.worth[resident]}, given {self.given[resident]}, "
                f"burnt {self.burnt[resident]}, earned {self.earned[resident]}, excused {self.excused[resident]}"
            )

    def by_number(self, key: tuple[str, int, int]) -> list[Held]:
        """Papers under one number; two only where a card went back."""
        return [
            held
            for held in self.papers
            if (held.voucher.station, held.voucher.number.epoch, held.voucher.number.number) == key
        ]
