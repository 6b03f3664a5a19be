"""A week without a line, caught up over round trips of 0, 50 and 300 ms; and how soon a dead line is noticed.

Desk, journal, network process, TLS, broker, worker and books are real; between them stands the tests' proxy.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.results import Results
from tests.support.distant import Distant
from tests.support.enrolled import wait
from tests.support.proxy_line import Weather

ROUND_TRIPS_MS = (0, 50, 300)
PICTURE_BYTES = 40_000
PATIENCE_SECONDS = 300.0


def measure(results: Results, root: Path, entries: int, *, slow: bool) -> None:
    """Catch up with ``entries`` entries at each round trip; ``slow``: also what takes a minute of waiting each."""
    distant = Distant(root)
    try:
        distant.start()
        distant.grant(100_000)
        distant.in_step()
        for round_trip in ROUND_TRIPS_MS:
            _catch_up(results, distant, entries, round_trip)
        if slow:
            _slow_line(results, distant)
            _silence(results, distant)
    finally:
        distant.close()


def _catch_up(results: Results, distant: Distant, entries: int, round_trip: int) -> None:
    distant.town.sync.stop()
    distant.sell(entries)
    distant.proxy.become(Weather(delay=round_trip / 2000))
    distant.town.sync.start()
    wait(lambda: distant.acknowledged > distant.written - entries, "the first frame", PATIENCE_SECONDS)
    before, began = distant.acknowledged, time.monotonic()
    distant.in_step(PATIENCE_SECONDS)
    seconds = time.monotonic() - began
    results.value(f"network.catch_up_{round_trip}_ms_entries_a_s", (distant.written - before) / seconds, "entries/s")
    results.value(f"network.backlog_of_{entries}_at_{round_trip}_ms_s", seconds, "s")


def _slow_line(results: Results, distant: Distant) -> None:
    """Pictures wait on a line of 1 KB/s; something is sold meanwhile."""
    distant.proxy.become(Weather(rate=1024))
    distant.publish_pictures(PICTURE_BYTES)
    taken = "SELECT state FROM books_holding WHERE version = 2"
    wait(lambda: distant.station.one(taken) == "taken", "the catalogue", PATIENCE_SECONDS)
    before = distant.proxy.passed["down"]
    wait(lambda: distant.proxy.passed["down"] > before + 16_384, "chunks on the line", PATIENCE_SECONDS)
    held, acknowledged = [], []
    for _ in range(6):
        number, began = distant.sell(), time.monotonic()
        wait(lambda number=number: distant.held >= number, "the entry", PATIENCE_SECONDS)  # type: ignore[misc]
        held.append(time.monotonic() - began)
        wait(lambda number=number: distant.acknowledged >= number, "the word", PATIENCE_SECONDS)  # type: ignore[misc]
        acknowledged.append(time.monotonic() - began)
    results.spread("network.at_1_kb_s_with_pictures_held_s", held, "s")
    results.spread("network.at_1_kb_s_with_pictures_acknowledged_s", acknowledged, "s")
    distant.proxy.become(Weather())


def _silence(results: Results, distant: Distant) -> None:
    """The line is half open: from the last byte until the station dials again."""
    distant.in_step(PATIENCE_SECONDS)
    lines, began = distant.proxy.lines, time.monotonic()
    distant.proxy.become(Weather(silent=True))
    wait(lambda: distant.proxy.lines > lines, "another line", PATIENCE_SECONDS)
    results.value("network.dead_line_noticed_s", time.monotonic() - began, "s")
