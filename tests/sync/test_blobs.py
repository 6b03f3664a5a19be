from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.blob_folder import BlobFolder
from sync.blob_messages import BLOB_BYTES_MAX, CHUNK, Chunk, Request, sha256_of
from sync.blob_server import BlobServer
from sync.blobs import ACTIVE_MAX, AHEAD_MAX, Fetcher

BLOB = random.Random(1).randbytes(5 * CHUNK + 17)
NAME = sha256_of(BLOB)


def server(*blobs: bytes) -> BlobServer:
    return BlobServer({sha256_of(blob): blob for blob in blobs or (BLOB,)}.get)


def fetcher(folder: Path, *names: str) -> Fetcher:
    made = Fetcher(BlobFolder(folder), lambda: 0.5)
    for name in names or (NAME,):
        made.want(name)
    return made


def play(
    office: BlobServer, stations: list[Fetcher], lose: Callable[[], bool] = lambda: False, seconds: float = 100
) -> int:
    """Let them talk until nobody wants anything; return how many chunks went over."""
    now, sent = 0.0, 0
    while any(station.wanted for station in stations) and now < seconds:
        for station in stations:
            request = station.due(now)
            if request is not None and not lose():
                office.ask(request, now)
        for name, chunk in office.due(now, 4):
            sent += 1
            for station in stations:
                if not lose():
                    station.take(name, chunk)
        now += 0.01
    return sent


def test_a_blob_arrives_whole(tmp_path: Path) -> None:
    assert play(server(), [fetcher(tmp_path)]) == 6
    assert BlobFolder(tmp_path).path(NAME).read_bytes() == BLOB
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_several_that_wait_share_the_chunks(tmp_path: Path) -> None:
    stations = [fetcher(tmp_path / str(number)) for number in range(78)]
    assert play(server(), stations) == 6
    assert all((tmp_path / str(number) / NAME).is_file() for number in range(78))


def test_losses_are_asked_for_again(tmp_path: Path) -> None:
    chance = random.Random(2)
    stations = [fetcher(tmp_path / str(number)) for number in range(3)]
    play(server(), stations, lambda: chance.random() < 0.3, seconds=600)
    assert [station.wanted for station in stations] == [(), (), ()]


def test_no_more_than_two_chunks_are_asked_for_at_a_time(tmp_path: Path) -> None:
    station = fetcher(tmp_path, NAME, sha256_of(b"another"))
    first = station.due(0.0)
    assert first is not None
    assert station.due(0.0) is not None  # the size of neither is known: one of each
    assert station.due(0.0) is None


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    office, station = server(), fetcher(tmp_path)
    for now in (0.0, 1.0):
        office.ask(station.due(now) or b"", now)
        for name, chunk in office.due(now, 9):
            station.take(name, chunk)
    (tmp_path / f"{NAME}.part").open("ab").write(b"torn")
    held = BlobFolder(tmp_path).length(NAME)
    assert held == 3 * CHUNK
    assert play(server(), [fetcher(tmp_path)]) == 6 - 3 + 1  # the last piece once more: it says how large all is
    assert BlobFolder(tmp_path).path(NAME).read_bytes() == BLOB


def test_what_the_hash_does_not_vouch_for_is_thrown_away_and_fetched_again(tmp_path: Path) -> None:
    station = fetcher(tmp_path)
    liar = BlobServer(lambda _name: b"x" * len(BLOB))
    play(liar, [station], seconds=1)
    assert station.wrong >= 1
    assert not BlobFolder(tmp_path).has(NAME)
    assert play(server(), [station], seconds=200) >= 6
    assert BlobFolder(tmp_path).has(NAME)


@pytest.mark.parametrize(
    "chunk",
    [
        Chunk(1, 100, b"x" * 99),
        Chunk(0, 100, b"x" * 99),
        Chunk(0, 0, b""),
        Chunk(-CHUNK, 100, b"x"),
        Chunk(0, BLOB_BYTES_MAX + 1, b"x" * CHUNK),
        Chunk(CHUNK, CHUNK, b""),
    ],
)
def test_a_chunk_that_cannot_be_is_dropped(tmp_path: Path, chunk: Chunk) -> None:
    station = fetcher(tmp_path)
    assert not station.take(NAME, msgspec.msgpack.encode(chunk))
    assert station.wrong == 1
    assert list(tmp_path.iterdir()) == []


