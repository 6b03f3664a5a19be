"""A broker in wrong hands: everything between stations and office goes through it, and it does what it likes.

Two brokers with somebody between who has every right on both. He alters, cuts, drops, doubles, delays, reorders,
swaps parts between messages, puts messages where they do not belong, replays what he heard long ago, and makes up his
own. He has no key.
"""

from __future__ import annotations

import random
import threading
from collections import Counter, deque

import msgspec

from sync.topics import parse_station
from tests.attack.intruder import Intruder

UPWARDS = ("yizhan/+/+/up", "yizhan/+/+/state", "yizhan/+/+/want")
DOWNWARDS = ("yizhan/+/+/down", "yizhan/+/blob/+")
MISCHIEF = (
    "pass", "drop", "twice", "delay", "flip", "cut", "grow", "swap", "elsewhere", "replay", "reflect", "forge",
)  # fmt: skip
HEARD_MAX = 500


class Bridge:
    """``evil`` is switched off at the end: then everything must come into step."""

    def __init__(self, stations: Intruder, office: Intruder, seed: int) -> None:
        self.evil = True
        self.done: Counter[str] = Counter()
        self._sides = {"up": (stations, office), "down": (office, stations)}
        self._dice = random.Random(seed)
        self._heard: dict[str, deque[tuple[str, bytes]]] = {way: deque(maxlen=HEARD_MAX) for way in self._sides}
        self._late: deque[tuple[str, str, bytes]] = deque()
        self._ending = threading.Event()
        stations.subscribe(*UPWARDS)
        office.subscribe(*DOWNWARDS)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending.wait(0.002):
            for way, (source, _) in self._sides.items():
                while source.got:
                    name, payload = source.got.pop(0)
                    self._heard[way].append((name, payload))
                    self._pass(way, name, payload)
            if self._late and (not self.evil or self._dice.random() < 0.2):
                index = self._dice.randrange(len(self._late))
                way, name, payload = self._late[index]
                del self._late[index]
                self._send(way, name, payload)

    def _send(self, way: str, name: str, payload: bytes) -> None:
        _, sink = self._sides[way]
        retain = name.endswith("/state")
        sink.publish(name, payload, retain=retain)

    def _pass(self, way: str, name: str, payload: bytes) -> None:
        if not self.evil:
            self._send(way, name, payload)
            return
        dice, what = self._dice, self._dice.choice(MISCHIEF)
        self.done[what] += 1
        match what:
            case "drop":
                return
            case "delay":
                self._late.append((way, name, payload))
                return
            case "twice":
                self._send(way, name, payload)
            case "flip" if payload:
                data = bytearray(payload)
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
                payload = bytes(data)
            case "cut":
                payload = payload[: dice.randrange(len(payload) + 1)]
            case "grow":
                payload += dice.randbytes(dice.randrange(1, 100))
            case "swap":
                payload = self._swapped(way, payload)
            case "elsewhere":
                self._send(way, dice.choice(self._heard[way])[0], payload)
            case "replay":
                for old in dice.choices(self._heard[way], k=3):
                    self._send(way, *old)
            case "reflect":  # back to who said it, as if the other had
                found = parse_station(name)
                if found is not None:
                    other = "down" if way == "up" else "up"
                    self._send(other, name.rsplit("/", 1)[0] + f"/{other}", payload)
            case "forge":
                self._send(way, name, self._forged(payload))
            case _:
                pass
        self._send(way, name, payload)

    def _swapped(self, way: str, payload: bytes) -> bytes:
        """The body of one frame under the signature of another."""
        _, other = self._dice.choice(self._heard[way])
        try:
            body, _ = msgspec.msgpack.decode(payload, type=tuple[bytes, bytes])
            _, signature = msgspec.msgpack.decode(other, type=tuple[bytes, bytes])
        except msgspec.DecodeError:
            return payload
        return msgspec.msgpack.encode([body, signature])

    def _forged(self, payload: bytes) -> bytes:
        """A frame that acknowledges, or carries, what was never said; signed with nothing."""
        try:
            body, signature = msgspec.msgpack.decode(payload, type=tuple[bytes, bytes])
            fields = msgspec.msgpack.decode(body)
            change = self._dice.choice(
                ({"ack": fields["ack"] + 1}, {"epoch": 2}, {"entries": [b"{}"]}, {"reply": True}, {"first": 1})
            )
        except (msgspec.DecodeError, KeyError, TypeError):
            return self._dice.randbytes(40)
        return msgspec.msgpack.encode([msgspec.msgpack.encode(fields | change), signature])
