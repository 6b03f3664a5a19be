"""One light station: the production log and link over TLS, a store in memory. It sells when told."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from domain.entries import Stamp, encode_entry
from domain.facts import EpochOpened, Fact, VoucherIssued
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StationId, VisitId
from domain.rights import Counter, Move, points_of
from domain.voucher import ItemKind
from sync.address import Address
from sync.chain import Direction
from sync.identity import SigningKey, read_secret, signed_by
from sync.link import Link
from sync.log import Log
from sync.tls import Credentials
from sync.topics import DOWN, UP, line_name, topic
from tests.simulation.memory import MemoryStore

POINTS = 5


class LightStation:
    """``turn`` belongs to one thread, ``sell`` may be called from another. ``resident`` has the points."""

    def __init__(
        self, name: str, folder: Path, port: int, office: bytes, dialled: Callable[[], None], seed: bytes
    ) -> None:
        self.name, self.sold, self.resident = name, 0, ResidentId("")
        self.store = MemoryStore(name, Direction.UP)
        self._dice, self._lock = random.Random(seed), threading.Lock()
        self._written: dict[int, float] = {}
        self._latencies: list[float] = []
        key = SigningKey(1, read_secret(folder / "secrets" / "frame.key"))
        self.log = Log(
            station=name,
            writes=Direction.UP,
            store=self.store,
            sign=key.sign,
            verify=lambda message, signature: signed_by(office, message, signature),
            random=self._dice.random,
        )
        tls = Credentials(folder / "authority.pem", folder / "secrets" / "tls.pem")
        self.link = _CountingLink(
            dialled,
            address=Address("127.0.0.1", port, line_name(name, 1), tls=tls),
            subscriptions=(topic(name, DOWN),),
            take=self._take,
            came=lambda: self.log.connected(time.monotonic()),
            went=lambda _reason: self.log.disconnected(),
            clock=time.monotonic,
            random=self._dice.random,
        )
        voucher_key = SigningKey(1, read_secret(folder / "secrets" / "voucher.key")).public.hex()
        self._write(EpochOpened(StationId(name), Epoch(1), "light", 1, voucher_key))

    @property
    def in_step(self) -> bool:
        """Whether the office has acknowledged everything."""
        return self.store.holds == len(self.store.own_data)

    def turn(self) -> None:
        """Take what came and say what is due; waits for nothing."""
        with self._lock:
            self.link.run(0.0)
            self._speak()

    def sell(self) -> None:
        """Write a voucher."""
        with self._lock:
            self.sold += 1
            fact = VoucherIssued(
                number=self.sold, command=CommandId(f"c{self.sold}"), visit=VisitId("v"), resident=self.resident,
                kind=ItemKind.REPAIR, item=ItemId(301), pieces=1, points=POINTS, catalogue=1, place=PlaceId(self.name),
                issued=Day(2500), expires=Day(2530), key_id=1,
            )  # fmt: skip
            self._write(fact, Move(points_of(self.resident), Counter.SPENT, POINTS))
            self._written[self.sold + 1] = time.monotonic()

    def take_latencies(self) -> list[float]:
        """Return how long each acknowledgement took since the last call, in seconds."""
        taken, self._latencies = self._latencies, []
        return taken

    def _write(self, fact: Fact, *moves: Move) -> None:
        stamp = Stamp(self._dice.randbytes(16), 1, 1, clock_ok=True)
        self.store.write(encode_entry(stamp, fact.KIND, fact, moves))
        self.log.poke()

    def _take(self, _topic: str, payload: bytes) -> None:
        now = time.monotonic()
        self.log.receive(payload, now)
        for number in [number for number in self._written if number <= self.store.holds]:
            self._latencies.append(now - self._written.pop(number))
        self._speak()

    def _speak(self) -> None:
        while self.link.up and (data := self.log.due(time.monotonic())) is not None:
            self.link.publish(topic(self.name, UP), data)


class _CountingLink(Link):
    """Says when it dials."""

    def __init__(
        self,
        dialled: Callable[[], None],
        *,
        address: Address,
        subscriptions: tuple[str, ...],
        take: Callable[[str, bytes], None],
        came: Callable[[], None],
        went: Callable[[str], None],
        clock: Callable[[], float],
        random: Callable[[], float],
    ) -> None:
        super().__init__(
            address=address, subscriptions=subscriptions, take=take, came=came, went=went, clock=clock, random=random
        )
        self._dialled = dialled

    def _open(self) -> None:
        self._dialled()
        super()._open()