@given(st.binary(max_size=60))
def test_noise_changes_nothing(noise: bytes) -> None:
    office = server()
    office.ask(noise, 0.0)
    assert office.due(0.0, 9) == []


@pytest.mark.parametrize("request_", [Request(b"short", (0,)), Request(b"x" * 32, (0, 1)), Request(b"x" * 32, ())])
def test_a_request_that_cannot_be_is_dropped(request_: Request) -> None:
    office = server()
    office.ask(msgspec.msgpack.encode(request_), 0.0)
    assert (office.due(0.0, 9), office.wrong) == ([], 1)


def test_who_asks_for_what_is_not_there_gets_nothing(tmp_path: Path) -> None:
    office, station = server(b"other"), fetcher(tmp_path)
    assert play(office, [station], seconds=5) == 0
    assert office.wrong >= 1


def test_who_subscribed_a_moment_too_late_gets_the_chunk_a_moment_later() -> None:
    office = server()
    ask = msgspec.msgpack.encode(Request(bytes.fromhex(NAME), (0,)))
    office.ask(ask, 0.0)
    assert len(office.due(0.0, 9)) == 1
    for _ in range(5):
        office.ask(ask, 0.1)
    assert office.due(0.1, 9) == []
    assert len(office.due(0.3, 9)) == 1
    assert office.due(9.0, 9) == []


def test_what_nobody_has_starves_nothing(tmp_path: Path) -> None:
    station = fetcher(tmp_path, *(f"{number:064x}" for number in range(20)), NAME)
    play(server(), [station], seconds=120)
    assert station.missing == 20
    assert BlobFolder(tmp_path).has(NAME)


def test_a_document_goes_before_pictures_that_were_wanted_first(tmp_path: Path) -> None:
    pictures = [bytes([number]) * 30 * CHUNK for number in range(3)]
    station = fetcher(tmp_path, *map(sha256_of, pictures))
    station.want(NAME, len(BLOB))
    arrived = []
    office, now = server(BLOB, *pictures), 0.0
    while station.missing:
        if request := station.due(now):
            office.ask(request, now)
        for name, chunk in office.due(now, 9):
            if station.take(name, chunk):
                arrived.append(name)
        now += 0.3
    assert arrived == [NAME, *map(sha256_of, pictures)]


def test_killed_before_the_last_look_is_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = b"p" * 5 * CHUNK
    monkeypatch.setattr(BlobFolder, "finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        play(server(blob), [fetcher(tmp_path, sha256_of(blob))])
    monkeypatch.undo()
    assert BlobFolder(tmp_path).length(sha256_of(blob)) == len(blob)
    play(server(blob), [fetcher(tmp_path, sha256_of(blob))])
    assert BlobFolder(tmp_path).has(sha256_of(blob))


@pytest.mark.parametrize("offset", [0, CHUNK])
@pytest.mark.parametrize("size", [None, len(BLOB), 17])
def test_a_forged_chunk_delays_and_never_stops(tmp_path: Path, offset: int, size: int | None) -> None:
    station = fetcher(tmp_path, "0" * 64)
    station.want(NAME, size)
    forged = Chunk(offset, BLOB_BYTES_MAX, bytes(CHUNK))
    station.take(NAME, msgspec.msgpack.encode(forged))
    play(server(), [station], seconds=600)
    assert BlobFolder(tmp_path).path(NAME).read_bytes() == BLOB


def test_what_comes_ahead_is_kept_only_so_far(tmp_path: Path) -> None:
    station = fetcher(tmp_path, *(f"{number:064x}" for number in range(20)))
    for name in [f"{number:064x}" for number in range(20)]:
        for offset in range(CHUNK, BLOB_BYTES_MAX, CHUNK):
            station.take(name, msgspec.msgpack.encode(Chunk(offset, BLOB_BYTES_MAX, bytes(CHUNK))))
    held = sum(len(data) for fetch in station._wanted.values() for data in fetch.ahead.values())
    assert held == ACTIVE_MAX * AHEAD_MAX * CHUNK


def test_looking_for_what_is_not_there_counts_against_a_turn() -> None:
    looked: list[str] = []

    def read(name: str) -> None:
        looked.append(name)

    office = BlobServer(read)
    for number in range(500):
        office.ask(msgspec.msgpack.encode(Request(number.to_bytes(32, "big"), (0,))), 0.0)
    assert office.due(0.0, 24) == []
    assert len(looked) == 24
