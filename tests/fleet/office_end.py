"""The books as one end of the link with one station: ``LogStore`` over the office's tables."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from domain.entries import decode_entry
from domain.facts import DOWN, Granted, RecallAsked, VoucherDecided, VoucherListed, fact_of
from domain.ids import Epoch
from domain.rights import Counters, RightKey
from domain.voucher import pack
from office.rules.ending import lives_on
from office.worker.effects import Read
from office.worker.effects import voucher_key as voucher_errand
from sync.chain import Direction
from sync.frame import Private, SignedHead, Want
from sync.store import AlarmCode, Position, Rest, Written
from sync.tail import Tail, make_tail, wanted_tail
from tests.fleet.card import paper_in, written
from tests.fleet.disk import Chain
from tests.fleet.office import Office

TAKES = ("open", "closing")


class OfficeEnd:
    """One station, as the worker has it; thrown away with the worker."""

    def __init__(self, office: Office, station: str) -> None:
        self.office, self.station = office, station
        self.wishes: list[Want] = []
        self.tails: list[Tail] = []

    @property
    def row_epoch(self) -> int:
        return self.office.stations[self.station].epoch

    @property
    def chain(self) -> Chain:
        return self.office.down[self.station, self.office.stations[self.station].down]

    @property
    def peer(self) -> Chain:
        return self.office.up[self.station, self.row_epoch]

    def transaction(self) -> AbstractContextManager[None]:
        return self.office.transaction()

    def own_head(self) -> Position:
        return self.chain.head

    def own_hash(self, number: int) -> bytes | None:
        return self.chain.hash(number)

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        return written(self.chain, after, limit) if self.office.stations[self.station].merged else []

    def former(self, place: Position, limit: int) -> Rest | None:
        return None

    def boot(self) -> int:
        return self.office.boots

    def peer_holds(self) -> int:
        return self.office.stations[self.station].holds

    def set_peer_holds(self, number: int) -> None:
        self.office.set(self.station, holds=number)

    def peer_head(self) -> Position:
        return self.peer.head

    def peer_hash(self, number: int) -> bytes | None:
        return self.peer.hash(number)

    def peer_signature(self) -> bytes:
        return b""

    def may_begin(self, epoch: int) -> bool:
        row = self.office.stations[self.station]
        return row.state == "closed" and epoch == row.epoch + 1

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        open_life(self.office, self.station, epoch)

    def takes_entries(self) -> bool:
        row = self.office.stations[self.station]
        return row.state in TAKES and row.merged

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        reads = self.office.take(self.station, self.row_epoch, first, entries)
        if self.office.stations[self.station].state == "closing" and self.lives_on(reads):
            self.office.set(self.station, state="open")
            self.office.put(self.office.lives, (self.station, self.row_epoch), "open")
        self.office.put(self.office.heads, self.station, head)

    def lives_on(self, reads: list[Read]) -> bool:
        """Whether it was a copy of the card that asked for its tail, and the station itself goes on."""
        return lives_on({read.kind for read in reads})

    def wanted(self, wants: Sequence[Want]) -> None:
        for want in wants:
            place = wanted_tail(want, Direction.UP)
            if place is not None:
                self.give_back(*place)
            elif want.right.startswith("points/"):
                self.wishes.append(want)

    def alarm(self, code: AlarmCode, detail: str) -> None:
        key = (self.station, code.value)
        if key not in self.office.alarms:
            self.office.put(self.office.alarms, key, detail)

    def give_back(self, epoch: int, held: int) -> None:
        """The station lost the end of its journal: from now on nothing is granted to this life."""
        row = self.office.stations[self.station]
        before = self.peer.hash(held)
        if row.state not in TAKES or epoch != row.epoch or held >= self.peer.last or before is None:
            return
        if row.state == "open":
            self.office.set(self.station, state="closing")
            self.office.put(self.office.lives, (self.station, epoch), "closing")
        rest = written(self.peer, held, 50)
        position, head = Position(epoch, held, before), self.office.heads[self.station]
        self.tails.append(
            make_tail(self.station, Direction.UP, position, rest, head, (row.down, self.chain.last)),
        )


def open_life(office: Office, station: str, epoch: int) -> None:
    """A life begins: it is told of the vouchers that it may honour, and gets its stock and budget again."""
    former = epoch - 1
    office.put(office.up, (station, epoch), Chain.begin(Direction.UP, station, epoch))
    office.put(office.lives, (station, epoch), "open")
    office.put(office.opened, (station, epoch), office.today())
    office.set(station, epoch=epoch, state="open")
    for (where, of, thing), counters in [*office.counters.items()]:
        if (where, of) == (station, former) and not thing.startswith("points/") and counters.returned:
            office.grant(station, thing, counters.returned)
    for other in office.stations:
        office.list_life(station, epoch, other)
    for where, of in office.lives:
        if where != station or of != epoch:
            office.list_life(where, of, station)
    office.list_open(station)


def merge(office: Office, station: str, entries: Sequence[bytes]) -> None:
    """After a restore: what the station hands back of the office's own former log counts again."""
    for data in entries:
        fact = fact_of(decode_entry(data), DOWN)
        if isinstance(fact, Granted):
            key = (station, fact.epoch, str(fact.right))
            counters = office.counters.get(key, Counters())
            office.put(office.counters, key, counters.granted_to(max(counters.granted, fact.total)))
        elif isinstance(fact, RecallAsked):
            place = (station, fact.epoch, str(fact.right))
            asked, answered = office.recalls.get(place, (0, 0))
            office.put(office.recalls, place, (max(asked, fact.asked), answered))
        elif isinstance(fact, VoucherDecided):
            decided = (station, fact.epoch, fact.number)
            office.put(office.fates_told, decided, (fact.fate, fact.place))
            office.put(office.errands, ("fate", voucher_errand(*decided)), None)
    office.put(office.formers, station, office.formers[station][1:])
    if office.formers[station]:
        return
    office.set(station, merged=True)
    restate(office, station)
    for thing in {thing for _, _, thing in office.counters if thing.startswith("points/")}:
        out = sum(row.granted - row.returned for (_, _, key), row in office.counters.items() if key == thing)
        resident = thing.removeprefix("points/")
        if out > office.credits.get(resident, 0):
            office.put(office.credits, resident, out)


def restate(office: Office, station: str) -> None:
    """Say again all that counts: what the backup had written may never have come, and its log was closed."""
    epoch = office.stations[station].epoch
    for (where, of, thing), counters in office.counters.items():
        if (where, of) == (station, epoch) and counters.granted:
            office.say(station, Granted(RightKey(thing), counters.granted, Epoch(of)))
    for (where, of, thing), (asked, answered) in office.recalls.items():
        if (where, of) == (station, epoch) and asked > answered:
            office.say(station, RecallAsked(RightKey(thing), asked, Epoch(of)))
    for where, of in office.lives:
        office.list_life(where, of, station)
    for key, row in office.vouchers.items():
        if row.fact.place == station and key[0] != station and not row.fate:
            office.say(station, VoucherListed(pack(paper_in(key, row.fact)).hex()))
        if key[:2] == (station, epoch) and row.fate in ("void", "expired") and not row.refunded:
            office.say(station, VoucherDecided(Epoch(epoch), key[2], row.fate, row.fact.place))
