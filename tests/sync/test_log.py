from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from sync.chain import Direction, first_hash
from sync.frame import Frame, Private, SignedHead, Want, decode_frame, encode_frame
from sync.identity import SigningKey, signed_by
from sync.log import Heard, Log
from sync.store import AlarmCode, Position
from tests.simulation.memory import MemoryStore

STATION = "50019900100101"
KEYS = {Direction.UP: SigningKey(1, b"u" * 32), Direction.DOWN: SigningKey(1, b"d" * 32)}


class Store(MemoryStore):
    """Also says which epochs of the peer may begin, and keeps wishes."""

    epoch = 1
    may = frozenset({1})
    wants: tuple[Want, ...] = ()

    def peer_head(self) -> Position:
        return Position(self.epoch, len(self.peer) - 1, self.peer[-1])

    def may_begin(self, epoch: int) -> bool:
        return epoch in self.may

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        self.epoch, self.peer = epoch, [first_hash(Direction.UP, STATION, epoch)]

    def wanted(self, wants: object) -> None:
        self.wants = tuple(wants)  # type: ignore[arg-type]


@dataclass
class End:
    store: Store
    log: Log
    writes: Direction

    def say(self, now: float) -> bytes:
        data = self.log.due(now)
        assert data is not None
        return data

    def frame(self, now: float) -> Frame:
        return self.read(self.say(now))

    def read(self, data: bytes) -> Frame:
        return decode_frame(data, self.writes, STATION, lambda m, s: signed_by(KEYS[self.writes].public, m, s))

    def forge(self, data: bytes, **changes: object) -> bytes:
        """The same frame with other values, signed by its rightful sender."""
        return encode_frame(msgspec.structs.replace(self.read(data), **changes), self.writes, KEYS[self.writes].sign)


def end(writes: Direction) -> End:
    store = Store(STATION, writes)
    hears = Direction.DOWN if writes is Direction.UP else Direction.UP
    log = Log(
        station=STATION,
        writes=writes,
        store=store,
        sign=KEYS[writes].sign,
        verify=lambda message, signature: signed_by(KEYS[hears].public, message, signature),
        random=lambda: 0.5,
    )
    log.connected(0.0)
    return End(store, log, writes)


@pytest.fixture
def station() -> End:
    return end(Direction.UP)


@pytest.fixture
def office() -> End:
    return end(Direction.DOWN)


def write(side: End, *entries: bytes) -> None:
    for entry in entries:
        side.store.write(entry)
    side.log.poke()


def test_nothing_is_said_while_there_is_no_broker(station: End) -> None:
    station.log.disconnected()
    write(station, b"one")
    assert station.log.due(1000.0) is None


def test_an_entry_goes_over_and_is_acknowledged(station: End, office: End) -> None:
    office.say(0.0)  # its greeting
    write(station, b"one", b"two")
    assert office.log.receive(station.say(0.0), 0.0) == Heard(taken=2)
    assert office.store.applied == [b"one", b"two"]
    answer = office.frame(0.0)
    assert (answer.ack, answer.reply, answer.entries) == (2, False, ())
    assert station.store.holds == 0
    station.log.receive(office.forge(encode_frame(answer, Direction.DOWN, KEYS[Direction.DOWN].sign)), 0.0)
    assert station.store.holds == 2


def test_one_frame_is_in_flight_and_it_goes_again_after_a_while(station: End) -> None:
    write(station, *(b"%d" % number for number in range(120)))
    first = station.frame(0.0)
    assert [len(first.entries), first.first] == [50, 1]
    write(station, b"more")
    assert station.log.due(14.9) is None
    assert station.frame(15.1).entries == first.entries
    assert station.log.due(15.2 + 29.0) is None  # twice as long the second time
    assert station.frame(15.2 + 30.1).entries == first.entries


def test_a_frame_has_room_for_large_entries_only_so_far(station: End) -> None:
    write(station, *(bytes([number]) * 4096 for number in range(40)))
    assert 9 <= len(station.frame(0.0).entries) <= 12


