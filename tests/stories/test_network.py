"""A station behind a network that is as bad as networks are; afterwards journal and books say one thing, once."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.link import LinkSettings
from config.reading import read
from kiosk.agent import Agent
from kiosk.demo.clock import SkippingMachine
from kiosk.journal.journal import Journal
from sync.blob_messages import CHUNK
from tests.stories.test_office_kills import oracle
from tests.support.distant import Distant
from tests.support.enrolled import wait
from tests.support.proxy_line import Weather

SEED = 20261124
SILENCE_SECONDS = 38.0  # 1.9 times the keepalive of 20 s
PICTURE_BYTES = 40_000


@pytest.fixture
def distant(tmp_path: Path) -> Iterator[Distant]:
    made = Distant(tmp_path, SEED)
    yield made
    made.close()


def both_ways(distant: Distant, rounds: int = 3) -> None:
    """Entries go up and grants come down, and all of it is acknowledged."""
    for number in range(1, rounds + 1):
        distant.sell(3)
        distant.grant(number)
        distant.in_step()


@pytest.mark.proof
@pytest.mark.parametrize(
    "weather", [Weather(split=True), Weather(delay=0.15, jitter=0.05), Weather(rate=20_000, delay=0.05)], ids=str
)
def test_bytes_one_by_one_late_and_slow(distant: Distant, weather: Weather) -> None:
    distant.proxy.become(weather)
    distant.start()
    both_ways(distant)
    assert distant.proxy.lines == 1
    oracle(distant.station)


@pytest.mark.proof
def test_lines_torn_in_the_middle_of_frames(distant: Distant) -> None:
    """Twenty entries are a frame of 12 KB, its acknowledgement one of 400 bytes: each is torn somewhere inside."""
    dice = random.Random(SEED)
    distant.start()
    distant.grant(1000)
    for way, most in [("up", 9_000), ("down", 300)] * 3:
        distant.in_step()
        distant.proxy.fuse(way, dice.randrange(40, most), "reset")
        distant.sell(20)
        assert distant.proxy.burnt.wait(30)
    distant.in_step()
    assert distant.proxy.lines >= 6 + 1
    oracle(distant.station)


def test_nobody_listens_for_a_while(distant: Distant) -> None:
    distant.start()
    distant.proxy.become(Weather(refuse=True))
    distant.proxy.reset()
    distant.sell(5)
    assert distant.held < distant.written
    distant.proxy.become(Weather())
    distant.in_step()
    oracle(distant.station)


class Turning:
    """The network process in a thread of this one, with a clock that can be skipped; ``turns`` counts what it did."""

    def __init__(self, distant: Distant) -> None:
        self.system = SkippingMachine()
        self.turns = 0
        self._folder = distant.station.folder
        self._ending, self._ready = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._ready.wait(30)

    def close(self) -> None:
        self._ending.set()
        self._thread.join()

    @property
    def lost(self) -> int:
        return self.agent._link.counts.lost

    def turn(self) -> None:
        """Wait until all that stands in its socket now has been seen."""
        before = self.turns
        wait(lambda: self.turns >= before + 3, "three turns")

    def _run(self) -> None:
        journal = Journal(self._folder.journal)
        self.agent = Agent(journal, self._folder, read(self._folder.link, LinkSettings), self.system)
        self._ready.set()
        while not self._ending.is_set():
            self.agent.turn(0.02)
            self.turns += 1
        self.agent.close()
        journal.close()


@pytest.mark.proof
@pytest.mark.parametrize(("way", "count"), [("up", 1_000), ("down", 100)])
def test_a_line_that_falls_silent_in_a_frame_is_given_up_after_38_seconds_and_not_before(
    distant: Distant, way: str, count: int
) -> None:
    distant.town.broker.start()
    distant.town.worker.start()
    turning = Turning(distant)
    try:
        distant.settle()
        distant.grant(100)
        distant.in_step()
        distant.proxy.fuse(way, count, "silence")
        distant.sell(20)
        assert distant.proxy.burnt.wait(30)
        turning.turn()
        turning.system.skip(SILENCE_SECONDS - 10.0)  # the ten that are left are far more than what passes by itself
        turning.turn()
        assert turning.lost == 0
        distant.proxy.become(Weather())
        assert distant.acknowledged < distant.written
        turning.system.skip(10.0)
        wait(lambda: turning.lost == 1, "the line given up")
        distant.in_step()
    finally:
        turning.close()
    oracle(distant.station)


@pytest.mark.proof
def test_at_1_kb_a_second_pictures_never_stand_before_what_is_sold(distant: Distant) -> None:
    """The catalogue's 24 pictures would keep the line busy for a quarter of an hour."""
    distant.start()
    wait(lambda: distant.pictures == 24, "the first pictures")
    distant.proxy.become(Weather(rate=1024))
    pictures = distant.publish_pictures(PICTURE_BYTES)
    taken = "SELECT state FROM books_holding WHERE version = 2"
    wait(lambda: distant.station.one(taken) == "taken", "the catalogue, which goes before its pictures", 120)
    before = distant.proxy.passed["down"]
    wait(lambda: distant.proxy.passed["down"] > before + 2 * CHUNK, "chunks of pictures on the line", 120)
    for _ in range(2):
        before = distant.proxy.passed["down"]
        number = distant.sell()
        wait(lambda number=number: distant.acknowledged >= number, "the acknowledgement", 60)  # type: ignore[misc]
        assert distant.proxy.passed["down"] - before < CHUNK + 4096
    assert distant.pictures < 24 + pictures  # they were on their way all the time
    distant.proxy.become(Weather())
    wait(lambda: distant.pictures == 24 + pictures, "all pictures", 60)
    distant.in_step()
    oracle(distant.station)


@pytest.mark.proof
def test_a_week_without_a_line_is_caught_up_over_300_ms(distant: Distant) -> None:
    """2,100 entries: 300 a day."""
    distant.start()
    distant.grant(20_000)
    distant.in_step()
    distant.town.sync.stop()
    distant.sell(2100)
    distant.proxy.become(Weather(delay=0.15))
    distant.town.sync.start()
    distant.in_step(60)
    assert distant.station.one("SELECT count(*) FROM books_voucher") == 2100
    oracle(distant.station)
