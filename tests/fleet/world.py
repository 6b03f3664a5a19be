"""A seeded world: two to four stations, a few residents, one office, cards and lines that fail. One step, one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from domain.commands import Accepted
from domain.rights import AWARDS, stock_of
from sync.frame import Want
from tests.fleet import desk, faults
from tests.fleet.card import paper_in
from tests.fleet.desk import Paper
from tests.fleet.engine import CUT, STOCKED, Engine, Parts
from tests.fleet.node import Node
from tests.fleet.oracle import Held, Violation
from tests.fleet.signing import paper_of


class World(Engine):
    """All of it. What goes wrong is chosen by ``tests.fleet.faults``, by the kind of the world."""

    def __init__(self, seed: int, kind: str, parts: Parts | None = None) -> None:
        super().__init__(seed, kind, parts)
        self.found()

    def start_office(self) -> None:
        """See ``Engine``."""
        super().start_office()
        self.workers.burnt = self.burnt  # type: ignore[method-assign]

    def found(self) -> None:
        """What the office starts with."""
        with self.office.transaction():
            for station in self.stations:
                for other in self.stations:
                    self.office.list_life(other, 1, station)
                self.office.grant(station, stock_of(STOCKED), 4)
                self.office.grant(station, AWARDS, 10)
            for resident in self.residents:
                self.office.put(self.office.homes, resident, self.random.choice(self.stations))
        for resident in self.residents:
            self.give(resident, self.random.randrange(8, 25))

    def step(self) -> None:
        self.steps += 1
        chance = self.random.random()
        if self.net and chance < 0.5:
            self.deliver()
        elif chance < 0.72:
            self.press()
        elif chance < 0.82:
            self.work()
        elif chance < 0.93:
            self.now += self.random.expovariate(0.25)
            self.speak_all()
        else:
            self.person()

    def press(self) -> None:
        """Somebody wants something at a station: always as much as there is."""
        node = self.random.choice(self.nodes) if self.nodes else None
        if node is None:
            return
        chance, before = self.random.random(), node.card.log.last
        if chance < 0.4:
            self.redeem(node, self.random.choice(self.residents))
        elif chance < 0.56:
            self.wish(node, self.random.choice(self.residents))
        elif chance < 0.66:
            self.show(node, self.honour)
        elif chance < 0.8:
            self.show(node, self.void)
        elif chance < 0.94:
            self.award(node)
        else:
            self.expire(node)
        node.used = node.used or node.card.log.last != before
        node.log.poke()
        self.speak(node)

    def today(self, node: Node) -> int:
        return self.day if self.clock_ok[node.station] else 0

    def redeem(self, node: Node, resident: str) -> None:
        available = node.card.right(f"points/{resident}").available
        items = [item for item in self.catalogue.items if item.points <= max(1, available)]
        elsewhere = [item for item in items if item.place not in (None, node.station)]
        item = self.random.choice(elsewhere if elsewhere and self.random.random() < 0.4 else items)
        pieces = max(1, min(item.pieces_max, available // item.points, self.random.choice((2, 15, 15))))
        self.sell(node, resident, item.id, pieces)

    def sell(self, node: Node, resident: str, item: int, pieces: int) -> bool:
        card, number = node.card, node.card.meta["next"]
        done = self.guard(node, lambda: desk.redeem(card, resident, item, pieces, self.today(node)))
        if done is CUT and card.meta["next"] > number:  # it is printed when the power is back
            key = (card.station, card.epoch, number)
            done = Paper(*paper_of(paper_in(key, card.vouchers[key][0])))
        if isinstance(done, Paper):
            if node.claims and any(b'"kind":"fenced"' in data for data in card.peer[card.meta["down"]].data):
                raise Violation("sold after it had heard that its life is over")
            self.oracle.issued(done, resident, excused=node.claims or (node.stale and self.kind != "clone"))
            return True
        return False

    def wish(self, node: Node, resident: str) -> None:
        right = f"points/{resident}"
        if node.wishes or node.card.halted or not node.online:
            node.wishes = {}  # the visit ends
            return
        have = node.card.right(right).available
        node.wishes = {right: Want("v", right, have + self.random.choice((1, 3, 12)))}
        node.asked_at = -10.0

    def show(self, node: Node, act: Callable[[Node, Held], None]) -> None:
        """Somebody brings a paper, mostly to where it belongs; photocopies are brought as well."""
        papers = self.oracle.papers
        if not papers:
            return
        used = [held for held in papers if held.dead or held.goods]
        if node.card.epoch > 1 and used and self.random.random() < 0.6:
            papers = used  # new hardware: whoever kept a copy tries it
        for _ in range(4):
            held = self.random.choice(papers)
            if held.voucher.place == node.station:
                break
        act(node, held)

    def as_read(self, node: Node, held: Held) -> Held:
        """Return the paper that a machine takes this one for; another one only where its bytes are the same."""
        # No paper names its resident, so two copies of a card can print the same bytes for two people. A machine
        # refunds whom its own record names, whoever brought the paper: that one's paper is gone, not the other's.
        key = desk.key_of(held.voucher)
        own, known = node.card.vouchers.get(key), self.office.vouchers.get(key)
        resident = own[0].resident if own else known.fact.resident if known else held.resident
        alike = [other for other in self.oracle.papers if other.paper == held.paper and other.resident == resident]
        return held if held.resident == resident or not alike else alike[0]

    def honour(self, node: Node, held: Held) -> None:
        held = self.as_read(node, held)
        before = self.fate(node, held)
        done = self.guard(node, lambda: desk.honour(node.card, held.paper, self.today(node)))
        if isinstance(done, Accepted) or (done is CUT and before is None and self.fate(node, held) == "honoured"):
            self.oracle.honoured(held, node.station)

    def void(self, node: Node, held: Held) -> None:
        held = self.as_read(node, held)
        before = self.fate(node, held)
        done = self.guard(node, lambda: desk.void(node.card, held.paper, self.today(node)))
        if isinstance(done, Accepted) or (done is CUT and before is None and self.fate(node, held) == "void"):
            self.oracle.died(held, node.station)

    def fate(self, node: Node, held: Held) -> str | None:
        """What the screen says of a paper, also after the power was gone."""
        return node.card.fates.get(desk.key_of(held.voucher))

    def expire(self, node: Node) -> None:
        before = {*node.card.fates}
        self.guard(node, lambda: desk.expire(node.card, self.today(node)))
        for key in [key for key in node.card.fates if key not in before]:
            for held in self.oracle.by_number(key):
                if held.voucher.expires >= self.day and node.station in self.oracle.lost_places:
                    continue  # the other paper of that number
                if self.as_read(node, held) is not held:
                    continue  # the same bytes in another hand
                if held.voucher.expires >= self.day:
                    raise Violation("expired before its last day had passed")
                self.oracle.died(held, node.station)

    def award(self, node: Node) -> None:
        awards = [name for name in node.card.awards if name]
        if awards and self.random.random() < 0.3:
            name = self.random.choice(awards)
            resident, points, _ = node.card.awards[name]
            self.guard(node, lambda: desk.undo(node.card, name))
            if name not in node.card.awards:
                self.oracle.earned[resident] -= points
                self.oracle.excused[resident] += points * (node.stale or node.claims)
        else:
            resident, points = self.random.choice(self.residents), self.random.choice((1, 2, 5))
            name = f"a{next(self.ids)}"
            self.guard(node, lambda: desk.award(node.card, name, resident, points))
            if name in node.card.awards:
                self.oracle.earned[resident] += points

    def work(self) -> None:
        """The office's workers go on, one of them by one step."""
        self.guard_office(lambda: self.workers.step(self.random.randrange(2)))
        for station in self.stations:
            self.log_of(station).poke()
            self.guard_office(lambda station=station: self.office_speaks(station))  # type: ignore[misc]

    def person(self) -> None:
        """Somebody at the office, the calendar, or a fault."""
        chance, resident = self.random.random(), self.random.choice(self.residents)
        right = f"points/{resident}"
        if chance < 0.15:
            self.give(resident, self.random.choice((1, 5, 20)))
        elif chance < 0.25:
            self.workers.start("move_home", right, self.random.choice(self.stations))
        elif chance < 0.38:
            self.workers.start("idle_points", right)
        elif chance < 0.45:
            self.workers.start("take_back", right, amount=self.random.choice((1, 5)))
        elif chance < 0.55:
            self.workers.start("top_up", right)
        elif chance < 0.6:
            self.day += 1
        else:
            faults.happen(self)

    def give(self, resident: str, points: int) -> None:
        before = self.office.credits.get(resident, 0)
        self.guard_office(lambda: self.workers.give(resident, points))
        self.oracle.given[resident] += self.office.credits.get(resident, 0) - before

    def burnt(self, resident: str, points: int) -> None:
        self.oracle.burnt[resident] += points

    def happened(self) -> Counter[str]:
        """How often what: for the report, and to see that the faults really happen."""
        papers, lives = self.oracle.papers, Counter(self.office.lives.values())
        return self.told + Counter(
            {
                "papers": len(papers),
                "papers against goods": sum(len(held.goods) for held in papers),
                "papers void or expired": sum(held.dead for held in papers),
                "recalls": len(self.office.recalls),
                "vouchers decided by another place": len(self.office.elsewhere),
                "lives that ended by themselves": lives["closed"],
                "lives imported": lives["imported"],
                "lives released": lives["released"],
                "points excused": sum(self.oracle.excused.values()),
            }
        )
