"""Two stations that keep rights, as the office hears them: what they hold, what they answer, what they wish."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from domain.entries import decode_entry
from domain.facts import (
    DOWN,
    EpochClosed,
    EpochOpened,
    Fact,
    Granted,
    RecallAsked,
    Returned,
    RightsHandedBack,
    VoucherIssued,
    WishAnswered,
    fact_of,
)
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StationId, VisitId
from domain.rights import Counter, Counters, Move, RightKey, points_of, stock_of
from domain.voucher import ItemKind
from office.worker.rights import Rights
from sync.frame import Want
from tests.office.world import OfficeWorld


@dataclass
class Holder:
    """A station with counters of its own, in one life; it answers every recall once."""

    world: OfficeWorld
    name: str
    rights: dict[str, Counters] = field(default_factory=lambda: defaultdict(Counters))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    heard: list[Fact] = field(default_factory=list)
    answers: bool = True  # whether it answers what it is asked for

    def __post_init__(self) -> None:
        self.end = self.world.ends[self.name]
        self.end.open()

    def take(self) -> None:
        """Apply what came down."""
        for data in self.end.store.applied[len(self.heard) :]:
            fact = fact_of(decode_entry(data), DOWN)
            assert fact is not None
            self.heard.append(fact)
            if getattr(fact, "epoch", self.end.store.epoch) not in (0, self.end.store.epoch):
                continue  # of a life that is over
            if isinstance(fact, Granted):
                self.rights[fact.right] = self.rights[fact.right].granted_to(fact.total)
            elif isinstance(fact, RecallAsked) and self.answers:
                self._return(fact)

    def write(self, fact: Fact, *moves: Move) -> None:
        for move in moves:
            self.rights[move.right] = self.rights[move.right].moved(move.counter, move.amount)
        self.end.write(self.end.entry(fact, *moves))

    def issue(
        self, number: int, resident: str, points: int, place: str = "", *, limit: str = "", expires: int = 2530
    ) -> tuple[Move, ...]:
        """Issue a voucher; return what it moved."""
        moves = [Move(points_of(ResidentId(resident)), Counter.SPENT, points)]
        if self.rights[stock_of(ItemId(101))].available:
            moves.append(Move(stock_of(ItemId(101)), Counter.SPENT, 1))
        moves += [Move(RightKey(limit), Counter.SPENT, 1)] if limit else []
        fact = VoucherIssued(
            number, CommandId(f"c{number}"), VisitId("v"), ResidentId(resident), ItemKind.GOODS, ItemId(101), 1, points,
            1, PlaceId(place or self.name), Day(2500), Day(expires), 1,
        )  # fmt: skip
        self.write(fact, *moves)
        return tuple(moves)

    def next_life(self) -> None:
        """End the life as a station does itself, and begin the next one when the office has heard that."""
        left = [(RightKey(right), one.available) for right, one in self.rights.items() if one.available]
        self.write(RightsHandedBack(1), *(Move(right, Counter.RETURNED, amount) for right, amount in left))
        self.write(EpochClosed("log.went_back"))
        self.world.talk(self.name, 90.0)
        store, before = self.end.store, self.end.store.own_head()
        store.begin_next()
        self.rights.clear()
        self.seen.clear()
        key, closed = self.end.voucher_key.public.hex(), (before.epoch, before.number, before.hash.hex())
        self.write(EpochOpened(StationId(self.name), Epoch(store.epoch), "test", 1, key, *closed))

    def available(self, right: str) -> int:
        return self.rights[right].available

    def said(self, kind: type[Fact]) -> list[Fact]:
        return [fact for fact in self.heard if isinstance(fact, kind)]

    def outcomes(self) -> list[str]:
        return [fact.outcome for fact in self.said(WishAnswered) if isinstance(fact, WishAnswered)]

    def _return(self, fact: RecallAsked) -> None:
        if fact.asked <= self.seen[fact.right]:
            return
        amount = min(self.rights[fact.right].available, fact.asked - self.seen[fact.right])
        self.seen[fact.right] = fact.asked
        moves = [Move(fact.right, Counter.RETURNED, amount)] if amount else []
        self.write(Returned(fact.right, fact.asked), *moves)


class Fleet:
    """Stations and a worker; ``run`` until nobody has more to say."""

    def __init__(self, world: OfficeWorld, *stations: str) -> None:
        self.world = world
        self.rights = Rights(world.parts)
        self.stations = {name: Holder(world, name) for name in stations}
        self.now = 0.0

    def begin_again(self) -> None:
        """The worker is started anew."""
        self.rights = Rights(self.world.parts)

    def run(self, *stations: str, passing: float = 1.0) -> None:
        """Let these, or all, talk with the office until nothing moves."""
        names = stations or tuple(self.stations)
        for _ in range(50):
            self.now += passing
            before = self._state()
            for name in names:
                codes = self.world.talk(name, self.now)
                assert codes == [], codes
                self._connected(name)
                self.stations[name].take()
                self.rights.after(self.world.stores[name], self.now)
            self.rights.turn(self.now)
            if self._state() == before:
                return
        raise AssertionError("it never comes to an end")

    def _connected(self, name: str) -> None:
        from office.books.models import Station

        Station.objects.filter(pk=name).update(connected=True)

    def wish(self, station: str, right: str, amount: int, visit: str = "v1") -> None:
        """A station's wish, as it comes with a frame."""
        self.rights.wishes.hear(station, [Want(visit, right, amount)], self.now)

    def _state(self) -> list[tuple[int, int, int]]:
        from office.books.models import Station

        written = dict(Station.objects.values_list("pk", "down_last"))
        ends = self.stations.items()
        return [(len(one.end.store.own), len(one.end.store.applied), written[name]) for name, one in ends]
