"""What the first screen costs while nobody is there: with notices that take turns, and while it is black."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import psutil

from benchmarks.results import Results
from benchmarks.start import started
from domain.board import DAY_MINUTES, DOCUMENT, Board, Notice, Span
from kiosk.shelf import Document, Shelf
from tests.support.station import Station

SETTLE_SECONDS = 5.0  # after the start, and after each waking or falling asleep
NIGHT_SECONDS = 61.0  # until an unused screen is black by the board
NOTICES = tuple(
    Notice(f"社区通知第{number}条", "周三上午九点，社区医生来驿站，不用挂号，带身份证") for number in range(1, 5)
)


def measure(results: Results, root: Path, seconds: float) -> None:
    """``kiosk.idle_cpu_percent`` and ``kiosk.off_cpu_percent``, of one core."""
    station = Station(root)
    board = Board(version=1, week=((Span(540, 1020),),) * 7, notices=NOTICES)
    for version, name in ((1, "idle"), (2, "off")):
        off = (Span(0, DAY_MINUTES),) if name == "off" else ()
        body = msgspec.json.encode(msgspec.structs.replace(board, version=version, off=off))
        shelf = Shelf(station.folder.shelf)
        shelf.put(Document(DOCUMENT, version, body))
        shelf.close()
        with started(root, root / f"notify-{name}") as (_took, process):
            time.sleep(SETTLE_SECONDS if name == "idle" else NIGHT_SECONDS)
            results.value(f"kiosk.{name}_cpu_percent", _percent(process, seconds), "%")
    station.close()


def _percent(process: psutil.Process, seconds: float) -> float:
    def used() -> float:
        times = process.cpu_times()
        return times.user + times.system

    before, began = used(), time.monotonic()
    time.sleep(seconds)
    return (used() - before) / (time.monotonic() - began) * 100
