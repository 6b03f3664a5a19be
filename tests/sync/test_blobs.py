from __future__ import annotations

import contextlib
import random
from collections import deque
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
                    station.take(name, chunk, now)
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


def test_one_chunk_is_asked_for_until_it_is_known_how_quick_the_line_is_and_then_two(tmp_path: Path) -> None:
    office, station = server(), fetcher(tmp_path, NAME, sha256_of(b"another"))
    request = station.due(0.0)
    assert request is not None
    assert station.due(0.0) is None
    office.ask(request, 0.0)
    for name, chunk in office.due(0.0, 9):
        station.take(name, chunk, 0.1)
    request = station.due(0.1)
    assert request is not None
    assert len(msgspec.msgpack.decode(request, type=Request).offsets) == 2
    assert station.due(0.1) is None


class SlowLine:
    """What is sent down stands in one queue; ``most`` is how many bytes stood in it at once."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.queue: deque[tuple[str, bytes]] = deque()
        self.gone = 0.0
        self.most = 0

    def send(self, name: str, chunk: bytes) -> None:
        self.queue.append((name, chunk))
        self.most = max(self.most, sum(len(data) for _, data in self.queue))

    def pass_on(self, seconds: float) -> list[tuple[str, bytes]]:
        self.gone += seconds * self.rate
        arrived = []
        while self.queue and self.gone >= len(self.queue[0][1]):
            arrived.append(self.queue.popleft())
            self.gone -= len(arrived[-1][1])
        self.gone = self.gone if self.queue else 0.0
        return arrived


def run_over(line: SlowLine, office: BlobServer, station: Fetcher, start: float, until: Callable[[], bool]) -> float:
    now = start
    while not until():
        now += 0.05
        while (request := station.due(now)) is not None:
            office.ask(request, now)
        for name, chunk in office.due(now, 24):
            line.send(name, chunk)
        for name, chunk in line.pass_on(0.05):
            station.take(name, chunk, now)
        assert now < start + 10_000
    return now


@pytest.mark.parametrize("rate", [500, 1000, 4000])
def test_on_a_slow_line_one_chunk_stands_before_a_frame_and_none_is_sent_twice(tmp_path: Path, rate: int) -> None:
    pictures = [random.Random(number).randbytes(5 * CHUNK) for number in range(6)]
    office, station = server(*pictures), fetcher(tmp_path, *map(sha256_of, pictures))
    line = SlowLine(rate)
    now = run_over(line, office, station, 0.0, lambda: station.missing == 5)
    assert line.most <= (1 + CHUNK / rate / 2) * (CHUNK + 20)  # it has to be found out first
    line.most = 0
    end = run_over(line, office, station, now, lambda: station.missing == 0)
    assert line.most <= CHUNK + 20
    assert end - now <= 1.1 * sum(map(len, pictures[1:])) / rate  # and the line is hardly ever idle


def test_a_line_that_becomes_slow_is_found_out(tmp_path: Path) -> None:
    pictures = [random.Random(number).randbytes(5 * CHUNK) for number in range(12)]
    office, station = server(*pictures), fetcher(tmp_path, *map(sha256_of, pictures))
    line = SlowLine(100_000)
    now = run_over(line, office, station, 0.0, lambda: station.missing == 9)
    assert len(station.wanted) == ACTIVE_MAX
    line.rate = 1000
    now = run_over(line, office, station, now, lambda: station.missing == 6)
    assert line.most <= 5 * (CHUNK + 20)
    assert len(station.wanted) == 1
    line.most = 0
    now = run_over(line, office, station, now, lambda: station.missing == 3)
    assert line.most <= CHUNK + 20
    line.rate = 100_000
    end = run_over(line, office, station, now, lambda: station.missing == 0)
    assert end - now < 10


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    office, station = server(), fetcher(tmp_path)
    for now in (0.0, 1.0):
        office.ask(station.due(now) or b"", now)
        for name, chunk in office.due(now, 9):
            station.take(name, chunk, now)
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
    assert not station.take(NAME, msgspec.msgpack.encode(chunk), 0.0)
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
    play(server(), [station], seconds=600)
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
            if station.take(name, chunk, now):
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


@pytest.mark.parametrize("where", ["extend", "finish"])
def test_a_full_disk_is_not_asked_for_the_same_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    office, station, now, sent = server(), fetcher(tmp_path), 0.0, 0
    monkeypatch.setattr(BlobFolder, where, lambda *_: (_ for _ in ()).throw(OSError(28, "no space left")))
    while now < 120:
        if request := station.due(now):
            office.ask(request, now)
        for name, chunk in office.due(now, 9):
            sent += 1
            with contextlib.suppress(OSError):
                station.take(name, chunk, now)
        now += 0.01
    assert sent < 30
    monkeypatch.undo()
    while station.missing:
        if request := station.due(now):
            office.ask(request, now)
        for name, chunk in office.due(now, 9):
            station.take(name, chunk, now)
        now += 0.1
        assert now < 400
    assert BlobFolder(tmp_path).path(NAME).read_bytes() == BLOB


@pytest.mark.parametrize("offset", [0, CHUNK])
@pytest.mark.parametrize("size", [None, len(BLOB), 17])
def test_a_forged_chunk_delays_and_never_stops(tmp_path: Path, offset: int, size: int | None) -> None:
    station = fetcher(tmp_path, "0" * 64)
    station.want(NAME, size)
    forged = Chunk(offset, BLOB_BYTES_MAX, bytes(CHUNK))
    station.take(NAME, msgspec.msgpack.encode(forged), 0.0)
    play(server(), [station], seconds=600)
    assert BlobFolder(tmp_path).path(NAME).read_bytes() == BLOB


def test_what_comes_ahead_is_kept_only_so_far(tmp_path: Path) -> None:
    station = fetcher(tmp_path, *(f"{number:064x}" for number in range(20)))
    for name in [f"{number:064x}" for number in range(20)]:
        for offset in range(CHUNK, BLOB_BYTES_MAX, CHUNK):
            station.take(name, msgspec.msgpack.encode(Chunk(offset, BLOB_BYTES_MAX, bytes(CHUNK))), 0.0)
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
