"""A man on the broker, in both directions: he can delay and silence, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.processes import answers, free_port
from tests.attack.arena import Arena
from tests.attack.bridge import MISCHIEF, Bridge
from tests.attack.intruder import Intruder
from tests.support.enrolled import wait
from tests.support.mosquitto import Mosquitto
from tests.support.station import STATION

SEED = 20261124
ROUNDS_MAX = 155  # then the points are spent
SEEN = ("frame.unsigned", "frame.malformed", "frame.repeated")
MOST_GROWTH = 96 * 2**20


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Arena, Bridge]]:
    """The stations' broker is the shipped one with a back door; the office has another, and he is between."""
    arena = Arena(tmp_path)
    back_door, far = free_port(), tmp_path / "far"
    far.mkdir()
    office_broker = Mosquitto(far)
    (arena.town.home / "broker.d" / "evil.conf").write_text(
        f"listener {back_door} 127.0.0.1\nallow_anonymous true\n", encoding="utf-8"
    )
    settings = arena.town.home / "office.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(f"port = {arena.town.broker_port}", f"port = {office_broker.port}", 1))
    arena.town.broker.start()
    wait(lambda: answers(back_door), "the back door")
    near = Intruder(back_door, None, "near")
    away = Intruder(office_broker.port, None, "away")
    assert (near.refused, away.refused) == ("", "")
    bridge = Bridge(near, away, SEED)
    bridge.evil = False
    try:
        arena.start_beside()
        yield arena, bridge
    finally:
        bridge.close()
        near.close()
        away.close()
        arena.close()
        office_broker.kill()


def play(arena: Arena, bridge: Bridge, rounds: int) -> None:
    """So many rounds, and on until each mischief was done and was seen at the office."""
    before = arena.memory(arena.town.worker), arena.memory(arena.town.sync)
    bridge.evil = True
    number = 0
    while number < rounds or not tried_everything(arena, bridge):
        assert number < ROUNDS_MAX, (bridge.done, [arena.counted(STATION, code) for code in SEEN])
        arena.redeem()
        if number % 5 == 0:
            arena.town.office("grant", "陈桂芳", "1", "--reason", "攻击")
        arena.nudge(0.3)
        number += 1
    bridge.evil = False
    arena.in_step(180)
    arena.nothing_but_the_honest()
    assert arena.memory(arena.town.worker) - before[0] < MOST_GROWTH
    assert arena.memory(arena.town.sync) - before[1] < MOST_GROWTH


def tried_everything(arena: Arena, bridge: Bridge) -> bool:
    return set(bridge.done) >= set(MISCHIEF) and all(arena.counted(STATION, code) for code in SEEN)


@pytest.mark.proof
def test_he_can_only_delay(held: tuple[Arena, Bridge]) -> None:
    play(*held, rounds=25)


@pytest.mark.proof
def test_he_can_only_delay_for_long(held: tuple[Arena, Bridge]) -> None:
    play(*held, rounds=120)