def test_a_backlog_goes_frame_after_frame(station: End, office: End) -> None:
    write(station, *(b"%d" % number for number in range(170)))
    office.log.receive(station.say(0.0), 0.0)
    for _ in range(20):
        for data in (office.log.due(0.0), station.log.due(0.0)):
            if data is not None:
                (office if station.writes is Direction.UP and _is_up(data) else station).log.receive(data, 0.0)
    assert len(office.store.applied) == 170
    assert station.store.holds == 170


def _is_up(data: bytes) -> bool:
    try:
        decode_frame(data, Direction.UP, STATION, lambda m, s: signed_by(KEYS[Direction.UP].public, m, s))
    except ValueError:
        return False
    return True


def test_silence_is_broken_by_a_heartbeat_that_wants_an_answer(station: End, office: End) -> None:
    greeting = station.frame(0.0)
    assert (greeting.entries, greeting.reply) == ((), True)
    assert station.log.due(29.0) is None
    heartbeat = station.say(30.1)
    assert station.read(heartbeat).reply
    office.say(0.0)
    office.log.receive(heartbeat, 0.0)
    assert not office.frame(0.0).reply  # an answer; it is not answered
    assert office.log.due(0.0) is None


def test_the_same_frame_twice_is_taken_once(station: End, office: End) -> None:
    write(station, b"one")
    data = station.say(0.0)
    assert [office.log.receive(data, 0.0).taken for _ in range(3)] == [1, 0, 0]
    assert office.store.applied == [b"one"]


def test_a_gap_changes_nothing_and_is_answered_with_what_is_held(station: End, office: End) -> None:
    write(station, b"one", b"two")
    station.store.holds = 1
    assert office.log.receive(station.say(0.0), 0.0).code == "frame.gap"
    assert office.store.applied == []
    station.log.receive(office.say(0.0), 0.0)
    assert station.frame(0.0).entries == (b"one", b"two")


def test_a_fork_changes_nothing_and_tells_both_sides(station: End, office: End) -> None:
    write(station, b"one", b"two")
    office.log.receive(station.say(0.0), 0.0)
    office.say(0.0)
    clone = end(Direction.UP)
    write(clone, b"one", b"other", b"three")
    assert office.log.receive(clone.say(0.0), 0.0).code == AlarmCode.FORK
    assert office.store.applied == [b"one", b"two"]
    assert office.store.alarms == [AlarmCode.FORK]
    clone.log.receive(office.say(0.0), 0.0)
    assert clone.store.alarms == [AlarmCode.OWN_FORK]


def test_an_old_image_is_told_so_by_the_first_answer(station: End, office: End) -> None:
    write(station, b"one", b"two")
    office.log.receive(station.say(0.0), 0.0)
    image = end(Direction.UP)
    write(image, b"one")
    image.log.receive(office.say(0.0), 0.0)
    assert image.store.alarms == [AlarmCode.WENT_BACK]
    assert image.store.holds == 0


def test_a_head_that_does_not_cover_its_entries_is_as_bad_as_a_fork(station: End, office: End) -> None:
    write(station, b"one")
    data = station.say(0.0)
    assert office.log.receive(station.forge(data, entries=(b"two",)), 0.0).code == AlarmCode.FORK
    assert office.store.applied == []


def test_a_new_epoch_begins_only_when_it_may(station: End, office: End) -> None:
    second = end(Direction.UP)
    write(second, b"two")
    frame = second.frame(0.0)
    data = second.forge(encode_frame(frame, Direction.UP, KEYS[Direction.UP].sign))
    assert office.log.receive(data, 0.0).taken == 1
    assert office.log.receive(_in_epoch_2(b"new life"), 0.0).code == AlarmCode.EPOCH_UNKNOWN
    office.store.may = frozenset({1, 2})
    assert office.log.receive(_in_epoch_2(b"new life"), 0.0) == Heard(taken=1)
    assert office.log.receive(data, 0.0).code == "frame.epoch_closed"
    assert office.store.applied == [b"two", b"new life"]


