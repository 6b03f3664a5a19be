"""A scanner that is pulled in the middle of a scan, again and again, while the kiosk's own loop reads it."""

from __future__ import annotations

import queue
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from devices.ports import Health
from kiosk.flow.events import Scanned, ScannerReported
from kiosk.scanning import ScanLoop
from kiosk.supervised import SupervisedScanner
from tests.devices.helpers import JumpingClock
from tests.devices.scanners import RIGS

PATIENCE_SECONDS = 20.0


def play(root: Path, kind: str, turns: int) -> None:
    """Each turn: half a code, the cable, another device, and a whole code. Whoever hears of plugs tells the loop."""
    rng, rig, clock, before = random.Random(7), RIGS[kind](root), JumpingClock(), set(threading.enumerate())
    events: queue.Queue[Any] = queue.Queue()
    loop = ScanLoop(scanner=SupervisedScanner(lambda: rig.driver(clock), clock), new_id=lambda: "v", post=events.put)
    loop.start()
    assert state(events) is Health.OK
    threads = set(threading.enumerate())
    for turn in range(turns):
        rig.cut(code := f"YZ1:CUT{turn:03}", rng.random())
        assert state(events, code) is Health.NOT_OK
        rig.plug()
        loop.nudge()
        assert state(events) is Health.OK
        rig.scan(f"YZ1:WHOLE{turn:03}")
        scanned = events.get(timeout=PATIENCE_SECONDS)
        assert isinstance(scanned, Scanned)
        assert scanned.code == f"YZ1:WHOLE{turn:03}"
    assert set(threading.enumerate()) == threads
    loop.stop()
    rig.unplug()
    assert set(threading.enumerate()) == before


def state(events: queue.Queue[Any], code: str = "") -> Health:
    """The next state; before it ``code`` may come, if the cable was pulled after its last byte, never half of it."""
    reported = events.get(timeout=PATIENCE_SECONDS)
    if isinstance(reported, Scanned):
        assert reported.code == code
        reported = events.get(timeout=PATIENCE_SECONDS)
    assert isinstance(reported, ScannerReported)
    return reported.state.health


@pytest.mark.parametrize("kind", RIGS)
def test_a_few_cables_pulled_in_mid_scan(tmp_path: Path, kind: str) -> None:
    play(tmp_path, kind, 10)


@pytest.mark.proof
@pytest.mark.parametrize("kind", RIGS)
def test_a_hundred_cables_pulled_in_mid_scan(tmp_path: Path, kind: str) -> None:
    play(tmp_path, kind, 100)
