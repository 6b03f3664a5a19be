"""Announced documents: fetched by hash, checked, put on the shelf, and the office is told; pictures follow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from domain.board import Board, Span
from domain.entries import Stamp, decode_entry, encode_entry
from domain.facts import UP, DocumentActivated, DocumentAnnounced, DocumentRefused, DocumentTaken, Fact, fact_of
from kiosk.faults import listen
from kiosk.shelf import Shelf, previous_of
from kiosk.station import Folder, ShelfBoard, ShelfCatalogue, ShelfRules
from kiosk.taking import Taker
from sync.blob_messages import sha256_of
from sync.blob_server import BlobServer
from tests.support.desk import CATALOGUE, TestDesk

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20_000)


class Cut(Exception):
    """The power went."""


@dataclass
class Bench:
    """A station's taker, and an office that sends every chunk that is asked for."""

    desk: TestDesk
    folder: Folder
    blobs: dict[str, bytes]
    written: int = 0

    def __post_init__(self) -> None:
        self.server = BlobServer(self.blobs.get)
        self.start()

    def start(self) -> None:
        self.taker = Taker(self.desk.journal, self.folder, self.desk.system, self.stamp, self.count)
        self.taker.begin()

    def count(self) -> None:
        self.written += 1

    def stamp(self) -> Stamp:
        return Stamp(self.desk.system.random_bytes(16), 1, self.desk.system.now_ms(), clock_ok=True)

    def publish(self, body: bytes, version: int = 2, changes: dict[str, object] | None = None) -> None:
        self.blobs[sha256_of(body)] = body
        fact = DocumentAnnounced("catalogue", version, sha256_of(body), len(body))
        fact = msgspec.structs.replace(fact, **(changes or {}))
        self.desk.receive([fact])

    def fetch(self) -> None:
        """Look, and let chunks pass until nothing more is asked for."""
        self.taker.look()
        for now in range(0, 400, 4):
            request = self.taker.fetcher.due(float(now))
            if request is not None:
                self.server.ask(request, float(now))
            for sha256, chunk in self.server.due(float(now), 99):
                self.taker.came(sha256, chunk)

    def said(self) -> list[Fact | None]:
        facts = [fact_of(decode_entry(data), UP) for _, data, _ in self.desk.journal.chain.read()]
        return [fact for fact in facts if isinstance(fact, DocumentTaken | DocumentRefused)]

    def state(self) -> str:
        return self.desk.journal.announcements.all()[0].state

    def version(self) -> int:
        catalogue = ShelfCatalogue(self.folder.shelf)()
        return 0 if catalogue is None else catalogue.version


def catalogue(version: int = 2, picture: str | None = None) -> bytes:
    items = [msgspec.structs.replace(item, picture=picture) for item in CATALOGUE.items]
    return msgspec.json.encode(msgspec.structs.replace(CATALOGUE, version=version, items=tuple(items)))


@pytest.fixture
def bench(desk: TestDesk, tmp_path: Path) -> Bench:
    return Bench(desk, Folder(tmp_path), {})


def test_a_catalogue_is_taken_and_the_office_is_told(bench: Bench) -> None:
    body = catalogue()
    bench.publish(body)
    bench.fetch()
    assert (bench.version(), bench.state(), bench.written) == (2, "taken", 1)
    assert bench.said() == [DocumentTaken("catalogue", 2, sha256_of(body))]
    assert list(bench.folder.blobs.iterdir()) == []
    bench.fetch()
    assert len(bench.said()) == 1


def test_its_pictures_follow_under_the_names_that_it_gives_them(bench: Bench) -> None:
    name = f"{sha256_of(PICTURE)}.png"
    bench.publish(catalogue(picture=name))
    bench.fetch()
    assert bench.version() == 2  # prices do not wait for photographs
    assert not (bench.folder.pictures / name).exists()
    bench.blobs[sha256_of(PICTURE)] = PICTURE
    bench.start()  # after a restart what is missing is asked for again
    bench.fetch()
    assert (bench.folder.pictures / name).read_bytes() == PICTURE


def test_a_document_that_is_replaced_on_its_way_is_not_fetched_to_its_end(bench: Bench) -> None:
    bench.publish(catalogue(2) + b" " * 40_000, version=2)
    bench.taker.look()
    request = bench.taker.fetcher.due(0.0)
    assert request is not None
    bench.server.ask(request, 0.0)
    for sha256, chunk in bench.server.due(0.0, 1):
        bench.taker.came(sha256, chunk)
    assert len(list(bench.folder.blobs.iterdir())) == 1
    bench.publish(catalogue(3), version=3)
    bench.fetch()
    assert (bench.version(), bench.taker.fetcher.missing) == (3, 0)
    assert list(bench.folder.blobs.iterdir()) == []


def test_what_nothing_names_any_more_goes_at_the_next_start(bench: Bench) -> None:
    old, kept = bench.folder.pictures / f"{'0' * 64}.png", bench.folder.pictures / "drawn-by-hand.png"
    bench.publish(catalogue())
    bench.fetch()
    bench.folder.blobs.joinpath("f" * 64 + ".part").write_bytes(b"x")
    for path in (old, kept):
        path.write_bytes(PICTURE)
    bench.start()
    assert (old.exists(), kept.exists()) == (False, True)
    assert list(bench.folder.blobs.iterdir()) == []


def test_names_that_are_no_hash_are_never_fetched_nor_written(bench: Bench) -> None:
    bench.publish(catalogue(picture="../../etc/passwd.png"))
    bench.fetch()
    assert bench.version() == 2
    assert bench.taker.fetcher.wanted == ()


