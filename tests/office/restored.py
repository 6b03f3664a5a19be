"""An office that is put back to a backup, and stations that keep what it wrote, life by life of its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from office.books.models import Station
from office.services.recovering import recover
from office.worker.lives import look_after
from office.worker.recovering import recovering_of
from sync.chain import Direction, first_hash, next_hash
from sync.frame import Private, SignedHead, Want
from sync.store import Position, Written
from sync.tail import encode_tail, make_tail, wanted_tail
from tests.office.stations import Fleet
from tests.simulation.memory import MemoryStore


class Keeper(MemoryStore):
    """A station that lets the office begin new lives of its log, and hands back what it holds of former ones."""

    def __init__(self, station: str) -> None:
        super().__init__(station, Direction.UP)
        self.station = station
        self.down_epoch = 1
        self.held: dict[int, list[bytes]] = {1: []}
        self.heads: dict[int, SignedHead] = {}

    def peer_head(self) -> Position:
        return Position(self.down_epoch, len(self.peer) - 1, self.peer[-1])

    def may_begin(self, epoch: int) -> bool:
        return epoch > self.down_epoch

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        self.down_epoch, self.signed = epoch, {} if head is None else {head.last: head.signature}
        self.held[epoch] = []
        self.peer = [first_hash(Direction.DOWN, self.station, epoch)]

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        super().receive(first, entries, privates, head)
        self.held[self.down_epoch] += entries
        self.heads[self.down_epoch] = head

    def wanted(self, wants: Sequence[Want]) -> None:
        pass

    def tail(self, want: Want) -> tuple[Position, list[Written], SignedHead]:
        """What the station answers."""
        place = wanted_tail(want, Direction.DOWN)
        assert place is not None
        epoch, held = place
        hashes = [first_hash(Direction.DOWN, self.station, epoch)]
        for data in self.held.get(epoch, []):
            hashes.append(next_hash(hashes[-1], data))
        before = hashes[held] if held < len(hashes) else bytes(32)
        written = [Written(number, data) for number, data in enumerate(self.held.get(epoch, [])[held:], held + 1)]
        head = self.heads.get(epoch, SignedHead(0, hashes[0], bytes(64)))
        return Position(epoch, held, before), written, head


@dataclass
class Backup:
    """The books as they were, to be put back any number of times."""

    fleet: Fleet
    point: str

    @classmethod
    def of(cls, fleet: Fleet) -> Backup:
        return cls(fleet, transaction.savepoint())

    def restore(self, *, said: bool = True) -> None:
        """Put the books back, with a worker that knows nothing; ``said``: and a person says so."""
        transaction.savepoint_rollback(self.point)
        world = self.fleet.world
        for station in self.fleet.stations:
            world.logs[station] = world._log(station)
        self.fleet.begin_again()
        if said:
            recover(world.parts, "恢复")


def keeping(fleet: Fleet) -> None:
    """Let the stations of a fleet that has said nothing yet keep what they are told."""
    for name, holder in fleet.stations.items():
        keeper = Keeper(name)
        keeper.own, keeper.own_data = holder.end.store.own, holder.end.store.own_data
        holder.end.store = holder.end.log._store = keeper


def hand_back(fleet: Fleet, *stations: str) -> None:
    """Greet, ask and take until these stations, or all, are merged."""
    world = fleet.world
    for name in stations or tuple(fleet.stations):
        end = world.ends[name]
        for _ in range(10):
            fleet.now += 1.0
            world.talk(name, fleet.now)
            look_after(world.parts)
            row = Station.objects.get(pk=name)
            asking = recovering_of(world.parts, row)
            while asking is not None and (want := asking.wish(fleet.now)) is not None:
                assert isinstance(end.store, Keeper)
                tail = make_tail(name, Direction.DOWN, *end.store.tail(want))
                asking.take(encode_tail(tail, end.key.sign))
            if Station.objects.get(pk=name).unmerged == 0:
                break
        else:
            raise AssertionError(f"{name} is never merged")
