"""What the office does by itself: two workers with errands and purse jobs, each one transaction under a lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from domain.facts import VoucherDecided, VoucherListed, WishAnswered
from domain.ids import Epoch, PlaceId, ResidentId
from domain.rights import RightKey, points_of
from domain.voucher import pack
from office.rules import purse as rules
from tests.fleet.card import paper_in
from tests.fleet.desk import RULES
from tests.fleet.office import Office

Job = Iterator[None]
WISH_SECONDS = 15.0
OVER = ("closed", "imported", "released")


class Workers:
    """Two workers whose steps interleave; what they hold in memory goes with a crash."""

    def __init__(self, office: Office, heard: Callable[[str], bool]) -> None:
        self.office, self.heard = office, heard
        self.wishes: dict[tuple[str, str], tuple[int, float]] = {}  # (station, right): amount, when it was repeated
        self.told: set[tuple[str, str, str]] = set()
        self.tasks: deque[tuple[str, str, str, int]] = deque()
        self.jobs: list[Job | None] = [None, None]
        self.locks: dict[str, int] = {}
        self.begun = 0

    def start(self, kind: str, thing: str, station: str = "", amount: int = 0) -> None:
        """A person, or the clock, wants something done."""
        self.tasks.append((kind, thing, station, amount))

    @property
    def idle(self) -> bool:
        return not self.tasks and not self.office.errands and self.jobs == [None, None]

    def step(self, slot: int) -> None:
        """One worker does one thing."""
        job = self.jobs[slot]
        if job is not None:
            self.jobs[slot] = job if next(job, job) is None else None
        elif self.tasks and (self.begun % 2 or not self.office.errands):
            self.begun += 1
            self.jobs[slot] = self.job(slot, *self.tasks.popleft())
        elif self.office.errands:
            self.begun += 1
            self.errand()

    def lock(self, thing: str, job: int) -> bool:
        """Take the resident's row, or wait."""
        return self.locks.setdefault(thing, job) == job

    def job(self, slot: int, kind: str, thing: str, station: str, amount: int) -> Job:
        """Read, decide, write; between reading and writing another worker may run."""
        while not self.lock(thing, slot):
            yield
        purse = self.office.purse(thing, self.heard)
        plan = getattr(self, kind)(purse, thing, station, amount)
        yield
        resident = thing.removeprefix("points/")
        before = self.office.credits.get(resident, 0)
        try:
            with self.office.transaction():
                plan()
        finally:
            if (after := self.office.credits.get(resident, 0)) < before:
                self.burnt(resident, before - after)
            if self.locks.get(thing) == slot:
                del self.locks[thing]

    def wish(self, purse: rules.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        plan = rules.fulfil(purse, station, amount)

        def write() -> None:
            if self.office.stations[station].state != "open":
                return
            self.ask(thing, plan.recalls)
            if plan.grant:
                self.office.grant(station, thing, plan.grant)
                self.forget(station, thing)
            elif (station, thing, plan.outcome) not in self.told:
                self.told.add((station, thing, plan.outcome))
                answer = WishAnswered("v", RightKey(thing), plan.outcome, plan.elsewhere, plan.place)
                self.office.say(station, answer)

        return write

    def top_up(self, purse: rules.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        resident = thing.removeprefix("points/")
        home = self.office.homes.get(resident, "")
        waits = any(key[1] == thing for key in self.wishes) or self.office.owed.get(resident, 0) > 0
        isopen = home and self.office.stations[home].state == "open"
        extra = rules.top_up(purse, home, RULES.home_cap) if isopen and not waits else 0
        return lambda: self.office.grant(home, thing, extra) if extra else None

    def idle_points(self, purse: rules.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        home = self.office.homes.get(thing.removeprefix("points/"), "")
        recalls = rules.bring_home(purse, home, frozenset(self.office.stations))
        return lambda: self.ask(thing, recalls)

    def move_home(self, purse: rules.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        resident = thing.removeprefix("points/")
        former = self.office.homes.get(resident, "")
        recalls = rules.bring_home(purse, station, frozenset({former}))

        def write() -> None:
            self.office.put(self.office.homes, resident, station)
            self.ask(thing, recalls)

        return write

    def take_back(self, purse: rules.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        """Lower a balance by ``amount`` more, and by what is still owed."""
        resident = thing.removeprefix("points/")
        owed = self.office.owed.get(resident, 0) + amount
        burnt, recalls = rules.take_back(purse, owed)

        def write() -> None:
            self.office.put(self.office.credits, resident, self.office.credits[resident] - burnt)
            self.office.put(self.office.owed, resident, owed - burnt)
            self.ask(thing, recalls)

        return write

    def burnt(self, resident: str, points: int) -> None:
        """The oracle listens here: so much was taken away by a person."""

    def ask(self, thing: str, recalls: tuple[rules.Recall, ...]) -> None:
        for one in recalls:
            self.office.recall(one.station, one.epoch, thing, one.amount)

    def forget(self, station: str, thing: str) -> None:
        self.wishes.pop((station, thing), None)
        self.told = {key for key in self.told if key[:2] != (station, thing)}

    def wish_again(self, now: float) -> None:
        """Wishes that came with a frame, or stand; one that is not repeated is dropped."""
        for (station, right), (amount, at) in [*self.wishes.items()]:
            if now > at + WISH_SECONDS:
                self.forget(station, right)
            elif not any(task[:3] == ("wish", right, station) for task in self.tasks):
                self.start("wish", right, station, amount)

    def errand(self) -> None:
        """Work off the oldest errand, in a transaction of its own."""
        kind, key = next(iter(self.office.errands))
        with self.office.transaction():
            self.office.drop(self.office.errands, (kind, key))
            if kind == "purse":
                return_of = key
            else:
                station, epoch, number = key.split("/")
                place = (station, int(epoch), int(number))
                self.list_voucher(place) if kind == "list" else self.tell_fate(place)
                return_of = ""
        if return_of.startswith("points/"):
            for (station, right), (amount, _) in self.wishes.items():
                if right == return_of:
                    self.start("wish", right, station, amount)
            if self.office.owed.get(return_of.removeprefix("points/"), 0):
                self.start("take_back", return_of)
            self.start("top_up", return_of)

    def list_voucher(self, key: tuple[str, int, int]) -> None:
        row = self.office.vouchers.get(key)
        if row is not None and row.fact.place in self.office.stations and self.office.open_at(row.fact.place, key):
            self.office.say(row.fact.place, VoucherListed(pack(paper_in(key, row.fact)).hex()))

    def tell_fate(self, key: tuple[str, int, int]) -> None:
        row, told = self.office.vouchers.get(key), self.office.fates_told.get(key, ("", ""))
        fate, by = self.office.elsewhere.get(key, told)
        if row is None or not fate or row.fact.place != by:  # of two papers under one number it meant the other one
            return
        self.office.fate(key, fate)
        self.office.retry(*key[:2])
        state = self.office.lives[key[:2]]
        if state == "open":
            place = PlaceId(row.fact.place)
            self.office.say(key[0], VoucherDecided(Epoch(key[1]), key[2], fate, place))
        elif state in OVER and fate in ("void", "expired"):
            self.office.refund(key)

    def give(self, resident: str, points: int) -> None:
        """A person gives points."""
        with self.office.transaction():
            self.office.put(self.office.credits, resident, self.office.credits.get(resident, 0) + points)
        self.start("top_up", points_of(ResidentId(resident)))
