"""The screen under a finger: from a touch to the frame that answers it, with a catalogue of 500 things.

A whole kiosk in this process, drawing off screen in software, each frame finished before it counts. Beside the time on
the wall stands the processor's: on a machine that does other work too, only that one is the screen's own.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.results import Results
from domain.catalogue import Catalogue, Item, ItemClass
from domain.ids import ItemId
from kiosk import actions as a
from kiosk.demo.clock import SkippingMachine
from kiosk.flow import states as s
from kiosk.screens.gate import SETTLE_SECONDS
from kiosk.settings import load_settings
from kiosk.shelf import Document, Shelf
from kiosk.start import Start
from tests.support.station import Station

ITEMS = 500
PAGES = 7  # turned in a round
NAME = "张秀英"


def measure(results: Results, root: Path, count: int) -> None:
    """``touch_ms``: finger down until the pressed button is drawn; ``change_ms``: finger up until the next screen is.

    ``page_of_500_ms``: the same for another page of six, each with pictures that were never shown before.
    """
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.app import kiosk

    station = Station(root)
    _fill_shelf(station)
    system = SkippingMachine()
    start = Start(load_settings(root), system, touch="none", frames_per_second=0, device_clock=system.machine)
    with kiosk(start) as running:
        finger = _Finger(running, system)
        finger.until(lambda: finger.session.scanner.health == "ok")
        station.scanner.scan(station.card(NAME).code)
        finger.until(lambda: isinstance(finger.session.state, s.AtHome))
        for _ in range(max(1, count // 20)):
            finger.round()
        finger.write(results)
    station.close()


class _Finger:
    """Touches the running kiosk and keeps times by what was touched."""

    def __init__(self, running: Any, system: SkippingMachine) -> None:
        from kiosk.screens.hand import Hand

        self._hand = Hand(running.host, system.machine.monotonic)
        self._conductor, self._system = running.assembly.conductor, system
        self._touches = _Times()
        self._changes, self._pages = _Times(), _Times()

    @property
    def session(self) -> s.Session:
        return self._conductor.session  # type: ignore[no-any-return]

    def until(self, condition: Callable[[], bool]) -> None:
        self._hand.wait(condition, "the kiosk", 20.0)

    def round(self) -> None:
        """Home, a class, pages, a thing, the question, and back."""
        self._press(a.ChooseClass("goods"), self._changes)
        for page in range(1, PAGES + 1):
            self._press(a.TurnPage(page), self._pages)
        self._press(a.ChooseItem, self._changes)
        self._press(a.Redeem, self._changes)
        self._press(a.Back(), self._changes)
        self._press(a.Home(), self._changes)

    def write(self, results: Results) -> None:
        for name, times in (("touch", self._touches), ("change", self._changes), ("page_of_500", self._pages)):
            results.spread(f"screen.{name}_ms", times.wall, "ms")
            results.spread(f"screen.{name}_cpu_ms", times.cpu, "ms")

    def _press(self, wanted: a.Action | type, times: _Times) -> None:
        self._system.skip(SETTLE_SECONDS)
        self.until(lambda: self._hand_finds(wanted))
        self._hand.pump(3)  # whatever is still to be drawn or tidied is not this touch's
        x, y = self._hand.find(wanted).center
        before = self.session.state
        with self._touches:
            finger = self._hand.put_down(x, y)
            self._hand.pump()
        with times:
            self._hand.lift(finger)
        assert self.session.state != before

    def _hand_finds(self, wanted: a.Action | type) -> bool:
        return any(
            wanted == target.action or (isinstance(wanted, type) and isinstance(target.action, wanted))
            for target in self._hand.within_reach()
        )


class _Times:
    """Milliseconds on the wall and of the processor, each time it is used in a ``with``."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def __exit__(self, *_: object) -> None:
        self.wall.append((time.perf_counter() - self._wall) * 1000)
        self.cpu.append((time.thread_time() - self._cpu) * 1000)


def _fill_shelf(station: Station) -> None:
    drawn = sorted(station.folder.pictures.glob("*.png"))
    for number in range(ITEMS):
        shutil.copy(drawn[number % len(drawn)], station.folder.pictures / f"{number}.png")
    items = tuple(
        Item(
            id=ItemId(1000 + number),
            kind=ItemClass.GOODS,
            name=f"第{number}样东西 {number}克",
            points=5 + number % 40,
            unit="份",
            picture=f"{number}.png",
        )
        for number in range(ITEMS)
    )
    shelf = Shelf(station.folder.shelf)
    shelf.put(Document("catalogue", 99, msgspec.json.encode(Catalogue(99, items))))
    shelf.close()
