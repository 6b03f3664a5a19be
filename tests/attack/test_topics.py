"""A station with a valid certificate reads and writes what is its own, and nothing of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.topics import blob_topic, topic
from tests.attack.arena import MALLORY, STRANGER, Arena
from tests.attack.intruder import NOT_AUTHORIZED, Intruder
from tests.support.enrolled import wait
from tests.support.station import STATION

OTHERS = [topic(station, kind) for station in (STATION, STRANGER) for kind in ("up", "down", "state", "want")]
FORBIDDEN = [
    *OTHERS,
    topic(MALLORY, "down"),
    blob_topic("500199", "0" * 64),
    blob_topic("500223", "0" * 64),
    f"yizhan/500223/{MALLORY}/up",  # a county that is not its own
    "yizhan", "yizhan/500199", "$SYS/broker/clients", "anything", f"yizhan/500199/{MALLORY}/up/more",
]  # fmt: skip


def connect(arena: Arena) -> Intruder:
    found = Intruder(arena.town.stations_port, arena.mallory.credentials.context())
    assert found.up, found.refused
    return found


def test_it_hears_its_own_and_its_countys_documents_and_nothing_else(arena: Arena) -> None:
    one = connect(arena)
    one.subscribe("#", "+/+/+/+", "yizhan/#", "yizhan/+/+/down", "$SYS/#", "$share/x/yizhan/#", *OTHERS)
    arena.redeem()
    arena.town.office("grant", "王建国", "5", "--reason", "巡逻")
    arena.in_step()
    one.wait(lambda: any(name == topic(MALLORY, "down") for name, _ in one.got))  # her own comes
    heard = {name for name, _ in one.got}
    assert {name for name in heard if "/blob/" not in name} == {topic(MALLORY, "down")}
    assert all(name.startswith("yizhan/500199/blob/") for name in heard if "/blob/" in name)
    one.close()
    arena.nothing_but_the_honest()


@pytest.mark.parametrize("retain", [False, True], ids=["said", "retained"])
def test_it_writes_nowhere_else(arena: Arena, retain: bool) -> None:
    before, one = arena.standing(), connect(arena)
    for name in FORBIDDEN:
        assert one.answered(one.publish(name, b"{}", retain=retain)) == NOT_AUTHORIZED, name
    assert one.answered(one.publish(topic(MALLORY, "state"), b'{"boot":1,"online":true}', retain=True)) in (0, 16)
    one.close()
    assert arena.standing() == before
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()


def test_it_cannot_take_another_name(arena: Arena) -> None:
    log = Path(arena.root, "sync.log")
    before = log.read_text()
    for name in (f"{STATION}-1", STATION, "office", "office-1"):
        one = Intruder(arena.town.stations_port, arena.mallory.credentials.context(), name)
        assert one.up, one.refused  # under its own name, whatever it says
        assert one.answered(one.publish(topic(STATION, "up"), b"x")) == NOT_AUTHORIZED
        one.close()
    one = Intruder(
        arena.town.stations_port, arena.mallory.credentials.context(), f"{STATION}-1", user=f"{STATION}-1", password="x"
    )
    if one.up:
        assert one.answered(one.publish(topic(STATION, "up"), b"x")) == NOT_AUTHORIZED
        one.close()
    arena.redeem()
    arena.in_step()
    assert log.read_text()[len(before) :].count("link.lost") == 0


def test_its_will_is_spoken_on_its_own_topic_alone(arena: Arena) -> None:
    state = "SELECT state, connected FROM books_station WHERE id = ?"
    said = b'{"boot":9007199254740990,"online":false,"software":"by mallory"}'
    will = (topic(STATION, "state"), said)
    one = Intruder(arena.town.stations_port, arena.mallory.credentials.context(), will=will)
    if one.up:
        one.tear()
    own = Intruder(arena.town.stations_port, arena.mallory.credentials.context(), will=(topic(MALLORY, "state"), said))
    assert own.up
    own.tear()
    wait(lambda: "by mallory" in arena.books(state, MALLORY)[0][0], "her own will")
    assert "by mallory" not in arena.books(state, STATION)[0][0]
    arena.in_step()


def test_it_cannot_make_the_broker_keep_what_it_does_not_hear(arena: Arena) -> None:
    """A session that lasts: the broker keeps at most what its limits say, and forgets it within the hour."""
    one = Intruder(arena.town.stations_port, arena.mallory.credentials.context(), expiry=0xFFFFFFFF)
    assert one.up
    one.subscribe("yizhan/500199/blob/#")
    one.close()
    before = arena.memory(arena.town.broker)
    arena.redeem()
    arena.in_step()
    assert arena.memory(arena.town.broker) - before < 32 * 2**20


def test_hundreds_of_subscriptions_cost_little(arena: Arena) -> None:
    before = arena.memory(arena.town.broker)
    one = connect(arena)
    for first in range(0, 5000, 100):
        one.client.subscribe([(f"{'a/' * 60}{number}", 1) for number in range(first, first + 100)])
    assert one.answered(one.publish(topic(MALLORY, "want"), b"x")) in (0, 16)
    assert arena.memory(arena.town.broker) - before < 64 * 2**20
    one.close()
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()
