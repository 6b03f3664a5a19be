"""A station that says more than any honest one: it is dropped unread, and the others are still heard."""

from __future__ import annotations

import threading

from sync.topics import topic
from tests.attack.arena import MALLORY, Arena
from tests.attack.intruder import Intruder
from tests.support.enrolled import wait

MOST_GROWTH = 96 * 2**20


def test_a_flood_is_dropped_and_counted_and_the_honest_station_is_heard(arena: Arena) -> None:
    before = arena.memory(arena.town.worker), arena.memory(arena.town.broker)
    line = Intruder(arena.town.stations_port, arena.mallory.credentials.context())
    assert line.up
    over, sent = threading.Event(), 0

    def pour() -> None:
        nonlocal sent
        while not over.is_set():
            for kind in ("up", "want", "state"):
                mid = line.publish(topic(MALLORY, kind), b"\x92\xc4\x01x\xc4\x01y" * 50)
            sent += 3
            if sent % 300 == 0:
                line.answered(mid)

    flood = threading.Thread(target=pour)
    flood.start()
    try:
        wait(lambda: arena.counted(MALLORY, "station.flood") > 1000, "the flood to be noticed", 60)
        for _ in range(5):
            arena.redeem()
        arena.in_step(120)  # while it goes on
        arena.town.office("grant", "陈桂芳", "3", "--reason", "x")
        arena.in_step(120)
    finally:
        over.set()
        flood.join()
    assert sent > 1000
    assert arena.memory(arena.town.worker) - before[0] < MOST_GROWTH
    assert arena.memory(arena.town.broker) - before[1] < MOST_GROWTH
    line.close()
    arena.nothing_but_the_honest()
    assert '"station.flood"' in arena.town.office("stations", "--json")