def _in_epoch_2(entry: bytes) -> bytes:
    class Second(Store):
        def own_head(self) -> Position:
            return Position(2, len(self.own) - 1, self.own[-1])

    store = Second(STATION, Direction.UP)
    store.own = [first_hash(Direction.UP, STATION, 2)]
    store.write(entry)
    log = Log(
        station=STATION,
        writes=Direction.UP,
        store=store,
        sign=KEYS[Direction.UP].sign,
        verify=lambda _message, _signature: True,
        random=lambda: 0.5,
    )
    log.connected(0.0)
    data = log.due(0.0)
    assert data is not None
    return data


def test_wishes_go_along_once(station: End, office: End) -> None:
    station.say(0.0)
    station.log.want((Want("visit", "points/r", 20),))
    office.log.receive(station.say(0.0), 0.0)
    assert office.store.wants == (Want("visit", "points/r", 20),)
    assert station.log.due(0.0) is None


def test_the_erasable_part_goes_beside_its_entry() -> None:
    from sync.store import Written

    class Keeps(Store):
        def own_entries(self, after: int, limit: int) -> list[Written]:
            return [Written(1, b"one", b"s" * 16, b"13812345678")][after:]

    side = end(Direction.UP)
    store = Keeps(STATION, Direction.UP)
    store.write(b"one")
    side.log._store = store
    assert side.frame(0.0).privates == (Private(1, b"s" * 16, b"13812345678"),)


def test_what_was_under_way_to_a_peer_that_greets_anew_goes_again_at_once(station: End, office: End) -> None:
    """A peer that was started, or connected, after it was sent has never had it; nobody waits for the retry."""
    station.log.receive(office.say(0.0), 0.0)
    station.say(0.0)
    write(station, b"one")
    assert station.frame(1.0).entries == (b"one",)  # nobody listens
    assert station.log.due(2.0) is None
    office.log.connected(2.0)
    station.log.receive(office.say(2.0), 2.0)
    assert station.frame(2.0).entries == (b"one",)
    assert station.log.due(2.0) is None
    answer = encode_frame(
        msgspec.structs.replace(office.read(office.forge(station_greeting(office))), reply=False),
        Direction.DOWN,
        KEYS[Direction.DOWN].sign,
    )
    station.log.receive(answer, 3.0)
    assert station.log.due(3.0) is None  # an answer that is only late is no reason to hurry


def station_greeting(side: End) -> bytes:
    side.log.connected(3.0)
    return side.say(3.0)


def test_a_greeting_that_carries_entries_is_known_for_one(station: End, office: End) -> None:
    write(station, b"one")
    greeting = station.frame(0.0)
    assert (greeting.entries, greeting.reply) == ((b"one",), True)
    write(office, b"two")
    office.say(0.0)
    assert office.log.due(1.0) is None  # in flight, to somebody who was not there yet
    office.log.receive(encode_frame(greeting, Direction.UP, KEYS[Direction.UP].sign), 1.0)
    assert office.frame(1.0).entries == (b"two",)


def test_of_a_life_that_was_fenced_acknowledgements_are_read_and_entries_are_not(station: End) -> None:
    office = end(Direction.DOWN)
    office.store.write(b"fenced")
    office.store.fenced = True
    office.log.poke()
    station.store.write(b"too late")
    station.log.poke()
    assert station.log.receive(office.say(0), 0).taken == 1
    heard = office.log.receive(station.say(0), 0)
    assert (heard.code, heard.taken, office.store.applied) == ("frame.epoch_closed", 0, [])
    assert office.store.holds == 1
    station.log.receive(office.say(1), 1)
    assert station.store.holds == 0
    assert not station.store.alarms


def test_who_went_back_in_time_is_told_before_anything_of_the_frame_is_applied(station: End) -> None:
    office = end(Direction.DOWN)
    office.store.write(b"forgotten by the office")
    office.log.poke()
    station.log.receive(office.say(0), 0)
    station.say(0)
    restored = end(Direction.DOWN)
    restored.store.takes_entries = lambda: not restored.store.alarms  # type: ignore[method-assign]
    station.store.write(b"follows from it")
    station.log.poke()
    heard = restored.log.receive(station.say(1), 1)
    assert restored.store.alarms == [AlarmCode.WENT_BACK]
    assert (heard.taken, restored.store.applied) == (0, [])
