"""What a station with a valid certificate says on its own topics: noise, size, flood, replays, forgeries."""

from __future__ import annotations

import random
import struct

import msgspec
import pytest

from domain.entries import Stamp, encode_entry
from domain.facts import EpochOpened, Granted, VoucherIssued
from domain.ids import CommandId, Day, Epoch, ItemId, PlaceId, ResidentId, StationId, VisitId
from domain.rights import Counter, Move, points_of
from domain.voucher import ItemKind
from sync.chain import Direction
from sync.frame import FRAME
from sync.identity import signed_by
from sync.log import Log
from sync.topics import topic
from tests.attack.arena import MALLORY, Arena
from tests.attack.intruder import Intruder, is_closed, raw_line
from tests.simulation.memory import MemoryStore
from tests.support.enrolled import wait
from tests.support.station import STATION

LIMITS = "frames_a_second = 10000\nrequests_a_second = 10000"
MOST_GROWTH = 96 * 2**20  # bytes of memory, for whatever comes
UP = topic(MALLORY, "up")
BAD = ("frame.malformed", "frame.unsigned", "frame.version", "frame.misaddressed")


@pytest.fixture
def line(arena: Arena) -> Intruder:
    found = Intruder(arena.town.stations_port, arena.mallory.credentials.context())
    assert found.up, found.refused
    return found


def her_log(arena: Arena) -> tuple[Log, MemoryStore]:
    """What an honest station would run with her keys."""
    store = MemoryStore(MALLORY, Direction.UP)
    log = Log(
        station=MALLORY,
        writes=Direction.UP,
        store=store,
        sign=arena.mallory.key.sign,
        verify=lambda message, signature: signed_by(b"", message, signature),
        random=random.Random(1).random,
    )
    log.connected(0.0)
    return log, store


def stamp(number: int) -> Stamp:
    return Stamp(number.to_bytes(16, "big"), 1, 1, clock_ok=True)


def noise(dice: random.Random, sound: bytes) -> bytes:
    """Bytes that are nearly a frame, or not at all."""
    data = bytearray(sound)
    match dice.randrange(6):
        case 0:
            return dice.randbytes(dice.randrange(1, 200))
        case 1:
            return bytes(data[: dice.randrange(1, len(data))])
        case 2:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        case 3:
            data += dice.randbytes(dice.randrange(1, 50))
        case 4:  # msgpack that promises much
            return dice.choice((b"\xdd", b"\xdf", b"\xc6", b"\xdb")) + struct.pack(">I", 2**31) + bytes(20)
        case _:  # a body that is signed and is no frame
            return msgspec.msgpack.encode([dice.randbytes(40), bytes(64)])
    return bytes(data)


def pour(arena: Arena, line: Intruder, count: int) -> None:
    """Until the office has counted so many; what the broker drops between, as it may, does not count."""
    dice, before = random.Random(20261124), arena.memory(arena.town.worker)
    log, _ = her_log(arena)
    sound = log.due(0.0)
    assert sound is not None

    def counted() -> int:
        return sum(arena.counted(MALLORY, code) for code in BAD)

    told, sent = counted(), 0
    while counted() - told < count:
        assert sent < 20 * count, "they are not counted"
        for _ in range(400):
            data = noise(dice, sound)
            mid = line.publish(UP, data if data != sound else b"")
        assert line.answered(mid) in (0, 16)  # no faster than the broker takes them
        sent += 400
    assert arena.memory(arena.town.worker) - before < MOST_GROWTH


def test_malformed_frames_are_counted_and_change_nothing(arena: Arena, line: Intruder) -> None:
    pour(arena, line, 3000)
    arena.redeem()
    arena.in_step()
    assert arena.one("SELECT up_last FROM books_station WHERE id = ?", MALLORY) == 0
    arena.nothing_but_the_honest()
    assert MALLORY in arena.town.office("stations", "--json")
    line.close()


@pytest.mark.proof
def test_a_hundred_thousand_malformed_frames(arena: Arena, line: Intruder) -> None:
    pour(arena, line, 100_000)
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()
    line.close()


def test_huge_packets_end_the_line_before_they_are_read(arena: Arena) -> None:
    before = arena.memory(arena.town.broker), arena.memory(arena.town.worker)
    for size in (70_001, 1_000_000, 20_000_000):
        one = Intruder(arena.town.stations_port, arena.mallory.credentials.context(), v5=False)
        assert one.up
        one.publish(UP, bytes(size))
        one.wait(one.ended.is_set)
    plug = raw_line(arena.town.stations_port, arena.mallory.credentials.context())
    plug.sendall(bytes.fromhex("101000044d5154540402003c000461626364"))
    plug.sendall(b"\x30\xff\xff\xff\x7f")  # PUBLISH, 256 MB to come
    assert is_closed(plug)
    plug.close()
    assert arena.memory(arena.town.broker) - before[0] < MOST_GROWTH
    assert arena.memory(arena.town.worker) - before[1] < MOST_GROWTH
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()


