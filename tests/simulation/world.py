"""A small seeded world: stations and an office that run the production log, and a network and cards that fail.

One step is one event: a message delivered, time passed, an entry written, a crash. The oracle is kept outside of the
logs: what each station wrote on each line of its life, held against what the other side applied.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sync.chain import Direction
from sync.frame import Frame
from sync.log import Heard, Log
from sync.store import AlarmCode
from tests.simulation.memory import Crash, MemoryStore

STATIONS = ("50019900100101", "50019900100102")
KINDS = ("calm", "lossy", "crashes", "lost_tail", "old_image", "clone")
STEPS_A_WORLD = 400
RETRY_SECONDS_MIN = 11.25  # 15 s, less a quarter of jitter

MakeLog = Callable[..., Log]
MakeStore = Callable[[str, Direction, int], MemoryStore]
EPOCH = 2  # there was a life before, whose frames somebody may still have


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
    greeted: bool = False
    sent_at: float | None = None  # when entries went out that nothing was heard of yet


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
    former: dict[tuple[str, Direction], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        for station in STATIONS:
            for writes in Direction:
                self.add(station, writes, self.make_store(station, writes, EPOCH))
                self.former[station, writes] = self.former_frame(station, writes)
            self.lives[station] = []

    def add(self, station: str, writes: Direction, store: MemoryStore) -> Node:
        node = Node(station, writes, store, self.new_log(station, writes, store))
        self.nodes.append(node)
        self.connect(node)
        return node

    def connect(self, node: Node) -> None:
        node.greeted, node.sent_at = False, None
        node.log.connected(self.now)

    def former_frame(self, station: str, writes: Direction) -> bytes:
        """What this side said in a life before, under the same key."""
        store = MemoryStore(station, writes, EPOCH - 1)
        store.write(b"a former life")
        log = Log(**self.parts_of(station, writes), store=store)
        log.connected(0.0)
        frame = log.due(0.0)
        assert frame is not None
        return frame

    def new_log(self, station: str, writes: Direction, store: MemoryStore) -> Log:
        return self.make_log(**self.parts_of(station, writes), store=store)

    def parts_of(self, station: str, writes: Direction) -> dict[str, Any]:
        office = Direction.DOWN.value
        own = office if writes is Direction.DOWN else station.encode()
        peer = station.encode() if writes is Direction.DOWN else office
        return {
            "station": station,
            "writes": writes,
            "sign": lambda message: _sign(own, message),
            "verify": lambda message, signature: signature == _sign(peer, message),
            "random": self.random.random,
            "own": (lambda message, signature: signature == _sign(office, message)) if own == office else None,
        }

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
        if self.kind != "calm" and self.random.random() < 0.02:
            data = self.former[station, direction]  # kept by somebody since then
        if self.kind != "calm" and self.random.random() < 0.03:
            station = self.random.choice(STATIONS)  # onto a topic where it does not belong
        for node in [*self.nodes]:
            if node.station == station and node.writes is not direction and node.online:
                self.hear(node, data)

    def hear(self, node: Node, data: bytes) -> None:
        """Take a frame, and see that what it asks for is said at once."""
        node.sent_at, boots = None, node.store.boots
        heard = self.guarded(node, lambda: node.log.receive(data, self.now))
        said = self.speak(node)
        if not isinstance(heard, Heard) or heard.code or not node.online or node.store.boots != boots:
            return
        frame = read(data)
        if (frame.entries or frame.reply) and not said:
            raise Violation("a frame that wants an answer gets none")
        behind = frame.ack < node.store.own_head().number and not node.store.alarms
        if frame.reply and behind and not any(one.entries for one in said):
            raise Violation("the peer asked, and what it lacks was not sent")

    def write(self) -> None:
        node = self.random.choice(self.nodes)
        if not node.halted:
            node.store.write(self.random.randbytes(self.random.choice((8, 8, 8, 3000))))
            node.log.poke()
            self.speak(node)

    def speak(self, *nodes: Node) -> list[Frame]:
        said: list[Frame] = []
        for node in nodes or tuple(self.nodes):
            boots = node.store.boots
            for _ in range(10):
                data = self.guarded(node, lambda node=node: node.log.due(self.now))  # type: ignore[misc]
                if not isinstance(data, bytes):
                    break
                if node.online:
                    self.net.append((node.station, node.writes, data))
                    said.append(self.spoken(node, read(data)))
            else:
                raise Violation("a log that never stops speaking")
            if node.online and not node.greeted and node.store.boots == boots:
                raise Violation("connected, and no greeting")
        return said

    def spoken(self, node: Node, frame: Frame) -> Frame:
        if not node.greeted and not frame.reply:
            raise Violation("the first word is no greeting")
        node.greeted = True
        if frame.entries:
            if node.sent_at is not None and self.now < node.sent_at + RETRY_SECONDS_MIN:
                raise Violation("a second frame under way")
            node.sent_at = self.now
        return frame

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
            self.connect(node)

    def go_wrong(self) -> None:
        node = self.random.choice(self.nodes)
        if self.random.random() < 0.5:
            node.online = not node.online
            if node.online:
                self.connect(node)
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
                self.connect(node)
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
                self.hear(node, data)

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


def read(data: bytes) -> Frame:
    """What anybody on the line can read."""
    body, _ = msgspec.msgpack.decode(data, type=tuple[bytes, bytes])
    return msgspec.msgpack.decode(body, type=Frame)


def _sign(key: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(message, key=key).digest()
