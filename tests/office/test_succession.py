"""The office's key is followed by another one, and no station and no card notices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.card import parse_code, signed_message
from domain.entries import Stamp, encode_entry
from domain.facts import OfficeKeyAnnounced
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from kiosk.trust import OfficeKeys
from office.faults import NoSuccessor
from office.home import home
from office.services.machine import machine_parts
from office.services.people import make_card
from office.services.succession import announce_successor, not_told, successor, use_successor
from sync.identity import SigningKey, signed_by
from tests.office.world import FIRST, SECOND, OfficeWorld
from tests.support.desk import OFFICE, TestDesk


@pytest.fixture
def keys(office: OfficeWorld) -> Iterator[OfficeWorld]:
    yield office
    here = home()
    for path in (here.key_in_use, *(here.secrets.glob("office-*.key"))):
        path.unlink(missing_ok=True)


def test_it_is_used_once_every_station_knows_it(keys: OfficeWorld) -> None:
    with pytest.raises(NoSuccessor, match="office key next"):
        use_successor()
    assert successor() is None
    assert announce_successor(keys.parts) == 2
    assert announce_successor(keys.parts) == 2  # again: told again, and the same
    assert home().signer().key_id == 1
    assert not_told(2) == [FIRST, SECOND]
    with pytest.raises(NoSuccessor, match="2 stations"):
        use_successor()
    for station in (FIRST, SECOND):
        keys.ends[station].open()
        assert keys.talk(station) == []
    assert not_told(2) == []
    assert use_successor() == 2
    assert home().signer().key_id == 2
    assert sorted(home().public_keys()) == ["1", "2"]
    card, data, signature = parse_code(make_card(machine_parts("x"), "500199", keys.residents["李明"]))
    assert card.key_id == 2
    assert signed_by(home().signer_of(2).public, signed_message(data), signature)
    assert announce_successor(keys.parts) == 3


def test_a_lost_key_is_followed_though_a_station_is_silent(keys: OfficeWorld) -> None:
    announce_successor(keys.parts)
    assert use_successor(anyway=True) == 2


def test_a_station_believes_an_announced_key_beside_the_old_one(tmp_path: Path) -> None:
    desk, new, stranger = TestDesk(tmp_path), SigningKey(2, b"n" * 32), SigningKey(3, b"s" * 32)
    believed = OfficeKeys({1: OFFICE.public}, desk.journal.office_keys.all)
    assert believed.any(b"m", OFFICE.sign(b"m"))
    assert not believed.any(b"m", new.sign(b"m"))
    desk.receive([OfficeKeyAnnounced(2, new.public.hex())])
    for key in (OFFICE, new):
        assert believed.any(b"m", key.sign(b"m"))
        assert believed(key.key_id, b"m", key.sign(b"m"))
    assert not believed(1, b"m", new.sign(b"m"))
    assert not believed.any(b"m", stranger.sign(b"m"))
    desk.receive([OfficeKeyAnnounced(2, new.public.hex()), OfficeKeyAnnounced(2, stranger.public.hex())])
    assert desk.journal.down.parked() == 1  # a number is given to one key
    assert not believed.any(b"m", stranger.sign(b"m"))
    desk.receive([OfficeKeyAnnounced(1, stranger.public.hex())])
    assert believed(1, b"m", OFFICE.sign(b"m"))  # what the enrolment said stands
    assert verify(desk.journal).sound


def test_a_key_that_nobody_announced_is_found(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path)
    connection_of(desk.journal).execute("INSERT INTO office_keys (key_id, key) VALUES (9, ?)", (bytes(32),))
    report = verify(desk.journal)
    assert report.faults == ("office_keys: key 9 is not as the office announced it",)


def test_an_announcement_that_is_none_is_parked(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path)
    good = OfficeKeyAnnounced(2, "ab" * 32)
    data = encode_entry(Stamp(bytes(16), 1, 1, clock_ok=True), good.KIND, good)
    with desk.journal.transaction("test"):
        desk.journal.down.receive([data.replace(b'"key_id":2', b'"key_id":0'), data.replace(b"abab", b"zzzz", 1)])
    assert desk.journal.down.parked() == 2
    assert desk.journal.office_keys.all() == {}
    assert isinstance(desk.journal, Journal)
