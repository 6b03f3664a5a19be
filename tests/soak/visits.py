"""Visits without end in one kiosk: ``FOLDER COUNT EVERY``, started by ``tests.soak.visiting``.

The kiosk is whole: screens drawn off screen, real touches, drivers, journal. The other ends of the wires are in the
parent, which is asked for scans on standard output (``scan NAME``) and given a sample every so many visits.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

os.environ["SDL_VIDEODRIVER"] = "offscreen"

from kiosk import actions as a
from kiosk.app import Running, kiosk
from kiosk.demo.clock import SkippingMachine
from kiosk.flow import states as s
from kiosk.memory import give_back
from kiosk.screens.gate import SETTLE_SECONDS
from kiosk.settings import load_settings
from kiosk.start import Start

SEED = 7
NAMES = ("甲*", "乙*", "丙*")
ITEM, KIND = 201, "service"


class Visitor:
    """Plays one visit after the other; which kind comes next is drawn from a seed."""

    def __init__(self, running: Running, system: SkippingMachine) -> None:
        from kiosk.screens.hand import Hand

        assert running.assembly is not None
        self._assembly, self._system = running.assembly, system
        self._hand = Hand(running.host, system.machine.monotonic)
        self._random = random.Random(SEED)
        self.vouchers = self._cards = 0
        self._kinds: tuple[Callable[[], None], ...] = (*[self._redeem] * 7, self._leave, self._change, self._rubbish)

    def ready(self) -> None:
        self._until(lambda: self._session.printer.health == "ok" and self._session.scanner.health == "ok", "devices")

    def visit(self) -> None:
        self._random.choice(self._kinds)()
        self._until(lambda: self._session.state == s.Idle(), "the first screen")

    @property
    def _session(self) -> s.Session:
        return self._assembly.conductor.session

    def _redeem(self) -> None:
        self._to_item()
        self._press(a.Redeem, s.AtConfirm)
        self._press(a.Confirm, s.AtDone)
        state = self._session.state
        assert isinstance(state, s.AtDone)
        assert not state.code, state.code
        self.vouchers += 1
        self._press(a.Finish, s.Idle)

    def _leave(self) -> None:
        self._to_item()
        self._system.skip(60)
        self._until(lambda: self._session.warned_at is not None, "the warning")
        self._system.skip(30)

    def _change(self) -> None:
        self._to_item()
        self._scan()
        self._press(a.CallStaff, s.AtHelp)
        self._press(a.Back, s.AtHome)
        self._press(a.Finish, s.Idle)

    def _rubbish(self) -> None:
        self._cards += 1
        say(f"scan rubbish{self._cards}")
        self._until(lambda: isinstance(at := self._session.state, s.Idle) and at.refused is not None, "a refusal")
        self._system.skip(8)

    def _to_item(self) -> None:
        self._scan()
        self._press(a.ChooseClass(KIND), s.AtItems)
        self._press(a.ChooseItem(ITEM), s.AtItem)

    def _scan(self) -> None:
        self._cards += 1  # never the same card twice: a scanner that reads one again says so once
        name = NAMES[self._cards % len(NAMES)]
        say(f"scan {name}")
        self._until(lambda: isinstance(at := self._session.state, s.AtHome) and at.visit.name == name, name)

    def _press(self, wanted: a.Action | type, expected: type[s.State]) -> None:
        self._system.skip(SETTLE_SECONDS)
        self._hand.press(wanted)
        self._until(lambda: isinstance(self._session.state, expected), expected.__name__)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        self._hand.wait(condition, what, 20.0)


def sample(visits: int, seconds: float) -> None:
    """Say what the process holds now, and what stays of it when it rests."""
    gc.collect()
    process = psutil.Process()
    busy_mb = process.memory_info().rss / 1e6
    give_back()
    held = {
        "visits": visits,
        "seconds": round(seconds, 2),
        "busy_mb": round(busy_mb, 2),
        "rss_mb": round(process.memory_info().rss / 1e6, 2),
        "files": process.num_fds(),
        "threads": process.num_threads(),
        "objects": len(gc.get_objects()),
    }
    say(f"sample {json.dumps(held)}")


def say(line: str) -> None:
    print(line, flush=True)


def main(folder: Path, count: int, every: int) -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    system = SkippingMachine()
    start = Start(load_settings(folder), system, touch="none", frames_per_second=0, device_clock=system.machine)
    with kiosk(start) as running:
        visitor = Visitor(running, system)
        visitor.ready()
        began = time.monotonic()
        for visit in range(1, count + 1):
            visitor.visit()
            if visit % every == 0:
                sample(visit, time.monotonic() - began)
        say(f"end {visitor.vouchers}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
