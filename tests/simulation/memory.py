"""A log store in memory that loses, at a crash, exactly what was not committed."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sync.chain import Direction, first_hash, next_hash
from sync.frame import Private, SignedHead, Want
from sync.store import AlarmCode, Position, Rest, Written


class Crash(Exception):
    """The power went."""


class MemoryStore:
    """One side. ``applied`` is what the entries did; the oracle looks at it."""

    def __init__(self, station: str, writes: Direction, epoch: int = 1) -> None:
        self.station, self.writes, self.epoch = station, writes, epoch
        self.formers: dict[int, tuple[list[bytes], list[bytes]]] = {}  # of the own log, by epoch
        self.own = [first_hash(writes, station, epoch)]  # hashes; the entries stand one behind
        self.own_data: list[bytes] = []
        hears = Direction.DOWN if writes is Direction.UP else Direction.UP
        self.peer = [first_hash(hears, station, epoch)]
        self.applied: list[bytes] = []
        self.holds = 0
        self.alarms: list[AlarmCode] = []
        self.fuse: int | None = None
        self.boots = 1
        self.fenced = False
        self.signed: dict[int, bytes] = {}  # what the peer signed, by the number of the newest entry

    def image(self) -> MemoryStore:
        """A copy of the card as it is now."""
        twin = copy.copy(self)
        twin.own, twin.own_data, twin.peer = [*self.own], [*self.own_data], [*self.peer]
        twin.applied, twin.alarms, twin.fuse = [*self.applied], [*self.alarms], None
        twin.signed = {**self.signed}
        return twin

    def begin_next(self) -> None:
        """The own log begins its next epoch; the one before stays as it is."""
        self.formers[self.epoch] = (self.own, self.own_data)
        self.epoch, self.holds = self.epoch + 1, 0
        self.own, self.own_data = [first_hash(self.writes, self.station, self.epoch)], []

    def write(self, data: bytes) -> None:
        self.own.append(next_hash(self.own[-1], data))
        self.own_data.append(data)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = (len(self.own), len(self.peer), len(self.applied), self.holds, len(self.alarms))
        try:
            yield
            self._burn()
        except BaseException:
            self.roll_back(before)
            raise
        self._burn()

    def roll_back(self, before: tuple[int, int, int, int, int]) -> None:
        own, peer, applied, self.holds, alarms = before
        del self.own[own:], self.own_data[own - 1 :], self.peer[peer:], self.applied[applied:], self.alarms[alarms:]

    def own_head(self) -> Position:
        return Position(self.epoch, len(self.own) - 1, self.own[-1])

    def own_hash(self, number: int) -> bytes | None:
        return self.own[number] if number < len(self.own) else None

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        chosen = self.own_data[after : after + limit]
        return [Written(number, data) for number, data in enumerate(chosen, start=after + 1)]

    def former(self, place: Position, limit: int) -> Rest | None:
        for epoch, number in ((place.epoch, place.number), (place.epoch + 1, 0)):
            hashes, data = self.formers.get(epoch, ([], []))
            if number >= len(hashes) or (epoch == place.epoch and hashes[number] != place.hash):
                return None
            if data[number:]:
                rest = [Written(at, one) for at, one in enumerate(data[number : number + limit], start=number + 1)]
                return Position(epoch, number, hashes[number]), rest
        return None

    def boot(self) -> int:
        return self.boots

    def peer_holds(self) -> int:
        return self.holds

    def set_peer_holds(self, number: int) -> None:
        self._burn()
        self.holds = number

    def peer_head(self) -> Position:
        return Position(self.epoch, len(self.peer) - 1, self.peer[-1])

    def peer_hash(self, number: int) -> bytes | None:
        return self.peer[number] if number < len(self.peer) else None

    def peer_signature(self) -> bytes:
        return self.signed.get(len(self.peer) - 1, b"")

    def may_begin(self, epoch: int) -> bool:
        return False

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        raise AssertionError("no epoch begins in this world")

    def takes_entries(self) -> bool:
        return not self.fenced

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        self._burn()
        for data in entries:
            self.peer.append(next_hash(self.peer[-1], data))
            self.applied.append(data)
            self._burn()
        self.signed[head.last] = head.signature

    def wanted(self, wants: Sequence[Want]) -> None:
        raise AssertionError("nobody wants anything in this world")

    def alarm(self, code: AlarmCode, detail: str) -> None:
        if code not in self.alarms:
            self.alarms.append(code)

    def _burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash
