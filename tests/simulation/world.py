"""A small seeded world: stations and an office that run the production log, and a network and cards that fail.

One step is one event: a message delivered, time passed, an entry written, a crash. The oracle is kept outside of the
logs: what each station wrote on each line of its life, held against what the other side applied.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.chain import Direction
from sync.log import Log
from sync.store import AlarmCode
from tests.simulation.memory import Crash, MemoryStore

STATIONS = ("50019900100101", "50019900100102")
KINDS = ("calm", "lossy", "crashes", "lost_tail", "old_image", "clone")
STEPS_A_WORLD = 400

MakeLog = Callable[..., Log]
MakeStore = Callable[[str, Direction], MemoryStore]


class Violation(AssertionError):
    """Something happened that must not."""


@dataclass
class Node:
    """One end of one pair of logs, with the card or disk that survives a crash."""

    station: str
    writes: Direction
    store: MemoryStore
    log: Log
    online: bool = True
    halted: bool = False


@dataclass
class World:
    """All of it. ``kind`` says which faults there are beside loss, duplication and reordering."""

    seed: int
    kind: str
    make_log: MakeLog = Log
    make_store: MakeStore = MemoryStore
    now: float = 0.0
    steps: int = 0
    nodes: list[Node] = field(default_factory=list)
    images: dict[str, MemoryStore] = field(default_factory=dict)
    lives: dict[str, list[list[bytes]]] = field(default_factory=dict)
    net: list[tuple[str, Direction, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        for station in STATIONS:
            for writes in Direction:
                self.add(station, writes, self.make_store(station, writes))
            self.lives[station] = []

    def add(self, station: str, writes: Direction, store: MemoryStore) -> Node:
        node = Node(station, writes, store, self.new_log(station, writes, store))
        self.nodes.append(node)
        node.log.connected(self.now)
        return node

    def new_log(self, station: str, writes: Direction, store: MemoryStore) -> Log:
        office = Direction.DOWN.value
        own = office if writes is Direction.DOWN else station.encode()
        peer = station.encode() if writes is Direction.DOWN else office
        return self.make_log(
            station=station,
            writes=writes,
            store=store,
            sign=lambda message: _sign(own, message),
            verify=lambda message, signature: signature == _sign(peer, message),
            random=self.random.random,
        )

    def run(self, steps: int = STEPS_A_WORLD) -> None:
        """Let things happen, then let the faults stop and see that everything comes into step."""
        for _ in range(steps):
            self.step()
        self.heal()

    def step(self) -> None:
        self.steps += 1
        chance = self.random.random()
        if self.net and chance < 0.55:
            self.deliver()
        elif chance < 0.75:
            self.write()
        elif chance < 0.93:
            self.now += self.random.expovariate(0.2)
            self.speak()
        else:
            self.go_wrong()
        self.check()

    def deliver(self) -> None:
        # The broker keeps order within a connection; what reorders is the retry, the reconnect, and an enemy.
        at = self.random.randrange(len(self.net)) if self.random.random() < 0.3 else 0
        station, direction, data = self.net[at]
        lost = self.kind != "calm" and self.random.random() < 0.2
        twice = self.kind != "calm" and self.random.random() < 0.15
        if not twice:
            del self.net[at]
        if lost:
            return
        if self.kind != "calm" and self.random.random() < 0.03:
            station = self.random.choice(STATIONS)  # onto a topic where it does not belong
        for node in [*self.nodes]:
            if node.station == station and node.writes is not direction and node.online:
                self.guarded(node, lambda node=node: node.log.receive(data, self.now))  # type: ignore[misc]
                self.speak(node)

    def write(self) -> None:
        node = self.random.choice(self.nodes)
        if not node.halted:
            node.store.write(self.random.randbytes(self.random.choice((8, 8, 8, 3000))))
            node.log.poke()
            self.speak(node)

    def speak(self, *nodes: Node) -> None:
        for node in nodes or tuple(self.nodes):
            for _ in range(10):
                frame = self.guarded(node, lambda node=node: node.log.due(self.now))  # type: ignore[misc]
                if not isinstance(frame, bytes):
                    break
                if node.online:
                    self.net.append((node.station, node.writes, frame))
            else:
                raise Violation("a log that never stops speaking")

    def guarded(self, node: Node, act: Callable[[], object]) -> object:
        """Do something that a power cut may interrupt; after it only what was committed is there."""
        try:
            return act()
        except Crash:
            self.restart(node)
            return None

    def restart(self, node: Node) -> None:
        node.store.fuse = None
        node.store.boots += 1
        node.log = self.new_log(node.station, node.writes, node.store)
        if node.online:
            node.log.connected(self.now)

    def go_wrong(self) -> None:
        node = self.random.choice(self.nodes)
        if self.random.random() < 0.5:
            node.online = not node.online
            if node.online:
                node.log.connected(self.now)
            else:
                node.log.disconnected()
        elif self.kind == "crashes":
            node.store.fuse = self.random.randrange(8)
        elif self.kind == "lost_tail":
            # A receiver whose disk went back; what it writes itself is on another.
            del node.store.peer[max(1, len(node.store.peer) - 3) :], node.store.applied[len(node.store.peer) - 1 :]
            self.restart(node)
        elif self.kind in ("old_image", "clone") and node.writes is Direction.UP:
            self.image(node)

    def image(self, node: Node) -> None:
        image = self.images.setdefault(node.station, node.store.image())
        if len(image.own) == len(node.store.own) or len(self.lives[node.station]) > 1:
            return
        self.lives[node.station].append([*node.store.own_data])
        if self.kind == "old_image":
            node.store, node.halted = image, False
            self.restart(node)
        else:
            self.add(node.station, Direction.UP, image)

    def check(self) -> None:
        for node in self.nodes:
            if node.writes is Direction.UP:
                self.check_alarm(node)
        for station in STATIONS:
            office, ends = self.office(station), self.ends(station)
            lives = [end.store.own_data for end in ends] + self.lives[station]
            if not any(is_prefix(office.store.applied, life) for life in lives):
                raise Violation("the office applied what no life of the station wrote, or not in its order, or twice")
            if office.store.alarms and self.kind not in ("old_image", "clone"):
                raise Violation(f"false alarm at the office: {office.store.alarms}")
            for end in ends:
                if not is_prefix(end.store.applied, office.store.own_data):
                    raise Violation("the station applied what the office did not write, or not in its order, or twice")

    def check_alarm(self, node: Node) -> None:
        if node.store.alarms and not node.halted:
            node.halted = True
            held = self.office(node.station).store.applied
            if is_prefix(held, node.store.own_data) and AlarmCode.FORK not in node.store.alarms:
                raise Violation(f"false alarm at the station: {node.store.alarms}")
            if AlarmCode.FORK in node.store.alarms:
                raise Violation("the station saw the office's log fork, which it never does here")

    def heal(self) -> None:
        """No more faults: within a few minutes everything must be in step, or somebody must have been told."""
        for node in self.nodes:
            node.store.fuse = None
            if not node.online:
                node.online = True
                node.log.connected(self.now)
        for _ in range(60):
            self.now += 20.0
            self.speak()
            for _ in range(400):
                if not self.net:
                    break
                self.deliver_soundly()
        self.check()
        for station in STATIONS:
            self.check_in_step(station)

    def deliver_soundly(self) -> None:
        station, direction, data = self.net.pop(0)
        for node in [*self.nodes]:
            if node.station == station and node.writes is not direction:
                node.log.receive(data, self.now)
                self.speak(node)

    def check_in_step(self, station: str) -> None:
        office = self.office(station).store
        for end in self.ends(station):
            store = end.store
            if not store.alarms and store.own_data != office.applied:
                raise Violation("not everything that the station wrote is at the office, and nobody was told")
            if store.applied != office.own_data:
                raise Violation("not everything that the office wrote is at the station")
            if not store.alarms and store.holds != len(store.own_data):
                raise Violation("the station does not know that everything is at the office")

    def office(self, station: str) -> Node:
        return next(node for node in self.nodes if node.station == station and node.writes is Direction.DOWN)

    def ends(self, station: str) -> list[Node]:
        return [node for node in self.nodes if node.station == station and node.writes is Direction.UP]


def is_prefix(part: list[bytes], whole: list[bytes]) -> bool:
    return len(part) <= len(whole) and whole[: len(part)] == part


def _sign(key: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(message, key=key).digest()
