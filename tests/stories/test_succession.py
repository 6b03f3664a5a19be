"""The office's key changes while a station works: the worker goes over by itself, and the station believes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.recognise import Recognised, read_card
from kiosk.station import open_parts
from kiosk.system import Machine
from tests.attack.arena import Arena
from tests.support.enrolled import wait
from tests.support.station import STATION

PEOPLE = '[[resident]]\nname = "新来的"\npoints = 50\nnotice = 1\n'


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[Arena]:
    made = Arena(tmp_path)
    made.start()
    yield made
    made.close()


def test_a_new_key_is_announced_used_and_believed(arena: Arena) -> None:
    town = arena.town
    town.office("key", "next")
    arena.in_step()
    assert arena.parts is not None
    wait(lambda: arena.parts is not None and 2 in arena.parts.journal.office_keys.all(), "the announcement")
    town.office("key", "use", "--anyway")  # the other machine of this town never speaks
    file, cards = arena.root / "people.toml", arena.root / "new.json"
    file.write_text(PEOPLE, encoding="utf-8")
    town.office("import", str(file), "--station", STATION, "--cards", str(cards))
    arena.in_step()  # what the worker signs with key 2 is taken
    (card,) = json.loads(cards.read_bytes())
    old = arena.honest.card("陈桂芳").code
    parts = open_parts(arena.honest.folder, STATION, "站", Machine(trust_clock=True), demo=False)
    for code in (card["code"], old):
        found = read_card(code, STATION[:6], parts.pepper, parts.verify_office)
        assert isinstance(found, Recognised), found
    parts.journal.close()
    town.worker.stop()
    town.worker.start()
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()