def test_what_the_broker_keeps_for_her_is_three_messages_and_the_office_reads_none_of_it(
    arena: Arena, line: Intruder
) -> None:
    told = arena.counted(MALLORY, "state.malformed")
    for kind in ("state", "up", "want"):
        for _ in range(20):
            line.publish(topic(MALLORY, kind), bytes(60_000), retain=True)
    wait(lambda: arena.counted(MALLORY, "state.malformed") - told >= 20, "the states to be counted")
    wait(lambda: arena.counted(MALLORY, "frame.oversize") >= 20, "the frames to be counted")
    wait(lambda: arena.counted(MALLORY, "want.malformed") >= 20, "the requests to be counted")
    arena.town.worker.stop()
    arena.town.worker.start()  # and gets what was retained
    arena.redeem()
    arena.in_step()
    for kind in ("state", "up", "want"):
        line.publish(topic(MALLORY, kind), b"", retain=True)
    line.close()
    arena.nothing_but_the_honest()


def test_frames_of_others_of_other_lives_and_of_the_other_direction_are_nothing(arena: Arena, line: Intruder) -> None:
    key, before = arena.mallory.key, arena.standing()
    log, store = her_log(arena)
    granted = Granted(points_of(ResidentId("r")), 1_000_000)
    store.write(encode_entry(stamp(1), granted.KIND, granted))
    sound = log.due(0.0)
    assert sound is not None
    body, _ = msgspec.msgpack.decode(sound, type=tuple[bytes, bytes])
    fields = msgspec.msgpack.decode(body)

    def signed(direction: Direction, **changes: object) -> bytes:
        data = msgspec.msgpack.encode(fields | changes)
        return msgspec.msgpack.encode([data, key.sign(FRAME + direction.value + data)])

    for data in (
        signed(Direction.UP, station=STATION),
        signed(Direction.UP, epoch=2),
        signed(Direction.UP, v=2),
        signed(Direction.DOWN),
        signed(Direction.UP, first=2**40),
        signed(Direction.UP, entries=[b"x"] * 51),
    ):
        line.publish(UP, data)
    codes = ("frame.misaddressed", "frame.version", "frame.unsigned", "frame.malformed")
    wait(lambda: all(arena.counted(MALLORY, code) for code in codes), "each to be counted")
    arena.redeem()
    arena.in_step()
    after = arena.standing()
    assert [row for row in after["upentry"] if MALLORY in row] == []
    assert after["credit"] == before["credit"]
    line.close()
    arena.nothing_but_the_honest()


def test_what_she_forges_in_her_own_log_is_kept_parked_and_worth_nothing(arena: Arena, line: Intruder) -> None:
    """Her own log is hers: it takes anything. What it claims is counted against what she was granted: nothing."""
    resident = ResidentId(arena.one("SELECT id FROM books_resident ORDER BY credits DESC LIMIT 1"))
    log, store = her_log(arena)
    opened = EpochOpened(StationId(MALLORY), Epoch(1), "x", 1, "00" * 32)  # a voucher key that is not the enrolled one
    granted = Granted(points_of(resident), 1_000_000)
    issued = VoucherIssued(
        number=1, command=CommandId("c"), visit=VisitId("v"), resident=resident, kind=ItemKind.REPAIR, item=ItemId(301),
        pieces=1, points=400, catalogue=1, place=PlaceId(MALLORY), issued=Day(2500), expires=Day(2530), key_id=1,
    )  # fmt: skip
    spend = Move(points_of(resident), Counter.SPENT, 400)
    earn = Move(points_of(resident), Counter.EARNED, 1_000_000)
    entries = (
        encode_entry(stamp(1), opened.KIND, opened),
        encode_entry(stamp(2), granted.KIND, granted),
        encode_entry(stamp(3), opened.KIND, opened, (earn,)),
        encode_entry(stamp(4), issued.KIND, issued, (spend,)),
        b"{not json",
    )
    for data in entries:
        store.write(data)
    log.poke()
    frame = log.due(0.0)
    assert frame is not None
    for _ in range(50):  # and again, and again
        line.publish(UP, frame)
    wait(lambda: arena.counted(MALLORY, "frame.repeated") >= 49, "the replays to be counted")
    kept = arena.books("SELECT number, parked FROM books_upentry WHERE station_id = ? ORDER BY number", MALLORY)
    assert [number for number, _ in kept] == [1, 2, 3, 4, 5]
    assert all(parked for _, parked in kept)
    assert arena.one("SELECT count(*) FROM books_voucher WHERE station_id = ?", MALLORY) == 0
    moved = "SELECT coalesce(sum(spent + earned + refunded + returned), 0) FROM books_counter WHERE station_id = ?"
    assert arena.one(moved, MALLORY) == 0
    # That she holds more of the office's log than there is she may say; without its signature nobody believes it.
    body, _ = msgspec.msgpack.decode(frame, type=tuple[bytes, bytes])
    said = msgspec.msgpack.encode(msgspec.msgpack.decode(body) | {"ack": 2**53 - 1})
    signature = arena.mallory.key.sign(FRAME + Direction.UP.value + said)
    line.publish(UP, msgspec.msgpack.encode([said, signature]))
    wait(lambda: arena.counted(MALLORY, "frame.unproven") >= 1, "the lie to be counted")
    assert arena.books("SELECT station_id, code FROM books_alarm") == []
    line.close()
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()
