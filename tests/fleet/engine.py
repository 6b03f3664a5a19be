"""The machinery of a small world: machines and an office, the network between them, and what a power cut leaves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from domain.catalogue import Catalogue, Item, ItemClass
from domain.entries import Stamp
from domain.ids import ItemId, PlaceId
from sync.chain import Direction
from sync.frame import FrameError
from sync.log import Log
from sync.store import AlarmCode
from sync.tail import Gathered, Gathering, decode_tail, encode_tail, is_tail
from tests.fleet.card import Card
from tests.fleet.disk import Chain, Crash
from tests.fleet.node import Node
from tests.fleet.office import Office
from tests.fleet.office_end import OfficeEnd, merge
from tests.fleet.oracle import Oracle, Violation
from tests.fleet.signing import OFFICE, frame_key, signer, verifier
from tests.fleet.work import Workers

DAY = 2500
CUT = object()  # the power went before there was an answer
STOCKED = ItemId(2)


@dataclass(frozen=True)
class Parts:
    """What a world is built of; a planted bug puts another thing in a place."""

    make_log: Callable[..., Log] = Log
    make_card: Callable[..., Card] = Card
    make_office: Callable[..., Office] = Office
    make_workers: Callable[..., Workers] = Workers
    make_end: Callable[..., OfficeEnd] = OfficeEnd
    make_node: Callable[..., Node] = Node


class Engine:
    """Everything but what people do and what goes wrong."""

    def __init__(self, seed: int, kind: str, parts: Parts | None = None) -> None:
        self.seed, self.kind, self.parts = seed, kind, parts or Parts()
        self.random = random.Random(seed)
        self.now, self.steps, self.day, self.sound = 0.0, 0, DAY, False
        self.ids = count(1)
        self.told: Counter[str] = Counter()
        self.stations = [f"500199001001{number:02d}" for number in range(1, self.random.choice((3, 3, 4, 5)))]
        self.residents = [f"r{number}" for number in range(self.random.choice((2, 3, 4)))]
        self.oracle = Oracle()
        self.net: list[tuple[bool, str, bytes]] = []
        self.heard_at: dict[str, float] = {}
        self.clock_ok: dict[str, bool] = dict.fromkeys(self.stations, True)
        self.catalogue = catalogue(self.stations)
        self.nodes: list[Node] = []
        self.memory: dict[str, list[Card]] = {}  # of machines that died
        self.buried: list[tuple[str, int, Card]] = []  # replaced before it is known how they ended
        self.images: dict[str, Card] = {}
        self.backup: tuple[Office, Counter[str]] | None = None
        self.hardware = 1
        self.office = self.parts.make_office(self.stations)
        self.start_office()
        for station in self.stations:
            self.begin(station, 1, 1)

    def begin(self, station: str, epoch: int, down: int) -> Node:
        """A new machine with an empty card."""
        card = self.parts.make_card(station, epoch, down, self.hardware, self.catalogue)
        node = self.add(card)
        with card.transaction():
            card.open()
        return node

    def add(self, card: Card) -> Node:
        station = card.station
        card.stamp = lambda: Stamp(self.nonce(), card.meta["boot"], int(self.now * 1000), self.clock_ok[station])
        card.today = lambda: self.day if self.clock_ok[station] else 0
        node = self.parts.make_node(card, self.parts.make_log, self.random.random)
        self.nodes.append(node)
        self.connect(node)
        return node

    def start_office(self) -> None:
        """Begin the worker, or begin it again: what was only in memory is gone."""
        office = self.office
        office.fuse = None
        office.boots += 1
        office.today = lambda: self.day
        office.stamp = lambda: Stamp(self.nonce(), office.boots, int(self.now * 1000), clock_ok=True)
        self.workers = self.parts.make_workers(office, self.heard)
        self.ends = {station: self.parts.make_end(office, station) for station in self.stations}
        self.logs: dict[str, tuple[int, Log]] = {}
        self.gatherings: dict[str, Gathering] = {}
        self.asked_at: dict[str, float] = {}

    def log_of(self, station: str) -> Log:
        """The office's log for a station's present life; whoever has that life's key speaks for it."""
        row = self.office.stations[station]
        epoch, log = self.logs.get(station, (0, None))
        life = row.epoch * 1000 + row.down
        if log is None or epoch != life:
            key = frame_key(station, self.key_of(station))
            log = self.parts.make_log(
                station=station,
                writes=Direction.DOWN,
                store=self.ends[station],
                sign=signer(OFFICE),
                verify=verifier(key),
                random=self.random.random,
                own=verifier(OFFICE),
            )
            log.connected(self.now)
            self.logs[station] = (life, log)
        return log

    def key_of(self, station: str) -> int:
        return max((node.card.hardware for node in self.nodes if node.station == station), default=self.hardware)

    def deliver(self) -> None:
        at = self.random.randrange(len(self.net)) if self.random.random() < 0.25 else 0
        to_office, station, data = self.net[at]
        wild = self.kind != "calm" and not self.sound
        if not (wild and self.random.random() < 0.12):
            del self.net[at]
        if wild and self.random.random() < 0.15:
            return
        if wild and self.random.random() < 0.02:
            station = self.random.choice(self.stations)
        if to_office:
            self.guard_office(lambda: self.office_hears(station, data))
        else:
            node = self.on_line(station)
            if node is not None:
                self.guard(node, lambda: node.receive(data, self.now))
                if self.kind == "old_image" and AlarmCode.OWN_FORK in node.card.alarms and node.stale and not node.used:
                    raise Violation("an old card forked by itself, before anybody used it: it must go on by itself")
                self.speak(node)

    def office_hears(self, station: str, data: bytes) -> None:
        self.heard_at[station] = self.now
        if is_tail(data):
            self.merge_tail(station, data)
            return
        heard = self.log_of(station).receive(data, self.now)
        end, tails = self.ends[station], self.ends[station].tails
        end.tails = []
        for tail in tails:
            self.net.append((False, station, encode_tail(tail, signer(OFFICE))))
        for want in end.wishes:
            self.workers.wishes[station, want.right] = (want.amount, self.now)
        end.wishes = []
        self.workers.wish_again(self.now)
        if heard.taken:
            self.no_parking()
        self.office_speaks(station)

    def merge_tail(self, station: str, data: bytes) -> None:
        gathering = self.gatherings.get(station)
        if gathering is None or self.office.stations[station].merged:
            return
        try:
            tail = decode_tail(data, station, Direction.DOWN, verifier(frame_key(station, self.key_of(station))))
        except FrameError:
            return
        self.asked_at[station] = -10.0
        if tail.epoch == gathering.epoch and not tail.entries and tail.head.last <= gathering.number:
            course = Gathered.WHOLE  # it holds no more than the backup
        else:
            course = gathering.take(tail, verifier(OFFICE))
        if course is Gathered.WHOLE:
            del self.gatherings[station]
            with self.office.transaction():
                merge(self.office, station, gathering.entries)
            self.log_of(station).poke()
            self.office_speaks(station)
        elif course is Gathered.FOREIGN:
            del self.gatherings[station]

    def office_speaks(self, station: str) -> None:
        log, row = self.log_of(station), self.office.stations[station]
        if not row.merged and self.now >= self.asked_at.get(station, -10.0) + 3.0:
            self.asked_at[station] = self.now
            former = self.office.formers[station][0]
            chain = self.office.down.get((station, former), Chain.begin(Direction.DOWN, station, former))
            gathering = self.gatherings.setdefault(
                station, Gathering(station, Direction.DOWN, former, chain.last, chain.hashes[-1])
            )
            log.want((gathering.want,))
        for _ in range(12):
            frame = log.due(self.now)
            if frame is None:
                return
            self.net.append((False, station, frame))
        raise Violation("the office's log never stops speaking")

    def speak(self, node: Node) -> None:
        if not node.online:
            return

        def send(data: bytes) -> None:
            self.net.append((True, node.station, data))

        self.guard(node, lambda: node.turn(self.now, send))
        for _ in range(12):
            frame = self.guard(node, lambda: node.log.due(self.now))
            if not isinstance(frame, bytes):
                return
            send(frame)
        raise Violation("a station's log never stops speaking")

    def speak_all(self) -> None:
        for node in [*self.nodes]:
            self.speak(node)
        for station in self.stations:
            self.guard_office(lambda station=station: self.office_speaks(station))  # type: ignore[misc]

    def guard(self, node: Node, act: Callable[[], object]) -> object:
        """Do something that a power cut may interrupt; after it only what was committed is there."""
        try:
            return act()
        except Crash:
            node.restart()
            if node.online:
                node.log.connected(self.now)
            self.told["crashes of a station"] += 1
            return CUT

    def guard_office(self, act: Callable[[], object]) -> object:
        try:
            return act()
        except Crash:
            self.start_office()
            self.told["crashes of the office"] += 1
            return None

    def connect(self, node: Node) -> None:
        """The broker knows one client of a name: whoever comes last."""
        for other in self.nodes:
            if other is not node and other.station == node.station and other.online:
                self.disconnect(other)
        # A clean start: what the broker still had for the connection before is gone.
        self.net = [one for one in self.net if one[0] or one[1] != node.station]
        node.online = True
        node.log.connected(self.now)

    def disconnect(self, node: Node) -> None:
        node.online = False
        node.log.disconnected()
        node.wishes = {}

    def on_line(self, station: str) -> Node | None:
        return next((node for node in self.nodes if node.station == station and node.online), None)

    def heard(self, station: str) -> bool:
        return self.now - self.heard_at.get(station, -1e9) < 100.0

    def nonce(self) -> bytes:
        return self.random.randbytes(16)

    def no_parking(self) -> None:
        if self.office.parked:
            raise Violation(f"the office parked what an honest station wrote: {self.office.parked[0]}")


def catalogue(stations: list[str]) -> Catalogue:
    """Something for each point, something in pieces, and for each place something that is only to be had there."""
    items = [
        Item(ItemId(1), ItemClass.GOODS, "1", 1, pieces_max=15, voucher_days=3),
        Item(STOCKED, ItemClass.GOODS, "2", 2, pieces_max=3, stocked=True, voucher_days=60),
    ]
    for number, station in enumerate(stations):
        items.append(
            Item(ItemId(10 + number), ItemClass.SERVICE, "x", 3, pieces_max=4, voucher_days=2, place=PlaceId(station))
        )
    return Catalogue(1, tuple(items))