@pytest.mark.parametrize(
    ("body", "changes", "code"),
    [
        (b"not a catalogue", {}, "document.malformed"),
        (catalogue(3), {}, "document.malformed"),
        (catalogue().replace(b'"points":120', b'"points":-5'), {}, "document.malformed"),
        (catalogue().replace(b'"unit"', b'"unti"'), {}, "document.malformed"),
        (catalogue(), {"size": 5}, "document.malformed"),
        (catalogue(), {"name": "weather"}, "document.unknown"),
    ],
)
def test_what_is_not_right_is_refused_and_the_one_before_stays(
    bench: Bench, body: bytes, changes: dict[str, object], code: str
) -> None:
    bench.publish(catalogue(1), version=1)
    bench.fetch()
    bench.publish(body, changes=changes)
    bench.fetch()
    assert bench.version() == 1
    refused = bench.said()[-1]
    assert isinstance(refused, DocumentRefused)
    assert (refused.code, refused.version) == (code, 2)
    bench.publish(catalogue(3), version=3)
    bench.fetch()
    assert bench.version() == 3


def test_a_time_that_has_not_come_is_waited_for_and_a_doubtful_clock_brings_nothing(bench: Bench) -> None:
    system = bench.desk.system
    bench.publish(catalogue(), changes={"effective_from": system.now_ms() + 60_000})
    bench.fetch()
    assert bench.version() == 0
    system.advance(61)
    system.synchronised = False
    bench.taker.look()
    assert bench.version() == 0
    system.synchronised = True
    bench.taker.look()
    assert (bench.version(), bench.state()) == (2, "taken")


@pytest.mark.parametrize("point", ["shelf.written", "shelf.replaced", "taken.before_commit"])
def test_a_power_cut_in_the_middle_is_made_good(bench: Bench, point: str) -> None:
    def cut(name: str) -> None:
        if name == point:
            raise Cut

    bench.publish(catalogue())
    listen(cut)
    try:
        with pytest.raises(Cut):
            bench.fetch()
    finally:
        listen(None)
    bench.desk.reopen()
    bench.start()
    bench.fetch()
    assert (bench.version(), bench.state()) == (2, "taken")
    assert len(bench.said()) == 1


def test_a_shelf_that_was_lost_is_fetched_again(bench: Bench) -> None:
    bench.publish(catalogue())
    bench.fetch()
    for path in (bench.folder.shelf, previous_of(bench.folder.shelf)):
        path.write_text("torn")
    bench.start()
    bench.fetch()
    assert bench.version() == 2
    assert bench.folder.shelf.with_name("shelf.json.damaged").exists()
    shelf = Shelf(bench.folder.shelf)
    assert shelf.get("catalogue") is not None
    shelf.close()


def test_nothing_is_taken_before_the_first_entry_of_a_life(tmp_path: Path) -> None:
    from kiosk.journal.database import create_database
    from kiosk.journal.journal import Journal
    from tests.support.desk import STATION
    from tests.support.system import FakeSystem

    create_database(tmp_path / "journal.db", STATION, 1)
    journal = Journal(tmp_path / "journal.db")
    fact = DocumentAnnounced("catalogue", 2, "a" * 64, 10)
    with journal.transaction("receive"):
        journal.down.receive([encode_entry(Stamp(bytes(16), 1, 1, clock_ok=True), fact.KIND, fact)])
    taker = Taker(journal, Folder(tmp_path), FakeSystem(), lambda: Stamp(bytes(16), 1, 1, clock_ok=True), lambda: None)
    taker.begin()
    taker.look()
    assert taker.fetcher.wanted == ()
    assert journal.chain.head().number == 0
    journal.close()


def test_rules_are_taken_like_the_catalogue_and_counted_from_then_on(bench: Bench) -> None:
    bench.publish(b'{"version": 3, "offline_days_max": 7}', 3, {"name": "rules"})
    bench.fetch()
    assert ShelfRules(bench.folder.shelf)().offline_days_max == 7
    bench.publish(b'{"version": 5, "offline_days_max": 9}', 4, {"name": "rules"})
    bench.fetch()
    assert [type(fact).__name__ for fact in bench.said()] == ["DocumentTaken", "DocumentRefused"]
    bench.start()
    bench.fetch()
    assert ShelfRules(bench.folder.shelf)().version == 3


def test_a_board_is_taken_like_the_others_and_one_that_is_none_leaves_the_last(bench: Bench) -> None:
    assert ShelfBoard(bench.folder.shelf)() == Board()
    bench.publish(b'{"version": 1, "off": [[1320, 360]]}', 1, {"name": "board"})
    bench.fetch()
    bench.publish(b'{"version": 2, "off": [[1320, 9999]]}', 2, {"name": "board"})
    bench.fetch()
    assert [type(fact).__name__ for fact in bench.said()] == ["DocumentTaken", "DocumentRefused"]
    assert ShelfBoard(bench.folder.shelf)() == Board(version=1, off=(Span(1320, 360),))


def test_the_office_activates_what_a_wrong_clock_keeps_waiting(bench: Bench) -> None:
    bench.desk.system.synchronised = False
    bench.publish(catalogue(2), 2, {"effective_from": bench.desk.system.now_ms() + 60_000})
    bench.fetch()
    assert (bench.state(), bench.version()) == ("pending", 0)
    bench.desk.receive([DocumentActivated("catalogue", 1), DocumentActivated("catalogue", 2)])
    bench.fetch()
    assert (bench.state(), bench.version()) == ("taken", 2)
