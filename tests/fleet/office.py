"""The office's books in memory: rows, what frames do to them by the production rules, and the writing of down-logs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.entries import Stamp, encode_entry
from domain.facts import Fact, Granted, RecallAsked, StationListed, VoucherIssued
from domain.ids import Epoch, StationId
from domain.rights import Counter, Counters, Move, RightKey
from office.rules.purse import Held, Purse
from office.worker import applying
from office.worker.applying import Books, Effects, KnownAward, KnownVoucher, Life, Read
from office.worker.effects import Said
from office.worker.effects import voucher_key as voucher_errand
from sync.chain import Direction
from sync.frame import Private, SignedHead
from tests.fleet.disk import Chain, Disk
from tests.fleet.signing import voucher_key

Place = tuple[str, int]  # station and epoch


@dataclass(frozen=True)
class StationRow:
    """A station's present life. ``state``: open, closing, fenced, closed, imported, released."""

    epoch: int = 1
    state: str = "open"
    down: int = 1
    holds: int = 0
    merged: bool = True


@dataclass(frozen=True)
class BookVoucher:
    """A voucher as the books have it."""

    fact: VoucherIssued
    moves: tuple[Move, ...]
    fate: str = ""
    refunded: bool = False


class Office(Disk):
    """All of the database."""

    def __init__(self, stations: Sequence[str]) -> None:
        super().__init__()
        self.stamp: Callable[[], Stamp]
        self.today: Callable[[], int]
        self.boots = 1
        self.stations = {station: StationRow() for station in stations}
        self.lives: dict[Place, str] = {(station, 1): "open" for station in stations}
        self.opened: dict[Place, int] = {}  # on which day
        self.last_good: dict[Place, int] = {}
        self.up = {(station, 1): Chain.begin(Direction.UP, station, 1) for station in stations}
        self.down = {(station, 1): Chain.begin(Direction.DOWN, station, 1) for station in stations}
        self.heads: dict[str, SignedHead] = {}
        self.counters: dict[tuple[str, int, str], Counters] = {}
        self.vouchers: dict[tuple[str, int, int], BookVoucher] = {}
        self.elsewhere: dict[tuple[str, int, int], tuple[str, str]] = {}  # fate and who wrote it, by voucher
        self.fates_told: dict[tuple[str, int, int], tuple[str, str]] = {}  # before a restore: fate and place
        self.awards: dict[tuple[str, int, str], KnownAward] = {}
        self.recalls: dict[tuple[str, int, str], tuple[int, int]] = {}
        self.credits: dict[str, int] = {}
        self.homes: dict[str, str] = {}
        self.owed: dict[str, int] = {}  # still to be taken back
        self.errands: dict[tuple[str, str], None] = {}
        self.parked: list[tuple[str, int, int, str]] = []
        self.early: dict[tuple[str, int, int], bytes] = {}  # refunds whose fate a restored office must hear of again
        self.claims: dict[tuple[str, int, int], bytes] = {}
        self.alarms: dict[tuple[str, str], str] = {}
        self.recovering = self.recovered = False
        self.formers: dict[str, tuple[int, ...]] = {}  # the down epochs that each station is asked for after a restore

    def copy(self) -> Office:
        """A backup."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                rows = {key: row.copy() if isinstance(row, Chain) else row for key, row in value.items()}
                setattr(twin, name, rows)
            elif isinstance(value, list):
                setattr(twin, name, [*value])
        twin.fuse = None
        return twin

    def set(self, station: str, **values: object) -> None:
        self.put(self.stations, station, replace(self.stations[station], **values))  # type: ignore[arg-type]

    def say(self, station: str, fact: Fact) -> None:
        """Append to a station's down-log."""
        row = self.stations[station]
        self.push(self.down[station, row.down], encode_entry(self.stamp(), fact.KIND, fact))

    def purse(self, thing: str, heard: Callable[[str], bool]) -> Purse:
        """All places of one thing."""
        held = [
            Held(
                station,
                epoch,
                counters,
                *self.recalls.get((station, epoch, key), (0, 0)),
                open=self.lives[station, epoch] == "open",
                connected=heard(station),
            )
            for (station, epoch, key), counters in self.counters.items()
            if key == thing
        ]
        return Purse(self.ceiling(thing), tuple(held), self.blocked)

    @property
    def blocked(self) -> bool:
        """After a restore: while a station that could hold rights was neither heard nor released."""
        return self.recovering and not all(row.merged for row in self.stations.values())

    def ceiling(self, thing: str) -> int:
        return self.credits.get(thing.removeprefix("points/"), 0)

    def grant(self, station: str, thing: str, amount: int) -> None:
        """Grant so much more to the open life of a station."""
        row = self.stations[station]
        if row.state != "open":
            return
        key = (station, row.epoch, thing)
        counters = self.counters.get(key, Counters())
        grown = counters.granted_to(counters.granted + amount)
        self.put(self.counters, key, grown)
        self.say(station, Granted(RightKey(thing), grown.granted, row.epoch))

    def recall(self, station: str, epoch: int, thing: str, amount: int) -> None:
        """Ask for so much more than was asked for before."""
        asked, answered = self.recalls.get((station, epoch, thing), (0, 0))
        self.put(self.recalls, (station, epoch, thing), (asked + amount, answered))
        self.say(station, RecallAsked(RightKey(thing), asked + amount, epoch))

    def list_life(self, station: str, epoch: int, to: str) -> None:
        """Tell a station under which key a life signs."""
        last_good = self.last_good.get((station, epoch))
        key = voucher_key(station, epoch)
        self.say(to, StationListed(StationId(station), station, Epoch(epoch), 1, key, last_good))

    def open_at(self, place: str, key: tuple[str, int, int]) -> bool:
        """Whether the present life of a place may be told of a voucher: as ``office.services.open_vouchers``."""
        row, epoch = self.vouchers.get(key), self.stations[place].epoch
        if row is None or row.fate or self.elsewhere.get(key, ("", ""))[1] == place:
            return False
        lives = (self.lives.get((place, of), "") for of in range(1, epoch))
        return "fenced" not in lives or 0 < self.opened[place, epoch] < row.fact.issued

    def list_rest(self, station: str, ended: int) -> None:
        """It is known how a former life ended: the next one hears of what is still open."""
        if self.stations[station].epoch != ended:
            self.list_open(station)

    def list_open(self, station: str) -> None:
        for key, row in self.vouchers.items():
            if row.fact.place == station and self.open_at(station, key):
                self.put(self.errands, ("list", voucher_errand(*key)), None)

    def take(self, station: str, epoch: int, first: int, entries: Sequence[bytes]) -> list[Read]:
        """Apply entries that follow what is held of a life, by the production rules, and keep them."""
        reads = applying.read_entries(first, list(entries))
        life = self.life(station, epoch)
        effects = applying.apply(life, reads, self.books(station, epoch, reads))
        self.note(station, epoch, effects)
        for read, data in zip(reads, entries, strict=True):
            self.push(self.up[station, epoch], data)
            if read.parked.startswith("entry.no_fate") and self.recovered:
                self.put(self.early, (station, epoch, read.number), data)
            elif read.parked:
                self.append(self.parked, (station, epoch, read.number, read.parked))
        return reads

    def life(self, station: str, epoch: int) -> Life:
        """A life as the office opened it; one that its station began itself follows the former one."""
        before = (0, 0, "")
        if self.lives.get((station, epoch - 1)) == "closed":
            former = self.up[station, epoch - 1]
            before = (epoch - 1, former.last, former.hashes[-1].hex())
        return Life(station, epoch, voucher_key(station, epoch), before)

    def books(self, station: str, epoch: int, reads: list[Read]) -> Books:
        things = {str(move.right) for read in reads if read.entry for move in read.entry.moves}
        counters = {thing: self.counters.get((station, epoch, thing), Counters()) for thing in things}

        def voucher(of: int, number: int) -> KnownVoucher | None:
            row = self.vouchers.get((station, of, number))
            return None if row is None else KnownVoucher(row.fact.place, row.moves, row.fate, row.refunded)

        def said(of: int, number: int) -> Said:
            key = (station, of, number)
            return tuple(one for one in (self.fates_told.get(key), self.elsewhere.get(key)) if one is not None)

        return Books(counters, voucher, lambda award: self.awards.get((station, epoch, award)), said)

    def note(self, station: str, epoch: int, effects: Effects) -> None:
        """Write what a frame does; ``granted`` is the office's own and is not touched."""
        for thing in sorted(effects.touched):
            key = (station, epoch, thing)
            granted = self.counters.get(key, Counters()).granted
            self.put(self.counters, key, replaced(effects.counters[thing], granted))
        for number, (issued, read) in effects.issued.items():
            moves = read.entry.moves if read.entry else ()
            self.put(self.vouchers, (station, epoch, number), BookVoucher(issued, moves))
            if (station, epoch, number) in {**self.elsewhere, **self.fates_told}:  # its fate came before
                self.put(self.errands, ("fate", voucher_errand(station, epoch, number)), None)
        for number, (fate, moved) in effects.fates.items():
            self.fate((station, epoch, number), fate, refunded=moved)
        for number in effects.refunded:
            key3 = (station, epoch, number)
            self.put(self.vouchers, key3, replace(self.vouchers[key3], refunded=True))
        for one in effects.elsewhere:
            self.put(self.elsewhere, (one.station, one.epoch, one.number), (one.fate, station))
        for right, answered in effects.answered.items():
            asked, before = self.recalls.get((station, epoch, right), (0, 0))
            self.put(self.recalls, (station, epoch, right), (max(asked, answered), max(before, answered)))
        for award, (given, _) in effects.awards.items():
            self.put(self.awards, (station, epoch, award), KnownAward(given.resident, given.points))
        for award, undone in effects.undone.items():
            self.put(self.awards, (station, epoch, award), KnownAward(undone.resident, undone.points, undone=True))
        for errand in effects.errands:
            self.put(self.errands, errand, None)
        if effects.closed is not None:
            self.end(station, epoch, "closed")

    def fate(self, key: tuple[str, int, int], fate: str, *, refunded: bool = False) -> None:
        row = self.vouchers[key]
        if not row.fate:
            self.put(self.vouchers, key, replace(row, fate=fate, refunded=refunded))

    def retry(self, station: str, epoch: int) -> None:
        """A fate has come: what was parked for want of it is tried again."""
        for (where, of, number), data in [*self.early.items()]:
            if (where, of) == (station, epoch):
                reads = applying.read_entries(number, [data])
                life = self.life(station, epoch)
                effects = applying.apply(life, reads, self.books(station, epoch, reads))
                if not reads[0].parked:
                    self.note(station, epoch, effects)
                    self.drop(self.early, (where, of, number))

    def claim(self, station: str, epoch: int, entries: Sequence[bytes]) -> None:
        """What turns up after a release is kept for a person, and changes nothing."""
        for data in entries:
            self.put(self.claims, (station, epoch, len(self.claims)), data)

    def end(self, station: str, epoch: int, state: str) -> None:
        """A life is over: fates that it was told and did not refund are refunded here, as nobody else writes it now."""
        self.put(self.lives, (station, epoch), state)
        if self.stations[station].epoch == epoch:
            self.set(station, state=state)
        for key, row in [*self.vouchers.items()]:
            if key[:2] == (station, epoch) and row.fate in ("void", "expired"):
                self.refund(key)

    def refund(self, key: tuple[str, int, int]) -> None:
        """Give back what issuing spent, in the counters of a life that is over."""
        row = self.vouchers[key]
        if row.refunded:
            return
        self.put(self.vouchers, key, replace(row, refunded=True))
        for move in row.moves:
            at = (key[0], key[1], move.right)
            counters = self.counters[at].moved(Counter.REFUNDED, move.amount).moved(Counter.RETURNED, move.amount)
            self.put(self.counters, at, counters)
            self.put(self.errands, ("purse", move.right), None)

    def hand_back(self, station: str, epoch: int) -> None:
        """All that a life that is over still has is returned, by what the books know or by a named person."""
        for (where, of, thing), counters in [*self.counters.items()]:
            if (where, of) == (station, epoch) and counters.available:
                grown = counters.moved(Counter.RETURNED, counters.available)
                self.put(self.counters, (where, of, thing), grown)
                self.put(self.errands, ("purse", thing), None)

    def keep(self, station: str, head: SignedHead, privates: Sequence[Private]) -> None:
        self.put(self.heads, station, head)


def replaced(counters: Counters, granted: int) -> Counters:
    return Counters(granted, counters.earned, counters.spent, counters.refunded, counters.returned)
